import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { verifyHall } from "@/lib/queue/ledger/data";
import { db, demo } from "../support/hall";
import { send, type ServerProcess, sleep, startProcess, tokenFor } from "../support/server";

/** Faults F1 and F2 of reliability.md, shortened; the full number of rounds runs with FAULT_ROUNDS. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 5);
const LINE = "T";
let server: ServerProcess;
let clerk: string;
let kiosk: string;
let windows: string[];

beforeAll(async () => {
  server = await startProcess();
  [clerk, kiosk] = await Promise.all([tokenFor("clerk"), tokenFor("device")]);
  const hall = await demo();
  const rows = await db().selectFrom("windows").select(["id", "code"]).where("hall_id", "=", hall.id).orderBy("id").limit(8).execute();
  const line = await db().selectFrom("lines").select("id").where("hall_id", "=", hall.id).where("code", "=", LINE).executeTakeFirstOrThrow();
  await db().deleteFrom("window_lines").where("hall_id", "=", hall.id).where("window_id", "in", rows.map((row) => row.id)).execute();
  await db().insertInto("window_lines").values(rows.map((row) => ({ hall_id: hall.id, window_id: row.id, line_id: line.id, tier: 1 }))).execute();
  windows = rows.map((row) => row.code);
  for (const window of windows) await send(server.origin, "POST", `/halls/demo/windows/${window}/open`, { token: clerk });
});
afterAll(() => server.kill("SIGTERM"));

const takeTickets = async (count: number) => {
  for (let i = 0; i < count; i++) expect((await send(server.origin, "POST", "/halls/demo/tickets", { token: kiosk, body: { line: LINE, channel: "kiosk" } })).status).toBe(201);
};

/** Presses until an answer comes, as the desk does: same key, so the press has one effect whatever was lost. */
async function press(path: string): Promise<{ status: number; body: { code?: string; ticket?: { number: string } } }> {
  const key = randomUUID();
  for (let attempt = 0; attempt < 200; attempt++) {
    try {
      const answer = await send(server.origin, "POST", path, { token: clerk, key });
      if (answer.status < 500) return answer;
    } catch {
      // The line was cut or the server is away.
    }
    await sleep(50);
  }
  throw new Error(`no answer to ${path}`);
}

/** A clerk at work until the queue is empty; returns the numbers that were called. */
async function work(window: string): Promise<string[]> {
  const called: string[] = [];
  for (;;) {
    const answer = await press(`/halls/demo/windows/${window}/call-next`);
    if (answer.body.code === "queue_empty") return called;
    expect(answer.status).toBe(200);
    called.push(answer.body.ticket!.number);
    expect((await press(`/halls/demo/windows/${window}/start`)).status).toBe(200);
    expect((await press(`/halls/demo/windows/${window}/finish`)).status).toBe(200);
  }
}

async function proveRound(calls: string[][], tickets: number): Promise<void> {
  const all = calls.flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(tickets);
  expect((await verifyHall(db(), (await demo()).id)).faults).toEqual([]);
}

describe("faults while clerks press", () => {
  it(`F1: ${ROUNDS} kills of the server lose no ticket, call none twice, and every press gets its answer`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await takeTickets(40);
      const clerks = windows.map(work);
      await sleep(20 + Math.random() * 120);
      await server.kill("SIGKILL");
      server = await startProcess();
      await proveRound(await Promise.all(clerks), 40);
    }
  }, 300_000);

  it(`F2: ${ROUNDS} times all connections ended and the database away: the server stays up and goes on`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await takeTickets(40);
      const clerks = windows.map(work);
      for (let cut = 0; cut < 5; cut++) {
        await sleep(10 + Math.random() * 60);
        await endConnections();
      }
      await proveRound(await Promise.all(clerks), 40);
      expect(server.child.exitCode).toBeNull();
    }
  }, 300_000);

  it("F14: a server that is told to stop finishes the presses under way", async () => {
    await takeTickets(30);
    const clerks = windows.map(work);
    await sleep(60);
    const stopped = server.kill("SIGTERM");
    const before = server;
    server = await startProcess();
    await stopped;
    expect(before.child.exitCode).toBe(0);
    await proveRound(await Promise.all(clerks), 30);
  }, 60_000);
});

async function endConnections(): Promise<void> {
  const client = new pg.Client({ connectionString: inject("serverUrl").replace(/[^/]*$/, "postgres") });
  await client.connect();
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [new URL(process.env.DATABASE_URL!).pathname.slice(1)]);
  await client.end();
}
