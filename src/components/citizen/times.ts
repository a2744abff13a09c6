import type { Locale } from "@/lib/i18n/locale";

const tagOf = (locale: Locale): string => (locale === "en" ? "en-GB" : "zh-CN");

/** 11月24日 星期二, of a date `YYYY-MM-DD`. */
export function dayText(date: string, locale: Locale): string {
  const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tagOf(locale), { timeZone: "UTC", ...options }).format(new Date(`${date}T00:00:00Z`));
  const [weekday, day] = [part({ weekday: locale === "en" ? "short" : "long" }), part({ month: locale === "en" ? "short" : "long", day: "numeric" })];
  return locale === "en" ? `${weekday} ${day}` : `${day} ${weekday}`;
}

/** 09:30 on the hall's clock. */
export const clockText = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant));

/** The date of an instant on the hall's calendar. */
export const dateOf = (instant: string, timeZone: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date(instant));

/** 11月24日 星期二 09:30 */
export const momentText = (instant: string, timeZone: string, locale: Locale): string => `${dayText(dateOf(instant, timeZone), locale)} ${clockText(instant, timeZone)}`;

/** 11月24日 星期二 09:30–10:00 */
export const spanText = (start: string, end: string, timeZone: string, locale: Locale): string => `${momentText(start, timeZone, locale)}–${clockText(end, timeZone)}`;
