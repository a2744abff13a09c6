/** Predicts every visitor of a trace from what was known when the number was taken, and scores it beside the usual baselines. Pure. */
import { scoreOf, scorePoints, type Prediction } from "../score/model";
import { situationOf } from "./features";
import { Predictor } from "./predictor";
import { BASELINES, type BacktestReport, type Baseline, type TraceRow } from "./schema";
import { HallState } from "./state";

export interface Outcome {
  index: number;
  predicted: Prediction;
  actual: number;
  baselines: Record<Baseline, number | null>;
}

/** At the same instant: numbers first, then ends, then calls. */
const ISSUE = 0;
const FINISH = 1;
const CALL = 2;

function eventsOf(rows: readonly TraceRow[]): Float64Array[] {
  const events: [at: number, kind: number, index: number][] = [];
  rows.forEach((row, index) => {
    events.push([row.issuedAt, ISSUE, index]);
    if (row.calledAt !== null) events.push([row.calledAt, CALL, index]);
    if (row.finishedAt !== null) events.push([row.finishedAt, FINISH, index]);
  });
  events.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return events.map((event) => Float64Array.from(event));
}

/** One prediction per visitor who was called, in order of issue. Rows are ordered by time of issue. */
export function predictTrace(rows: readonly TraceRow[]): Outcome[] {
  const state = new HallState(rows);
  const predictor = new Predictor();
  const outcomes: Outcome[] = [];
  for (const [, kind, place] of eventsOf(rows)) {
    const index = place!;
    const row = rows[index]!;
    if (kind === ISSUE) {
      state.newDay(row);
      const situation = situationOf(state, rows, row);
      const predicted = predictor.predict(index, situation);
      state.issue(index);
      if (row.calledAt !== null) outcomes.push({ index, predicted, actual: row.calledAt - row.issuedAt, baselines: situation.baselines });
    } else if (kind === CALL) {
      state.call(index);
      predictor.learn(index, row.calledAt! - row.issuedAt);
    } else if (row.calledAt === null) state.leave(index);
    else state.finish(index);
  }
  return outcomes;
}

/**
 * Waits in minutes. MAE and pinball50 score the median, RMSE and bias the mean. A baseline that has nothing to say yet
 * answers the mean wait so far, so that all are judged on the same visitors; one that never had anything to say is null.
 */
export function backtest(rows: readonly TraceRow[]): BacktestReport {
  const outcomes = predictTrace(rows);
  const baselines = Object.fromEntries(BASELINES.map((name) => [name, null])) as BacktestReport["baselines"];
  for (const name of BASELINES) {
    if (outcomes.every((outcome) => outcome.baselines[name] === null)) continue;
    baselines[name] = scorePoints(outcomes.map(({ baselines: all, actual }) => [all[name] ?? all.meanOfLast10 ?? 0, actual]));
  }
  return { ...scoreOf(outcomes), baselines };
}
