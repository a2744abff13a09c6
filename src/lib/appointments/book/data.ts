/** What pages and the API read of bookings. */
import { sql } from "kysely";
import { codeTables } from "@/lib/catalog/codes/data";
import { comingDays } from "@/lib/calendar/data";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { ok, type Result } from "@/lib/kernel/result";
import { shared } from "@/lib/kernel/shared";
import { quietest, serviceTime, type StockKind } from "../model";
import { bookingRules } from "../rules/data";
import type { BookingRules } from "../rules/schema";
import type { Appointment, Booking, Slot } from "../schema";
import { type AppointmentRow, appointmentByToken, itemsOf } from "./rows";
import { lastDay, routeOffers, routesFor, slotsOf, type VisitRefusal, wantedItems } from "../visit/data";

interface Clock {
  now: string;
  today: string;
  time_zone: string;
  last: string;
  rules: BookingRules & { version: number };
  days: Map<string, { weekday: number; national: "holiday" | "work" | null }>;
}

/** What does not change within seconds is read once for many visitors who look at slots at the same time. */
const clocks = () => shared("booking-clocks", () => new Map<number, { from: number; value: Promise<Omit<Clock, "now">> }>());
const KEPT_MS = 2_000;

async function clockOf(db: Database, hallId: number): Promise<Clock> {
  const { rows } = await sql<{ now: string }>`select app_now() as now`.execute(db);
  const now = rows[0]!.now;
  const known = clocks().get(hallId);
  const age = known ? Date.parse(now) - known.from : Number.NaN;
  if (age >= 0 && age < KEPT_MS) return { ...(await known!.value), now };
  const value = readClock(db, hallId);
  clocks().set(hallId, { from: Date.parse(now), value });
  value.catch(() => clocks().delete(hallId));
  return { ...(await value), now };
}

async function readClock(db: Database, hallId: number): Promise<Omit<Clock, "now">> {
  const rules = await bookingRules(db, hallId);
  const last = await lastDay(db, hallId, rules);
  const { rows: [hall] } = await sql<{ today: string; time_zone: string }>`select (app_now() at time zone time_zone)::date as today, time_zone from halls where id = ${hallId}`.execute(db);
  const days = await comingDays(db, hallId, 120);
  return { ...hall!, last, rules, days: new Map(days.map((day) => [day.date, { weekday: day.weekday, national: day.kind === "holiday" || day.kind === "work" ? day.kind : null }])) };
}

export interface SlotsAsked {
  items: readonly string[];
  from?: string | undefined;
  to?: string | undefined;
  kind?: StockKind | undefined;
  party: number;
}

/** The times of a visit with the places that are free: the one stock of every channel. `quiet` marks up to three a day. */
export async function slotOffers(db: Database, hallId: number, asked: SlotsAsked): Promise<Result<Slot[], VisitRefusal>> {
  const clock = await clockOf(db, hallId);
  const items = await wantedItems(db, hallId, asked.items, clock.today);
  if (!items.ok) return items;
  const routes = await routesFor(db, hallId, items.value, asked.kind);
  const from = asked.from && asked.from > clock.today ? asked.from : clock.today;
  const to = asked.to && asked.to < clock.last ? asked.to : clock.last;
  const slots = await slotsOf(db, hallId, routes.flatMap((route) => route.parts.map((part) => part.stockId)), from, to);
  const earliest = Date.parse(clock.now) + clock.rules.leadMinutes * 60_000;
  const hour = new Intl.DateTimeFormat("en-GB", { timeZone: clock.time_zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const dayOf = new Map([...slots.values()].flat().map((slot) => [slot.starts, slot.day]));
  const all = routes.flatMap((route) => routeOffers(route, slots, asked.party).filter((offer) => Date.parse(offer.starts) >= earliest).map((offer) => {
    const day = dayOf.get(offer.starts)!;
    const [h, m] = hour.format(new Date(offer.starts)).split(":").map(Number) as [number, number];
    const known = clock.days.get(day);
    return { start: offer.starts, end: offer.ends, starts: offer.starts, free: offer.free, load: Math.round(offer.load * 100) / 100, kind: route.kind, stock: route.stock, day, time: serviceTime(h + m / 60, known?.weekday ?? 1, known?.national ?? null) };
  }));
  const quiet = new Set(grouped(all).flatMap((day) => quietest(day)));
  return ok(all.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0)).map((offer) => ({ start: offer.start, end: offer.end, free: offer.free, load: offer.load, kind: offer.kind, stock: offer.stock, time: offer.time, quiet: quiet.has(offer) })));
}

function grouped<T extends { day: string }>(all: readonly T[]): T[][] {
  const days = new Map<string, T[]>();
  for (const each of all) days.set(each.day, [...(days.get(each.day) ?? []), each]);
  return [...days.values()];
}

/** What the booking page tells before anybody types: rules, needs, the promise as it was kept. */
export async function bookingPage(db: Database, hallId: number): Promise<Booking> {
  const rules = await bookingRules(db, hallId);
  const kinds = await db.selectFrom("stocks").select("kind").distinct().where("hall_id", "=", hallId).where("active", "=", true).execute();
  const codes = await codeTables(db, ["companion_need", "booking_relation"]);
  const promise = await promiseKept(db, hallId, rules.promiseMinutes);
  const { leadMinutes: _a, returnMinutes: _b, remindHours: _c, ...shown } = rules;
  return { rules: shown, kinds: kinds.map((row) => row.kind as StockKind), needs: codes.get("companion_need") ?? [], relations: codes.get("booking_relation") ?? [], ...(promise.of > 0 ? { promise } : {}) };
}

