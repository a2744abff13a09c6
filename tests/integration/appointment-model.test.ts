import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { holdSeats } from "@/lib/appointments/book/commands";
import { type AppointmentState, type AppointmentStep, canStep } from "@/lib/appointments/model";
import { publishBookingRules } from "@/lib/appointments/rules/commands";
import { bookingRulesSchema } from "@/lib/appointments/rules/schema";
import { holdInput } from "@/lib/appointments/schema";
import { cancelAppointment, checkIn, rescheduleAppointment } from "@/lib/appointments/steps/commands";
import { saveStock } from "@/lib/appointments/stock/commands";
import { stockInput } from "@/lib/appointments/stock/schema";
import { tendAppointments } from "@/lib/appointments/tend/commands";
import type { Result } from "@/lib/kernel/result";
import { verifyHall } from "@/lib/queue/ledger/data";
import { book, row, seatFaults, SECRET, travel } from "../support/booking";
import { act, db, demo, later, must } from "../support/hall";

/**
 * Model of slot stock and booking life (reliability.md section 5): random commands run against the real database and a
 * plain model of what a hall's people expect; afterwards I5 (numbers: waiting and ended are all that were issued), I6 and I7
 * (bookings of a slot never above its capacity) are proved, with the replay of the ledger.
 */
const SEQUENCES = Number(process.env.BOOKING_SEQUENCES ?? 60);
const CAPACITY = 3;
const ITEM = "992001001000";
const STARTS = ["12:00", "12:30"] as const;
type Slot = (typeof STARTS)[number];

interface Model {
  /** Seats in use by slot. */
  used: Record<Slot, number>;
  bookings: { token: string; state: AppointmentState; slot: Slot }[];
  waits: number;
}
interface Real {
  start: (slot: Slot) => string;
}

class Command implements fc.AsyncCommand<Model, Real> {
  constructor(readonly name: string, readonly play: (model: Model, real: Real) => Promise<void>) {}
  check = () => true;
  run = (model: Model, real: Real) => this.play(model, real);
  toString = () => this.name;
}

const codeOf = (outcome: Result<unknown>): string => (outcome.ok ? "ok" : outcome.code);
const pick = (model: Model, index: number) => model.bookings[index % Math.max(1, model.bookings.length)];

const take = (how: "hold" | "book", slot: Slot) => new Command(`${how}(${slot})`, async (model, real) => {
  const outcome = how === "book" ? await book({ item: ITEM, start: real.start(slot) }) : await act((ctx) => holdSeats(ctx, holdInput.parse({ item: ITEM, start: real.start(slot) })));
  expect(codeOf(outcome)).toBe(model.used[slot] < CAPACITY ? "ok" : "slot_full");
  if (!outcome.ok) return;
  model.used[slot]++;
  model.bookings.push({ token: outcome.value.token, state: how === "book" ? "booked" : "held", slot });
});

/** A step on one of the bookings so far: allowed by the table, or refused and without any trace. */
const step = (name: AppointmentStep, index: number, play: (token: string) => Promise<Result<unknown>>, done: (model: Model, booking: Model["bookings"][number]) => void) => new Command(`${name}(#${index})`, async (model) => {
  const booking = pick(model, index);
  if (!booking) return;
  const before = await row(booking);
  const outcome = await play(booking.token);
  if (name === "arrive" && booking.state === "arrived") return expect(codeOf(outcome)).toBe("ok");
  if (!canStep(name, booking.state)) {
    expect(codeOf(outcome)).toBe(name === "confirm" ? "hold_expired" : "step_refused");
    return expect(await row(booking)).toEqual(before);
  }
  expect(codeOf(outcome)).toBe("ok");
  done(model, booking);
  expect((await row(booking)).state).toBe(booking.state);
});

const confirm = (index: number) => step("confirm", index, (token) => book({ hold: token }), (_model, booking) => void (booking.state = "booked"));
const cancel = (index: number) => step("cancel", index, (token) => act(async (ctx) => cancelAppointment(ctx, await row({ token }), { staff: true })), (model, booking) => {
  booking.state = "cancelled";
  model.used[booking.slot]--;
});
const arrive = (index: number) => step("arrive", index, (token) => act(async (ctx) => checkIn(ctx, await row({ token }), { secret: SECRET, trusted: true, channel: "kiosk" })), (_model, booking) => void (booking.state = "arrived"));

