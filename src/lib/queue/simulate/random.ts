/**
 * Random numbers of the simulator: one generator, several separate streams of one seed. Who compares two policies draws
 * arrivals, services and patience from the same streams, so that both see the same visitors (common random numbers). Pure.
 */

const LAYERS = 256;

/** Tables of a ziggurat with 256 layers of equal area below a falling density f(0) = 1 (Marsaglia and Tsang 2000). */
function layers(right: number, area: number, density: (x: number) => number, inverse: (y: number) => number): { x: Float64Array; f: Float64Array } {
  const x = new Float64Array(LAYERS + 1);
  x[0] = area / density(right);
  x[1] = right;
  for (let i = 2; i < LAYERS; i++) x[i] = inverse(area / x[i - 1]! + density(x[i - 1]!));
  const f = x.map(density);
  f[LAYERS] = 1;
  return { x, f };
}

const EXP_RIGHT = 7.697117470131487;
const { x: EXP_X, f: EXP_F } = layers(EXP_RIGHT, 3.949659822581572e-3, (x) => Math.exp(-x), (y) => -Math.log(y));
const NORMAL_RIGHT = 3.6541528853610088;
const { x: NORMAL_X, f: NORMAL_F } = layers(NORMAL_RIGHT, 4.92867323399e-3, (x) => Math.exp(-0.5 * x * x), (y) => Math.sqrt(-2 * Math.log(y)));

/** Spreads a whole number over 32 bits (finaliser of MurmurHash3): neighbouring seeds give unlike streams. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** xoshiro128++ (Blackman and Vigna 2019): period 2^128 − 1. Equal (seed, stream) give equal numbers on every machine. */
export class Random {
  private readonly s = new Int32Array(4);

  constructor(seed: number, stream = 0) {
    this.reset(seed, stream);
  }

  /** Begins stream number `stream` of a seed; both are whole numbers. */
  reset(seed: number, stream: number): void {
    const high = Math.floor(seed / 0x1_0000_0000);
    let state = mix(mix(seed) + Math.imul(high, 0x632be5ab) + Math.imul(stream + 1, 0x9e3779b9));
    for (let i = 0; i < 4; i++) this.s[i] = mix((state = (state + 0x9e3779b9) | 0) ^ Math.imul(i + 1, 0x85ebca77));
    if ((this.s[0]! | this.s[1]! | this.s[2]! | this.s[3]!) === 0) this.s[0] = 1;
  }

  /** 32 random bits. */
  bits(): number {
    const s = this.s;
    const s0 = s[0]!, s1 = s[1]!, s2 = s[2]! ^ s0, s3 = s[3]! ^ s1;
    const sum = (s0 + s[3]!) | 0;
    s[0] = s0 ^ s3;
    s[1] = s1 ^ s2;
    s[2] = s2 ^ (s1 << 9);
    s[3] = (s3 << 11) | (s3 >>> 21);
    return (((sum << 7) | (sum >>> 25)) + s0) | 0;
  }

  /** Uniform in (0, 1), neither end. */
  uniform(): number {
    return ((this.bits() >>> 0) + 0.5) / 0x1_0000_0000;
  }

  /** Exponential with mean 1. Layer and place within it use different bits of one number (Doornik 2005). */
  exponential(): number {
    for (let shift = 0; ;) {
      const bits = this.bits();
      const layer = bits & 255;
      const x = (bits >>> 8) * EXP_X[layer]! * 5.9604644775390625e-8;
      if (x < EXP_X[layer + 1]!) return shift + x;
      // Beyond the last layer the tail is again an exponential.
      if (layer === 0) shift += EXP_RIGHT;
      else if (EXP_F[layer]! + this.uniform() * (EXP_F[layer + 1]! - EXP_F[layer]!) < Math.exp(-x)) return shift + x;
    }
  }

  /** Standard normal. */
  normal(): number {
    for (;;) {
      const bits = this.bits();
      const layer = bits & 255;
      const sign = bits & 256 ? -1 : 1;
      const x = (bits >>> 9) * NORMAL_X[layer]! * 1.1920928955078125e-7;
      if (x < NORMAL_X[layer + 1]!) return sign * x;
      if (layer === 0) return sign * this.normalTail();
      if (NORMAL_F[layer]! + this.uniform() * (NORMAL_F[layer + 1]! - NORMAL_F[layer]!) < Math.exp(-0.5 * x * x)) return sign * x;
    }
  }

  /** Beyond the last layer (Marsaglia 1964). */
  private normalTail(): number {
    for (;;) {
      const x = -Math.log(this.uniform()) / NORMAL_RIGHT;
      if (-2 * Math.log(this.uniform()) > x * x) return NORMAL_RIGHT + x;
    }
  }
}

/** How long a service takes, minutes. `cv` (standard deviation over mean) counts for the lognormal only. */
export interface Service {
  kind: "exponential" | "lognormal" | "deterministic";
  mean: number;
  cv?: number;
}

/** Draws service times of one kind; made once, used for every visit. */
export class ServiceTime {
  readonly mean: number;
  /** Mean of the square of service over mean. */
  readonly square: number;
  private readonly kind: number;
  private readonly mu: number;
  private readonly sigma: number;

  constructor({ kind, mean, cv = 1 }: Service) {
    const variance = Math.log1p(cv * cv);
    this.kind = kind === "exponential" ? 0 : kind === "lognormal" && cv > 0 ? 1 : 2;
    this.mean = mean;
    this.square = this.kind === 0 ? 2 : this.kind === 1 ? 1 + cv * cv : 1;
    this.mu = Math.log(mean) - variance / 2;
    this.sigma = Math.sqrt(variance);
  }

  draw(random: Random): number {
    if (this.kind === 0) return this.mean * random.exponential();
    return this.kind === 1 ? Math.exp(this.mu + this.sigma * random.normal()) : this.mean;
  }

  /** Minutes that a service still takes which has lasted `elapsed` minutes already. */
  rest(random: Random, elapsed: number): number {
    if (this.kind === 0 || elapsed <= 0) return this.draw(random);
    if (this.kind === 2) return Math.max(0, this.mean - elapsed);
    // The normal above a bound: rejection from the normal while it is low, from an exponential above it (Robert 1995).
    const low = (Math.log(elapsed) - this.mu) / this.sigma;
    let z = 0;
    if (low < 0.5) do z = random.normal(); while (z < low);
    else {
      const rate = (low + Math.sqrt(low * low + 4)) / 2;
      do z = low + random.exponential() / rate; while (random.uniform() > Math.exp(-0.5 * (z - rate) ** 2));
    }
    return Math.exp(this.mu + this.sigma * z) - elapsed;
  }
}