/** Of those who came on time, how many were called within the promised minutes of their time (or of their arrival, when later); last 28 days. */
export async function promiseKept(db: Database | Tx, hallId: number, minutes: number): Promise<{ kept: number; of: number }> {
  const { rows } = await sql<{ kept: number; of: number }>`
    select count(*) filter (where t.called_at <= greatest(t.booked_start, t.issued_at) + make_interval(mins => ${minutes}))::int as kept, count(*)::int as of
      from tickets t where t.hall_id = ${hallId} and t.booked_start is not null and not t.booked_late and t.called_at is not null and t.day > (app_now() - interval '28 days')::date
       and not exists (select 1 from appointments a where a.hall_id = t.hall_id and a.ticket_id = t.id and a.duplicate)`.execute(db);
  return rows[0]!;
}

/** A booking by its link, personal data masked. */
export const appointmentPage = async (db: Database, token: string): Promise<Appointment> => toAppointment(db, await appointmentByToken(db, token));

export async function toAppointment(db: Database | Tx, row: AppointmentRow): Promise<Appointment> {
  const rules = await bookingRules(db, row.hall_id);
  const items = await itemsOf(db, row);
  const { rows: [hall] } = await sql<{ code: string; name: string; name_en: string; address: string; address_en: string; phone: string; now: string; today: string }>`
    select code, name, name_en, address, address_en, phone, app_now() as now, (app_now() at time zone time_zone)::date as today from halls where id = ${row.hall_id}`.execute(db);
  const at = (minutes: number) => new Date(Date.parse(row.starts) + minutes * 60_000).toISOString();
  const changeUntil = at(-rules.cancelMinutes);
  const arriveFrom = at(-rules.earlyMinutes);
  const changeable = row.state === "booked" && Date.parse(hall!.now) <= Date.parse(changeUntil);
  const proposal = row.proposal as { starts: string; ends: string; reason: string; until: string } | null;
  const appointment = {
    id: String(row.id), token: row.token, number: row.number, state: row.state,
    hall: hall!.code, hallName: hall!.name, hallNameEn: hall!.name_en, address: hall!.address, addressEn: hall!.address_en, phone: hall!.phone,
    items: items.map(({ code, name, nameEn }) => ({ code, name, nameEn })), line: row.line, lineName: row.line_name, lineNameEn: row.line_name_en, zone: row.zone, zoneEn: row.zone_en, floor: row.floor,
    kind: row.stock_kind, start: row.starts, end: row.ends, day: row.day, party: row.party, needs: row.needs, relation: row.relation, class: row.class, channel: row.channel,
    person: { name: row.name_mask, phone: row.phone_mask }, heldUntil: row.held_until, bookedAt: row.booked_at, arrivedAt: row.arrived_at, late: row.late, duplicate: row.duplicate,
    changeUntil, arriveFrom, arriveUntil: at(rules.lateMinutes), canCancel: changeable || row.state === "held", canMove: changeable,
    canArrive: (row.state === "booked" || row.state === "missed") && row.day === hall!.today && Date.parse(hall!.now) >= Date.parse(arriveFrom),
    proposal: proposal && Date.parse(proposal.until) > Date.parse(hall!.now) ? { start: proposal.starts, end: proposal.ends, reason: proposal.reason, until: proposal.until } : null,
    ticket: row.ticket_number ? { number: row.ticket_number, token: row.token, state: row.ticket_state! } : null,
  };
  return Object.fromEntries(Object.entries(appointment).filter(([, value]) => value !== null)) as unknown as Appointment;
}

/** Counts a wish that met no free slot, by the hour that was wanted and without anything about the person (BG-4.2.2). */
export async function countDemand(db: Database, hallId: number, items: readonly string[], start: string, kind: "full" | "outside_hours"): Promise<void> {
  await sql`insert into booking_demand (hall_id, item_id, day, hour, kind, n)
    select i.hall_id, i.id, (${start}::timestamptz at time zone h.time_zone)::date, extract(hour from ${start}::timestamptz at time zone h.time_zone)::int, ${kind}, 1
      from items i join halls h on h.id = i.hall_id where i.hall_id = ${hallId} and i.code = any(${[...items]})
    on conflict (hall_id, item_id, day, hour, kind) do update set n = booking_demand.n + 1`.execute(db);
}

/** Counts that somebody looked at a day on which nothing is free any more. */
export async function countFullDays(db: Database, hallId: number, items: readonly string[], offers: readonly Slot[]): Promise<void> {
  if (offers.every((offer) => offer.free > 0)) return;
  // Days are the hall's: a session before eight in the morning lies on another day in UTC.
  await sql`insert into booking_demand (hall_id, item_id, day, hour, kind, n)
    select i.hall_id, i.id, d.day, -1, 'day_full', 1
      from (select (o.start at time zone h.time_zone)::date as day from halls h cross join unnest(${offers.map((offer) => offer.start)}::timestamptz[], ${offers.map((offer) => offer.free)}::int[]) as o(start, free) where h.id = ${hallId} group by 1 having max(o.free) = 0) d
      cross join items i where i.hall_id = ${hallId} and i.code = any(${[...items]})
    on conflict (hall_id, item_id, day, hour, kind) do update set n = booking_demand.n + 1`.execute(db);
}
