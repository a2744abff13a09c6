"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { api, newKey } from "@/components/api-client";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import type { Locale } from "@/lib/i18n/locale";
import { followHall } from "@/lib/live/client";
import type { TicketPage } from "@/lib/queue/ticket/schema";
import { TicketActions } from "./ticket-actions";
import { TicketHistory } from "./ticket-history";
import { TicketPlace } from "./ticket-place";
import { useCallAlert } from "./use-call-alert";

/** Reads the ticket again at most this often: a phone's data is not free. */
const THROTTLE = 2_000;

/** The phone page of a ticket: place in the line moving live, window when called, reason, cancel and return. */
export function TicketScreen({ token, first, remindAhead, pushKey }: { token: string; first: TicketPage; remindAhead: number; pushKey?: string | undefined }) {
  const t = useTranslations("ticket.page");
  const locale = useLocale() as Locale;
  const [page, setPage] = useState(first);
  const [staleSince, setStaleSince] = useState<number>();
  const [problem, setProblem] = useState<string>();
  const following = useRef<{ refresh(): void } | undefined>(undefined);
  const alert = useCallAlert(page, { token, pushKey });

  useEffect(() => {
    const follow = followHall<TicketPage>({
      hall: first.hall, throttle: THROTTLE,
      fetchSnapshot: async () => {
        const answer = await api<TicketPage>(`/tickets/${token}`);
        if (!answer.ok) throw new Error(answer.problem.code);
        return answer.value;
      },
      onSnapshot: setPage,
      onLive: (live, since) => setStaleSince(live ? undefined : since),
    });
    following.current = follow;
    return () => follow.stop();
  }, [first.hall, token, locale]);

  const act = useCallback(async (step: "cancel" | "return") => {
    setProblem(undefined);
    const answer = await api(`/tickets/${token}/${step}`, { body: {}, key: newKey() });
    if (!answer.ok) setProblem(answer.problem.detail || undefined);
    following.current?.refresh();
  }, [token]);

  const almost = page.state === "waiting" && page.ahead !== undefined && page.ahead <= remindAhead && page.ahead > 0;
  return (
    <div className="mx-auto flex max-w-xl flex-col gap-5">
      <div>
        <p className="text-ink-soft">{locale === "en" ? page.hallNameEn : page.hallName}</p>
        <h1 className="sr-only">{t("title")} {page.number}</h1>
      </div>
      {staleSince ? <Banner tone="warn">{t("stale", { time: clock(staleSince, locale) })}</Banner> : null}
      <TicketPlace page={page} />
      {almost ? <Banner tone="info">{t("almost")}</Banner> : null}
      {problem ? <Banner tone="bad">{problem}</Banner> : null}
      <TicketActions page={page} onStep={act} />
      {["waiting", "called", "held"].includes(page.state) ? (
        alert.state === "on" || alert.state === "pushed" ? <p className="text-good">{t(alert.state === "pushed" ? "notifyPushed" : "notifyOn")}</p> : alert.state === "denied" ? <p className="text-ink-soft">{t("notifyOff")}</p> : <Button onClick={alert.ask}>{t("notify")}</Button>
      ) : null}
      <TicketHistory page={page} />
    </div>
  );
}

/** In the hall's time, whatever zone the phone is set to. */
const clock = (time: number, locale: Locale): string => new Date(time).toLocaleTimeString(locale === "en" ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
