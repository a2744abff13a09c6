import { describe, expect, it } from "vitest";
import { calibrate, factorsFor, type Outcome } from "@/lib/queue/estimate/calibrate/model";
import { calibrated, curveOf, foresee, plannedSpans, rangeAt, workingSpans } from "@/lib/queue/estimate/live/model";
import type { HallModel } from "@/lib/queue/simulate/hall";
import { seeded } from "@/simulate/randomness";

/** Windows of one line, all at work, and so many waiting; then a newcomer who takes no time. */
const busy = (windows: number, waiting: number, service: HallModel["services"][number]): HallModel => ({
  lines: [{ code: "A" }], classes: [{ code: "normal" }], discipline: "fifo", services: [service], windows: Array.from({ length: windows }, (_, index) => ({ code: `W${index}`, tiers: [[0]] })),
  now: Array.from({ length: windows }, () => ({ service: 0, elapsed: 3 })),
  visits: [...Array.from({ length: waiting }, (_, index) => ({ at: index - waiting, line: 0, class: 0, service: 0 })), { at: 0, line: 0, class: 0, service: 0, minutes: 0, rank: 0 }],
});

describe("foresight", () => {
  it("of six exponential windows is the Erlang distribution of as many ends of service", () => {
    // 12 ends at 1 a minute: quantiles of Erlang(12, 1) are 7.83, 11.67 and 16.60; 200 futures leave a standard error of 0.5 at most, 4 of them are 2 (error below 1e-4).
    const [p10, p50, p90] = foresee(busy(6, 11, { kind: "exponential", mean: 6 })).slice(-3);
    expect(Math.abs(p10! - 7.83)).toBeLessThan(2);
    expect(Math.abs(p50! - 11.67)).toBeLessThan(2);
    expect(Math.abs(p90! - 16.6)).toBeLessThan(2);
  });
  it("is the same for the same hall, longer further back, and shorter with more windows", () => {
    const hall = busy(3, 9, { kind: "lognormal", mean: 8, cv: 0.8 });
    const waits = foresee(hall);
    expect(foresee(hall)).toEqual(waits);
    for (let visit = 1; visit < 10; visit += 1) for (let q = 0; q < 3; q += 1) expect(waits[3 * visit + q]).toBeGreaterThanOrEqual(waits[3 * (visit - 1) + q]!);
    const more = foresee(busy(4, 9, { kind: "lognormal", mean: 8, cv: 0.8 }));
    expect(more.at(-2)).toBeLessThan(waits.at(-2)!);
  });
  it("stops for the midday break and says nothing where no window works", () => {
    const hall = busy(1, 3, { kind: "deterministic", mean: 10 });
    const broken = { ...hall, windows: [{ ...hall.windows[0]!, open: workingSpans([{ start: "09:00", end: "12:00" }, { start: "13:30", end: "17:00" }], 11 * 60 + 45) }] };
    // 7, 17 … without a break; after the second call at minute 17 would be past noon, at 12:00 = minute 15.
    const [, first, , , second] = foresee(broken);
    expect(first).toBeCloseTo(7, 3);
    expect(second).toBeCloseTo(105, 3);
    expect(rangeAt(curveOf([{ p10: Infinity, p50: Infinity, p90: Infinity }]), 0)).toBeUndefined();
    expect(workingSpans([{ start: "09:00", end: "12:00" }], 20 * 60)).toEqual([[-Infinity, Infinity]]);
  });
});

/**
 * A hall of its own, written without the simulator: four windows, two lines of one tier that share them, a class with 20
 * minutes of credit, lognormal services at 90 % load. Every tenth visitor asks for the wait when taking the number.
 */
