/** How long a service still takes that has lasted so long, learned from ended ones. Pure but for its own state. */
import { Mean } from "../learn/regression";

/** Elapsed time in means of service at which what remains is learned. */
const STEPS = [0, 0.15, 0.3, 0.5, 0.75, 1, 1.4, 2, 3, 5, 8];
const LEAN = 30;

export class Remaining {
  private readonly means = STEPS.map(() => new Mean(2_000));

  /** A service of `minutes` ended; `mean` is the usual one. */
  add(minutes: number, mean: number): void {
    STEPS.forEach((step, index) => {
      if (minutes > step * mean) this.means[index]!.add(minutes - step * mean);
    });
  }

  /** Mean remaining minutes after `elapsed`; the usual mean where little is known, as if services had no memory. */
  after(elapsed: number, mean: number): number {
    const place = elapsed / Math.max(mean, 1e-9);
    let index = STEPS.length - 1;
    while (index > 0 && STEPS[index]! > place) index -= 1;
    const known = this.means[index]!;
    return (known.value * known.seen + LEAN * mean) / (known.seen + LEAN);
  }
}

/**
 * Minutes until `ends` services have ended at windows that still need `first` minutes each and `mean` for every further one:
 * each window ends t / first services until its first end and one more per mean after it; solved by going through the first ends in order.
 */
export function timeOfEnds(first: readonly number[], mean: number, ends: number): number {
  const sorted = [...first].sort((a, b) => a - b);
  let rate = sorted.reduce((sum, minutes) => sum + 1 / Math.max(minutes, 1e-3), 0);
  let at = 0;
  let done = 0;
  for (const minutes of sorted) {
    const until = Math.max(minutes, 1e-3);
    if (done + rate * (until - at) >= ends) return at + (ends - done) / rate;
    done += rate * (until - at);
    at = until;
    rate += 1 / mean - 1 / until;
  }
  return at + (ends - done) / rate;
}
