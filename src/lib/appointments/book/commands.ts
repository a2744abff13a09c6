import { randomInt } from "node:crypto";
import { type Selectable, sql, type UpdateObject } from "kysely";
import { requireCodes } from "@/lib/catalog/codes/data";
import type { DB } from "@/lib/db/types";
import { checkIdNumber } from "@/lib/kernel/id-number";
import { hallToken } from "@/lib/kernel/ids";
import { maskName, maskPhone } from "@/lib/kernel/mask";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { blindIndex, seal } from "@/lib/kernel/sealed";
import type { HallContext } from "@/lib/ledger/commands";
import { currentPolicy } from "@/lib/queue/policy/data";
import { classOf } from "@/lib/queue/policy/model";
import { APPOINTMENT_STEPS, type AppointmentState, type AppointmentStep, canStep, type Offer, type StockKind } from "../model";
import { bookingRules } from "../rules/data";
import type { BookingRules } from "../rules/schema";
import type { Booked, BookInput, HoldInput } from "../schema";
import { staffDuty } from "../duties/commands";
import { limitsOf, type LimitRefusal } from "../limits/commands";
import { tellBooked } from "../tell/commands";
import { type AppointmentRow, appointmentRows, type ItemName, itemsOf, type SealedPerson } from "./rows";
import { offerFor, type ReadWish, readWish, type Route, slotsOf, type VisitRefusal, type WantedItem, type Wish } from "../visit/data";

export interface BookOptions {
  /** Key of the installation for personal data. */
  secret: string;
  /** Booked by the visitor alone: limits and pauses count. Staff at a desk book for whoever stands there. */
  online: boolean;
  citizenId?: number | undefined;
  /** What was read of the wish before the lock was taken. */
  read?: ReadWish | undefined;
}

/** The wish in an input; without `start` it is a hold's. */
export const wishOf = (input: { item?: string | undefined; items?: string[] | undefined; start?: string | undefined; kind?: StockKind | undefined; party: number }): Wish =>
  ({ codes: input.items ?? (input.item === undefined ? [] : [input.item]), start: input.start ?? "", kind: input.kind, party: input.party });

export type SeatRefusal = VisitRefusal | "slot_full" | "slot_gone" | "slot_too_soon" | "party_too_large";
export type BookRefusal = SeatRefusal | LimitRefusal | "hold_expired" | "id_number_invalid" | "class_unknown" | "address_needed";

/** Seats whose time has come are free again, and holds that ran out are over. */
export async function releaseDue(ctx: HallContext): Promise<number> {
  const { rows: [due] } = await sql<{ released: number; held: { id: number; number: string; state: string }[] }>`
    with gone as (delete from appointment_seats where hall_id = ${ctx.hall.id} and release_at <= ${ctx.now}::timestamptz returning 1)
    select (select count(*)::int from gone) as released,
           coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'number', a.number, 'state', a.state)) from appointments a where a.hall_id = ${ctx.hall.id} and a.state = 'held' and a.held_until <= ${ctx.now}::timestamptz), '[]') as held`.execute(ctx.tx);
  for (const row of due!.held) await takeAppointmentStep(ctx, row, "expire", { ended_at: ctx.now });
  return due!.released;
}

/** Takes one step of a booking's life as a conditional update with its event; a refusal when it is in another state. */
export async function takeAppointmentStep(ctx: HallContext, row: { id: number; number: string; state: string }, step: AppointmentStep, set: UpdateObject<DB, "appointments">, data: Record<string, unknown> = {}): Promise<Result<number, "step_refused">> {
  const { from, to, event } = APPOINTMENT_STEPS[step];
  if (!canStep(step, row.state as AppointmentState)) return refuse("step_refused", { number: row.number, state: row.state });
  const changed = await ctx.tx.updateTable("appointments").set({ ...set, state: to }).where("hall_id", "=", ctx.hall.id).where("id", "=", row.id).where("state", "in", [...from]).returning("id").executeTakeFirst();
  if (!changed) return refuse("step_refused", { number: row.number, state: row.state });
  await ctx.append(event, `appointment:${row.id}`, { number: row.number, state: to, ...data });
  return ok(row.id);
}

interface Chosen {
  items: WantedItem[];
  route: Route;
  offer: Offer;
  day: string;
  rules: BookingRules;
  hall: ReadWish["hall"];
}

