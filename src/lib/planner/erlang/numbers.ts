/** Functions of numerical analysis that the queueing formulas need. Pure. */

/** Nodes and weights of Gauss–Legendre quadrature on [0, 1], by Newton's method on the Legendre polynomial. */
export function gaussLegendre(points: number): { node: number; weight: number }[] {
  return Array.from({ length: points }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 1;
    for (let round = 0; round < 100; round++) {
      let [last, value] = [1, x];
      for (let n = 2; n <= points; n++) [last, value] = [value, ((2 * n - 1) * x * value - (n - 1) * last) / n];
      slope = (points * (x * value - last)) / (x * x - 1);
      const step = value / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    return { node: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
}

/** e^(−v) − 1 + v without cancellation, for any v. */
export function expExcess(v: number): number {
  if (Math.abs(v) > 1) return v + Math.expm1(-v);
  let [term, sum] = [(v * v) / 2, 0];
  for (let n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    sum += term;
    term *= -v / n;
  }
  return sum;
}

/**
 * Probability that a standard normal variable is below z, relative error about 1e-14 in both tails: the power series near 0
 * and the continued fraction of Laplace beyond (Abramowitz & Stegun 26.2.11 and 26.2.14).
 */
export function normalCdf(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const x = Math.abs(z);
  if (x > 2.5) {
    let fraction = x;
    for (let k = Math.max(40, Math.ceil(1_600 / (x * x))); k > 0; k--) fraction = x + k / fraction;
    return z < 0 ? density / fraction : 1 - density / fraction;
  }
  let [term, sum] = [z, z];
  for (let n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) sum += term *= (z * z) / n;
  return 0.5 + density * sum;
}
