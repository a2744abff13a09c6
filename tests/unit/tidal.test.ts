import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candidate, candidatesOf, type Compared, compareChanges, proposalsOf, type Rules, type WindowState } from "@/lib/planner/tidal/model";
import { type AlertLimits, alertSteps, type RunningAlert } from "@/lib/queue/alerts/model";
import type { HallModel } from "@/lib/queue/simulate/hall";

const RULES: Rules = { costMinutes: 3, quietMinutes: 20, horizonMinutes: 60, longMinutes: 20 };
const window = (more: Partial<WindowState>): WindowState => ({ code: "W", state: "open", busy: false, own: [0], helping: [], tidal: [], unchanged: 100, idle: 0, left: 200, ...more });

describe("[JY-6.3c] what may be done to windows now", () => {
  it("opens only what somebody can open, leaves breaks, quiet times and the last hour alone, and looks at one of those that are alike", () => {
    const kinds = (windows: WindowState[], waiting: number[]) => candidatesOf(windows, waiting, RULES).map(({ kind, window: number }) => `${kind} ${number}`);
    expect(kinds([window({}), window({ state: "closed", staff: 7 }), window({ state: "closed", staff: 8 })], [5])).toEqual(["open 1"]);
    expect(kinds([window({}), window({ state: "closed" })], [5])).toEqual([]);
    expect(kinds([window({}), window({ state: "paused", staff: 7 })], [5])).toEqual([]);
    expect(kinds([window({}), window({ state: "closed", staff: 7, unchanged: 19 })], [5])).toEqual([]);
    expect(kinds([window({}), window({ state: "closed", staff: 7, left: 20 })], [5])).toEqual([]);
    expect(kinds([window({ own: [0], busy: true }), window({ own: [1] })], [5, 0])).toEqual(["move 1"]);
  });

  it("closes only a free window that has long had nobody, of a line that keeps another one and where nobody waits", () => {
    const kinds = (windows: WindowState[], waiting: number[]) => candidatesOf(windows, waiting, RULES).map(({ kind, window: number }) => `${kind} ${number}`);
    expect(kinds([window({ idle: 30 }), window({})], [0])).toEqual(["close 0"]);
    expect(kinds([window({ idle: 30 })], [0])).toEqual([]);
    expect(kinds([window({ idle: 30 }), window({})], [2])).toEqual([]);
    expect(kinds([window({ idle: 14 }), window({})], [0])).toEqual([]);
  });

  const candidate = (kind: Candidate["kind"], number: number, focus: number[], left: number[] = []): Candidate => ({ kind, window: number, own: focus, helping: [], focus, left, until: 200 });
  const compared = (without: number, after: number, leftP90 = 0): Compared => ({ without: { p90: without, curve: [] }, with: { p90: after, curve: [] }, leftP90 });

  it("proposes only what gains more than the cost, the greatest gain first, each line once; nothing that makes others wait long", () => {
    const list = [candidate("open", 0, [0]), candidate("open", 1, [0]), candidate("move", 2, [1, 2], [2]), candidate("move", 3, [3, 4], [4])];
    expect(proposalsOf(list, [compared(30, 20), compared(30, 10), compared(25, 21.9), compared(40, 10, 35)], RULES).map(({ window: number }) => number)).toEqual([1, 2]);
    expect(proposalsOf(list, [compared(30, 27), compared(30, 27.1), compared(25, 24), compared(40, 10, 35)], RULES)).toEqual([]);
  });

  it("opening and closing never follow each other: what a closing may cost is less than what an opening must gain", () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 60, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true }), (more, fewer) => {
      const closes = proposalsOf([candidate("close", 0, [0])], [compared(more, fewer)], RULES).length > 0;
      const opensAgain = proposalsOf([candidate("open", 0, [0])], [compared(fewer, more)], RULES).length > 0;
      expect(closes && opensAgain).toBe(false);
    }), { seed: 7 });
    expect(proposalsOf([candidate("close", 0, [0])], [compared(2, 3)], RULES)).toHaveLength(1);
    expect(proposalsOf([candidate("open", 1, [1]), candidate("close", 0, [0])], [compared(30, 10), compared(2, 2)], RULES).map(({ kind }) => kind)).toEqual(["open"]);
  });

  it("with the same visitors, opening never makes the 90 % wait of its line longer, closing never shorter, at any time of arrival", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 30 }), (seed, windows, waiting) => {
      const hall: HallModel = {
        lines: [{ code: "A" }], classes: [{ code: "normal" }], services: [{ kind: "lognormal", mean: 8, cv: 0.7 }], discipline: "fifo",
        windows: Array.from({ length: windows + 1 }, (_, i) => ({ code: `W${i}`, tiers: [[0]], open: i < windows ? [[0, Infinity] as const] : [] })),
        visits: Array.from({ length: waiting }, (_, i) => ({ at: i - waiting, line: 0, class: 0, service: 0 })), streams: [{ line: 0, shares: [1], service: 0, rates: [{ from: 0, rate: windows / 8 }] }],
      };
      const [opened, closed] = compareChanges(hall, [candidate("open", windows, [0]), candidate("close", 0, [0])], { runs: 10, seed, horizon: 60 });
      expect(opened!.with.p90).toBeLessThanOrEqual(opened!.without.p90 + 1e-9);
      expect(closed!.with.p90).toBeGreaterThanOrEqual(closed!.without.p90 - 1e-9);
      opened!.with.curve.forEach((value, step) => expect(value ?? 0).toBeLessThanOrEqual((opened!.without.curve[step] ?? 0) + 1e-9));
    }), { seed: 8, numRuns: 30 });
  });
});

describe("[BG-C09c] wait alerts", () => {
  const LIMITS: AlertLimits = { longMinutes: 20, tooLongMinutes: 30, escalateMinutes: 10 };
  const wait = (line: number, minutes: number) => ({ line, minutes, number: "A001", over: 1 });
  const alert = (more: Partial<RunningAlert>): RunningAlert => ({ id: 1, line: 0, severity: "long", level: 1, atLevel: 0, acknowledged: false, ...more });
  const steps = (waits: ReturnType<typeof wait>[], running: RunningAlert[]) => alertSteps(waits, running, LIMITS).map((step) => `${step.do}${"level" in step ? ` ${step.level}` : ""}`);

  it("rise from the limit on, go up when nobody takes them up or the wait gets worse, never above the top, and end with the wait", () => {
    expect(steps([wait(0, 19.9)], [])).toEqual([]);
    expect(steps([wait(0, 20), wait(1, 31)], [])).toEqual(["raise", "raise"]);
    expect(steps([wait(0, 25)], [alert({ atLevel: 9 })])).toEqual(["update"]);
    expect(steps([wait(0, 25)], [alert({ atLevel: 10 })])).toEqual(["escalate 2"]);
    expect(steps([wait(0, 25)], [alert({ atLevel: 60, acknowledged: true })])).toEqual(["update"]);
    expect(steps([wait(0, 30)], [alert({ acknowledged: true })])).toEqual(["escalate 2"]);
    expect(steps([wait(0, 90)], [alert({ severity: "too_long", level: 3, atLevel: 60 })])).toEqual(["update"]);
    expect(steps([wait(0, 5)], [alert({})])).toEqual(["end"]);
    expect(steps([], [alert({})])).toEqual(["end"]);
  });
});