const move = (index: number, slot: Slot) => new Command(`move(#${index},${slot})`, async (model, real) => {
  const booking = pick(model, index);
  if (!booking) return;
  const outcome = await act(async (ctx) => rescheduleAppointment(ctx, await row(booking), { start: real.start(slot) }, true));
  if (booking.state !== "booked") return expect(codeOf(outcome)).toBe("step_refused");
  // Its own seat is not in its way.
  const full = model.used[slot] - (booking.slot === slot ? 1 : 0) >= CAPACITY;
  expect(codeOf(outcome)).toBe(full ? "slot_full" : "ok");
  if (full) return;
  model.used[booking.slot]--;
  model.used[slot]++;
  booking.slot = slot;
});

const wait = () => new Command("wait", async (model) => {
  if (model.waits >= 3) return;
  model.waits++;
  await later(6 * 60);
  const before = model.bookings.filter((booking) => booking.state === "held");
  await tendAppointments(db());
  for (const booking of before) {
    booking.state = (await row(booking)).state as AppointmentState;
    if (booking.state === "expired") model.used[booking.slot]--;
  }
});

beforeAll(async () => {
  await travel("2043-12-02T07:00:00+08:00");
  must(await act((ctx) => publishBookingRules(ctx, bookingRulesSchema.parse({ returnMinutes: 0, earlyMinutes: 120, lateMinutes: 240, remindHours: 0, pause: { missed: 0, withinDays: 1, days: 1 } }), 0)));
  must(await act((ctx) => saveStock(ctx, stockInput.parse({ code: "A", name: "综合受理", nameEn: "General intake", line: "A", seats: CAPACITY, times: "1-7 12:00-13:00|H 12:00-13:00" }))));
});

it(`${SEQUENCES} random sequences of commands keep slots and bookings as a plain model says (I5–I7)`, async () => {
  const index = fc.nat({ max: 30 });
  const slot = fc.constantFrom(...STARTS);
  const commands = fc.commands([
    slot.map((each) => take("hold", each)), slot.map((each) => take("book", each)), slot.map((each) => take("book", each)),
    index.map(confirm), index.map(cancel), index.map(arrive), fc.tuple(index, slot).map(([at, each]) => move(at, each)), fc.constant(null).map(() => wait()),
  ], { maxCommands: 24 });
  let day = 2;
  await fc.assert(fc.asyncProperty(commands, async (sequence) => {
    day++;
    const date = new Date(Date.UTC(2043, 11, day)).toISOString().slice(0, 10);
    await travel(`${date}T11:00:00+08:00`);
    const model: Model = { used: { "12:00": 0, "12:30": 0 }, bookings: [], waits: 0 };
    await fc.asyncModelRun(() => ({ model, real: { start: (each: Slot) => new Date(`${date}T${each}:00+08:00`).toISOString() } }), sequence);
    const { rows } = await sql<{ clock: Slot; booked: number }>`select to_char(s.starts at time zone 'Asia/Shanghai', 'HH24:MI') as clock, s.booked from slots s join stocks t on t.hall_id = s.hall_id and t.id = s.stock_id where t.code = 'A' and s.hall_id = 1 and s.day = ${date}`.execute(db());
    expect(Object.fromEntries(rows.map((each) => [each.clock, each.booked]))).toEqual(model.used);
  }), { numRuns: SEQUENCES, endOnFailure: true });
  expect(await seatFaults()).toEqual([]);
  expect((await verifyHall(db(), (await demo()).id)).faults).toEqual([]);
  const { rows: [numbers] } = await sql<{ gaps: number; bookings: number; tickets: number }>`
    select (select count(*)::int from (select max(number_seq) - count(*) as gap from tickets group by hall_id, day, number_line_id) g where gap <> 0) as gaps,
           (select count(*)::int from appointments where state = 'arrived') as bookings, (select count(*)::int from tickets where booked_start is not null) as tickets`.execute(db());
  expect(numbers).toMatchObject({ gaps: 0, bookings: numbers!.tickets });
}, 600_000);
