/** What a simulation says, with how sure it is: quantiles of waits, batch means, control variates, Student's interval. Pure. */

export interface Interval {
  value: number;
  low: number;
  high: number;
}

/**
 * Share of Student's t with `freedom` degrees (a whole number ≥ 1) within ±t, exact finite sums
 * (Abramowitz and Stegun 26.7.3 and 26.7.4).
 */
function withinT(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cos2 = Math.cos(angle) ** 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let n = odd ? 3 : 2; n < freedom; n += 2) sum += term *= (cos2 * (n - 1)) / n;
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** Half the width, in standard errors, of an interval that holds the true value with probability `level`. */
export function studentQuantile(level: number, freedom: number): number {
  // Above 400 degrees the first two terms from the normal are exact to 1e-5 (Abramowitz and Stegun 26.7.5).
  if (freedom > 400) {
    const known = studentQuantile(level, 400);
    let z = known;
    for (let i = 0; i < 4; i++) z = known - (z ** 3 + z) / 1_600;
    return z + (z ** 3 + z) / (4 * freedom);
  }
  let low = 0;
  let high = 1;
  while (withinT(high, freedom) < level && high < 1e9) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (withinT(middle, freedom) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Width of the steps of a tally: 512 to each doubling, 0.2 %, between which quantiles are interpolated. */
const SHIFT = 14;
const alias = new Float32Array(1);
const aliasBits = new Int32Array(alias.buffer);
const edge = (index: number): number => {
  aliasBits[0] = index << SHIFT;
  return alias[0]!;
};

/** Counts of waits by size: any number of them in half a megabyte. A wait of 0 is kept apart. */
export class Tally {
  private readonly counts = new Float64Array(1 << (31 - SHIFT));
  private readonly float = new Float32Array(1);
  private readonly bits = new Int32Array(this.float.buffer);
  count = 0;
  sum = 0;
  zero = 0;

  add(wait: number): void {
    this.count++;
    if (wait <= 0) {
      this.zero++;
      return;
    }
    this.sum += wait;
    this.float[0] = wait;
    this.counts[this.bits[0]! >>> SHIFT]!++;
  }

  /** Adds what another one has counted. */
  addAll(other: Tally): this {
    this.count += other.count;
    this.sum += other.sum;
    this.zero += other.zero;
    for (let i = 0; i < this.counts.length; i++) this.counts[i]! += other.counts[i]!;
    return this;
  }

  /** The smallest wait that a share `p` of all does not exceed, minutes; NaN when nothing was counted. */
  quantile(p: number): number {
    let left = p * this.count - this.zero;
    if (this.count === 0) return NaN;
    if (left <= 0) return 0;
    for (let i = 0; i < this.counts.length; i++) {
      const here = this.counts[i]!;
      if (here > 0 && left <= here) return edge(i) + (edge(i + 1) - edge(i)) * (left / here);
      left -= here;
    }
    return NaN;
  }
}

/** Solves a symmetric system by Cholesky; columns that say nothing new are left out (their coefficient is 0). */
function solve(matrix: readonly Float64Array[], rights: readonly Float64Array[]): { solutions: Float64Array[]; rank: number } {
  const k = matrix.length;
  const lower = matrix.map((row) => Float64Array.from(row));
  const used = new Array<boolean>(k).fill(true);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let m = 0; m < j; m++) sum -= lower[i]![m]! * lower[j]![m]!;
      if (i === j) used[i] = sum > 1e-9 * matrix[i]![i]! && matrix[i]![i]! > 0;
      lower[i]![j] = i === j ? Math.sqrt(Math.max(sum, 0)) : used[j] ? sum / lower[j]![j]! : 0;
    }
    if (!used[i]) lower[i]!.fill(0);
  }
  const solutions = rights.map((right) => {
    const x = Float64Array.from(right);
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < i; j++) x[i]! -= lower[i]![j]! * x[j]!;
      x[i] = used[i] ? x[i]! / lower[i]![i]! : 0;
    }
    for (let i = k - 1; i >= 0; i--) {
      for (let j = i + 1; j < k; j++) x[i]! -= lower[j]![i]! * x[j]!;
      x[i] = used[i] ? x[i]! / lower[i]![i]! : 0;
    }
    return x;
  });
  return { solutions, rank: used.filter(Boolean).length };
}

/**
 * Mean of independent observations with an interval that holds the true mean with probability `level`. `controls[i]` are
 * figures of observation i whose true mean is known to be 0; what they explain of the spread is taken out by regression
 * (Lavenberg and Welch 1981), one degree of freedom each. With fewer than two observations both ends are not a number.
 */
export function meanWithControls(values: readonly number[], controls: readonly Float64Array[] = [], level = 0.99): Interval {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const k = n > 3 * (controls[0]?.length ?? 0) + 3 ? controls[0]?.length ?? 0 : 0;
  const centre = new Float64Array(k);
  for (const row of controls) for (let i = 0; i < k; i++) centre[i]! += row[i]! / n;
  const spread = Array.from({ length: k }, () => new Float64Array(k));
  const cross = new Float64Array(k);
  let total = 0;
  values.forEach((value, row) => {
    total += (value - mean) ** 2;
    for (let i = 0; i < k; i++) {
      const a = controls[row]![i]! - centre[i]!;
      cross[i]! += a * (value - mean);
      for (let j = 0; j < k; j++) spread[i]![j]! += a * (controls[row]![j]! - centre[j]!);
    }
  });
  const { solutions: [weights, far], rank } = solve(spread, [cross, centre]);
  let explained = 0;
  let shift = 0;
  let lever = 0;
  for (let i = 0; i < k; i++) {
    explained += weights![i]! * cross[i]!;
    shift += weights![i]! * centre[i]!;
    lever += far![i]! * centre[i]!;
  }
  const freedom = n - 1 - rank;
  const value = mean - shift;
  if (freedom < 1) return { value: mean, low: NaN, high: NaN };
  const error = Math.sqrt((Math.max(0, total - explained) / freedom) * (1 / n + lever));
  const half = studentQuantile(level, freedom) * error;
  return { value, low: value - half, high: value + half };
}