/** The seats of a wish, fresh under the hall's lock; `read` is what was read of it before. */
export async function chooseSeats(ctx: HallContext, wish: Wish, read?: ReadWish): Promise<Result<Chosen, SeatRefusal>> {
  const known = read ? ok(read) : await readWish(ctx.tx, ctx.hall.id, wish);
  if (!known.ok) return known;
  const { rules, items, routes, day, hall } = known.value;
  if (Date.parse(wish.start) < Date.parse(ctx.now) + rules.leadMinutes * 60_000) return refuse("slot_too_soon", { minutes: rules.leadMinutes }, "start");
  const stocks = [...new Set(routes.flatMap((route) => route.parts.map((part) => part.stockId)))];
  const look = async () => offerFor(routes, await slotsOf(ctx.tx, ctx.hall.id, stocks, day, day), wish.party, wish.start);
  let found = await look();
  // Only where nothing is free does it matter whether seats have come back since the job last looked.
  if (found && found.offer.free < 1 && (await releaseDue(ctx)) > 0) found = await look();
  if (!found) return refuse("slot_gone", {}, "start");
  return found.offer.free < 1 ? refuse("slot_full", {}, "start") : ok({ items, route: found.route, offer: found.offer, day, rules, hall });
}

/** Six digits, so that a number is read out and typed without a mistake; free on the day or tried again. */
const someNumber = (): string => `Y${String(randomInt(0, 1_000_000)).padStart(6, "0")}`;

/** The booking's own number if nobody has it on another day, else a new one. */
export async function numberOn(ctx: HallContext, day: string, own: string): Promise<string> {
  for (let number = own; ; number = someNumber()) {
    if (!(await ctx.tx.selectFrom("appointments").select("id").where("hall_id", "=", ctx.hall.id).where("day", "=", day).where("number", "=", number).executeTakeFirst())) return number;
  }
}

async function insertAppointment(ctx: HallContext, { route, offer, day, items }: Chosen, more: { state: "held" | "booked"; channel: string; party: number } & Record<string, unknown>, releaseAt: string | null): Promise<AppointmentRow> {
  let made: Selectable<DB["appointments"]> | undefined;
  while (!made) made = await ctx.tx.insertInto("appointments").values({
    hall_id: ctx.hall.id, token: hallToken(ctx.hall.id), number: someNumber(), stock_id: route.parts[0]!.stockId, line_id: route.parts[0]!.lineId,
    day, starts: offer.starts, ends: offer.ends, created_at: ctx.now, ...more,
  } as never).onConflict((conflict) => conflict.columns(["hall_id", "day", "number"]).doNothing()).returningAll().executeTakeFirst();
  // One trip for both: the hall's lock is held meanwhile.
  await sql`
    with item as (insert into appointment_items (hall_id, appointment_id, item_id) select ${ctx.hall.id}, ${made.id}, i from unnest(${items.map((item) => item.id)}::int[]) i)
    insert into appointment_seats (hall_id, appointment_id, slot_id, seats, release_at)
    select ${ctx.hall.id}, ${made.id}, slot, seats, ${releaseAt}::timestamptz from unnest(${offer.seats.map(({ slot }) => slot)}::bigint[], ${offer.seats.map(({ seats }) => seats)}::int[]) as s(slot, seats)`.execute(ctx.tx);
  return { ...made, ...route.place, stock_kind: route.kind, ticket_number: null, ticket_state: null };
}

/** Seats for a booking; the constraint of the slots is the last word against overselling. */
export async function takeSeats(ctx: HallContext, id: number, offer: Offer, releaseAt: string | null): Promise<void> {
  await ctx.tx.insertInto("appointment_seats").values(offer.seats.map(({ slot, seats }) => ({ hall_id: ctx.hall.id, slot_id: slot, appointment_id: id, seats, release_at: releaseAt }))).execute();
}

/** Keeps seats for some minutes while the form is filled. */
export async function holdSeats(ctx: HallContext, input: HoldInput, read?: ReadWish): Promise<Result<Booked, SeatRefusal>> {
  const chosen = await chooseSeats(ctx, wishOf(input), read);
  if (!chosen.ok) return chosen;
  const until = new Date(Date.parse(ctx.now) + chosen.value.rules.holdMinutes * 60_000).toISOString();
  const row = await insertAppointment(ctx, chosen.value, { state: "held", channel: input.channel, party: input.party, held_until: until }, until);
  await ctx.append("appointment.held", `appointment:${row.id}`, factsOf(row, chosen.value.items));
  return ok(toBooked(ctx, row, []));
}

/**
 * Books a visit: from a hold, or at once. Every channel takes its seats here, from the same slots (GD-6.1.1a). The
 * confirmation with the contents of GD-6.1.2 is written in the same transaction.
 */
