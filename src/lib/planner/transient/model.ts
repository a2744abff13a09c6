/**
 * The queue of a day as it really runs: M(t)/M/s(t), first come first served, from empty in the morning, with what is left
 * of one period carried into the next. Exact up to truncation at 1e-13: distributions are moved on by uniformisation
 * (Jensen 1953; Grassmann 1977). Pure; times in minutes.
 *
 * Windows that close at the end of a period finish the service they have and take no new one until no more are busy than
 * are open (exhaustive discipline; Ingolfsson et al. 2007, "A survey and experimental comparison of service-level-
 * approximation methods for nonstationary M(t)/M/s(t) queueing systems"). After the last period, and before a break
 * between two periods, the windows go on until nobody waits.
 */
import type { Span } from "../erlang/offered-load";
import { gaussLegendre } from "../erlang/numbers";

/** Probability that n people are in the system at p[n + 1]; p is zero outside of low…high and at both ends. */
interface Layer {
  p: Float64Array;
  low: number;
  high: number;
}

/** State of the hall at a moment: `layers[r]` while r windows more are busy than the `open` ones. */
export interface State {
  open: number;
  layers: Layer[];
}

const TINY = 1e-13;

export const EMPTY: State = { open: 0, layers: [{ p: Float64Array.of(0, 1, 0), low: 1, high: 1 }] };

/** Weights of a Poisson variable from `first` on, without those below 1e-13 of the greatest. */
function poissonWeights(mean: number): { first: number; weights: number[] } {
  const mode = Math.floor(mean);
  const [down, up] = [[] as number[], [1]];
  for (let k = mode, w = 1; k > 0 && w > TINY; k--) down.push((w *= k / mean));
  for (let k = mode + 1, w = 1; w > TINY; k++) up.push((w *= mean / k));
  const weights = [...down.reverse(), ...up];
  const sum = weights.reduce((a, b) => a + b, 0);
  return { first: mode - down.length, weights: weights.map((w) => w / sum) };
}

/** Another number of windows opens: busy ones beyond it finish what they have, unless `rough`. */
function reopen(state: State, open: number, rough = false): State {
  const layers: Layer[] = [];
  const size = Math.max(...state.layers.map((layer) => layer.p.length));
  state.layers.forEach(({ p, low, high }, r) => {
    for (let n = low; n <= high; n++) {
      const excess = rough ? 0 : Math.max(0, (r > 0 ? state.open + r : Math.min(n - 1, state.open)) - open);
      while (layers.length <= excess) layers.push({ p: new Float64Array(size), low: size, high: -1 });
      const layer = layers[excess]!;
      layer.p[n]! += p[n]!;
      layer.low = Math.min(layer.low, n);
      layer.high = Math.max(layer.high, n);
    }
  });
  return { open, layers };
}

/** Drops the ends of a layer that hold next to nothing. */
function trim(layer: Layer): void {
  while (layer.low <= layer.high && layer.p[layer.low]! < TINY) layer.p[layer.low++] = 0;
  while (layer.high >= layer.low && layer.p[layer.high]! < TINY) layer.p[layer.high--] = 0;
}

interface Rates {
  /** Arrivals a minute. */
  arrival: number;
  /** Services a minute of one window. */
  service: number;
}

/** One step of the uniformised chain of the first `count` layers from `from` into `to`. */
function step(from: Layer[], to: Layer[], count: number, open: number, { arrival, service }: Rates, uniform: number): void {
  const a = arrival / uniform;
  const d = service / uniform;
  for (let r = 0; r < count; r++) {
    const [{ p, low, high }, next, above] = [from[r]!, to[r]!, r + 1 < count ? from[r + 1]! : undefined];
    const q = next.p;
    q.fill(0, next.low, next.high + 1);
    next.low = Math.max(1, Math.min(r === 0 ? low - 1 : low, above ? above.low - 1 : low));
    next.high = Math.min(p.length - 2, Math.max(high + 1, above ? above.high - 1 : 0));
    const busy = r > 0 ? 0 : Math.min(next.high + 1, open + 1);
    // Index n + 1 stands for n people. Below `open` all of them are served, from there on `open`, or open + r of the closing.
    for (let n = next.low; n < busy; n++) q[n] = p[n]! * (1 - a - (n - 1) * d) + p[n - 1]! * a + p[n + 1]! * n * d;
    const [stay, down] = [1 - a - (open + r) * d, r > 0 ? 0 : open * d];
    for (let n = Math.max(busy, next.low); n <= next.high; n++) q[n] = p[n]! * stay + p[n - 1]! * a + p[n + 1]! * down;
    if (above) for (let n = next.low, gain = (open + r + 1) * d; n <= next.high; n++) q[n]! += above.p[n + 1]! * gain;
    trim(next);
  }
}

