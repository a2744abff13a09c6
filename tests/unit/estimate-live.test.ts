import { describe, expect, it } from "vitest";
import { calibrate, factorsFor, type Outcome } from "@/lib/queue/estimate/calibrate/model";
import { calibrated, curveOf, foresee, rangeAt, workingSpans } from "@/lib/queue/estimate/live/model";
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
