/**
 * Fewest windows per period of a day so that in every period a share of those who come is called in time. Judged by the
 * queue as it really runs, with what one period leaves to the next; plain Erlang hour by hour is only where it starts. Pure.
 */
import { offeredLoadAt, type Span } from "../erlang/offered-load";
import { MINUTES_PER_HOUR, steadyServers, type Target } from "../erlang/model";
import { EMPTY, type Passed, runPeriod, type ServedTable, servedTable, type State } from "../transient/model";

export interface WindowPlan {
  /** Open windows of each period. */
  windows: number[];
  /** Share of each period's arrivals who wait longer than the target, as computed for this day. */
  late: number[];
  windowHours: number;
  /** False when the limits do not let every period meet the target. */
  met: boolean;
}

export interface PlanLimits {
  /** Least and most windows of each period; without a limit one window while anybody comes, and as many as it takes. */
  least?: readonly number[];
  most?: readonly number[];
}

/** Rounding of the late share that does not count as late. */
const SLACK = 1e-9;
/** Usual work after which no further exchange is tried, in states moved on by one step: it keeps the day of a very large hall near two seconds. */
const MOST_WORK = 1_500_000;
/** Work of a run beside its states. */
const RUN_WORK = 5_000;

/** A day under construction. What a period came to is remembered by the windows that it depends on, so that a change costs only what it touches. */
class Day {
  private readonly passed = new Map<string, Passed>();
  private readonly states = new Map<string, State>();

  constructor(private readonly periods: readonly Span[], private readonly serviceMinutes: number, private readonly target: Target, private readonly table: ServedTable, public windows: number[], private readonly rough: boolean, public work = 0) {}

  /** First period whose people may still wait in period i. */
  firstTouched(i: number): number {
    let from = i;
    while (from > 0 && this.periods[from - 1]!.end + this.target.within > this.periods[i]!.start) from--;
    return from;
  }

  private run(i: number): Passed {
    const { start, end, arrivals } = this.periods[i]!;
    let seen = i + 1;
    while (seen < this.periods.length && this.periods[seen]!.start < end + this.target.within) seen++;
    const key = `${i}:${this.windows.slice(0, seen).join(" ")}`;
    const known = this.passed.get(key);
    if (known) return known;
    const before = i === 0 ? EMPTY : this.states.get(this.windows.slice(0, i).join(" ")) ?? this.run(i - 1).after;
    const passed = runPeriod(before, { timetable: { periods: this.periods, windows: this.windows, serviceMinutes: this.serviceMinutes }, within: this.target.within, table: this.table, rough: this.rough }, i);
    this.passed.set(key, passed);
    this.states.set(this.windows.slice(0, i + 1).join(" "), passed.after);
    const steps = arrivals + (this.windows[i]! * (end - start)) / this.serviceMinutes;
    this.work += (steps * (20 + 14 * Math.sqrt(this.windows[i]!)) + RUN_WORK) / (this.rough ? 4 : 1);
    return passed;
  }

  late = (i: number): number => this.run(i).late;

  /** How far the worst of the periods from `from` to `to` is above the target, as a logarithm between −5 and 5; 0 and less is met. */
  excess(from: number, to: number): number {
    let worst = -5;
    for (let i = from; i <= to; i++) worst = Math.max(worst, Math.log((this.late(i) + 1e-12) / (1 - this.target.share + SLACK + 1e-12)));
    return Math.min(5, worst);
  }

  /** Whether all periods from `from` to `to` meet the target. */
  meets(from: number, to: number): boolean {
    for (let i = from; i <= to; i++) if (this.late(i) > 1 - this.target.share + SLACK) return false;
    return true;
  }

  hours = (): number => this.windows.reduce((sum, count, i) => sum + (count * (this.periods[i]!.end - this.periods[i]!.start)) / MINUTES_PER_HOUR, 0);

  /** Hours open, and worked after closing, so that closing busy windows for a moment gains nothing. */
  cost = (): number => this.hours() + this.windows.reduce((sum, _, i) => sum + this.run(i).overtime / MINUTES_PER_HOUR, 0);
}

/** Where the search starts: windows for the load that lags the arrivals (modified offered load, Jennings, Mandelbaum, Massey & Whitt 1996). */
export function laggedWindows(periods: readonly Span[], serviceMinutes: number, target: Target): number[] {
  const load = (time: number) => offeredLoadAt(periods, { kind: "exponential", mean: serviceMinutes }, time);
  return periods.map(({ start, end }) => {
    const mean = [0.125, 0.375, 0.625, 0.875].reduce((sum, part) => sum + load(start + part * (end - start)) / 4, 0);
    return steadyServers({ arrivalsPerHour: (mean * MINUTES_PER_HOUR) / serviceMinutes, serviceMinutes }, target);
  });
}