/** The state after `minutes` with these rates. */
function moveOn(state: State, rates: Rates, minutes: number): State {
  const { open } = state;
  const uniform = rates.arrival + (open + state.layers.length - 1) * rates.service;
  if (minutes <= 0 || uniform === 0) return state;
  const { first, weights } = poissonWeights(uniform * minutes);
  const coming = rates.arrival * minutes;
  const size = Math.max(...state.layers.map((layer) => layer.high)) + 4 + Math.ceil(coming + 9 * Math.sqrt(coming) + 20);
  const blank = (): Layer[] => state.layers.map(() => ({ p: new Float64Array(size), low: size, high: -1 }));
  let now = blank();
  let next = blank();
  const sum = blank();
  state.layers.forEach(({ p, low, high }, r) => {
    if (high < low) return;
    now[r]!.p.set(p.subarray(low, high + 1), low);
    Object.assign(now[r]!, { low, high });
  });
  let count = now.length;
  for (let k = 0; k < first + weights.length; k++) {
    if (k > 0) {
      step(now, next, count, open, rates, uniform);
      [now, next] = [next, now];
      while (count > 1 && now[count - 1]!.high < now[count - 1]!.low) count--;
    }
    const weight = weights[k - first];
    for (let r = 0; weight !== undefined && r < count; r++) {
      const [{ p, low, high }, total] = [now[r]!, sum[r]!];
      const q = total.p;
      for (let n = low; n <= high; n++) q[n]! += weight * p[n]!;
      total.low = Math.min(total.low, low);
      total.high = Math.max(total.high, high);
    }
  }
  sum.forEach(trim);
  while (sum.length > 1 && sum.at(-1)!.high < sum.at(-1)!.low) sum.pop();
  return { open, layers: sum };
}

/** How many people are served within a time while everybody who is served makes room: probabilities of 0, 1, 2 …, and of at most so many. */
interface Served {
  exactly: Float64Array;
  atMost: Float64Array;
}

/** Served in a time while `open` windows work on and `excess` more close as they finish; remembered, as neighbours ask for the same. */
export type ServedTable = (open: number, excess: number, minutes: number) => Served;

export function servedTable(serviceMinutes: number): ServedTable {
  const known = new Map<string, Served>();
  return (open, excess, minutes) => {
    const key = `${open} ${excess} ${minutes}`;
    const found = known.get(key);
    if (found) return found;
    const { first, weights } = poissonWeights(((open + excess) * minutes) / serviceMinutes);
    const exactly = new Float64Array(first + weights.length + 1);
    if (excess === 0) exactly.set(weights, first);
    else {
      // Uniformised by the greatest rate: after j services open + excess − j windows work, at the least `open`.
      const now = new Float64Array(exactly.length + 1);
      now[0] = 1;
      const move = Float64Array.from(exactly, (_, j) => Math.max(open, open + excess - j) / (open + excess));
      for (let k = 0, low = 0, high = 0; k < first + weights.length; k++) {
        if (k > 0) {
          high++;
          for (let j = high; j > low; j--) now[j] = now[j]! * (1 - move[j]!) + now[j - 1]! * move[j - 1]!;
          now[low]! *= 1 - move[low]!;
          while (low < high && now[low]! < TINY) now[low++] = 0;
        }
        const weight = weights[k - first];
        if (weight !== undefined) for (let j = low; j <= high; j++) exactly[j]! += weight * now[j]!;
      }
    }
    const atMost = Float64Array.from(exactly);
    for (let j = 1; j < atMost.length; j++) atMost[j]! += atMost[j - 1]!;
    const served = { exactly, atMost };
    known.set(key, served);
    return served;
  };
}

/** Those who would still wait at this moment: all windows busy. */
function waitingOnly(state: State): State {
  return { open: state.open, layers: state.layers.map((layer, r) => (r > 0 ? layer : { ...layer, low: Math.max(layer.low, state.open + 1) })) };
}

/** The people ahead of somebody who waits, `minutes` later; who waits no longer is left out. Nobody who comes later matters. */
function serveAhead({ open, layers }: State, minutes: number, table: ServedTable): State {
  const next = layers.map(({ p }): Layer => ({ p: new Float64Array(p.length), low: p.length, high: -1 }));
  layers.forEach(({ p, low, high }, r) => {
    const { exactly } = table(open, r, minutes);
    for (let n = low; n <= high; n++) for (let j = 0; j < exactly.length && n - j > open; j++) {
      if (exactly[j]! < TINY) continue;
      const layer = next[Math.max(0, r - j)]!;
      layer.p[n - j]! += p[n]! * exactly[j]!;
      layer.low = Math.min(layer.low, n - j);
      layer.high = Math.max(layer.high, n - j);
    }
  });
  return { open, layers: next };
}

