import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeSlots } from "@/lib/appointments/stock/commands";
import { database } from "@/lib/db/database";
import { ok } from "@/lib/kernel/result";
import { changeHall } from "@/lib/ledger/commands";
import { importHall, readHallFolder } from "@/setup/import";
import { hasPgbench, runPgbench } from "./call-next";
import { Connection, median, quantile } from "./http-client";
import { buildWorld, type World } from "./world";

const VISITORS = 1_000;
/** Each visitor looks once in so many seconds. */
const LOOKS_EVERY = 5;
const BOOKINGS_PER_SECOND = 50;
const SECONDS = 20;
const WARM_UP = 4;
const IN_FLIGHT = 8;
const ROUND = 400;
const ROUNDS = 3;
const ITEM = "992001001000";

/**
 * 1,000 visitors without an account look at the times of an item while 50 a second book, all in one hall; then bookings
 * as fast as they go beside the same rows inserted by pgbench.
 */
export async function booking(): Promise<void> {
  process.env.TRUSTED_PROXIES = "127.0.0.1";
  const world = await buildWorld(1, 1);
  try {
    const hall = await importHall(database(), await readHallFolder(path.resolve("data/halls/demo")));
    await database().updateTable("stocks").set({ seats: 500 }).where("hall_id", "=", hall.id).where("code", "=", "A").execute();
    await changeHall(database(), { hall, actor: "bench" }, async (ctx) => ok(await makeSlots(ctx)));
    await world.db.query("vacuum analyze");
    const port = Number(new URL(world.origin).port);
    const looker = await Connection.open(port);
    const offered = JSON.parse(bodyOf((await looker.send("GET", `/api/v1/halls/demo/slots?item=${ITEM}`, "X-Forwarded-For: 10.9.9.9")).body)) as { start: string; free: number }[];
    const starts = offered.filter((slot) => slot.free > 100).map((slot) => slot.start);
    looker.close();
    await underLoad(port, starts);
    await atFullSpeed(world, port, starts, hall.id);
  } finally {
    await world.stop();
  }
}

