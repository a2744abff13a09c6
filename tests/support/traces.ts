/** Seeded traces of simulated halls: numbers taken, calls and ends as a hall's own log would show them. Times in minutes. */
import type { TraceRow } from "@/lib/queue/estimate/backtest/schema";
import { seeded } from "@/simulate/randomness";

export interface HallPlan {
  days: number;
  /** Minutes of a day from opening to the last number. */
  minutes: number;
  /** Upper bound of the arrivals per minute, and the arrivals per minute at a minute of a day. */
  peak: number;
  rate: (minute: number, day: number) => number;
  /** Line and class of the next visitor. */
  kind: (random: () => number) => { line: string; class: string };
  service: (random: () => number, kind: { line: string; class: string }, day: number) => number;
  /** Windows open at a minute of a day, with the lines that each serves. */
  windows: (minute: number, day: number) => { name: string; lines: string[] }[];
  /** Minutes by which a class counts as having come earlier. */
  credit?: (kind: { line: string; class: string }) => number;
  /** Minutes until a waiting visitor leaves. */
  patience?: (random: () => number) => number;
  /** One endless day, without a closing in between. */
  endless?: boolean;
}

export interface SimulatedTrace {
  rows: TraceRow[];
  /** Per row: waiting before it when it came, and whether no window was free. */
  ahead: number[];
  delayed: boolean[];
}

interface Waiting { index: number; rank: number; leaves: number; line: string }

const START = Date.UTC(2025, 0, 6, 8) / 60_000;
const dayOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 10);
const exponential = (random: () => number, mean: number): number => -Math.log(1 - random()) * mean;

/** Plays the days of a hall, first come first served by virtual arrival time (arrival less credit). */
export function simulateTrace(plan: HallPlan, seed: number): SimulatedTrace {
  const random = seeded(seed);
  const trace: SimulatedTrace = { rows: [], ahead: [], delayed: [] };
  for (let day = 0; day < plan.days; day += 1) simulateDay(plan, random, day, trace);
  return trace;
}

function simulateDay(plan: HallPlan, random: () => number, day: number, trace: SimulatedTrace): void {
  const start = START + day * (plan.endless ? plan.minutes : 1_440);
  const queue: Waiting[] = [];
  const busy = new Map<string, number>();
  const { rows } = trace;
  const open = (now: number) => plan.windows(Math.min(now - start, plan.minutes), day);
  const take = (now: number) => {
    for (let index = queue.length - 1; index >= 0; index -= 1) if (queue[index]!.leaves <= now) queue.splice(index, 1);
    for (const window of open(now)) {
      if (busy.has(window.name)) continue;
      let best = -1;
      for (let index = 0; index < queue.length; index += 1) if (window.lines.includes(queue[index]!.line) && (best < 0 || queue[index]!.rank < queue[best]!.rank)) best = index;
      if (best < 0) continue;
      const row = rows[queue.splice(best, 1)[0]!.index]!;
      row.calledAt = now;
      row.window = window.name;
      row.finishedAt = now + plan.service(random, row, day);
      busy.set(window.name, row.finishedAt);
    }
  };
  let arrival = start + exponential(random, 1 / plan.peak);
  let check = start;
  for (;;) {
    let next = Math.min(arrival, check);
    for (const end of busy.values()) if (end < next) next = end;
    if (next > start + plan.minutes && queue.length === 0) break;
    for (const [window, end] of busy) if (end <= next) busy.delete(window);
    if (next === check) check += 5;
    if (next === arrival) {
      if (next <= start + plan.minutes && random() * plan.peak < plan.rate(next - start, day)) {
        const kind = plan.kind(random);
        rows.push({ issuedAt: next, calledAt: null, finishedAt: null, window: "", day: dayOf(next), hour: new Date(next * 60_000).getUTCHours(), ...kind });
        trace.ahead.push(queue.filter((each) => each.leaves > next).length);
        trace.delayed.push(open(next).every((window) => busy.has(window.name)));
        queue.push({ index: rows.length - 1, rank: next - (plan.credit?.(kind) ?? 0), leaves: plan.patience ? next + plan.patience(random) : Infinity, line: kind.line });
      }
      arrival = next > start + plan.minutes ? Infinity : next + exponential(random, 1 / plan.peak);
    }
    take(next);
  }
}

export const one = (line = "A", cls = "regular") => () => ({ line, class: cls });
export const windowsOf = (count: number, lines = ["A"]) => Array.from({ length: count }, (_, index) => ({ name: `W${index + 1}`, lines }));
export { exponential };
