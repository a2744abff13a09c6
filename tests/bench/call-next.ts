import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { tmpdir } from "node:os";
import pg from "pg";
import { Connection, median } from "./http-client";
import { buildWorld, freeWindows, refill, type World } from "./world";

const ROUNDS = 5;

interface Shape {
  name: string;
  halls: number;
  windows: number;
  inFlight: number;
  target: number;
}

/** Press of 叫下一位 over HTTP with authentication, beside the same claim and event row run by pgbench. */
export async function callNext(shape: Shape): Promise<void> {
  const world = await buildWorld(shape.halls, shape.windows);
  try {
    const presses = shape.halls * shape.windows;
    const peer = hasPgbench() ? pgbench : pgLoop;
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      await refill(world, shape.windows * 2 + 30);
      const a = await peer(world, shape.inFlight, presses);
      await freeWindows(world);
      const b = await overHttp(world, shape.inFlight, presses);
      // The first round warms both sides up.
      if (round > 0) {
        theirs.push(a);
        ours.push(b);
      }
    }
    const ratio = median(ours) / median(theirs);
    console.log(`${shape.name}: ${median(ours).toFixed(0)}/s over HTTP, ${median(theirs).toFixed(0)}/s by ${hasPgbench() ? "pgbench" : "a bare pg loop"} with the same statement, ratio ${ratio.toFixed(2)} (target ${shape.target}) ${ratio >= shape.target ? "met" : "MISSED"}`);
  } finally {
    await world.stop();
  }
}

export const hasPgbench = (): boolean => {
  try {
    execFileSync("pgbench", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** The i-th press goes to the i-th window, halls in turn, so that no window is pressed twice. */
const pressOrder = (world: World) => world.halls[0]!.windows.flatMap((_, index) => world.halls.map((hall) => ({ hall, window: hall.windows[index]! })));

async function pgbench(world: World, clients: number, presses: number): Promise<number> {
  await world.db.query("drop table if exists bench_presses");
  await world.db.query("create table bench_presses (n int primary key, hall int, win int)");
  const order = pressOrder(world);
  await world.db.query("insert into bench_presses select * from unnest($1::int[], $2::int[], $3::int[])", [order.map((_, i) => i), order.map((each) => each.hall.id), order.map((each) => each.window.id)]);
  const each = Math.floor(presses / clients);
  const script = path.join(tmpdir(), `yiting-bench-${process.pid}.sql`);
  writeFileSync(script, `\\set n :client_id + ${clients} * :i\n\\set i :i + 1\nselect call_next(hall, win, 'bench') from bench_presses where n = :n;\n`);
  return runPgbench(world.url, ["-c", String(clients), "-j", "1", "-t", String(each), "-D", "i=0", "-f", script]);
}

/** Transactions a second of a pgbench script with prepared statements. */
export function runPgbench(address: string, options: readonly string[]): number {
  const url = new URL(address);
  const output = execFileSync("pgbench", ["-n", "-M", "prepared", ...options, "-h", url.hostname, "-p", url.port, "-U", url.username, url.pathname.slice(1)], { env: { ...process.env, PGPASSWORD: url.password }, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return Number(/tps = ([\d.]+)/.exec(output)![1]);
}

async function pgLoop(world: World, clients: number, presses: number): Promise<number> {
  const order = pressOrder(world);
  const connections = await Promise.all(Array.from({ length: clients }, async () => { const client = new pg.Client(world.url); await client.connect(); return client; }));
  let next = 0;
  const started = performance.now();
  await Promise.all(connections.map(async (client) => {
    for (let i = next++; i < presses; i = next++) await client.query({ name: "call", text: "select call_next($1, $2, $3)", values: [order[i]!.hall.id, order[i]!.window.id, "bench"] });
  }));
  const perSecond = (presses / (performance.now() - started)) * 1000;
  await Promise.all(connections.map((client) => client.end()));
  return perSecond;
}

async function overHttp(world: World, inFlight: number, presses: number): Promise<number> {
  const port = Number(new URL(world.origin).port);
  const order = pressOrder(world);
  const connections = await Promise.all(Array.from({ length: inFlight }, () => Connection.open(port)));
  let next = 0;
  const started = performance.now();
  await Promise.all(connections.map(async (connection) => {
    for (let i = next++; i < presses; i = next++) {
      const { hall, window } = order[i]!;
      const { status, body } = await connection.post(`/api/v1/halls/${hall.code}/windows/${window.code}/call-next`, hall.clerk);
      if (status !== 200) throw new Error(`call-next answered ${status}: ${body}`);
    }
  }));
  const perSecond = (presses / (performance.now() - started)) * 1000;
  for (const connection of connections) connection.close();
  return perSecond;
}
