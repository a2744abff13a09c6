/** Waits of those in the hall now, read off a simulation of its present state. Pure; runs in a thread where many wait. */
import type { HallModel } from "../../simulate/hall";
import { simulateWaits } from "../../simulate/waits";

/** A wait in minutes by its 10 %, 50 % and 90 % quantiles. */
export interface Range {
  p10: number;
  p50: number;
  p90: number;
}

/** How far the simulation looks, minutes: who is not called by then is not told a time. */
export const HORIZON = 600;
const SEED = 1;
const WORK = 70_000;

/** Futures to play: enough for steady quantiles, fewer where very many wait. */
export const runsFor = (visits: number): number => Math.max(60, Math.min(200, Math.floor(WORK / Math.max(1, visits))));

/**
 * p10, p50 and p90 of each known visit, one after the other. The seed is fixed: an estimate moves because the hall moves,
 * not by chance. Infinity where a visit was not called within the horizon.
 */
export function foresee(hall: HallModel): Float32Array {
  const visits = hall.visits?.length ?? 0;
  const runs = runsFor(visits);
  const waits = simulateWaits(hall, { runs, seed: SEED, horizon: HORIZON });
  const result = new Float32Array(3 * visits);
  for (let visit = 0; visit < visits; visit += 1) {
    const sorted = waits.subarray(visit * runs, (visit + 1) * runs).sort();
    [0.1, 0.5, 0.9].forEach((q, place) => (result[3 * visit + place] = sorted[Math.min(runs - 1, Math.floor(q * runs))]!));
  }
  return result;
}

/** Ranges of a line by people ahead; the last is that of a newcomer. Never shorter further back. */
export type Curve = readonly Range[];

export function curveOf(ranges: readonly Range[]): Curve {
  let last: Range = { p10: 0, p50: 0, p90: 0 };
  return ranges.map((range) => (last = { p10: Math.max(last.p10, range.p10), p50: Math.max(last.p50, range.p50), p90: Math.max(last.p90, range.p90) }));
}

/** The range with so many ahead; beyond the end of the curve it goes on as steeply as it went so far. Undefined where nobody is called in time. */
export function rangeAt(curve: Curve, ahead: number): Range | undefined {
  const last = curve.at(-1);
  if (!last) return undefined;
  const known = curve[ahead] ?? last;
  if (!Number.isFinite(known.p50)) return undefined;
  const beyond = Math.max(0, ahead - (curve.length - 1)) * (last.p50 / curve.length);
  return { p10: known.p10 + beyond, p50: known.p50 + beyond, p90: Math.min(HORIZON, known.p90) + beyond };
}

/** Factors on the quantiles, learned from what happened; 1 changes nothing. */
export interface Factors {
  f10: number;
  f50: number;
  f90: number;
}

/** Half a minute more on both sides: a factor for waits that may be zero. */
export const OFFSET = 0.5;
const stretched = (minutes: number, factor: number): number => Math.max(0, (minutes + OFFSET) * factor - OFFSET);

export function calibrated(range: Range, { f10, f50, f90 }: Factors): Range {
  const p50 = stretched(range.p50, f50);
  return { p10: Math.min(p50, stretched(range.p10, f10)), p50, p90: Math.max(p50, stretched(range.p90, f90)) };
}

/** What is told is scored as well: whole minutes, and always a range. */
export function inWholeMinutes({ p10, p50, p90 }: Range): Range {
  const median = Math.round(p50);
  return { p10: Math.min(median, Math.floor(p10)), p50: median, p90: Math.max(median + 1, Math.ceil(p90)) };
}

/** Service hours as spans of minutes from now in which windows work. After the last closing time those who wait are still served. */
export function workingSpans(hours: readonly { start: string; end: string }[], nowMinute: number): [number, number][] {
  const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) - nowMinute;
  const spans = hours.map(({ start, end }): [number, number] => [minute(start), minute(end)]).filter(([, end]) => end > 0).sort((a, b) => a[0] - b[0]);
  // Outside of the hours the open windows are the plan.
  if (spans.length === 0 || spans[0]![0] > 0) return [[-Infinity, Infinity]];
  spans[0]![0] = -Infinity;
  spans.at(-1)![1] = Infinity;
  return spans;
}

type Span = [from: number, until: number];

/** What is known of a window's day; minutes from now, hours as clock times. */
export interface WindowPlan {
  /** Nobody works there yet; it has its usual clerk. */
  closed: boolean;
  /** A pause runs so many minutes longer. */
  pause?: number;
  hours: readonly { start: string; end: string }[];
  /** Announced closures. */
  closures: readonly (readonly [from: number, until: number])[];
}

/** How far ahead the beginning of the service hours counts for windows that are still closed, minutes. */
const OPENING = 120;

/**
 * When a window will work, in spans of minutes from now. Open ones follow the service hours; a closed one with its usual clerk
 * opens when the hours of the day begin, never in the middle of a day; pauses and announced closures are left out.
 */
export function plannedSpans({ closed, pause, hours, closures }: WindowPlan, nowMinute: number): Span[] {
  const first = Math.min(...hours.map(({ start }) => Number(start.slice(0, 2)) * 60 + Number(start.slice(3, 5)) - nowMinute));
  if (closed && !(first > 0 && first <= OPENING)) return [];
  // At the beginning of the day the hours are those that follow; the first one starts on time.
  const spans = closed ? workingSpans(hours, nowMinute + first).map(([from, until]): Span => [Math.max(0, from) + first, until + first]) : workingSpans(hours, nowMinute);
  const without: readonly (readonly [number, number])[] = pause === undefined ? closures : [[-Infinity, pause], ...closures];
  return without.reduce<Span[]>((left, [from, until]) => left.flatMap(([start, end]): Span[] => [...(start < from ? [[start, Math.min(end, from)] as Span] : []), ...(end > until ? [[Math.max(start, until), end] as Span] : [])]), spans).filter(([, end]) => end > 0);
}
