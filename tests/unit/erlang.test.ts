import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { approximateGeneralServers, oneGeneralServer, priorityOneServer, priorityServers } from "@/lib/planner/erlang/general";
import { impatientServers } from "@/lib/planner/erlang/impatience";
import { erlangB, erlangC, manyServers, offeredLoad, pWaitOver, type Queue, steadyServers, waitQuantile } from "@/lib/planner/erlang/model";
import { normalCdf } from "@/lib/planner/erlang/numbers";
import { excessCdf, offeredLoadAt, type ServiceTime } from "@/lib/planner/erlang/offered-load";
import { QUEUE_VECTORS } from "../support/queue-vectors";

/** Within a relative error of 1e-9; figures below the range of doubles are not asked. */
const close = (got: number | undefined, wanted: number, what: string) => { if (wanted > 1e-300) expect(Math.abs(got! / wanted - 1), `${what}: ${got} for ${wanted}`).toBeLessThanOrEqual(1e-9); };

const stableQueue = fc.record({ servers: fc.integer({ min: 1, max: 400 }), use: fc.double({ min: 0.3, max: 0.995, noNaN: true }), serviceMinutes: fc.double({ min: 0.5, max: 90, noNaN: true }) })
  .map(({ servers, use, serviceMinutes }): Queue => ({ servers, serviceMinutes, arrivalsPerHour: (use * servers * 60) / serviceMinutes }));
const figures = (queue: Queue) => { const steady = manyServers(queue); if (!steady.stable) throw new Error("overload"); return steady; };

describe("exact queues", () => {
  it.each(QUEUE_VECTORS)("$servers servers, $arrivalsPerHour an hour of $serviceMinutes min: Erlang B, C and A within 1e-9 of an independent computation", ({ b, c, a, within, patienceMinutes, ...queue }) => {
    close(erlangB(queue.servers, offeredLoad(queue)), b, "B");
    const steady = manyServers(queue);
    expect(steady.stable).toBe(c !== undefined);
    if (steady.stable) [steady.pWait, steady.meanWait, steady.meanQueue, pWaitOver(queue, within)].forEach((value, i) => close(value, c![i]!, `C ${i}`));
    const impatient = impatientServers({ ...queue, patienceMinutes }, within);
    [impatient.pWait, impatient.meanWait, impatient.meanQueue, impatient.pWaitOver, impatient.pAbandon].forEach((value, i) => close(value, a[i]!, `A ${i}`));
  });

  it("agrees with published values and closed forms", () => {
    // Erlang's tables: 2 servers, 1 Erlang → B = 0.2, C = 1/3; 10 servers, 5 Erlang → B = 0.0184.
    expect(erlangB(2, 1)).toBeCloseTo(0.2, 14);
    expect(erlangB(10, 5)).toBeCloseTo(0.018385, 6);
    expect(erlangC({ arrivalsPerHour: 6, serviceMinutes: 10, servers: 2 })).toBeCloseTo(1 / 3, 14);
    expect(figures({ arrivalsPerHour: 4.2, serviceMinutes: 10, servers: 1 }).meanWait).toBeCloseTo((0.7 * 10) / 0.3, 12);
    expect([normalCdf(0), normalCdf(1.959963984540054), normalCdf(-8)]).toEqual([0.5, expect.closeTo(0.975, 14), expect.closeTo(6.220960574271785e-16, 28)]);
  });

  it("overload has no figures, however many servers", () => {
    for (const servers of [1, 10, 5_000]) for (const extra of [0, 1e-9, 5]) {
      const queue = { arrivalsPerHour: servers * 6 + extra, serviceMinutes: 10, servers };
      expect(manyServers(queue)).toEqual({ stable: false, offeredLoad: offeredLoad(queue) });
      expect([erlangC(queue), pWaitOver(queue, 5), waitQuantile(queue, 0.9)]).toEqual([undefined, undefined, undefined]);
      expect(priorityServers([servers * 3, servers * 3 + extra], 10, servers).stable).toBe(false);
      expect(impatientServers({ ...queue, patienceMinutes: 30 }).stable).toBe(true);
    }
    expect(oneGeneralServer({ arrivalsPerHour: 6, serviceMinutes: 10 }, 0.5)).toEqual({ stable: false, offeredLoad: 1 });
    expect(priorityOneServer([{ arrivalsPerHour: 3, serviceMinutes: 10, cv: 1 }, { arrivalsPerHour: 3, serviceMinutes: 10, cv: 1 }]).stable).toBe(false);
  });
});

