"use client";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ClassBadge } from "@/components/staff/class-badge";
import { hourMinute, minutesBetween } from "@/components/staff/time";
import { Button } from "@/components/ui/button";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Desk } from "@/lib/queue/desk/schema";
import { TIERS } from "@/lib/windows/model";
import { waitingTotal } from "./actions";

function Panel({ title, count, children, className }: { title: string; count?: number; children: ReactNode; className?: string }) {
  return (
    <section data-slot="panel" className={`flex min-h-0 flex-col rounded-base border border-line bg-surface ${className ?? ""}`}>
      <h2 className="flex items-baseline justify-between border-b border-line px-3 py-1.5 font-semibold">{title}{count === undefined ? null : <span className="text-lg">{count}</span>}</h2>
      {children}
    </section>
  );
}

/** The window's lines in calling order: own first, then those it helps. Each with the next few. */
export function WaitingLines({ desk, now, className }: { desk: Desk; now: number; className: (code: string) => string }) {
  const t = useTranslations("desk.lines");
  const locale = useLocale() as Locale;
  return (
    <Panel title={t("title")} count={waitingTotal(desk)} className="flex-1">
      {desk.lines.length === 0 ? <p className="p-3 text-ink-soft">{t("none")}</p> : (
        <ul tabIndex={0} aria-label={t("title")} className="min-h-0 overflow-y-auto">
          {desk.lines.map((line) => (
            <li key={line.code} className="border-b border-line px-3 py-2 last:border-b-0">
              <p className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate font-medium" title={localName(locale, line)}>{line.code} {localName(locale, line)}</span>
                {line.tier === TIERS.helping ? <span className="text-sm text-ink-soft">{t("helping")}</span> : null}
                <strong className="text-lg">{line.waiting}</strong>
              </p>
              <ol className="text-sm">
                {line.next.slice(0, 3).map((ticket) => (
                  <li key={ticket.number} className="flex items-center gap-2">
                    <span className="w-14 shrink-0 font-medium">{ticket.number}</span>
                    <span className="min-w-0 flex-1 truncate text-ink-soft">{ticket.itemName ? localName(locale, { name: ticket.itemName, nameEn: ticket.itemNameEn }) : ""}</span>
                    {ticket.class === "normal" ? null : <ClassBadge code={ticket.class} name={className(ticket.class)} className="text-xs" />}
                    <span className="shrink-0 text-ink-soft">{t("waited", { count: minutesBetween(ticket.issuedAt, now) })}</span>
                  </li>
                ))}
              </ol>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface HeldProps {
  desk: Desk;
  /** The window is busy or paused. */
  blocked: boolean;
  onResume: (number: string) => void;
}

export function HeldTickets({ desk, blocked, onResume }: HeldProps) {
  const t = useTranslations("desk.held");
  const locale = useLocale() as Locale;
  return (
    <Panel title={t("title")} count={desk.held.length} className="h-40 shrink-0">
      {desk.held.length === 0 ? <p className="p-3 text-sm text-ink-soft">{t("none")}</p> : (
        <ul tabIndex={0} aria-label={t("title")} className="min-h-0 overflow-y-auto">
          {desk.held.map((ticket) => (
            <li key={ticket.number} className="flex items-center gap-2 border-b border-line px-3 py-1 last:border-b-0">
              <span className="min-w-0 flex-1"><strong>{ticket.number}</strong> <span className="block truncate text-sm text-ink-soft">{localName(locale, { name: ticket.itemName ?? ticket.lineName, nameEn: ticket.itemNameEn ?? ticket.lineNameEn })}</span></span>
              <Button size="small" aria-disabled={blocked || undefined} className={blocked ? "border-line! text-ink-soft!" : undefined} aria-label={t("resumeNumber", { number: ticket.number })} onMouseDown={(event) => event.preventDefault()} onClick={() => onResume(ticket.number)}>{t("resume")}</Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface MissedProps {
  desk: Desk;
  onCall: (number: string) => void;
  onReturn: (number: string) => void;
}

export function MissedTickets({ desk, onCall, onReturn }: MissedProps) {
  const t = useTranslations("desk.missed");
  return (
    <Panel title={t("title")} count={desk.missed.length} className="min-h-32 flex-1">
      {desk.missed.length === 0 ? <p className="p-3 text-sm text-ink-soft">{t("none")}</p> : (
        <ul tabIndex={0} aria-label={t("title")} className="min-h-0 overflow-y-auto">
          {desk.missed.map((ticket) => (
            <li key={ticket.number} className="flex items-center gap-1 border-b border-line px-3 py-1 last:border-b-0">
              <span className="min-w-0 flex-1"><strong>{ticket.number}</strong> <span className="text-sm text-ink-soft">{hourMinute(ticket.at)}</span></span>
              <Button size="small" look="quiet" title={t("returnHint")} aria-label={t("returnNumber", { number: ticket.number })} onMouseDown={(event) => event.preventDefault()} onClick={() => onReturn(ticket.number)}>{t("return")}</Button>
              <Button size="small" aria-label={t("callNumber", { number: ticket.number })} onMouseDown={(event) => event.preventDefault()} onClick={() => onCall(ticket.number)}>{t("call")}</Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function TodayFigures({ desk }: { desk: Desk }) {
  const t = useTranslations("desk.today");
  const minutes = (value: number | undefined) => (value === undefined ? "–" : t("minutes", { count: Math.round(value) }));
  const figures: [string, string][] = [
    [t("served"), String(desk.today.served)], [t("meanService"), minutes(desk.today.meanServiceMinutes)],
    [t("missed"), String(desk.today.missed)], [t("meanWait"), minutes(desk.today.meanWaitMinutes)],
  ];
  return (
    <Panel title={t("title")} className="shrink-0">
      <dl className="grid grid-cols-2">
        {figures.map(([label, value]) => <div key={label} className="flex items-baseline justify-between gap-2 px-3 py-1.5"><dt className="text-sm text-ink-soft">{label}</dt><dd className="font-semibold">{value}</dd></div>)}
      </dl>
    </Panel>
  );
}
