import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyHall } from "@/lib/queue/ledger/data";
import { db, demo } from "../support/hall";
import { send, type ServerProcess, startProcess, tokenFor } from "../support/server";

/** Two server programs on one database: whatever can race is raced across both. */
let servers: ServerProcess[];
let kiosk: string;
let clerk: string;
const any = (index: number) => servers[index % servers.length]!.origin;
const post = (index: number, path: string, options: Parameters<typeof send>[3] = {}) => send(any(index), "POST", path, options);
const at = (window: string) => `/halls/demo/windows/${window}`;

beforeAll(async () => {
  servers = await Promise.all([startProcess(), startProcess()]);
  [kiosk, clerk] = await Promise.all([tokenFor("device"), tokenFor("clerk")]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill("SIGTERM")));
});

const takeMany = (count: number, line: string) => Promise.all(Array.from({ length: count }, (_, index) => post(index, "/halls/demo/tickets", { token: kiosk, body: { line, channel: "kiosk" } })));
const whole = async () => expect((await verifyHall(db(), (await demo()).id)).faults).toEqual([]);

describe("races over two processes and 16 connections", () => {
  it("gives 200 numbers of one line without a gap or a duplicate", async () => {
    const answers = [];
    for (let round = 0; round < 200 / 16; round++) answers.push(...(await takeMany(16, "Q")));
    const numbers = answers.map((answer) => Number(answer.body.number.slice(1))).sort((a, b) => a - b);
    expect(answers.every((answer) => answer.status === 201)).toBe(true);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
  });

  it("16 presses at 16 windows call 16 different people, and every press is served while people wait", async () => {
    const windows = (await db().selectFrom("windows").select("code").where("hall_id", "=", (await demo()).id).orderBy("id").execute()).slice(0, 16).map((row) => row.code);
    const line = await db().selectFrom("lines").select("id").where("hall_id", "=", (await demo()).id).where("code", "=", "H").executeTakeFirstOrThrow();
    const rows = await db().selectFrom("windows").select("id").where("hall_id", "=", (await demo()).id).where("code", "in", windows).execute();
    await db().deleteFrom("window_lines").where("window_id", "in", rows.map((row) => row.id)).execute();
    await db().insertInto("window_lines").values(rows.map((row) => ({ hall_id: 1, window_id: row.id, line_id: line.id, tier: 1 }))).execute();
    await takeMany(16, "H");
    await takeMany(16, "H");
    await Promise.all(windows.map((window, index) => post(index, `${at(window)}/open`, { token: clerk })));
    for (let round = 0; round < 2; round++) {
      const calls = await Promise.all(windows.map((window, index) => post(index, `${at(window)}/call-next`, { token: clerk })));
      expect(calls.map((call) => call.status)).toEqual(windows.map(() => 200));
      expect(new Set(calls.map((call) => call.body.ticket.number)).size).toBe(16);
      await Promise.all(windows.map((window, index) => post(index, `${at(window)}/start`, { token: clerk })));
      await Promise.all(windows.map((window, index) => post(index, `${at(window)}/finish`, { token: clerk })));
    }
    const empty = await Promise.all(windows.map((window, index) => post(index, `${at(window)}/call-next`, { token: clerk })));
    expect(empty.map((call) => call.body.code)).toEqual(windows.map(() => "queue_empty"));
    await whole();
  });

  it("16 presses at one window call one person; the others see who it is (F8)", async () => {
    await takeMany(4, "B");
    await post(0, `${at("B01")}/open`, { token: clerk });
    const presses = await Promise.all(Array.from({ length: 16 }, (_, index) => post(index, `${at("B01")}/call-next`, { token: clerk })));
    const called = presses.filter((press) => press.status === 200);
    expect(called).toHaveLength(1);
    for (const press of presses.filter((each) => each.status !== 200)) expect(press.body).toMatchObject({ code: "window_busy", ticket: { number: called[0]!.body.ticket.number } });
  });

  it("16 steps at once on one ticket have one effect", async () => {
    const starts = await Promise.all(Array.from({ length: 16 }, (_, index) => post(index, `${at("B01")}/start`, { token: clerk })));
    expect(starts.filter((answer) => answer.status === 200)).toHaveLength(1);
    const steps = await Promise.all(["finish", "hold", "transfer", "finish", "hold", "transfer"].flatMap((step, index) => [0, 1].map((extra) => post(index + extra, `${at("B01")}/${step}`, { token: clerk, ...(step === "transfer" ? { body: { line: "T" } } : {}) }))));
    expect(steps.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(steps.filter((answer) => answer.status >= 500)).toEqual([]);
    await whole();
  });

  it("16 returns, cancellations and transfers of one ticket at once leave ledger and tables in agreement", async () => {
    const { body: ticket } = await post(0, "/halls/demo/tickets", { token: kiosk, body: { line: "M", channel: "kiosk" } });
    const answers = await Promise.all(Array.from({ length: 32 }, (_, index) => post(index, `/tickets/${ticket.token}/${index % 2 ? "cancel" : "return"}`)));
    expect(answers.filter((answer) => answer.status >= 500)).toEqual([]);
    await whole();
  });

  it("two people at one window: one gets it", async () => {
    const { openWindow } = await import("@/lib/windows/commands");
    const { act, windowId } = await import("../support/hall");
    const id = await windowId("F01");
    const results = await Promise.all(Array.from({ length: 16 }, (_, index) => act((ctx) => openWindow(ctx, id), `staff:${1000 + index}`)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });
});

describe("one effect per key (F8–F10)", () => {
  it("the same key and body give the first answer again, 16 times at once over two processes", async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => post(index, "/halls/demo/tickets", { token: kiosk, key, body: { line: "P", channel: "kiosk" } })));
    expect(new Set(answers.map((answer) => answer.body.number)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
  });

  it("the same key with another body is refused and changes nothing", async () => {
    const key = randomUUID();
    await post(0, "/halls/demo/tickets", { token: kiosk, key, body: { line: "P", channel: "kiosk" } });
    const other = await post(1, "/halls/demo/tickets", { token: kiosk, key, body: { line: "T", channel: "kiosk" } });
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_mismatch" } });
  });

  it("a press repeated after its answer was lost returns the ticket of the first press", async () => {
    await takeMany(3, "F");
    const window = await windowOf("F");
    await post(0, `${at(window)}/open`, { token: clerk });
    const key = randomUUID();
    const first = await post(0, `${at(window)}/call-next`, { token: clerk, key });
    expect(first.status).toBe(200);
    const again = await post(1, `${at(window)}/call-next`, { token: clerk, key });
    expect(again.status).toBe(200);
    expect(again.body.ticket.number).toBe(first.body.ticket.number);
    await post(0, `${at(window)}/start`, { token: clerk });
    await post(0, `${at(window)}/finish`, { token: clerk });
    // An hour later the replay still has no second effect.
    const late = await post(1, `${at(window)}/call-next`, { token: clerk, key });
    expect(late.body.ticket.number).toBe(first.body.ticket.number);
    expect((await send(any(0), "GET", `${at(window)}`, { token: clerk })).body.ticket).toBeUndefined();
  });

  it("200 keys with 5 presses each have 200 effects", async () => {
    const before = await count("X");
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 10 }, () => randomUUID()).flatMap((key) => Array.from({ length: 5 }, (_, index) => post(index, "/halls/demo/tickets", { token: kiosk, key, body: { line: "X", channel: "kiosk" } }))));
    }
    expect((await count("X")) - before).toBe(200);
    await whole();
  });

  it("a stored request is worth nothing with an ended token or in another hall", async () => {
    const { revokeTokens, createToken } = await import("@/lib/auth/commands");
    const token = await createToken(db(), { role: "device", label: "ended", hallId: 1 });
    const key = randomUUID();
    expect((await post(0, "/halls/demo/tickets", { token, key, body: { line: "P", channel: "kiosk" } })).status).toBe(201);
    expect((await post(1, "/halls/demo2/tickets", { token, key, body: { line: "A", channel: "kiosk" } })).status).toBe(403);
    await revokeTokens(db(), { label: "ended" });
    await expect.poll(async () => (await post(1, "/halls/demo/tickets", { token, key, body: { line: "P", channel: "kiosk" } })).status).toBe(401);
    await expect.poll(async () => (await post(0, "/halls/demo/tickets", { token, key, body: { line: "P", channel: "kiosk" } })).status).toBe(401);
  });
});

const count = async (line: string): Promise<number> => (await db().selectFrom("tickets as t").innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "t.hall_id").onRef("l.id", "=", "t.line_id")).select(({ fn }) => fn.countAll<number>().as("n")).where("l.code", "=", line).where("t.hall_id", "=", 1).executeTakeFirstOrThrow()).n;

async function windowOf(line: string): Promise<string> {
  const row = await db().selectFrom("window_lines as wl").innerJoin("windows as w", (join) => join.onRef("w.hall_id", "=", "wl.hall_id").onRef("w.id", "=", "wl.window_id")).innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "wl.hall_id").onRef("l.id", "=", "wl.line_id"))
    .select("w.code").where("l.code", "=", line).where("wl.hall_id", "=", 1).where("wl.tier", "=", 1).where("w.state", "=", "closed").limit(1).executeTakeFirstOrThrow();
  return row.code;
}
