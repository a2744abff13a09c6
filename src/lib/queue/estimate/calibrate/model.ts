/** Factors that bring told waits in line with what happened, learned level by level. Pure. */
import { quantileOf } from "../learn/quantiles";
import { type Factors, OFFSET, type Range } from "../live/model";

export const LEVELS = ["hall", "hour", "line", "item"] as const;
export type Level = (typeof LEVELS)[number];

export interface Outcome {
  raw: Range;
  actual: number;
  hour: number;
  lineId: number;
  itemId: number | null;
}

export interface Calibration extends Factors {
  level: Level;
  /** 0, hour, line or item. */
  key: number;
  n: number;
}

/** A level with few outcomes leans on the one above with the weight of so many. */
const LEAN = 40;
const LEAST = 20;
const [LOW, HIGH] = [0.5, 2];
const QUANTILES = [["p10", "f10", 0.1], ["p50", "f50", 0.5], ["p90", "f90", 0.9]] as const;

const keyOf = (outcome: Outcome, level: Level): number | null => ({ hall: 0, hour: outcome.hour, line: outcome.lineId, item: outcome.itemId })[level];

/**
 * For each quantile q the factor by which q of the outcomes lie below: the q-quantile of actual over told, first of the
 * hall, then of what is left per hour, per line and per item, each shrunk towards no change in the logarithm by n / (n + 40).
 */
export function calibrate(outcomes: readonly Outcome[]): Calibration[] {
  const left = outcomes.map(({ raw, actual }) => QUANTILES.map(([p]) => (actual + OFFSET) / (raw[p] + OFFSET)));
  const found: Calibration[] = [];
  for (const level of LEVELS) {
    const groups = new Map<number, number[]>();
    outcomes.forEach((outcome, index) => {
      const key = keyOf(outcome, level);
      if (key === null) return;
      const members = groups.get(key);
      if (members) members.push(index);
      else groups.set(key, [index]);
    });
    for (const [key, members] of groups) {
      if (members.length < LEAST) continue;
      const share = members.length / (members.length + LEAN);
      const factors = QUANTILES.map(([, , q], place) => Math.min(HIGH, Math.max(LOW, quantileOf(members.map((index) => left[index]![place]!).sort((a, b) => a - b), q) ** share)));
      members.forEach((index) => factors.forEach((factor, place) => (left[index]![place]! /= factor)));
      found.push({ level, key, n: members.length, f10: factors[0]!, f50: factors[1]!, f90: factors[2]! });
    }
  }
  return found;
}

export interface Calibrations {
  /** By level and key. */
  known: Map<string, Factors>;
  /** Local hour now. */
  hour: number;
}

/** The product over the levels that hold; each quantile stays within a factor of two and a half. */
export function factorsFor({ known, hour }: Calibrations, { lineId, itemId }: { lineId: number; itemId: number | null }): Factors {
  const parts = (["hall/0", `hour/${hour}`, `line/${lineId}`, `item/${itemId ?? ""}`] as const).flatMap((key) => known.get(key) ?? []);
  const product = (f: keyof Factors) => Math.min(2.5, Math.max(0.4, parts.reduce((all, part) => all * part[f], 1)));
  return { f10: product("f10"), f50: product("f50"), f90: product("f90") };
}
