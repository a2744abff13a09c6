/** Scores of predicted waits against what happened. Minutes throughout. Pure. */

export interface Prediction {
  /** Expected wait: scored by RMSE and bias. */
  mean: number;
  p10: number;
  /** Median: scored by MAE. */
  p50: number;
  p90: number;
}

export interface PointScore {
  mae: number;
  rmse: number;
}

export interface Score extends PointScore {
  n: number;
  /** Mean of predicted less actual. */
  bias: number;
  pinball50: number;
  pinball90: number;
  /** Share of waits within [p10, p90]. */
  coverage80: number;
}

/** Loss of quantile q (Koenker and Bassett 1978): q·(y − x) above it, (1 − q)·(x − y) below. */
export const pinball = (q: number, predicted: number, actual: number): number => (actual >= predicted ? q * (actual - predicted) : (1 - q) * (predicted - actual));

/**
 * Each figure is taken from the part of the prediction that it asks for (Gneiting 2011, "Making and evaluating point
 * forecasts"): absolute error from the median, squared error and bias from the mean. Throws nothing; n = 0 gives zeros.
 */
export function scoreOf(pairs: readonly { predicted: Prediction; actual: number }[]): Score {
  const n = pairs.length;
  const average = (of: (predicted: Prediction, actual: number) => number): number => (n === 0 ? 0 : pairs.reduce((sum, { predicted, actual }) => sum + of(predicted, actual), 0) / n);
  return {
    n,
    mae: average((p, y) => Math.abs(p.p50 - y)),
    rmse: Math.sqrt(average((p, y) => (p.mean - y) ** 2)),
    bias: average((p, y) => p.mean - y),
    pinball50: average((p, y) => pinball(0.5, p.p50, y)),
    pinball90: average((p, y) => pinball(0.9, p.p90, y)),
    coverage80: average((p, y) => (y >= p.p10 - 1e-9 && y <= p.p90 + 1e-9 ? 1 : 0)),
  };
}

/** Scores of single values, as the baselines give them. */
export function scorePoints(pairs: readonly (readonly [predicted: number, actual: number])[]): PointScore {
  const n = Math.max(1, pairs.length);
  return { mae: pairs.reduce((sum, [x, y]) => sum + Math.abs(x - y), 0) / n, rmse: Math.sqrt(pairs.reduce((sum, [x, y]) => sum + (x - y) ** 2, 0) / n) };
}
