/** Times as staff read them: 24 h clock of the hall, whole minutes, mm:ss timers that never run backwards. */

export const HALL_ZONE = "Asia/Shanghai";

export const hourMinute = (at: string | number, timeZone = HALL_ZONE): string =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone }).format(new Date(at));

export const hourMinuteSecond = (at: string | number, timeZone = HALL_ZONE): string =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone }).format(new Date(at));

/** `YYYY-MM-DD` in the hall's zone. */
export const calendarDate = (at: string | number, timeZone = HALL_ZONE): string => new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date(at));

/** Whole minutes between two instants, never negative. */
export const minutesBetween = (from: string, to: string | number): number =>
  Math.max(0, Math.floor((new Date(to).getTime() - Date.parse(from)) / 60_000));

/** Whole seconds left until an instant, rounded up, never negative. */
export const secondsUntil = (until: string, now: number): number => Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));

/** `m:ss`, from one hour on `h:mm:ss`. */
export function elapsed(from: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(from)) / 1000));
  const pad = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
