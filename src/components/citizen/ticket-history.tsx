"use client";
import { useLocale, useTranslations } from "use-intl";
import type { TicketPage } from "@/lib/queue/ticket/schema";

/** Why it stands where it stands, and what happened to it so far. */
export function TicketHistory({ page }: { page: TicketPage }) {
  const t = useTranslations("ticket.page");
  const english = useLocale() === "en";
  const time = (at: string) => new Date(at).toLocaleTimeString(english ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
  const item = english ? page.itemNameEn : page.itemName;
  return (
    <>
      <section aria-labelledby="why-title" className="rounded-base border border-line bg-surface p-4">
        <h2 id="why-title" className="font-semibold">{t("why")}</h2>
        {page.aheadWhy ? <p data-slot="ahead-why" className="mt-1">{page.aheadWhy}</p> : null}
        <p className="mt-1">{page.why.text}</p>
      </section>
      <dl className="rounded-base border border-line bg-surface p-4">
        {item ? <Row name={t("item")}>{item}</Row> : null}
        <Row name={t("line")}>{english ? page.lineNameEn : page.lineName}</Row>
        <Row name={t("issued")}>{time(page.issuedAt)}</Row>
      </dl>
      <details className="rounded-base border border-line bg-surface p-4">
        <summary className="min-h-6 cursor-pointer font-semibold">{t("history")}</summary>
        <ol className="mt-2 flex flex-col gap-1">{page.moves.map((move) => <li key={move.at + move.type} className="flex gap-3"><span className="text-ink-soft">{time(move.at)}</span><span>{move.text}</span></li>)}</ol>
      </details>
    </>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return <div className="flex gap-3 py-1"><dt className="w-24 shrink-0 text-ink-soft">{name}</dt><dd>{children}</dd></div>;
}
