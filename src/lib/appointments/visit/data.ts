/** What a visit needs: its items, the stocks that serve them, their slots. */
import { sql } from "kysely";
import { itemAdmission, outsidePlace } from "@/lib/catalog/residency/data";
import { admissionRefusal, type AdmissionRefusal } from "@/lib/catalog/residency/model";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { badInput } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { AppointmentRow } from "../book/rows";
import { type Leg, type Offer, offerAt, offersOf, type SlotSeats, type StockKind } from "../model";
import { bookingRules } from "../rules/data";
import type { BookingRules } from "../rules/schema";
import { planDays } from "../stock/data";

export interface WantedItem {
  id: number;
  code: string;
  name: string;
  nameEn: string;
  lineId: number;
  minutes: number;
}

export type VisitRefusal = AdmissionRefusal | "item_inactive" | "not_bookable" | "too_many_items";

/** The items of a visit in the order in which they were named; 400 for an unknown code, a refusal for one that is not handled here. */
export async function wantedItems(db: Database | Tx, hallId: number, codes: readonly string[], today: string): Promise<Result<WantedItem[], VisitRefusal>> {
  const items: WantedItem[] = [];
  for (const code of new Set(codes)) {
    const found = await itemAdmission(db, hallId, code, today);
    if (!found) throw badInput("item_not_found", "item");
    if (!found.active) return refuse("item_inactive", { item: code }, "item");
    const refused = admissionRefusal(found);
    if (refused) return refuse(refused, { item: code, ...(await outsidePlace(db, hallId, code)) }, "item");
    if (found.lineId === null) return refuse("not_bookable", { item: code }, "item");
    items.push({ id: found.id, code, name: found.name, nameEn: found.nameEn, lineId: found.lineId, minutes: found.minutes! });
  }
  return ok(items);
}

/** One way to be served: a kind of stock with the parts of the visit, one per line. */
export interface Route {
  kind: StockKind;
  /** Code of the first part's stock. */
  stock: string;
  parts: { stockId: number; lineId: number; minutes: number; stockMinutes: number }[];
  /** The first part's stock, line and zone, as a booking shows them. */
  place: Pick<AppointmentRow, "stock" | "stock_name" | "stock_name_en" | "line" | "line_name" | "line_name_en" | "zone" | "zone_en" | "floor">;
}

/**
 * The stocks that can serve all items: usual hours may combine several lines; a special window, a home visit and a session
 * outside office hours serve one. A stock for named items goes before one for the whole line.
 */
export async function routesFor(db: Database | Tx, hallId: number, items: readonly WantedItem[], kind?: StockKind): Promise<Route[]> {
  if (items.length === 0) return [];
  const lines = [...new Set(items.map((item) => item.lineId))];
  const { rows } = await sql<{ id: number; code: string; kind: StockKind; line_id: number; items: string[]; minutes: number; place: Route["place"] }>`
    select s.id, s.code, s.kind, s.line_id, s.items, coalesce(s.service_minutes, s.minutes, l.minutes)::float8 as minutes,
           jsonb_build_object('stock', s.code, 'stock_name', s.name, 'stock_name_en', s.name_en, 'line', l.code, 'line_name', l.name, 'line_name_en', l.name_en, 'zone', z.name, 'zone_en', z.name_en, 'floor', z.floor) as place
      from stocks s join lines l on l.hall_id = s.hall_id and l.id = s.line_id left join zones z on z.hall_id = l.hall_id and z.id = l.zone_id
     where s.hall_id = ${hallId} and s.active and s.line_id = any(${lines}) and (${kind ?? null}::text is null or s.kind = ${kind ?? null}) order by cardinality(s.items) = 0, s.code`.execute(db);
  return (["regular", "special", "off_hours", "home"] as const).flatMap((each) => {
    if (lines.length > 1 && each !== "regular") return [];
    const parts = lines.map((lineId) => {
      const own = items.filter((item) => item.lineId === lineId);
      const stock = rows.find((row) => row.kind === each && row.line_id === lineId && (row.items.length === 0 || own.every((item) => row.items.includes(item.code))));
      return stock ? { stockId: stock.id, lineId, minutes: own.reduce((sum, item) => sum + item.minutes, 0), stockMinutes: stock.minutes, code: stock.code, place: stock.place } : undefined;
    });
    if (parts.some((part) => part === undefined)) return [];
    return [{ kind: each, stock: parts[0]!.code, place: parts[0]!.place, parts: parts.map((part) => ({ stockId: part!.stockId, lineId: part!.lineId, minutes: part!.minutes, stockMinutes: part!.stockMinutes })) }];
  });
}

/** A wish for a time. */
export interface Wish {
  codes: readonly string[];
  start: string;
  kind?: StockKind | undefined;
  party: number;
}

/** What is known of a wish without the hall's lock: nothing of it changes from one moment to the next. */
export interface ReadWish {
  rules: BookingRules;
  items: WantedItem[];
  routes: Route[];
  day: string;
  hall: { name: string; name_en: string; address: string; address_en: string; time_zone: string };
}

