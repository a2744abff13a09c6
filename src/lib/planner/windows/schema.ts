import type { Span } from "../erlang/offered-load";

/** What is wrong with a row of a demand; rows count from 1. */
export interface DemandFault {
  row: number;
  field: "start" | "end" | "arrivals";
  text: string;
}

/** Minutes of `09:00`, `9:00:30` or an ISO time; the origin is midnight or 1970. */
function minutesOf(text: string): number | undefined {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock) {
    const [hour, minute, second] = clock.slice(1).map((part) => Number(part ?? 0)) as [number, number, number];
    return hour <= 24 && minute < 60 && second < 60 ? hour * 60 + minute + second / 60 : undefined;
  }
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text)) ? Date.parse(text) / 60_000 : undefined;
}

/**
 * Demand of a day as people write it: rows of start, end and the number of people who come between (not per hour), in the
 * order of the day. Times are `09:00` or ISO, all of one kind.
 */
export function demandSpans(rows: readonly { start?: unknown; end?: unknown; arrivals?: unknown }[]): { spans: Span[]; fault?: DemandFault } {
  const spans: Span[] = [];
  const fault = (row: number, field: DemandFault["field"], text: string) => ({ spans, fault: { row: row + 1, field, text } });
  for (const [i, row] of rows.entries()) {
    const [start, end] = [minutesOf(String(row.start ?? "")), minutesOf(String(row.end ?? ""))];
    const count = String(row.arrivals ?? "").trim();
    const arrivals = Number(count);
    const before = spans.at(-1);
    if (start === undefined) return fault(i, "start", "needs a time like 09:00 or 2026-03-02T09:00:00+08:00");
    if (end === undefined) return fault(i, "end", "needs a time like 09:30 or 2026-03-02T09:30:00+08:00");
    if (end <= start) return fault(i, "end", "is not after start");
    if (before && start < before.end) return fault(i, "start", "is before the end of the row above");
    if (before && start - before.end > 24 * 60) return fault(i, "start", "is more than a day after the row above");
    if (count === "" || !Number.isFinite(arrivals) || arrivals < 0) return fault(i, "arrivals", "needs a number, 0 or more");
    spans.push({ start, end, arrivals });
  }
  return { spans };
}
