import { StateChip } from "@/components/ui/state";
import type { CalendarDay } from "@/lib/calendar/data";
import { localName, type Locale } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";

const TONES = { usual: "neutral", holiday: "warn", work: "info", own: "info" } as const;

/** Days with their service times and why they are as they are. */
export function DayList({ days, locale, t }: { days: readonly CalendarDay[]; locale: Locale; t: Translate }) {
  return (
    <ul className="divide-y divide-line rounded-base border border-line bg-surface">
      {days.map((day) => (
        <li key={day.date} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
          <span className="w-44 font-medium tabular-nums">{day.date} {t(`calendar.weekday${day.weekday}`)}</span>
          <span className="grow tabular-nums">{day.hours.length === 0 ? <span className="text-ink-soft">{t("calendar.closed")}</span> : day.hours.map((span) => `${span.start}–${span.end}${span.label ? ` ${localName(locale, { name: span.label, nameEn: span.labelEn })}` : ""}`).join("　")}</span>
          {day.kind === "usual" ? null : <StateChip tone={TONES[day.kind]}>{localName(locale, day)}</StateChip>}
        </li>
      ))}
    </ul>
  );
}