/** Reads a wish: rules, items, the stocks that can serve them, the day by the hall's clock. Before the lock, so that the lock is short. */
export async function readWish(db: Database | Tx, hallId: number, wish: Wish): Promise<Result<ReadWish, VisitRefusal | "party_too_large" | "slot_gone">> {
  const rules = await bookingRules(db, hallId);
  if (wish.codes.length > rules.maxItems) return refuse("too_many_items", { max: rules.maxItems }, "items");
  if (wish.party > rules.maxParty) return refuse("party_too_large", { max: rules.maxParty }, "party");
  const { rows: [at] } = await sql<ReadWish["hall"] & { today: string; day: string; ahead: number }>`
    select name, name_en, address, address_en, time_zone, today, d as day, d - today as ahead
      from halls h cross join lateral (select (app_now() at time zone h.time_zone)::date as today, (${wish.start}::timestamptz at time zone h.time_zone)::date as d) x where h.id = ${hallId}`.execute(db);
  const { today, day, ahead, ...hall } = at!;
  const items = await wantedItems(db, hallId, wish.codes, today);
  if (!items.ok) return items;
  const routes = await routesFor(db, hallId, items.value, wish.kind);
  if (routes.length === 0) return refuse("not_bookable", { item: wish.codes[0] }, "item");
  // The nth day with service is at least n - 1 days away: the calendar is asked for later ones only.
  if (ahead >= rules.horizonDays && day > (await lastDay(db, hallId, rules))) return refuse("slot_gone", {}, "start");
  return ok({ rules, items: items.value, routes, day, hall });
}

/** The last day that can be booked: so many days with service from today. */
export async function lastDay(db: Database | Tx, hallId: number, rules: Pick<BookingRules, "horizonDays">): Promise<string> {
  const days = await planDays(db, hallId, Math.min(120, rules.horizonDays * 3 + 14));
  const open = days.filter((day) => day.hours.length > 0);
  return (open[rules.horizonDays - 1] ?? open.at(-1) ?? days[0])!.date;
}

/** Slots of the given stocks between two days, by stock, in order. */
export async function slotsOf(db: Database | Tx, hallId: number, stockIds: readonly number[], from: string, to: string): Promise<Map<number, (SlotSeats & { day: string })[]>> {
  const { rows } = await sql<SlotSeats & { stockId: number; day: string }>`
    select stock_id as "stockId", id, day, starts, ends, capacity, booked, closed, per_window as "perWindow"
      from slots where hall_id = ${hallId} and stock_id = any(${[...stockIds]}) and day between ${from}::date and ${to}::date and (planned > 0 or adjust > 0) order by stock_id, starts`.execute(db);
  const byStock = new Map<number, (SlotSeats & { day: string })[]>();
  for (const { stockId, ...slot } of rows) byStock.set(stockId, [...(byStock.get(stockId) ?? []), slot]);
  return byStock;
}

const legsOf = (route: Route, slots: Map<number, SlotSeats[]>): Leg[] => route.parts.map((part) => ({ minutes: part.minutes, stockMinutes: part.stockMinutes, slots: slots.get(part.stockId) ?? [] }));

/** All times of a route, full ones too. */
export const routeOffers = (route: Route, slots: Map<number, SlotSeats[]>, party: number): Offer[] => offersOf(legsOf(route, slots), party);

/** The visit at one time by the first route that has room, else the first that exists at all. */
export function offerFor(routes: readonly Route[], slots: Map<number, SlotSeats[]>, party: number, start: string): { route: Route; offer: Offer } | undefined {
  const found = routes.flatMap((route) => {
    const legs = legsOf(route, slots);
    const begin = legs[0]?.slots.find((slot) => Date.parse(slot.starts) === Date.parse(start));
    const offer = begin ? offerAt(legs, party, begin.starts) : undefined;
    return offer ? [{ route, offer }] : [];
  });
  return found.find(({ offer }) => offer.free > 0) ?? found[0];
}

/**
 * Is there certainly no place at a time? Asked before the hall's lock is waited for, so that a rush on the last places is
 * refused at once. Seats whose release is due count as free; when in doubt the answer is no, and the booking decides.
 */
export async function surelyFull(db: Database | Tx, hallId: number, items: readonly string[], start: string): Promise<boolean> {
  const { rows } = await sql<{ slots: number; open: number }>`
    select count(*)::int as slots, count(*) filter (where not s.closed and s.capacity > s.booked - coalesce((select sum(x.seats) from appointment_seats x where x.hall_id = s.hall_id and x.slot_id = s.id and x.release_at <= app_now()), 0))::int as open
      from slots s where s.hall_id = ${hallId} and s.starts = ${start}::timestamptz and s.stock_id in (
        select t.id from stocks t join items i on i.hall_id = t.hall_id and i.line_id = t.line_id where t.hall_id = ${hallId} and t.active and i.code = ${items[0] ?? ""})`.execute(db);
  return rows[0]!.slots > 0 && rows[0]!.open === 0;
}
