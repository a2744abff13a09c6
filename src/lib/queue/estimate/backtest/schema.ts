/** What a trace of a hall holds, and what its back-test answers. Times are minutes since the epoch. */
import type { PointScore, Score } from "../score/model";

/** One visitor: number taken, called, service ended. */
export interface TraceRow {
  issuedAt: number;
  /** Null: left without being called. */
  calledAt: number | null;
  finishedAt: number | null;
  line: string;
  class: string;
  window: string;
  /** Local date and hour of issue, as written in the trace. */
  day: string;
  hour: number;
}

export const BASELINES = ["hol", "les", "queueLength", "meanOfLast10", "yesterdayMean"] as const;
export type Baseline = (typeof BASELINES)[number];

/** Waits in minutes; null for a baseline that never had anything to say. */
export interface BacktestReport extends Score {
  baselines: Record<Baseline, PointScore | null>;
}
