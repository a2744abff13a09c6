"use client";
import { clsx } from "clsx";
import { WifiOff } from "lucide-react";
import { Tabs } from "radix-ui";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemText } from "@/components/staff/use-problem-text";
import { type Feed, useFeed } from "@/components/staff/use-feed";
import { useHall } from "@/components/staff/use-hall";
import { hourMinuteSecond } from "@/components/staff/time";
import { buttonClass } from "@/components/ui/button";
import { Banner, StateChip } from "@/components/ui/state";
import type { Appointment } from "@/lib/appointments/schema";
import type { Board } from "@/lib/queue/board/schema";
import { zoneOf } from "./booking-chip";
import { BookingsPanel } from "./bookings-panel";
import { FindPanel } from "./find-panel";
import { IssuePanel } from "./issue-panel";
import { LinesOverview } from "./lines-overview";
import { NeedsAlert } from "./needs-alert";
import { useBookingFacts } from "./use-bookings";

type Tab = "issue" | "bookings" | "find" | "lines";
const TABS: readonly Tab[] = ["issue", "bookings", "find", "lines"];

/** The guide desk: a number for somebody, bookings, help with a number, and how full the lines are. */
export function GuideScreen({ hall }: { hall: string }) {
  const t = useTranslations("guide");
  const feed = useFeed<Board>(hall, `/halls/${hall}/board`, 1_000);
  const detail = useHall(hall);
  const [tab, setTab] = useState<Tab>("issue");
  const [shown, setShown] = useState<string>();
  const [booking, setBooking] = useState<Appointment>();
  const facts = useBookingFacts(hall);
  useWideScreen(() => setTab((old) => (old === "lines" ? "issue" : old)));

  const find = (number: string) => {
    setShown(number);
    setTab("find");
  };
  return (
    <main id="main" className="flex flex-1 flex-col">
      <GuideStrip feed={feed} />
      <NeedsAlert hall={hall} timeZone={zoneOf(detail)} facts={facts} offset={feed.offset} onShow={(appointment) => { setBooking(appointment); setTab("bookings"); }} />
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] items-start gap-4 p-3 md:p-4 xl:grid-cols-[minmax(0,1fr)_30rem]">
        <Tabs.Root value={tab} onValueChange={(next) => setTab(next as Tab)} className="min-w-0 rounded-base border border-line bg-surface">
          <Tabs.List aria-label={t("tabs.label")} className="no-print flex border-b border-line">
            {TABS.map((each) => (
              <Tabs.Trigger key={each} value={each} className={clsx("min-h-13 flex-1 border-b-3 border-transparent px-1 font-medium text-ink-soft data-[state=active]:border-brand data-[state=active]:text-brand md:flex-none md:px-8 md:text-lg forced-colors:data-[state=active]:underline", each === "lines" && "xl:hidden")}>{t(`tabs.${each}`)}</Tabs.Trigger>
            ))}
          </Tabs.List>
          {/* Kept mounted: a half-filled form survives a look at the lines. */}
          <Tabs.Content value="issue" forceMount hidden={tab !== "issue"} className="p-4"><IssuePanel hall={hall} detail={detail} board={feed.snapshot} onShow={find} /></Tabs.Content>
          <Tabs.Content value="bookings" className="p-4"><BookingsPanel key={booking?.token} hall={hall} detail={detail} facts={facts} tick={feed.snapshot?.seq ?? 0} initial={booking} onNumber={find} /></Tabs.Content>
          <Tabs.Content value="find" className="p-4"><FindPanel hall={hall} detail={detail} offset={feed.offset} tick={feed.snapshot?.seq ?? 0} initial={shown} /></Tabs.Content>
          <Tabs.Content value="lines" className="xl:hidden"><LinesOverview board={feed.snapshot} offset={feed.offset} /></Tabs.Content>
        </Tabs.Root>
        <aside aria-label={t("tabs.lines")} className="no-print hidden rounded-base border border-line bg-surface xl:block">
          <h2 className="border-b border-line px-4 py-3 text-lg font-semibold">{t("tabs.lines")}</h2>
          <LinesOverview board={feed.snapshot} offset={feed.offset} />
        </aside>
      </div>
    </main>
  );
}

function GuideStrip({ feed }: { feed: Feed<Board> }) {
  const t = useTranslations("guide");
  const common = useTranslations("common");
  const problemText = useProblemText();
  const waiting = feed.snapshot?.lines.reduce((sum, line) => sum + line.waiting, 0);
  return (
    <div className={clsx("no-print flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-1", feed.live ? "border-line bg-canvas" : "border-bad bg-bad-soft")}>
      <h1 className="text-lg font-semibold">{t("title")}</h1>
      {waiting === undefined ? null : <span className="text-ink-soft">{t("waitingInHall", { count: waiting })}</span>}
      <div role="alert" className="min-w-0 flex-1">{feed.live ? null : <p className="flex items-center gap-2 text-sm font-medium text-bad"><WifiOff aria-hidden className="size-4 shrink-0" />{common("stale", { time: hourMinuteSecond(feed.since) })}</p>}</div>
      {feed.live ? <StateChip tone="good">{common("live")}</StateChip> : null}
      {feed.failure ? <Banner tone="bad" title={problemText(feed.failure)}><a href="/login?next=/guide" className={buttonClass({ size: "small" })}>{t("signIn")}</a></Banner> : null}
    </div>
  );
}

/** Calls back when the screen becomes wide enough to show the lines beside the tabs. */
function useWideScreen(onWide: () => void): void {
  const handler = useRef(onWide);
  useEffect(() => { handler.current = onWide; }, [onWide]);
  useEffect(() => {
    const media = window.matchMedia("(min-width: 80rem)");
    const listen = () => { if (media.matches) handler.current(); };
    media.addEventListener("change", listen);
    return () => media.removeEventListener("change", listen);
  }, []);
}
