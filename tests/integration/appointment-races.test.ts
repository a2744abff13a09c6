import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyHall } from "@/lib/queue/ledger/data";
import { ITEM, seatFaults, slots, somebody, travel } from "../support/booking";
import { db, demo } from "../support/hall";
import { type Answer, send, type ServerProcess, sleep, startProcess, tokenFor } from "../support/server";

/** Two server programs on one database, visitors without any account at both. */
let servers: ServerProcess[];
/** As every client of ours does it: a busy server's 503 is asked again with the same key. */
async function post(index: number, path: string, body: unknown, token?: string): Promise<Answer> {
  const key = crypto.randomUUID();
  for (let tries = 0; ; tries++) {
    const answer = await send(servers[index % 2]!.origin, "POST", path, { body, key, ...(token ? { token } : {}) });
    if (answer.status !== 503 || tries >= 20) return answer;
    await sleep(250);
  }
}
const tally = (answers: Answer[]) => JSON.stringify(answers.reduce<Record<string, number>>((sum, { status, body }) => ({ ...sum, [`${status} ${body?.code ?? ""}`]: (sum[`${status} ${body?.code ?? ""}`] ?? 0) + 1 }), {}));

beforeAll(async () => {
  await travel("2043-12-02T07:00:00+08:00");
  servers = await Promise.all([startProcess(), startProcess()]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill("SIGTERM")));
});

/** Leaves places for so many visits in a slot, as an administrator does it: this item of 15 minutes takes two seats of ten. */
async function leave(start: string, visits: number): Promise<void> {
  const seats = visits * 2;
  await sql`update slots set adjust = booked + ${seats} - planned, capacity = booked + ${seats} where hall_id = 1 and starts = ${start}::timestamptz and stock_id = (select id from stocks where hall_id = 1 and code = 'A')`.execute(db());
}

describe("races for the last places", () => {
  it("[GD-6.1.1a] 200 at once for the last 3 places give exactly 3 bookings and 197 clear refusals, in 50 rounds over two processes", async () => {
    const kiosk = await tokenFor("device");
    const times = await slots();
    for (let round = 0; round < 50; round++) {
      const start = times[round]!.start;
      await leave(start, 3);
      const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => post(index, "/halls/demo/appointments", { item: ITEM, start, person: somebody(), channel: "kiosk" }, kiosk)));
      expect(answers.filter((answer) => answer.status === 201).length, `round ${round}: ${tally(answers)}`).toBe(3);
      expect(answers.filter((answer) => answer.status === 409 && answer.body.code === "slot_full").length, `round ${round}: ${tally(answers)}`).toBe(197);
    }
    expect(await seatFaults()).toEqual([]);
    expect((await verifyHall(db(), (await demo()).id)).faults).toEqual([]);
  }, 600_000);

  it("a hold, a booking and a move race for one place: one wins, the others keep what they had", async () => {
    const kiosk = await tokenFor("device");
    const [from, to] = (await slots()).slice(60, 62);
    for (let round = 0; round < 6; round++) {
      const owner = await post(0, "/halls/demo/appointments", { item: ITEM, start: from!.start, person: somebody(), channel: "kiosk" }, kiosk);
      expect(owner.status).toBe(201);
      await leave(to!.start, 1);
      const answers = await Promise.all([
        post(0, `/appointments/${owner.body.token}/reschedule`, { start: to!.start }),
        post(1, "/halls/demo/appointments", { item: ITEM, start: to!.start, person: somebody() }),
        post(0, "/halls/demo/holds", { item: ITEM, start: to!.start }),
      ]);
      expect(answers.filter((answer) => answer.status < 300)).toHaveLength(1);
      const after = await send(servers[1]!.origin, "GET", `/appointments/${owner.body.token}`);
      expect(Date.parse(after.body.start)).toBe(Date.parse(answers[0]!.status === 200 ? to!.start : from!.start));
      expect(await seatFaults()).toEqual([]);
    }
  });

  it("16 check-ins of one booking at phone, kiosk and desk give one number", async () => {
    const start = (await slots())[20]!.start;
    await leave(start, 1);
    const booked = await post(0, "/halls/demo/appointments", { item: ITEM, start, person: somebody() });
    await travel(new Date(Date.parse(start) - 60_000).toISOString());
    const kiosk = await tokenFor("device");
    const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => (index % 2 ? post(index, `/appointments/${booked.body.token}/check-in`, {}) : post(index >> 1, "/halls/demo/check-in", { number: booked.body.number }, kiosk))));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map((answer) => answer.body.ticket.number)).size).toBe(1);
    expect(answers[0]!.body.ticket.token).toBe(booked.body.token);
  });

  it("many bookings from one address have to prove some work, which counts once; refused tries do not count", async () => {
    const times = (await slots()).filter((slot) => slot.free > 0);
    const last = times.at(-1)!;
    let asked;
    for (let index = 0; index < 40 && !asked; index++) {
      const answer = await post(0, "/halls/demo/appointments", { item: ITEM, start: times[Math.floor(index / 3) + 5]!.start, person: somebody() });
      if (answer.body.code === "proof_needed") asked = answer.body.challenge;
    }
    expect(asked).toMatchObject({ bits: 17 });
    const { createHash } = await import("node:crypto");
    let nonce = 0;
    while (createHash("sha256").update(`${asked.seed}.${nonce}`).digest().readUInt32BE() >>> (32 - 17) !== 0) nonce++;
    const proof = `${asked.seed}.${asked.bits}.${asked.expires}.${asked.signature}.${nonce}`;
    const body = () => ({ item: ITEM, start: last.start, person: somebody(), proof });
    expect((await post(0, "/halls/demo/appointments", { ...body(), proof: `${proof}x` })).body.code).toBe("proof_wrong");
    expect((await post(0, "/halls/demo/appointments", body())).status).toBe(201);
    expect((await post(0, "/halls/demo/appointments", body())).body.code).toBe("proof_wrong");
    // Nobody at the hall is asked for anything.
    expect((await post(0, "/halls/demo/tickets", { line: "A", channel: "web" })).status).toBe(201);
  });
});
