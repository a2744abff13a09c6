"use client";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ClassBadge } from "@/components/staff/class-badge";
import { hourMinute, minutesBetween } from "@/components/staff/time";
import { TicketStateChip } from "@/components/staff/ticket-state-chip";
import { useClassName } from "@/components/staff/use-hall";
import { useProblemText } from "@/components/staff/use-problem-text";
import { useServerNow } from "@/components/staff/use-now";
import { Banner, Loading } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { TicketPage } from "@/lib/queue/ticket/schema";
import type { HallDetail } from "@/lib/regions/schema";
import { TicketActions } from "./ticket-actions";
import { useTicketPage } from "./use-tickets";

interface TicketDetailProps {
  hall: string;
  detail: HallDetail | undefined;
  token: string;
  offset: number;
  tick: number;
}

/** Where a ticket stands and why, what happened to it, and what the guide desk can do. */
export function TicketDetail({ hall, detail, token, offset, tick }: TicketDetailProps) {
  const t = useTranslations("guide.detail");
  const common = useTranslations("common");
  const problemText = useProblemText();
  const locale = useLocale() as Locale;
  const className = useClassName(detail);
  const { page, problem, reload } = useTicketPage(token, tick);
  if (!page) return problem ? <Banner tone="bad"><p>{problemText(problem)}</p></Banner> : <Loading label={common("loading")} />;
  return (
    <section aria-label={t("label", { number: page.number })} className="flex flex-col gap-4">
      <div>
        <h2 className="flex flex-wrap items-center gap-x-4 gap-y-1"><strong data-slot="number" className="text-6xl leading-tight font-bold tracking-tight">{page.number}</strong><TicketStateChip state={page.state} /><ClassBadge code={page.class} name={className(page.class)} /></h2>
        <p className="text-lg font-medium">{localName(locale, { name: page.itemName ?? page.lineName, nameEn: page.itemNameEn ?? page.lineNameEn })}</p>
      </div>
      <Facts page={page} offset={offset} />
      <p className="border-l-4 border-line-strong pl-3 text-ink-soft"><span className="font-medium text-ink">{t("why")}</span> {page.aheadWhy} {page.why.text}</p>
      <TicketActions hall={hall} detail={detail} page={page} offset={offset} reload={reload} />
      <details open className="rounded-base border border-line">
        <summary className="min-h-11 cursor-pointer px-3 py-2 font-medium">{t("history")}</summary>
        <ol className="border-t border-line px-3 py-2 text-sm">{page.moves.map((move) => <li key={`${move.at}${move.type}`} className="flex gap-3 py-0.5"><time dateTime={move.at} className="shrink-0 text-ink-soft">{hourMinute(move.at)}</time>{move.text}</li>)}</ol>
      </details>
    </section>
  );
}

function Facts({ page, offset }: { page: TicketPage; offset: number }) {
  const t = useTranslations("guide.detail");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const now = useServerNow(offset);
  const zone = page.zone ? localName(locale, { name: page.zone, nameEn: page.zoneEn }) : "";
  const place = [page.floor === undefined ? "" : common("floor", { floor: page.floor }), zone].filter(Boolean).join(" ");
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-x-4 gap-y-2">
      {page.state === "waiting" ? (
        <>
          <Fact label={t("ahead")}>{t("people", { count: page.ahead ?? 0 })}</Fact>
          <Fact label={t("estimate")}>{page.estimate ? (page.estimate.p90 <= 1 ? common("waitSoon") : t("range", page.estimate)) : common("waitUnknown")}</Fact>
        </>
      ) : null}
      {page.window ? <Fact label={t("window")}>{page.window}</Fact> : null}
      <Fact label={t("line")}>{page.line} {localName(locale, { name: page.lineName, nameEn: page.lineNameEn })}</Fact>
      {place ? <Fact label={t("zone")}>{place}</Fact> : null}
      <Fact label={t("issued")}>{hourMinute(page.issuedAt)}{page.state === "waiting" ? ` · ${t("waited", { count: minutesBetween(page.issuedAt, now) })}` : ""}</Fact>
      {page.bookedStart ? <Fact label={t("booked")}>{hourMinute(page.bookedStart)}</Fact> : null}
      {page.calls > 0 ? <Fact label={t("calls")}>{t("times", { count: page.calls })}</Fact> : null}
    </dl>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => <div><dt className="text-sm text-ink-soft">{label}</dt><dd className="font-semibold">{children}</dd></div>;
