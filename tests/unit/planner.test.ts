import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adviseNow, erlangB, erlangC, type LineNow, waitOver, type WindowNow, windowsNeeded } from "@/lib/planner/model";

const LIMITS = { longWait: 20, idle: 15 };

describe("windows by formula", () => {
  it("agrees with published values of Erlang B and C", () => {
    // Erlang's table: 10 servers, 5 Erlang → B = 0.0184; 2 servers, 1 Erlang → B = 0.2, C = 1/3.
    expect(erlangB(2, 1)).toBeCloseTo(0.2, 12);
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 12);
    expect(erlangB(10, 5)).toBeCloseTo(0.018385, 6);
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 12);
    expect(erlangC(3, 3)).toBe(1);
  });

  it("agrees with a direct sum of the state probabilities, for any number of windows", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.05, max: 0.98, noNaN: true }), (servers, share) => {
      const load = servers * share;
      let term = 1;
      let sum = 1;
      for (let n = 1; n < servers; n++) sum += term *= load / n;
      const waiting = (term * (load / servers)) / (1 - load / servers);
      expect(erlangC(servers, load)).toBeCloseTo(waiting / (sum + waiting), 9);
    }));
  });

  it("[JY-6.2] the number of windows is the smallest that meets the target, grows with volume and time, and is none without demand", () => {
    fc.assert(fc.property(fc.double({ min: 0.5, max: 400, noNaN: true }), fc.double({ min: 1, max: 45, noNaN: true }), (arrivals, service) => {
      const target = { share: 0.9, within: 15 };
      const needed = windowsNeeded({ arrivals, service }, target);
      expect(waitOver({ arrivals, service }, needed, 15)).toBeLessThanOrEqual(0.1);
      expect(needed === 1 || waitOver({ arrivals, service }, needed - 1, 15) > 0.1).toBe(true);
      expect(windowsNeeded({ arrivals: arrivals * 1.5, service }, target)).toBeGreaterThanOrEqual(needed);
    }));
    expect(windowsNeeded({ arrivals: 0, service: 10 }, { share: 0.9, within: 15 })).toBe(0);
  });
});

describe("[JY-6.3c] advice for now", () => {
  const window = (code: string, state: WindowNow["state"], own: string[], minutes = 1): WindowNow => ({ code, state, own, helping: [], minutes });
  const line = (code: string, waiting: number, p90?: number): LineNow => ({ code, waiting, p90 });

  it("opens a closed window of the line first, else moves a free one, the longest wait first", () => {
    expect(adviseNow([line("S", 12, 35), line("A", 0, 2)], [window("S1", "serving", ["S"]), window("S2", "closed", ["S"]), window("A1", "open", ["A"])], LIMITS)).toEqual([{ kind: "open", window: "S2", line: "S", waiting: 12, p90: 35 }]);
    expect(adviseNow([line("S", 12, 35), line("B", 9, 50), line("A", 0, 2)], [window("S1", "serving", ["S"]), window("A1", "open", ["A"])], LIMITS)).toEqual([{ kind: "move", window: "A1", line: "B", waiting: 9, p90: 50 }]);
  });

  it("helps a line that nobody serves, and takes no window from people who wait", () => {
    expect(adviseNow([line("X", 2)], [window("A1", "open", ["A"])], LIMITS)).toEqual([{ kind: "move", window: "A1", line: "X", waiting: 2 }]);
    expect(adviseNow([line("X", 2), line("A", 1, 3)], [window("A1", "open", ["A"])], LIMITS)).toEqual([]);
  });

  it("closes what has been idle for long, but never the last window of a line, and nothing while somebody waits too long", () => {
    const idle = [window("A1", "open", ["A"], 30), window("A2", "open", ["A"], 40), window("B1", "open", ["B"], 60)];
    expect(adviseNow([line("A", 0, 1), line("B", 0, 1)], idle, LIMITS)).toEqual([{ kind: "close", window: "A1", idleMinutes: 30 }]);
    expect(adviseNow([line("A", 0, 1), line("S", 5, 30)], [...idle, window("S1", "serving", ["S"])], LIMITS).map((advice) => advice.kind)).toEqual(["move"]);
  });
});
