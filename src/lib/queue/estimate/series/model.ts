/** Predicts the mean wait of an hour from the hours before it (`hour`) or from those at least a week old (`week`). Pure. */
import { Panel } from "./experts";
import { History } from "./history";

export interface HourRow {
  /** Local hour as a count of hours since the epoch. */
  hour: number;
  /** Mean wait in minutes. */
  wait: number;
}

export const HORIZONS = ["hour", "week"] as const;
export type Horizon = (typeof HORIZONS)[number];
export const SERIES_BASELINES = ["lastWeek", "meanOf4Weeks", "previousHour"] as const;
export type SeriesBaseline = (typeof SERIES_BASELINES)[number];

/** Mean absolute errors in minutes. */
export interface SeriesReport {
  /** Hours of which something simple was known: at least one baseline has a value. */
  n: number;
  mae: number;
  /** Of each baseline over the hours where it has a value; null where it never has, or may not be used for the horizon. */
  baselines: Record<SeriesBaseline, number | null>;
}

export interface HourOutcome {
  hour: number;
  predicted: number;
  actual: number;
  baselines: Record<SeriesBaseline, number | null>;
}

const WEEK = 168;

/** One prediction per hour on record; rows in order of time, each hour once. The history never holds more than may be known. */
export function predictSeries(rows: readonly HourRow[], horizon: Horizon): HourOutcome[] {
  const history = new History();
  const panel = new Panel(horizon);
  const age = horizon === "week" ? WEEK : 1;
  const features: Float64Array[] = [];
  const outcomes: HourOutcome[] = [];
  let known = 0;
  for (const row of rows) {
    for (; rows[known]!.hour <= row.hour - age; known += 1) {
      panel.learn(features[known]!, rows[known]!.wait);
      history.add(rows[known]!);
    }
    const now = horizon === "week" ? history.weekFeatures(row.hour) : history.hourFeatures(row.hour);
    features.push(now);
    outcomes.push({ hour: row.hour, predicted: panel.predict(now), actual: row.wait, baselines: history.baselines(row.hour, horizon) });
  }
  return outcomes;
}

const meanOf = (errors: readonly number[]): number | null => (errors.length > 0 ? errors.reduce((sum, error) => sum + error, 0) / errors.length : null);

/** Mean absolute errors of the prediction and of the simple answers. */
export function reportSeries(rows: readonly HourRow[], horizon: Horizon): SeriesReport {
  const outcomes = predictSeries(rows, horizon).filter(({ baselines }) => SERIES_BASELINES.some((name) => baselines[name] !== null));
  const errorsOf = (name: SeriesBaseline) => outcomes.filter(({ baselines }) => baselines[name] !== null).map(({ baselines, actual }) => Math.abs(baselines[name]! - actual));
  return {
    n: outcomes.length, mae: meanOf(outcomes.map(({ predicted, actual }) => Math.abs(predicted - actual))) ?? 0,
    baselines: Object.fromEntries(SERIES_BASELINES.map((name) => [name, meanOf(errorsOf(name))])) as SeriesReport["baselines"],
  };
}
