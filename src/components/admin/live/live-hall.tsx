"use client";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { hourMinuteSecond } from "@/components/staff/time";
import { useFeed } from "@/components/staff/use-feed";
import { Button } from "@/components/ui/button";
import { Banner, StateChip } from "@/components/ui/state";
import type { Overview } from "@/lib/queue/board/overview-schema";
import { DayDialog } from "./day-dialog";
import { LastEvents } from "./last-events";
import { LiveFigures } from "./live-figures";
import { LiveLines } from "./live-lines";
import { LiveWindows } from "./live-windows";
import { LongestWaits } from "./longest-waits";
import { useClock } from "./use-clock";

interface LiveHallProps {
  hall: { code: string; name: string };
  /** Read with the page: something stands there before the first live answer. */
  initial: Overview;
  may: { close: boolean; day: boolean; events: boolean };
  eventsHref: string;
  /** What the page adds below the figures: alerts and advice. */
  children?: ReactNode;
}

/** One reading per so many milliseconds is enough for eyes; a busy hall has several events a second. */
const THROTTLE = 1_500;

/** The hall at work, kept right by its live events. */
export function LiveHall({ hall, initial, may, eventsHref, children }: LiveHallProps) {
  const t = useTranslations("admin.live");
  const common = useTranslations("common");
  const feed = useFeed<Overview>(hall.code, `/halls/${encodeURIComponent(hall.code)}/overview`, THROTTLE);
  const overview = feed.snapshot ?? initial;
  const now = useClock(overview.at);
  const [closingDay, setClosingDay] = useState(false);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div>
          <h1 className="text-2xl font-semibold">{t("title")}</h1>
          <p className="text-ink-soft">{hall.name}</p>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <p role="status">{feed.live ? <StateChip tone="good">{common("live")}</StateChip> : <StateChip tone="bad">{common("stale", { time: hourMinuteSecond(feed.since, overview.timeZone) })}</StateChip>}</p>
          {may.day ? <Button onClick={() => setClosingDay(true)}>{t("endOfDay")}</Button> : null}
        </div>
      </div>
      {feed.failure ? <Banner tone="bad" title={t("failed")}>{feed.failure.detail}</Banner> : null}
      <LiveFigures figures={overview.figures} />
      {children}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <LiveLines lines={overview.lines} limits={overview.limits} now={now} />
        <div className="flex flex-col gap-4">
          <LongestWaits tickets={overview.longest} limits={overview.limits} now={now} timeZone={overview.timeZone} />
          <LastEvents events={overview.events} timeZone={overview.timeZone} href={may.events ? eventsHref : undefined} />
        </div>
      </div>
      <LiveWindows hall={hall.code} windows={overview.windows} now={now} timeZone={overview.timeZone} mayClose={may.close} reload={feed.reload} />
      {may.day ? <DayDialog hall={hall.code} open={closingDay} onClose={() => setClosingDay(false)} reload={feed.reload} timeZone={overview.timeZone} /> : null}
    </>
  );
}