export interface Timetable {
  periods: readonly Span[];
  windows: readonly number[];
  serviceMinutes: number;
}

/** What is asked of a day: who waits longer than `within` minutes under this timetable. */
export interface Question {
  timetable: Timetable;
  within: number;
  table: ServedTable;
  /**
   * For a search: windows that close hand their visitor on to the others, which makes waits a little longer and the state
   * one number, and the late share is taken at fewer moments. Final figures are never taken so.
   */
  rough?: boolean;
}

/** When the number of open windows changes after `time`: pairs of time and number. */
function* changesAfter({ periods, windows }: Timetable, time: number): Generator<[at: number, open: number]> {
  for (let i = 0; i < periods.length; i++) if (periods[i]!.start > time) yield [periods[i]!.start, windows[i]!];
}

/** Probability that who comes at `time`, when the hall is in `state`, waits longer than `within`: the people ahead are served down until a window is free or the time is over. */
function lateAt(state: State, { timetable, within, table, rough }: Question, time: number): number {
  let ahead = waitingOnly(state);
  let clock = time;
  for (const [at, open] of changesAfter(timetable, time)) {
    if (at >= time + within) break;
    ahead = waitingOnly(reopen(serveAhead(ahead, at - clock, table), open, rough));
    clock = at;
  }
  let sum = 0;
  ahead.layers.forEach(({ p, low, high }, r) => {
    if (high < low) return;
    const { atMost } = table(ahead.open, r, time + within - clock);
    for (let n = low; n <= high; n++) sum += p[n]! * atMost[Math.min(n - 1 - ahead.open, atMost.length - 1)]!;
  });
  return sum;
}

const NODES = gaussLegendre(4);
const FEW_NODES = gaussLegendre(2);
/** Longest stretch whose late share is integrated at once, minutes. */
const STRETCH = 15;

/** Moments at which a period's late share is taken, with weights that add up to 1; cut where its law changes, `within` before the windows do. */
function moments({ timetable, within, rough }: Question, { start, end }: Span): { time: number; weight: number }[] {
  const cuts = new Set([start, end]);
  for (const [at] of changesAfter(timetable, start)) if (at - within > start && at - within < end) cuts.add(at - within);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).flatMap((to, i) => {
    const from = sorted[i]!;
    const parts = Math.ceil((to - from) / STRETCH);
    const length = (to - from) / parts;
    return Array.from({ length: parts }, (_, part) => (rough ? FEW_NODES : NODES).map(({ node, weight }) => ({ time: from + (part + node) * length, weight: (weight * length) / (end - start) }))).flat();
  });
}

export interface Passed {
  /** Share of the period's arrivals who wait longer than the target; 0 when nobody comes. */
  late: number;
  /** Expected minutes for which windows work on after they have been closed at its start. */
  overtime: number;
  /** State at its end. */
  after: State;
}

/** Expected minutes of work of windows that close now: with r of them left the next is done after S/(open + r). */
function overtimeOf({ open, layers }: State, serviceMinutes: number, most: number): number {
  let [minutes, sum] = [0, 0];
  layers.forEach(({ p, low, high }, r) => {
    if (r === 0) return;
    minutes += (r * serviceMinutes) / (open + r);
    for (let n = low; n <= high; n++) sum += p[n]! * Math.min(minutes, r * most);
  });
  return sum;
}

/** Runs period `i` from the state before it. */
export function runPeriod(before: State, question: Question, i: number): Passed {
  const { periods, windows, serviceMinutes } = question.timetable;
  const { start, end, arrivals } = periods[i]!;
  const previous = periods[i - 1];
  const service = 1 / serviceMinutes;
  let state = before;
  if (previous) state = moveOn(state, { arrival: 0, service }, start - previous.end);
  state = reopen(state, windows[i]!, question.rough);
  const overtime = overtimeOf(state, serviceMinutes, end - start);
  const rates = { arrival: arrivals / (end - start), service };
  let late = 0;
  let clock = start;
  for (const { time, weight } of arrivals > 0 ? moments(question, periods[i]!) : []) {
    state = moveOn(state, rates, time - clock);
    clock = time;
    late += weight * lateAt(state, question, time);
  }
  return { late: Math.min(1, late), overtime, after: moveOn(state, rates, end - clock) };
}

/** Late share of every period of a day that begins empty. */
export function runDay(timetable: Timetable, within: number): number[] {
  const question = { timetable, within, table: servedTable(timetable.serviceMinutes) };
  let state = EMPTY;
  return timetable.periods.map((_, i) => {
    const { late, after } = runPeriod(state, question, i);
    state = after;
    return late;
  });
}