const bodyOf = (text: string): string => text.slice(text.indexOf("["), text.lastIndexOf("]") + 1);
let people = 0;
const wish = (starts: readonly string[]): string => JSON.stringify({ item: ITEM, start: starts[people % starts.length], person: { name: "王小明", phone: `139${String(10_000_000 + people++)}` } });
/** Every visitor has an address of their own. */
const addressOf = (n: number): string => `X-Forwarded-For: 10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

async function underLoad(port: number, starts: readonly string[]): Promise<void> {
  const visitors = await Promise.all(Array.from({ length: VISITORS }, () => Connection.open(port)));
  const bookers = await Promise.all(Array.from({ length: 64 }, () => Connection.open(port)));
  const [looks, books]: [number[], number[]] = [[], []];
  const began = performance.now();
  const end = began + (WARM_UP + SECONDS) * 1000;
  let failed = 0;
  const timed = async (times: number[], due: number, send: () => Promise<{ status: number }>, right: number) => {
    const { status } = await send();
    if (status !== right) failed++;
    // The visitor's time begins when it was due, also while the connection is busy.
    if (due > began + WARM_UP * 1000) times.push(performance.now() - due);
  };
  const pace = async (first: number, every: number, work: (due: number) => Promise<void>) => {
    for (let due = first; due < end; due += every) {
      if (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      await work(due);
    }
  };
  await Promise.all([
    ...visitors.map((connection, n) => pace(began + (n / VISITORS) * LOOKS_EVERY * 1000, LOOKS_EVERY * 1000, (due) => timed(looks, due, () => connection.send("GET", `/api/v1/halls/demo/slots?item=${ITEM}`, addressOf(n)), 200))),
    ...bookers.map((connection, n) => pace(began + (n / bookers.length) * (bookers.length / BOOKINGS_PER_SECOND) * 1000, (bookers.length / BOOKINGS_PER_SECOND) * 1000, (due) => timed(books, due, () => connection.send("POST", "/api/v1/halls/demo/appointments", addressOf(100_000 + people), wish(starts)), 201))),
  ]);
  for (const connection of [...visitors, ...bookers]) connection.close();
  const all = [...looks, ...books];
  const p99 = quantile(all, 0.99);
  console.log(`booking: ${VISITORS} visitors looked ${looks.length} times (median ${quantile(looks, 0.5).toFixed(1)} ms, p99 ${quantile(looks, 0.99).toFixed(1)} ms) while ${books.length} bookings were made at ${(books.length / SECONDS).toFixed(1)}/s (median ${quantile(books, 0.5).toFixed(1)} ms, p99 ${quantile(books, 0.99).toFixed(1)} ms), ${failed} failed; p99 of all ${p99.toFixed(1)} ms (limit 300 ms) ${p99 <= 300 && failed === 0 ? "met" : "MISSED"}`);
}

async function atFullSpeed(world: World, port: number, starts: readonly string[], hallId: number): Promise<void> {
  const connections = await Promise.all(Array.from({ length: IN_FLIGHT }, () => Connection.open(port)));
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const peer = hasPgbench() ? pgbench(world, hallId) : undefined;
    let next = 0;
    const began = performance.now();
    await Promise.all(connections.map(async (connection) => {
      while (next++ < ROUND) {
        const { status, body } = await connection.send("POST", "/api/v1/halls/demo/appointments", addressOf(100_000 + people), wish(starts));
        if (status !== 201) throw new Error(`booking answered ${status}: ${body}`);
      }
    }));
    // The first round warms both sides up.
    if (round === 0) continue;
    ours.push((ROUND / (performance.now() - began)) * 1000);
    if (peer) theirs.push(peer);
  }
  for (const connection of connections) connection.close();
  console.log(theirs.length > 0
    ? `booking, one hall, ${IN_FLIGHT} in flight: ${median(ours).toFixed(0)}/s over HTTP with rules, limits, sealed data and the confirmation, ${median(theirs).toFixed(0)}/s by pgbench for booking, item, seat and event alone, ratio ${(median(ours) / median(theirs)).toFixed(2)}`
    : `booking, one hall, ${IN_FLIGHT} in flight: ${median(ours).toFixed(0)}/s over HTTP; pgbench is not installed, no ratio`);
}

/** The rows of a booking alone: the hall's lock, the booking, its item, its seat, its event. */
function pgbench(world: World, hallId: number): number {
  const script = path.join(tmpdir(), `yiting-bench-booking-${process.pid}.sql`);
  writeFileSync(script, `begin;
select now, today, seq from lock_hall(${hallId});
with a as (
  insert into appointments (hall_id, token, number, state, stock_id, line_id, day, starts, ends, channel, booked_at, created_at)
  select s.hall_id, gen_random_uuid()::text, gen_random_uuid()::text, 'booked', s.stock_id, t.line_id, s.day, s.starts, s.ends, 'web', app_now(), app_now()
    from slots s join stocks t on t.hall_id = s.hall_id and t.id = s.stock_id where s.hall_id = ${hallId} and t.code = 'A' and s.capacity > s.booked order by s.booked, s.id limit 1 returning hall_id, id, stock_id, starts),
i as (insert into appointment_items (hall_id, appointment_id, item_id) select a.hall_id, a.id, i.id from a join items i on i.hall_id = a.hall_id and i.code = '${ITEM}')
insert into appointment_seats (hall_id, slot_id, appointment_id, seats) select a.hall_id, s.id, a.id, 1 from a join slots s on s.hall_id = a.hall_id and s.stock_id = a.stock_id and s.starts = a.starts;
select seq, at from append_event(${hallId}, 'appointment.booked', 'bench', 'appointment:0', '{}');
commit;
`);
  return runPgbench(world.url, ["-c", String(IN_FLIGHT), "-j", "1", "-t", String(ROUND / IN_FLIGHT), "-f", script]);
}
