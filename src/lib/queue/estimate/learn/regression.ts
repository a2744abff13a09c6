/** Online linear regression: recursive least squares with a prior and slow forgetting. Pure but for its own state. */

/**
 * Weighted recursive least squares (Plackett 1950; forgetting as in Ljung and Söderström 1983, section 2.2).
 * `prior` are the coefficients believed before any data, `spread` their standard deviation. Forgetting stops where the
 * uncertainty of the coefficients would grow past the prior's (no wind-up in quiet times).
 */
export class Regression {
  private readonly size: number;
  private readonly covariance: Float64Array;
  private readonly gain: Float64Array;
  private readonly limit: number;
  readonly coefficients: Float64Array;
  seen = 0;

  constructor(prior: readonly number[], spread: number, private readonly forgetting: number) {
    this.size = prior.length;
    this.coefficients = Float64Array.from(prior);
    this.covariance = new Float64Array(this.size * this.size);
    this.gain = new Float64Array(this.size);
    this.limit = this.size * spread * spread;
    for (let i = 0; i < this.size; i += 1) this.covariance[i * this.size + i] = spread * spread;
  }

  predict(features: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < this.size; i += 1) sum += this.coefficients[i]! * features[i]!;
    return sum;
  }

  /** `variance` is that of the target around the line, in its squared unit. */
  learn(features: Float64Array, target: number, variance: number): void {
    const { size, covariance, gain, coefficients } = this;
    let spread = variance;
    for (let i = 0; i < size; i += 1) {
      let sum = 0;
      const row = i * size;
      for (let j = 0; j < size; j += 1) sum += covariance[row + j]! * features[j]!;
      gain[i] = sum;
      spread += sum * features[i]!;
    }
    const error = (target - this.predict(features)) / spread;
    let trace = 0;
    for (let i = 0; i < size; i += 1) {
      coefficients[i]! += gain[i]! * error;
      const row = i * size;
      const share = gain[i]! / spread;
      for (let j = 0; j < size; j += 1) covariance[row + j]! -= share * gain[j]!;
      trace += covariance[row + i]!;
    }
    this.seen += 1;
    if (this.forgetting < 1 && trace < this.limit * this.forgetting) for (let k = 0; k < covariance.length; k += 1) covariance[k]! /= this.forgetting;
  }
}

/** Mean with exponential forgetting; the first values count as in a plain mean. */
export class Mean {
  value = 0;
  seen = 0;
  constructor(private readonly memory: number) {}

  add(value: number): void {
    this.seen += 1;
    this.value += (value - this.value) / Math.min(this.seen, this.memory);
  }

  or(otherwise: number): number {
    return this.seen > 0 ? this.value : otherwise;
  }
}

/** Mean of the last `size` values. */
export class Recent {
  private readonly values: number[] = [];
  private sum = 0;
  constructor(private readonly size: number) {}

  add(value: number): void {
    this.values.push(value);
    this.sum += value;
    if (this.values.length > this.size) this.sum -= this.values.shift()!;
  }

  get mean(): number | null {
    return this.values.length > 0 ? Math.max(0, this.sum / this.values.length) : null;
  }

  get last(): number | null {
    return this.values.at(-1) ?? null;
  }
}