describe("what must hold for every queue", () => {
  it("more windows never raise the wait, more people never lower it, and time has no unit", () => {
    fc.assert(fc.property(stableQueue, fc.double({ min: 0.1, max: 60, noNaN: true }), (queue, within) => {
      const [now, more, scaled] = [figures(queue), figures({ ...queue, servers: queue.servers + 1 }), figures({ ...queue, arrivalsPerHour: queue.arrivalsPerHour / 3, serviceMinutes: queue.serviceMinutes * 3 })];
      expect(more.meanWait).toBeLessThanOrEqual(now.meanWait);
      expect(pWaitOver({ ...queue, servers: queue.servers + 1 }, within)!).toBeLessThanOrEqual(pWaitOver(queue, within)! + 1e-15);
      expect(figures({ ...queue, arrivalsPerHour: queue.arrivalsPerHour * 0.9 }).pWait).toBeLessThanOrEqual(now.pWait);
      expect(scaled.pWait).toBeCloseTo(now.pWait, 9);
      expect(scaled.meanWait / now.meanWait).toBeCloseTo(3, 6);
    }));
  });

  it("Erlang A lies between B and C, comes to either as patience ends or lasts, and more windows help", () => {
    fc.assert(fc.property(stableQueue, fc.double({ min: 0.1, max: 500, noNaN: true }), (queue, patienceMinutes) => {
      const [a, more] = [impatientServers({ ...queue, patienceMinutes }, 10), impatientServers({ ...queue, servers: queue.servers + 1, patienceMinutes }, 10)];
      expect(a.pWait).toBeLessThanOrEqual(figures(queue).pWait * (1 + 1e-9));
      expect(a.pWait).toBeGreaterThanOrEqual(erlangB(queue.servers, offeredLoad(queue)) * (1 - 1e-9));
      expect([more.meanWait <= a.meanWait * (1 + 1e-9), more.pWaitOver! <= a.pWaitOver! * (1 + 1e-9)]).toEqual([true, true]);
      expect(impatientServers({ ...queue, patienceMinutes: 1e-7 }).pWait).toBeCloseTo(erlangB(queue.servers, offeredLoad(queue)), 5);
    }));
    const queue = { arrivalsPerHour: 30, serviceMinutes: 10, servers: 6 };
    expect(impatientServers({ ...queue, patienceMinutes: 1e9 }).meanWait).toBeCloseTo(figures(queue).meanWait, 5);
  });

  it("priorities share the wait out and do not change it: Σ ρ·W is that of first come first served", () => {
    fc.assert(fc.property(stableQueue, fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }), (queue, parts) => {
      const sum = parts.reduce((a, b) => a + b, 0);
      const arrivals = parts.map((part) => (queue.arrivalsPerHour * part) / sum);
      const classes = priorityServers(arrivals, queue.serviceMinutes, queue.servers);
      if (!classes.stable) throw new Error("overload");
      const mean = classes.meanWaits.reduce((total, wait, k) => total + (wait * arrivals[k]!) / queue.arrivalsPerHour, 0);
      expect(mean / figures(queue).meanWait).toBeCloseTo(1, 7);
      expect([...classes.meanWaits].sort((a, b) => a - b)).toEqual(classes.meanWaits);
    }));
    // Cobham's conservation for one server with service times of each class its own.
    const mixed = [{ arrivalsPerHour: 3, serviceMinutes: 4, cv: 0.5 }, { arrivalsPerHour: 2, serviceMinutes: 12, cv: 1.5 }];
    const one = priorityOneServer(mixed);
    const residual = mixed.reduce((total, each) => total + (each.arrivalsPerHour / 60) * each.serviceMinutes ** 2 * (1 + each.cv ** 2), 0) / 2;
    const load = mixed.reduce((total, each) => total + offeredLoad(each), 0);
    expect(one.stable && one.meanWaits.reduce((total, wait, k) => total + wait * offeredLoad(mixed[k]!), 0)).toBeCloseTo((load * residual) / (1 - load), 10);
  });

  it("M/G/1 is M/M/1 for cv 1 and half of it for constant times; M/G/c agrees where it is exact", () => {
    fc.assert(fc.property(stableQueue, fc.double({ min: 0, max: 3, noNaN: true }), (queue, cv) => {
      const single = { ...queue, arrivalsPerHour: queue.arrivalsPerHour / queue.servers, servers: 1 };
      const [any, exponential, constant] = [oneGeneralServer(single, cv), oneGeneralServer(single, 1), oneGeneralServer(single, 0)];
      const approximate = approximateGeneralServers(single, cv);
      if (!any.stable || !exponential.stable || !constant.stable || !approximate.stable) throw new Error("overload");
      expect(exponential.meanWait / figures(single).meanWait).toBeCloseTo(1, 9);
      expect([constant.meanWait / exponential.meanWait, any.meanWait / approximate.meanWait]).toEqual([expect.closeTo(0.5, 9), expect.closeTo(1, 9)]);
    }));
  });

  it("a share p of the customers waits no longer than the p-quantile, and the steady number of windows is the smallest", () => {
    fc.assert(fc.property(stableQueue, fc.double({ min: 0.05, max: 0.999, noNaN: true }), (queue, p) => {
      const wait = waitQuantile(queue, p)!;
      expect(pWaitOver(queue, wait)!).toBeLessThanOrEqual(1 - p + 1e-12);
      if (wait > 0) expect(pWaitOver(queue, wait)!).toBeCloseTo(1 - p, 9);
      const needed = steadyServers(queue, { share: p, within: 15 });
      expect(pWaitOver({ ...queue, servers: needed }, 15)! <= 1 - p && (pWaitOver({ ...queue, servers: needed - 1 }, 15) ?? 1) > 1 - p).toBe(true);
    }));
    expect(steadyServers({ arrivalsPerHour: 0, serviceMinutes: 10 }, { share: 0.9, within: 15 })).toBe(0);
  });
});