function play(seed: number, visits: number, ask: (hall: HallModel) => [number, number, number]): { told: [number, number, number]; waited: number }[] {
  const random = seeded(seed);
  const cv = 0.8;
  const mean = [6, 10];
  const sigma = Math.sqrt(Math.log(1 + cv * cv));
  const length = (line: number) => Math.exp(Math.log(mean[line]!) - (sigma * sigma) / 2 + sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  const gap = 8 / 4 / 0.9;
  const windows: ({ line: number; since: number; until: number } | undefined)[] = [undefined, undefined, undefined, undefined];
  const waiting: { id: number; line: number; kind: number; at: number; rank: number }[] = [];
  const asked = new Map<number, { told: [number, number, number]; at: number }>();
  const result: { told: [number, number, number]; waited: number }[] = [];
  const serve = (now: number) => {
    windows.forEach((window, index) => {
      if (window || waiting.length === 0) return;
      waiting.sort((a, b) => a.rank - b.rank || a.id - b.id);
      const next = waiting.shift()!;
      const known = asked.get(next.id);
      if (known) result.push({ told: known.told, waited: now - known.at });
      windows[index] = { line: next.line, since: now, until: now + length(next.line) };
    });
  };
  const free = (until: number) => {
    for (;;) {
      const first = windows.reduce((least, window) => Math.min(least, window?.until ?? Infinity), Infinity);
      if (first > until) return;
      windows[windows.findIndex((window) => window?.until === first)] = undefined;
      serve(first);
    }
  };
  for (let id = 0, now = 0; id < visits; id++) {
    now -= Math.log(1 - random()) * gap;
    free(now);
    const kind = random() < 0.15 ? 1 : 0;
    waiting.push({ id, line: random() < 0.5 ? 0 : 1, kind, at: now, rank: now - (kind === 1 ? 20 : 0) });
    if (id % 10 === 0) asked.set(id, { at: now, told: ask({
      lines: [{ code: "A" }, { code: "B" }], classes: [{ code: "normal", credit: 0 }, { code: "elderly", credit: 20 }], discipline: "credit",
      services: mean.map((each) => ({ kind: "lognormal", mean: each, cv })), windows: windows.map((_, index) => ({ code: `W${index}`, tiers: [[0, 1]] })),
      now: windows.map((window) => window && { service: window.line, elapsed: now - window.since }),
      visits: waiting.map((visit) => ({ at: visit.at - now, line: visit.line, class: visit.kind, service: visit.line, rank: visit.rank - now })),
      streams: [0, 1].map((line) => ({ line, shares: [0, 1], service: line, rates: [{ from: 0, rate: 0.15 / gap / 2 }] })),
    }) });
    serve(now);
  }
  return result;
}

describe("told waits against what happens", () => {
  it("[GD-6.2.1] the range from the simulation of the present state holds what it says: four of five waits inside, hardly any bias", () => {
    const scores = play(17, 12_000, (hall) => {
      const told = foresee(hall);
      return [...told.slice(-3)] as [number, number, number];
    });
    expect(scores.length).toBeGreaterThan(1_100);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const waited = mean(scores.map((score) => score.waited));
    // Neighbouring visitors share their fate: 1,200 answers are worth some 500, so four standard errors of a share of 0.8 are 0.07.
    const covered = mean(scores.map(({ told: [low, , high], waited: actual }) => (actual >= low - 1e-6 && actual <= high + 1e-6 ? 1 : 0)));
    expect(covered).toBeGreaterThan(0.75);
    expect(covered).toBeLessThan(0.87);
    expect(Math.abs(mean(scores.map(({ told: [, median], waited: actual }) => (Math.abs(actual - median) < 1e-3 ? 0.5 : actual > median ? 1 : 0))) - 0.5)).toBeLessThan(0.07);
    expect(mean(scores.map(({ told: [, median], waited: actual }) => Math.abs(actual - median))) / waited).toBeLessThan(0.4);
  }, 60_000);
});

describe("planned opening", () => {
  const hours = [{ start: "09:00", end: "12:00" }, { start: "13:30", end: "17:00" }];
  const plan = (more: Partial<Parameters<typeof plannedSpans>[0]>, time: number) => plannedSpans({ closed: false, hours, closures: [], ...more }, time);
  it("a closed window with its clerk opens when the day begins, not in the middle of it and not from far away", () => {
    expect(plan({ closed: true }, 8.5 * 60)).toEqual([[30, 210], [300, Infinity]]);
    expect(plan({ closed: true }, 10 * 60)).toEqual([]);
    expect(plan({ closed: true }, 13 * 60)).toEqual([]);
    expect(plan({ closed: true }, 4 * 60)).toEqual([]);
    expect(plan({ closed: true, hours: [] }, 8.5 * 60)).toEqual([]);
  });
  it("an open one follows the hours; a pause and announced closures are left out", () => {
    expect(plan({}, 11 * 60)).toEqual([[-Infinity, 60], [150, Infinity]]);
    expect(plan({ pause: 10 }, 11 * 60)).toEqual([[10, 60], [150, Infinity]]);
    expect(plan({ closures: [[20, 40], [170, 180]] }, 11 * 60)).toEqual([[-Infinity, 20], [40, 60], [150, 170], [180, Infinity]]);
    expect(plan({ closures: [[-5, 700]] }, 11 * 60)).toEqual([[700, Infinity]]);
  });
});

describe("calibration", () => {
  const outcomes = (n: number, times: (line: number) => number, seed = 3): Outcome[] => {
    const random = seeded(seed);
    return Array.from({ length: n }, (_, index) => ({ raw: { p10: 4, p50: 10, p90: 20 }, actual: times(1 + (index % 2)) * (4 + 16 * random()), hour: 9 + (index % 3), lineId: 1 + (index % 2), itemId: null }));
  };
  it("brings each line to its own level, few values lean on the hall's", () => {
    const found = calibrate(outcomes(2_000, (line) => (line === 1 ? 1 : 1.6)));
    const known = new Map(found.map(({ level, key, ...factors }) => [`${level}/${key}`, factors]));
    const of = (lineId: number) => calibrated({ p10: 4, p50: 10, p90: 20 }, factorsFor({ known, hour: 10 }, { lineId, itemId: null }));
    // Medians of uniform waits between 4 and 20: 12 and 19.2.
    expect(of(1).p50).toBeGreaterThan(11);
    expect(of(1).p50).toBeLessThan(13);
    expect(of(2).p50).toBeGreaterThan(17.7);
    expect(of(2).p50).toBeLessThan(20.7);
    expect(calibrate(outcomes(19, () => 2))).toEqual([]);
    const few = calibrate(outcomes(20, () => 2)).find(({ level }) => level === "hall")!;
    expect(few.f50).toBeGreaterThan(1);
    expect(few.f50).toBeLessThan(1.6);
  });
  it("keeps the order of the quantiles", () => {
    const range = calibrated({ p10: 8, p50: 10, p90: 11 }, { f10: 2, f50: 0.6, f90: 0.5 });
    expect(range.p10).toBeLessThanOrEqual(range.p50);
    expect(range.p50).toBeLessThanOrEqual(range.p90);
  });
});
