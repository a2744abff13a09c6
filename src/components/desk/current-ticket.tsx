"use client";
import { Popover } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ClassBadge } from "@/components/staff/class-badge";
import { elapsed, hourMinute, minutesBetween } from "@/components/staff/time";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Desk } from "@/lib/queue/desk/schema";
import type { Ticket, Why } from "@/lib/queue/ticket/schema";
import { waitingTotal } from "./actions";

interface Props {
  desk: Desk;
  now: number;
  className: (code: string) => string;
}

/** Who is at the window, or why nobody is. The panel keeps its size in every state. */
export function CurrentTicket({ desk, now, className }: Props) {
  const t = useTranslations("desk");
  const { ticket } = desk;
  return (
    <section aria-label={t("current.label")} data-slot="current" className="flex min-h-64 flex-1 flex-col overflow-hidden rounded-base border border-line bg-surface px-5 py-4">
      {/* Spoken once when the ticket changes; the timer beside it is silent. */}
      <p aria-live="polite" className="sr-only">{ticket ? t("current.spoken", { number: ticket.number, state: t(`state.${ticket.state}`) }) : ""}</p>
      {ticket ? <Ticketed desk={desk} ticket={ticket} now={now} className={className} /> : <Free desk={desk} />}
    </section>
  );
}

function Free({ desk }: { desk: Desk }) {
  const t = useTranslations("desk");
  const waiting = waitingTotal(desk);
  const state = desk.window.state === "open" ? (waiting > 0 ? "free" : "empty") : desk.window.state;
  return (
    <div className="flex flex-1 flex-col justify-center gap-2">
      <p className="text-3xl font-semibold min-[100rem]:text-5xl">{t(`idle.${state}.title`, { count: waiting })}</p>
      <p className="text-ink-soft">{state === "paused" && desk.window.pauseReason ? t("idle.pausedFor", { reason: desk.window.pauseReason, time: hourMinute(desk.window.stateAt) }) : t(`idle.${state}.text`, { count: waiting, time: hourMinute(desk.window.stateAt) })}</p>
    </div>
  );
}

function Ticketed({ desk, ticket, now, className }: Props & { ticket: Ticket }) {
  const t = useTranslations("desk");
  const locale = useLocale() as Locale;
  const since = ticket.state === "serving" ? ticket.startedAt : ticket.calledAt;
  const line = localName(locale, { name: ticket.lineName, nameEn: ticket.lineNameEn });
  const item = ticket.itemName ? localName(locale, { name: ticket.itemName, nameEn: ticket.itemNameEn }) : undefined;
  return (
    <>
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <p className="font-medium text-brand">{t(`state.${ticket.state}`)}</p>
          <p className="flex flex-wrap items-center gap-x-4"><strong data-slot="number" className="text-7xl leading-tight font-bold tracking-tight min-[100rem]:text-9xl">{ticket.number}</strong><ClassBadge code={ticket.class} name={className(ticket.class)} className="text-xl min-[100rem]:text-3xl" /></p>
        </div>
        <div className="text-right">
          <p className="text-sm text-ink-soft">{t(ticket.state === "serving" ? "current.serving" : "current.called")}</p>
          <p role="timer" aria-live="off" className="text-4xl leading-tight font-semibold min-[100rem]:text-6xl">{since ? elapsed(since, now) : "–"}</p>
        </div>
      </div>
      <p className="line-clamp-2 text-xl font-medium min-[100rem]:mt-2 min-[100rem]:text-3xl" title={item ?? line}>{item ?? line}</p>
      <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1 min-[100rem]:mt-4 min-[100rem]:gap-x-10 min-[100rem]:text-2xl">
        <Fact label={t("current.line")}>{ticket.line} {line}</Fact>
        {ticket.bookedStart ? <Fact label={t("current.booked")}>{hourMinute(ticket.bookedStart)}</Fact> : null}
        <Fact label={t("current.waited")}>{t("minutes", { count: minutesBetween(ticket.issuedAt, ticket.calledAt ?? now) })}</Fact>
        <Fact label={t("current.calls")}>{ticket.calls}/{desk.calls.max}</Fact>
        <Fact label={t("current.issued")}>{hourMinute(ticket.issuedAt)}</Fact>
      </dl>
      {desk.why ? <WhyNote why={desk.why} className={className} /> : null}
    </>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="flex gap-1.5"><dt className="text-ink-soft">{label}</dt><dd className="font-medium">{children}</dd></div>
);

/** Why this one: one sentence, and on demand the heads of the lines it was compared with. */
export function WhyNote({ why, className }: { why: Why; className: (code: string) => string }) {
  const t = useTranslations("desk.why");
  const byPointer = useRef(false);
  return (
    <div className="mt-auto flex min-h-13 items-center gap-3 border-t border-line pt-2">
      <p className="line-clamp-2 flex-1 text-sm text-ink-soft min-[100rem]:text-base"><span className="font-medium text-ink">{t("label")}</span> {why.text}</p>
      {why.compared.length > 0 ? (
        <Popover.Root>
          <Popover.Trigger onMouseDown={(event) => event.preventDefault()} onPointerDown={() => { byPointer.current = true; }} onKeyDown={() => { byPointer.current = false; }} className="min-h-9 shrink-0 rounded-base px-2 text-sm text-brand underline hover:bg-brand-soft">{t("compare", { count: why.compared.length })}</Popover.Trigger>
          <Popover.Portal>
            {/* After a look with the mouse Space is the primary action again, not this link. */}
            <Popover.Content onCloseAutoFocus={(event) => { if (byPointer.current) event.preventDefault(); }} side="right" align="end" sideOffset={20} aria-label={t("heads")} className="z-30 max-h-80 w-80 overflow-y-auto rounded-base border border-line-strong bg-surface p-4">
              <table className="w-full text-sm">
                <caption className="mb-2 text-left font-medium">{t("heads")}</caption>
                <thead><tr className="text-left text-ink-soft"><th scope="col" className="font-normal">{t("number")}</th><th scope="col" className="font-normal">{t("line")}</th><th scope="col" className="font-normal">{t("class")}</th><th scope="col" className="text-right font-normal">{t("rank")}</th></tr></thead>
                <tbody>{why.compared.map((head) => <tr key={head.number} className="border-t border-line"><td className="py-1 font-medium">{head.number}</td><td>{head.line}{head.tier && head.tier > 1 ? ` ${t(`tier.${head.tier}`)}` : ""}</td><td>{head.class ? className(head.class) : ""}</td><td className="text-right">{hourMinute(head.rank)}</td></tr>)}</tbody>
              </table>
              <p className="mt-2 text-sm text-ink-soft">{t("explain", { version: why.policyVersion })}</p>
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      ) : null}
    </div>
  );
}