describe("offered load over the day", () => {
  const spans = [{ start: 540, end: 570, arrivals: 20 }, { start: 570, end: 600, arrivals: 50 }, { start: 630, end: 660, arrivals: 5 }];

  it("solves m′ = λ − m/S for exponential service, and stays λ·S under a constant rate for any service", () => {
    let load = 0;
    for (let step = 0; step < 12_000; step++) {
      const middle = 540 + step * 0.01 + 0.005;
      const rate = spans.reduce((sum, span) => sum + (middle >= span.start && middle < span.end ? span.arrivals / 30 : 0), 0);
      load = rate * 12 + (load - rate * 12) * Math.exp(-0.01 / 12);
    }
    expect(offeredLoadAt(spans, { kind: "exponential", mean: 12 }, 660)).toBeCloseTo(load, 8);
    for (const kind of ["exponential", "lognormal", "deterministic"] as const) expect(offeredLoadAt([{ start: 0, end: 10_000, arrivals: 10_000 }], { kind, mean: 7, cv: 0.8 }, 9_000)).toBeCloseTo(7, 9);
  });

  it("takes the excess of a lognormal service time as its integral says", () => {
    const service: ServiceTime = { kind: "lognormal", mean: 10, cv: 0.7 };
    const sigma = Math.sqrt(Math.log(1 + 0.49));
    let integral = 0;
    for (let x = 0.0005; x < 20; x += 0.001) integral += 0.001 * normalCdf(-(Math.log(x / 10) + (sigma * sigma) / 2) / sigma);
    expect(excessCdf(service, 20)).toBeCloseTo(integral / 10, 6);
  });
});