/** Tries a change; keeps it when it costs less and every period still meets the target. */
function attempt(day: Day, change: readonly (readonly [period: number, by: number])[], limits: Required<PlanLimits>): boolean {
  const before = day.windows;
  if (change.some(([i, by]) => before[i]! + by < limits.least[i]! || before[i]! + by > limits.most[i]!)) return false;
  const cost = day.cost();
  day.windows = [...before];
  for (const [i, by] of change) day.windows[i]! += by;
  if (day.meets(day.firstTouched(Math.min(...change.map(([i]) => i))), before.length - 1) && day.cost() < cost - SLACK) return true;
  day.windows = before;
  return false;
}

/**
 * Smallest whole number above `tooFew` whose `excess`, which falls, is not above 0; at most `most`, where it is not asked.
 * By the secant of the last two answers, in the first step by a guess of it; by halves when that takes long.
 */
function smallest(guess: number, tooFew: number, most: number, excess: (count: number) => number): number {
  let [low, high, last] = [tooFew, most, undefined as { count: number; value: number } | undefined];
  for (let round = 0, count = guess; high - low > 1; round++) {
    count = Math.min(Math.max(count, low + 1), high - 1);
    const value = excess(count);
    if (value > 0) low = count;
    else high = count;
    const slope = last && value !== last.value ? (value - last.value) / (count - last.count) : -3 / Math.sqrt(count + 1);
    last = { count, value };
    const root = count - value / Math.min(slope, -1e-3);
    count = round > 6 && high < Infinity ? Math.floor((low + high) / 2) : value > 0 ? Math.ceil(root + 0.05) : Math.ceil(root - 1);
  }
  return high;
}

/**
 * In order of the day: the fewest windows with which a period meets the target and those before it, whose people may still
 * wait, go on meeting it. The guess for a period is off by as much as it was for the one before.
 */
function forward(day: Day, limits: Required<PlanLimits>): void {
  let off = 0;
  day.windows.forEach((first, i) => {
    const [least, most] = [limits.least[i]!, limits.most[i]!];
    const guess = Math.min(most, Math.max(least, first + off));
    const alone = smallest(guess, least - 1, most, (count) => { day.windows[i] = count; return day.excess(i, i); });
    const withOthers = (count: number) => { day.windows[i] = count; return day.excess(day.firstTouched(i), i); };
    day.windows[i] = alone === most || withOthers(alone) <= 0 ? alone : smallest(alone + 1, alone, most, withOthers);
    off = day.windows[i]! - first;
  });
}

/** Pairs of neighbours, nearest first, with which a period exchanges windows. */
const NEAR = [1, -1, 2, -2, 3, -3, 4, -4].flatMap((j, at, all) => all.slice(at).map((k) => [j, k] as const)).sort(([a, b], [c, d]) => Math.abs(a) + Math.abs(b) - Math.abs(c) - Math.abs(d));

/** Takes windows away, then exchanges one more here for two fewer nearby, as long as that costs less. */
function tighten(day: Day, limits: Required<PlanLimits>, mostWork: number): void {
  const count = day.windows.length;
  for (let better = true; better;) {
    better = false;
    for (let i = count - 1; i >= 0; i--) while (day.work < mostWork && attempt(day, [[i, -1]], limits)) better = true;
    for (let i = 0; i < count; i++) for (const [j, k] of NEAR) {
      if (day.work > mostWork || Math.min(i + j, i + k) < 0 || Math.max(i + j, i + k) >= count) continue;
      better = attempt(day, j === k ? [[i, 1], [i + j, -2]] : [[i, 1], [i + j, -1], [i + k, -1]], limits) || better;
    }
  }
}

/**
 * Windows per period, for exponential service and people who stay (JY-6.2). From the lag-corrected start each period is
 * set in the order of the day, then windows are taken away and exchanged while every period still meets the target. `late` is exact for this day: see transient/model.ts for what is assumed.
 */
export function planWindows(periods: readonly Span[], serviceMinutes: number, target: Target, limits: PlanLimits = {}, mostWork = MOST_WORK): WindowPlan {
  const bounds = { least: periods.map(({ arrivals }, i) => limits.least?.[i] ?? (arrivals > 0 ? 1 : 0)), most: periods.map((_, i) => limits.most?.[i] ?? Infinity) };
  const start = laggedWindows(periods, serviceMinutes, target).map((count, i) => Math.min(bounds.most[i]!, Math.max(bounds.least[i]!, count)));
  const last = periods.length - 1;
  const table = servedTable(serviceMinutes);
  const draft = new Day(periods, serviceMinutes, target, table, start, true);
  forward(draft, bounds);
  const day = new Day(periods, serviceMinutes, target, table, draft.windows, false, draft.work);
  if (!day.meets(0, last)) forward(day, bounds);
  // Even where the first plan took all of it, what is plainly too much is taken away.
  if (day.meets(0, last)) tighten(day, bounds, Math.max(mostWork, day.work + mostWork / 6));
  return { windows: day.windows, late: periods.map((_, i) => day.late(i)), windowHours: day.hours(), met: day.meets(0, last) };
}
