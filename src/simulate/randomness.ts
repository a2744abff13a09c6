/** Seeded random numbers (mulberry32), so that a day can be played again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Standard normal by Box and Muller (1958). */
export const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Lognormal with the given mean and coefficient of variation. */
export function lognormal(random: () => number, mean: number, cv: number): number {
  const variance = Math.log(1 + cv * cv);
  return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normal(random));
}

export function pickWeighted<T>(random: () => number, entries: readonly T[], weight: (entry: T) => number): T {
  let rest = random() * entries.reduce((sum, entry) => sum + weight(entry), 0);
  for (const entry of entries) if ((rest -= weight(entry)) <= 0) return entry;
  return entries.at(-1)!;
}
