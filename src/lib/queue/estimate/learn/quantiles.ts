/** Distribution of a wait around its expected value, learned from what happened in like situations. Pure but for its own state. */

const KEPT = 1_200;
const ENOUGH = 80;

/** The most recent ratios of one situation, kept sorted as well. */
class Ratios {
  readonly sorted: number[] = [];
  private readonly order: number[] = [];

  add(ratio: number): void {
    this.order.push(ratio);
    this.sorted.splice(lowerBound(this.sorted, ratio), 0, ratio);
    if (this.order.length > KEPT) this.sorted.splice(lowerBound(this.sorted, this.order.shift()!), 1);
  }
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). */
export function quantileOf(sorted: readonly number[], q: number): number {
  const place = Math.min(1, Math.max(0, q)) * (sorted.length - 1);
  const low = Math.floor(place);
  return sorted[low]! + (place - low) * (sorted[Math.min(sorted.length - 1, low + 1)]! - sorted[low]!);
}

/** Quantile of the standard normal to about 0.01, by Tukey's lambda distribution (Joiner and Rosenblatt 1971). */
const normalQuantile = (q: number): number => 4.91 * (q ** 0.14 - (1 - q) ** 0.14);

/** Quantile over mean of a gamma distribution of this shape (Wilson and Hilferty 1931): as many ends of service as people ahead. */
export function gammaRatio(shape: number, q: number): number {
  return Math.max(0, 1 - 1 / (9 * shape) + normalQuantile(q) / Math.sqrt(9 * shape)) ** 3;
}

/** Ratios of actual to expected wait by situation; few values are filled up from the neighbouring situations. */
export class Spread {
  private readonly bins: Ratios[];
  constructor(size: number) {
    this.bins = Array.from({ length: size }, () => new Ratios());
  }

  add(bin: number, ratio: number): void {
    this.bins[bin]!.add(ratio);
  }

  /** Ratios to read the quantiles from, sorted; empty before any. */
  ratios(bin: number, from: number, to: number): readonly number[] {
    const own = this.bins[bin]!.sorted;
    if (own.length >= ENOUGH) return own;
    let merged = [...own];
    for (let step = 1; step < this.bins.length && merged.length < ENOUGH; step += 1) {
      for (const other of [bin - step, bin + step]) if (other >= from && other < to) merged = merged.concat(this.bins[other]!.sorted);
    }
    return merged.sort((a, b) => a - b);
  }
}

/**
 * Adaptive conformal inference (Gibbs and Candès 2021, equation 2): the level asked for moves after each outcome until the
 * share below the answer is the share wanted, whatever the drift.
 */
export class AdaptiveLevel {
  level: number;
  constructor(private readonly wanted: number, private readonly low: number, private readonly high: number, private readonly step = 0.003) {
    this.level = wanted;
  }

  /** `below`: the outcome was below the answer. */
  learn(below: boolean): void {
    this.level = Math.min(this.high, Math.max(this.low, this.level + this.step * (this.wanted - (below ? 1 : 0))));
  }
}
