"use client";
import { clsx } from "clsx";
import { useLocale, useTranslations } from "use-intl";
import type { TicketPage } from "@/lib/queue/ticket/schema";
import { clockText } from "./times";

/** Number and what it means now, in one sentence. */
export function TicketPlace({ page }: { page: TicketPage }) {
  const t = useTranslations("ticket.page");
  const called = page.state === "called";
  return (
    <section aria-live="polite" className={clsx("rounded-base border p-6 text-center", called ? "border-brand bg-brand text-white" : "border-line bg-surface")}>
      <p className={called ? "" : "text-ink-soft"}>{t("yourNumber")}</p>
      <p className="text-6xl font-bold tracking-wide" data-testid="number">{page.number}</p>
      {page.bookedStart ? <p className="mt-1">{t("booked", { time: clockText(page.bookedStart, "Asia/Shanghai") })}</p> : null}
      <div className="mt-4 text-xl"><Sentence page={page} /></div>
    </section>
  );
}

function Sentence({ page }: { page: TicketPage }) {
  const t = useTranslations("ticket.page");
  const english = useLocale() === "en";
  const zone = (english ? page.zoneEn : page.zone) ?? "";
  const floor = page.floor ?? 1;
  switch (page.state) {
    case "waiting":
      return (
        <>
          <p className="text-2xl font-semibold">{page.ahead === 0 ? t("next") : t("ahead", { count: page.ahead ?? 0 })}</p>
          <p className="mt-1">{page.estimate ? (page.estimate.p50 === 0 ? t("soon") : t("estimate", page.estimate)) : t("noEstimate")}</p>
          {zone ? <p className="mt-1 text-ink-soft">{t("waitAt", { zone, floor })}</p> : null}
        </>
      );
    case "called":
      return <><p className="text-3xl font-bold">{t("called", { window: page.window ?? "" })}</p><p className="mt-1">{t("calledPlace", { zone, floor })}</p></>;
    case "serving":
      return <p className="text-2xl font-semibold">{t("serving", { window: page.window ?? "" })}</p>;
    case "held":
      return <p>{t("held")}</p>;
    case "missed":
      return <><p className="text-2xl font-semibold">{t("missed")}</p><p className="mt-2 text-lg">{t("missedHelp")}</p></>;
    case "finished":
      return <p className="text-2xl font-semibold">{t("finished")}</p>;
    case "cancelled":
      return <><p className="text-2xl font-semibold">{t("cancelled")}</p><p className="mt-2 text-lg">{page.canReturn ? t("cancelledHelp") : t("expired", { day: page.issuedAt.slice(0, 10) })}</p></>;
  }
}
