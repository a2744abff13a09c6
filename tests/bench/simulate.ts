import { execFileSync } from "node:child_process";
import { simulateScenario } from "@/lib/planner/simulate/model";
import { scenarioSchema } from "@/lib/planner/simulate/schema";
import type { HallModel, Visit } from "@/lib/queue/simulate/hall";
import { simulateWaits } from "@/lib/queue/simulate/waits";
import { Connection, median, quantile } from "./http-client";
import { buildWorld, freeWindows, refill, type World } from "./world";

const SIX = { arrivalsPerHour: 36, service: { kind: "exponential", mean: 8 }, windows: 6 } as const;
const PRIORITY = { ...SIX, discipline: "priority", classes: [{ name: "first", share: 0.3, priority: 1 }, { name: "then", share: 0.7, priority: 2 }] } as const;
const PEER_CUSTOMERS = 100_000;
const PLANS_LIMIT = 1.5;

/** Customers a second beside SimPy on the same rules, futures of a full hall, and calls while four plans are made. */
export async function simulateBench(): Promise<void> {
  for (const [name, kind, scenario, customers, target] of [["plain M/M/6", "fifo", SIX, 10_000_000, 2e6], ["M/M/6 with priorities", "priority", PRIORITY, 2_000_000, 0]] as const) {
    const parsed = scenarioSchema.parse({ ...scenario, customers });
    // The first run warms up the compiler.
    simulateScenario({ ...parsed, customers: 500_000 }, { seed: 1 });
    const [seconds, result] = timed(() => simulateScenario(parsed, { seed: 2 }));
    const rate = customers / seconds;
    const { value, low, high } = result.perClass.at(-1)!.meanWait;
    const limit = target > 0 ? ` (target ${target / 1e6} M) ${rate >= target ? "met" : "MISSED"}` : "";
    console.log(`simulate, ${name}: ${(rate / 1e6).toFixed(2)} M customers/s${limit}; mean wait ${value.toFixed(4)} min, 99 % interval ${(((high! - low!) / value) * 100).toFixed(2)} % wide`);
    const peer = simpy(kind);
    if (!peer) console.log("  SimPy is absent (python3-simpy)");
    else console.log(`  SimPy ${peer.version}: ${(PEER_CUSTOMERS / peer.seconds / 1e6).toFixed(4)} M customers/s, ratio ${(rate / (PEER_CUSTOMERS / peer.seconds)).toFixed(0)} (target 10) ${rate / (PEER_CUSTOMERS / peer.seconds) >= 10 ? "met" : "MISSED"}`);
  }
  futures();
  await besidePlans();
}

function timed<T>(work: () => T): [seconds: number, result: T] {
  const begun = performance.now();
  const result = work();
  return [(performance.now() - begun) / 1000, result];
}

function simpy(kind: string): { version: string; seconds: number } | undefined {
  for (const python of ["python3", "/usr/bin/python3"]) try {
    return JSON.parse(execFileSync(python, ["tests/bench/simulate_peer.py", kind, String(PEER_CUSTOMERS)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })) as { version: string; seconds: number };
  } catch {
    // This one has no SimPy.
  }
  return undefined;
}

/** 1,000 waiting in 14 lines, 50 windows at work, 200 futures. */
function futures(): void {
  const lines = Array.from({ length: 14 }, (_, i) => ({ code: "ABCDEFGHIJKLMN"[i]! }));
  const hall: HallModel = {
    lines, classes: [{ code: "normal" }, { code: "older", credit: 20 }], discipline: "credit", services: lines.map((_, i) => ({ kind: "lognormal" as const, mean: 8 + i, cv: 0.8 })),
    windows: Array.from({ length: 50 }, (_, i) => ({ code: `W${i}`, tiers: [[i % 14], [(i + 1) % 14, (i + 2) % 14]] })), now: Array.from({ length: 50 }, (_, i) => ({ service: i % 14, elapsed: i % 7 })),
    visits: Array.from({ length: 1_000 }, (_, i): Visit => ({ at: (i - 1_000) / 10, line: (i * 7) % 14, class: i % 4 === 3 ? 1 : 0, service: (i * 7) % 14 })),
  };
  const times = Array.from({ length: 7 }, (_, seed) => timed(() => simulateWaits(hall, { runs: 200, seed, horizon: 10_000 }))[0] * 1000).slice(2);
  console.log(`simulate, 200 futures of 1,000 waiting at 50 windows: ${median(times).toFixed(0)} ms (limit 200 ms) ${median(times) < 200 ? "met" : "MISSED"}`);
}

const PER_SECOND = 80;
const SECONDS = 8;
const ROUNDS = 3;

/** Call-next at a steady pace, in turns alone and while the same program makes four plans. */
async function besidePlans(): Promise<void> {
  const world = await buildWorld(40, 16, "tests/bench/serve-plans.ts");
  try {
    const alone: number[] = [];
    const beside: number[] = [];
    await calls(world);
    for (let round = 0; round < ROUNDS; round++) {
      alone.push(...(await calls(world)));
      process.kill(world.pid, "SIGUSR2");
      // The first plans load their code.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      beside.push(...(await calls(world)));
      process.kill(world.pid, "SIGUSR2");
      await new Promise((resolve) => setTimeout(resolve, 4_000));
    }
    const ratio = quantile(beside, 0.99) / quantile(alone, 0.99);
    console.log(`simulate, call-next beside four plans at once: p99 ${quantile(beside, 0.99).toFixed(1)} ms, alone ${quantile(alone, 0.99).toFixed(1)} ms (medians ${median(beside).toFixed(1)} and ${median(alone).toFixed(1)} ms), ratio ${ratio.toFixed(2)} (limit ${PLANS_LIMIT}) ${ratio <= PLANS_LIMIT ? "met" : "MISSED"}`);
  } finally {
    await world.stop();
  }
}

async function calls(world: World): Promise<number[]> {
  await refill(world, 40);
  await freeWindows(world);
  const connections = await Promise.all(Array.from({ length: 8 }, () => Connection.open(Number(new URL(world.origin).port))));
  const order = world.halls[0]!.windows.flatMap((_, index) => world.halls.map((hall) => ({ hall, window: hall.windows[index]! })));
  const times: number[] = [];
  const began = performance.now();
  const press = async (connection: Connection, first: number): Promise<void> => {
    for (let i = first; i < Math.min(order.length, PER_SECOND * SECONDS); i += connections.length) {
      const due = began + (i * 1000) / PER_SECOND;
      if (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const { hall, window } = order[i]!;
      const { status, body } = await connection.post(`/api/v1/halls/${hall.code}/windows/${window.code}/call-next`, hall.clerk);
      if (status !== 200) throw new Error(`call-next answered ${status}: ${body}`);
      times.push(performance.now() - due);
    }
  };
  await Promise.all(connections.map(press));
  for (const connection of connections) connection.close();
  return times;
}
