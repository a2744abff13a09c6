/** How fair a day was, from the order in which numbers were taken and called. Pure. */

export interface FairnessCall {
  id: number;
  line: number;
  class: string;
  channel: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  calledAt: number;
}

/**
 * Overtakes suffered by each ticket: how many of its line came after it and were called before it. Counted in the order of
 * the calls with a binary indexed tree over the order of arrival, O(n log n) (Fenwick 1994).
 */
export function overtakesSuffered(calls: readonly FairnessCall[]): Map<number, number> {
  const suffered = new Map<number, number>();
  const byLine = new Map<number, FairnessCall[]>();
  for (const call of calls) byLine.set(call.line, [...(byLine.get(call.line) ?? []), call]);
  for (const line of byLine.values()) {
    const place = new Map([...line].sort((a, b) => a.issuedAt - b.issuedAt || a.id - b.id).map((call, index) => [call.id, index + 1]));
    const tree = new Uint32Array(line.length + 1);
    let seen = 0;
    for (const call of [...line].sort((a, b) => a.calledAt - b.calledAt || a.id - b.id)) {
      let before = 0;
      for (let at = place.get(call.id)!; at > 0; at -= at & -at) before += tree[at]!;
      // Called already, and came later than this one.
      suffered.set(call.id, seen - before);
      for (let at = place.get(call.id)!; at <= line.length; at += at & -at) tree[at] = tree[at]! + 1;
      seen++;
    }
  }
  return suffered;
}

/** Jain's index (Σx)² / (n·Σx²): 1 when all are equal, 1/n when one has everything (Jain, Chiu, Hawe 1984). Undefined without values. */
export function jainIndex(values: readonly number[]): number | undefined {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  return values.length === 0 ? undefined : squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}

export interface ClassFairness {
  class: string;
  called: number;
  meanWait: number;
  p90Wait: number;
  longestWait: number;
  /** Mean and most overtakes that one ticket suffered. */
  meanOvertaken: number;
  mostOvertaken: number;
}

export interface DayFairness {
  called: number;
  overtaken: number;
  mostOvertaken: number;
  /** Over the waits of all tickets of the day, each plus a minute, so that those called at once count. */
  jain: number | undefined;
  classes: ClassFairness[];
  channels: { channel: string; tickets: number; share: number; meanWait: number }[];
}

const MINUTE_MS = 60_000;
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);
/** Nearest-rank quantile. */
const quantile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;

/** Waits in minutes, overtakes suffered, Jain's index and shares by channel of one day. */
export function fairnessOf(calls: readonly FairnessCall[]): DayFairness {
  const suffered = overtakesSuffered(calls);
  const wait = (call: FairnessCall) => (call.calledAt - call.issuedAt) / MINUTE_MS;
  const group = <Key extends "class" | "channel">(key: Key) => [...new Set(calls.map((call) => call[key]))].sort().map((name) => ({ name, of: calls.filter((call) => call[key] === name) }));
  return {
    called: calls.length,
    overtaken: [...suffered.values()].filter((count) => count > 0).length,
    mostOvertaken: Math.max(0, ...suffered.values()),
    jain: jainIndex(calls.map((call) => wait(call) + 1)),
    classes: group("class").map(({ name, of }) => {
      const waits = of.map(wait);
      const counts = of.map((call) => suffered.get(call.id)!);
      return { class: name, called: of.length, meanWait: mean(waits), p90Wait: quantile(waits, 0.9), longestWait: Math.max(0, ...waits), meanOvertaken: mean(counts), mostOvertaken: Math.max(0, ...counts) };
    }),
    channels: group("channel").map(({ name, of }) => ({ channel: name, tickets: of.length, share: of.length / calls.length, meanWait: mean(of.map(wait)) })),
  };
}
