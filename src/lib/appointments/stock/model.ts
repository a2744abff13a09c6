/** Slots from the calendar, the windows and the service time. Pure. */
import type { StockKind } from "../model";

/** A span of a day in minutes after midnight by the hall's clock. */
export interface Span {
  from: number;
  to: number;
}

export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
export const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const TIMES = /^([1-7H])(?:-([1-7]))?\s+([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** "6 09:00-12:00", "1-5 12:00-13:30" or "H 09:00-12:00" (public holidays); undefined when it is none of them. */
export function parseTimes(text: string): { days: Set<string>; span: Span } | undefined {
  const match = TIMES.exec(text.trim().toUpperCase());
  if (!match) return undefined;
  const [, first, last, ...clock] = match as unknown as [string, string, string | undefined, string, string, string, string];
  const span = { from: Number(clock[0]) * 60 + Number(clock[1]), to: Number(clock[2]) * 60 + Number(clock[3]) };
  if (span.from >= span.to || (last !== undefined && (first === "H" || last < first))) return undefined;
  const days = new Set<string>();
  for (let day = first === "H" ? 0 : Number(first); day <= Number(last ?? first) || day === 0; day++) {
    days.add(day === 0 ? "H" : String(day));
    if (day === 0) break;
  }
  return { days, span };
}

export interface PlanDay {
  date: string;
  /** 1 = Monday; a 调休 working day on a weekend works as Monday. */
  weekday: number;
  holiday: boolean;
  /** The hall's own hours of that day. */
  hours: Span[];
  /** The hall has closed this day by itself: then nothing is offered at all. */
  shut: boolean;
}

export interface PlanWindow {
  code: string;
  /** Lines that it serves first: its time is shared among them. */
  lines: number;
  staffed: boolean;
  /** Times of its own by weekday; undefined: the hall's. */
  own?: { weekday: number; span: Span; bookedOnly: boolean }[] | undefined;
  /** Known beforehand to be out of work, minutes of the given date. */
  closures: { date: string; span: Span }[];
}

export interface PlanStock {
  kind: StockKind;
  times: readonly string[];
  slotMinutes: number;
  /** Minutes of one service. */
  minutes: number;
  share: number;
  seats: number | null;
  windows: readonly PlanWindow[];
}

export interface PlannedSlot {
  day: string;
  from: number;
  to: number;
  planned: number;
  perWindow: number;
}

const overlap = (a: Span, b: Span): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));

/** The slots of one stock on one day with their seats: windows × time ÷ minutes of a service × bookable share. */
export function slotsOfDay(stock: PlanStock, day: PlanDay): PlannedSlot[] {
  if (day.shut) return [];
  const key = day.holiday ? "H" : String(day.weekday);
  const spans = stock.times.length === 0 ? day.hours : stock.times.flatMap((text) => {
    const parsed = parseTimes(text);
    return parsed?.days.has(key) ? [parsed.span] : [];
  });
  const perWindow = Math.max(1, Math.round(stock.slotMinutes / stock.minutes));
  return joined(spans).flatMap((span) => {
    const slots: PlannedSlot[] = [];
    for (let from = span.from; from + stock.slotMinutes <= span.to; from += stock.slotMinutes) {
      const slot = { from, to: from + stock.slotMinutes };
      slots.push({ day: day.date, ...slot, perWindow, planned: stock.seats ?? seatsOf(stock, day, slot) });
    }
    return slots;
  });
}

/** Touching spans are one: a lunch hour that stays open does not cut a slot in two. */
export function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else result.push({ ...span });
  }
  return result;
}

function seatsOf(stock: PlanStock, day: PlanDay, slot: Span): number {
  // Who sits at a window is planned: windows without anybody count only while nobody is entered for any of them.
  const staffed = stock.windows.filter((window) => window.staffed);
  const minutes = (staffed.length > 0 ? staffed : stock.windows).reduce((sum, window) => sum + openMinutes(stock.kind, window, day, slot) / window.lines, 0);
  if (minutes === 0 || stock.share === 0) return 0;
  return Math.max(1, Math.round((stock.share * minutes) / stock.minutes));
}

function openMinutes(kind: StockKind, window: PlanWindow, day: PlanDay, slot: Span): number {
  const length = slot.to - slot.from;
  // A window that opens when somebody has booked is what sessions outside of office hours are made of (BG-C02e).
  const own = window.own?.filter((each) => each.weekday === day.weekday && (!each.bookedOnly || kind === "off_hours"));
  const open = kind === "off_hours" && (own === undefined || own.length === 0) ? length : own === undefined ? length : Math.min(length, own.reduce((sum, each) => sum + overlap(each.span, slot), 0));
  const out = window.closures.filter((each) => each.date === day.date).reduce((sum, each) => sum + overlap(each.span, slot), 0);
  return Math.max(0, open - out);
}
