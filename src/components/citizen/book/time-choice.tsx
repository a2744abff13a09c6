import { clsx } from "clsx";
import { ThumbsUp } from "lucide-react";
import Link from "next/link";
import { clockText, dateOf, dayText } from "@/components/citizen/times";
import { texts } from "@/components/intl/server";
import { Banner } from "@/components/ui/state";
import type { Slot } from "@/lib/appointments/schema";
import type { CalendarDay } from "@/lib/calendar/data";
import { localName } from "@/lib/i18n/locale";
import { LoadMark } from "./load-mark";
import { loadOf } from "./wish";

interface Day extends CalendarDay {
  slots: Slot[];
  free: number;
}

/** The days that can be booked, each with its times, today first. */
export function daysOf(calendar: readonly CalendarDay[], slots: readonly Slot[], horizon: number, timeZone: string): Day[] {
  const last = calendar.filter((day) => day.hours.length > 0)[horizon - 1]?.date ?? calendar.at(-1)?.date ?? "";
  return calendar.filter((day) => day.date <= last).map((day) => {
    const own = slots.filter((slot) => dateOf(slot.start, timeZone) === day.date);
    return { ...day, slots: own, free: own.reduce((sum, slot) => sum + slot.free, 0) };
  });
}

interface DayLinksProps {
  days: readonly Day[];
  chosen: string;
  href: (day: string) => string;
}

/** Days as links with what is free; holidays with their names. */
export async function DayLinks({ days, chosen, href }: DayLinksProps) {
  const { locale, t } = await texts("book");
  const word = (index: number) => (index === 0 ? t("time.today") : index === 1 ? t("time.tomorrow") : "");
  return (
    <nav aria-label={t("time.days")}>
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4 lg:grid-cols-7">
        {days.map((day, index) => {
          const name = day.kind === "usual" ? "" : localName(locale, day);
          const state = day.slots.length === 0 ? (day.hours.length === 0 ? t("time.closed") : t("time.noSlots")) : day.free === 0 ? t("time.none") : t("time.free", { count: day.free });
          return (
            <li key={day.date}>
              <Link href={href(day.date)} scroll={false} aria-current={day.date === chosen ? "date" : undefined}
                className={clsx("flex h-full min-h-16 flex-col rounded-base border px-3 py-2 no-underline", day.date === chosen ? "border-brand bg-brand text-white" : day.free > 0 ? "border-line-strong bg-surface text-ink hover:bg-brand-soft" : "border-line bg-canvas text-ink-soft")}>
                <span className="font-medium">{dayText(day.date, locale)}</span>
                <span>{[word(index), name].filter(Boolean).join(" · ")}</span>
                <span className="mt-auto">{state}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

const PARTS = [["morning", 0, 12], ["afternoon", 12, 18], ["evening", 18, 24]] as const;

/** The times of a day as buttons of the form around it, the quiet ones first; full ones are shown and cannot be pressed. */
export async function TimeButtons({ day, days, href, timeZone }: { day: Day | undefined; days: readonly Day[]; href: (day: string) => string; timeZone: string }) {
  const { locale, t } = await texts("book");
  // Where all times are equally empty there is nothing to suggest.
  const busiest = Math.max(0, ...(day?.slots ?? []).map((slot) => slot.load));
  const quiet = day?.slots.filter((slot) => slot.quiet && slot.free > 0 && slot.load < busiest) ?? [];
  const next = days.find((each) => each.free > 0);
  if (!day || day.free === 0) {
    return (
      <Banner tone="warn" title={!next ? t("time.allFull") : day && day.slots.length > 0 ? t("time.dayFull") : t("time.dayNone")}>
        {next ? <p><Link href={href(next.date)} className="inline-flex min-h-11 items-center">{t("time.nextFree", { day: dayText(next.date, locale) })}</Link></p> : null}
        <p>{t("walkIn")}</p>
      </Banner>
    );
  }
  const hour = (slot: Slot) => Number(clockText(slot.start, timeZone).slice(0, 2));
  return (
    <div className="flex flex-col gap-5">
      {quiet.length > 0 ? <p>{t("time.quietLead")}</p> : null}
      {quiet.length > 0 ? <SlotList slots={quiet} timeZone={timeZone} title={t("time.quiet")} id="quiet" /> : null}
      {PARTS.map(([part, from, to]) => {
        const slots = day.slots.filter((slot) => !quiet.includes(slot) && hour(slot) >= from && hour(slot) < to);
        return slots.length > 0 ? <SlotList key={part} slots={slots} timeZone={timeZone} title={t(`time.${part}`)} id={part} /> : null;
      })}
    </div>
  );
}

async function SlotList({ slots, timeZone, title, id }: { slots: readonly Slot[]; timeZone: string; title: string; id: string }) {
  const { t } = await texts("book");
  return (
    <section aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} className="mb-2 flex items-center gap-2 font-semibold">{id === "quiet" ? <ThumbsUp aria-hidden className="size-5 text-good" /> : null}{title}</h3>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {slots.map((slot) => {
          const range = t("time.range", { start: clockText(slot.start, timeZone), end: clockText(slot.end, timeZone) });
          const load = loadOf(slot);
          const facts = [slot.time === "usual" ? "" : t(`time.times.${slot.time}`), slot.kind === "regular" ? "" : t(`kinds.${slot.kind}`)].filter(Boolean).join(" · ");
          const inside = (
            <>
              <span className="flex w-full flex-wrap items-center justify-between gap-x-3"><span className="text-lg font-semibold tabular-nums">{range}</span><LoadMark load={load} label={t(`time.load.${load}`)} /></span>
              {facts ? <span className="text-ink-soft">{facts}</span> : null}
              {slot.free > 0 ? <span className="text-ink-soft">{t("time.left", { count: slot.free })}</span> : null}
            </>
          );
          return (
            <li key={`${slot.stock} ${slot.start}`}>
              {slot.free > 0
                ? <button type="submit" name="slot" value={`${slot.start}|${slot.kind}`} className="flex h-full min-h-16 w-full flex-col items-start rounded-base border border-line-strong bg-surface px-4 py-2 text-left hover:border-brand hover:bg-brand-soft">{inside}</button>
                : <div className="flex h-full min-h-16 flex-col items-start rounded-base border border-line bg-canvas px-4 py-2 text-ink-soft">{inside}</div>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