export async function bookVisit(ctx: HallContext, input: BookInput, options: BookOptions): Promise<Result<Booked, BookRefusal>> {
  const { idNumber } = input.person;
  const checked = idNumber ? checkIdNumber(idNumber) : undefined;
  if (checked && !checked.ok) return refuse("id_number_invalid", { reason: checked.reason }, "person.idNumber");
  if (input.needs.length > 0 || input.relation !== "self") await requireCodes(ctx.tx, [{ field: "needs", table: "companion_need", codes: input.needs }, { field: "relation", table: "booking_relation", codes: [input.relation] }]);
  const keys = keysOf(input, options.secret);
  const held = input.hold === undefined ? undefined : await heldBy(ctx, input.hold);
  if (held && !held.ok) return held;
  const codes = held ? held.value.items.map((item) => item.code) : (input.items ?? [input.item!]);
  const chosen = held ? undefined : await chooseSeats(ctx, wishOf(input), options.read);
  if (chosen && !chosen.ok) return chosen;
  const rules = chosen?.value.rules ?? (await bookingRules(ctx.tx, ctx.hall.id));
  const day = held ? held.value.row.day : chosen!.value.day;
  const kind = held ? held.value.row.stock_kind : chosen!.value.route.kind;
  if (kind === "home" && !input.address) return refuse("address_needed", {}, "address");
  const known = input.class === "normal" ? undefined : classOf(await currentPolicy(ctx.tx, ctx.hall.id), input.class);
  if (input.class !== "normal" && (!known || known.byBooking)) return refuse("class_unknown", { class: input.class }, "class");
  const limits = await limitsOf(ctx, { ...keys, codes, day, online: options.online }, rules);
  if (!limits.ok) return limits;

  const values = { ...personValues(input, keys, options), duplicate: limits.value.duplicate, state: "booked" as const, booked_at: ctx.now, held_until: null };
  const row = held ? await confirmHold(ctx, held.value.row, values) : await insertAppointment(ctx, chosen!.value, { ...values, party: input.party }, null);
  const items = held ? held.value.items : chosen!.value.items;
  await ctx.append("appointment.booked", `appointment:${row.id}`, factsOf(row, items));
  if (row.stock_kind !== "regular") await staffDuty(ctx, row.stock_id, row.day);
  await tellBooked(ctx, row, { items, hall: chosen?.value.hall }, input);
  return ok(toBooked(ctx, row, limits.value.duplicate ? ["duplicate"] : []));
}

async function heldBy(ctx: HallContext, token: string): Promise<Result<{ row: AppointmentRow; items: ItemName[] }, "hold_expired">> {
  const row = await appointmentRows(ctx.tx, ctx.hall.id).where("a.token", "=", token).executeTakeFirst();
  if (!row || row.state !== "held" || row.held_until === null || row.held_until <= ctx.now) return refuse("hold_expired", {}, "hold");
  return ok({ row, items: await itemsOf(ctx.tx, row) });
}

async function confirmHold(ctx: HallContext, row: AppointmentRow, values: Record<string, unknown>): Promise<AppointmentRow> {
  await ctx.tx.updateTable("appointments").set(values as never).where("hall_id", "=", ctx.hall.id).where("id", "=", row.id).where("state", "=", "held").execute();
  await ctx.tx.updateTable("appointment_seats").set({ release_at: null }).where("hall_id", "=", ctx.hall.id).where("appointment_id", "=", row.id).execute();
  return appointmentRows(ctx.tx, ctx.hall.id).where("a.id", "=", row.id).executeTakeFirstOrThrow();
}

export interface PersonKeys {
  /** Of the phone that books: messages go there, limits count there. */
  phoneKey: string;
  personKey: string;
  idKey: string | null;
}

/** Keyed hashes by which one person's bookings are found; the ID number where it is known, else phone and name. */
function keysOf(input: BookInput, secret: string): PersonKeys {
  const { name, phone, idNumber } = input.person;
  const idKey = idNumber ? blindIndex(secret, "id", idNumber) : null;
  return { phoneKey: blindIndex(secret, "phone", input.booker?.phone ?? phone), idKey, personKey: idKey ?? blindIndex(secret, "phone", `${phone}|${name}`) };
}

function personValues(input: BookInput, keys: PersonKeys, options: BookOptions) {
  const { name, phone, idNumber } = input.person;
  const sealed: SealedPerson = { name, phone, idNumber, booker: input.booker, address: input.address, note: input.note };
  return {
    channel: input.channel, locale: input.locale, class: input.class, needs: input.needs, relation: input.relation, citizen_id: options.citizenId ?? null,
    name_mask: maskName(name), phone_mask: maskPhone(phone), person: seal(options.secret, JSON.stringify(sealed)), phone_key: keys.phoneKey, person_key: keys.personKey, id_key: keys.idKey,
  };
}

/** What the ledger remembers: nothing about the person. */
const factsOf = (row: AppointmentRow, items: readonly { code: string }[]) => ({
  number: row.number, state: row.state, stock: row.stock, kind: row.stock_kind, line: row.line, starts: row.starts, ends: row.ends, channel: row.channel, party: row.party, items: items.map((item) => item.code),
  ...(row.needs.length > 0 ? { needs: row.needs } : {}), ...(row.duplicate ? { duplicate: true } : {}),
});

const toBooked = (ctx: HallContext, row: AppointmentRow, messages: string[]): Booked => ({
  id: String(row.id), token: row.token, number: row.number, state: row.state as AppointmentState, start: row.starts, end: row.ends, hall: ctx.hall.code, duplicate: row.duplicate, messages,
  ...(row.held_until ? { heldUntil: row.held_until } : {}),
});
