/** Offered load that changes over the day: M(t)/G/∞. Pure. Times in minutes. */
import { normalCdf } from "./numbers";

/** A span of the day with a constant arrival rate. Minutes since any origin. */
export interface Span {
  start: number;
  end: number;
  /** Customers who arrive in it. */
  arrivals: number;
}

export interface ServiceTime {
  kind: "exponential" | "lognormal" | "deterministic";
  mean: number;
  /** Coefficient of variation of a lognormal time. */
  cv?: number;
}

/**
 * P(S_e ≤ x) of the excess S_e of a service time: (1/E[S])·∫₀ˣ P(S > u) du. For a lognormal time the integral is
 * x·P(S > x) + E[S; S ≤ x].
 */
export function excessCdf({ kind, mean, cv = 1 }: ServiceTime, x: number): number {
  if (x <= 0) return 0;
  if (kind === "exponential") return -Math.expm1(-x / mean);
  if (kind === "deterministic" || cv === 0) return Math.min(1, x / mean);
  const sigma = Math.sqrt(Math.log1p(cv * cv));
  const z = (Math.log(x / mean) + (sigma * sigma) / 2) / sigma;
  return (x / mean) * normalCdf(-z) + normalCdf(z - sigma);
}

/**
 * Mean number of busy windows at `time` if nobody ever waited: m(t) = E[λ(t − S_e)]·E[S] (Eick, Massey & Whitt 1993,
 * "The physics of the Mt/G/∞ queue", theorem 1), exact for rates that are constant within spans. The load lags the
 * arrivals by about the excess of a service, which hour-by-hour formulas do not see. Nobody is there before the first span.
 */
export function offeredLoadAt(spans: readonly Span[], service: ServiceTime, time: number): number {
  let load = 0;
  for (const { start, end, arrivals } of spans) {
    if (start >= time || end <= start) continue;
    load += (arrivals / (end - start)) * (excessCdf(service, time - start) - excessCdf(service, time - end));
  }
  return load * service.mean;
}
