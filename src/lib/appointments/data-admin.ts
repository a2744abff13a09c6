/** Booking as the administration lists it. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";
import { bookingRules } from "./rules/data";

type Db = Database | Tx;

export interface StockRow {
  code: string; name: string; nameEn: string; kind: string; line: string; items: string[]; windows: string[]; times: string[]; slotMinutes: number; minutes: number | null; serviceMinutes: number | null; share: number; seats: number | null; team: string; active: boolean; version: number;
}

export const listStocks = (db: Db, hallId: number, query: ListQuery): Promise<List<StockRow>> =>
  readList<StockRow>(db, sql`
    select s.code, s.name, s.name_en as "nameEn", s.kind, l.code as line, s.items, s.windows, s.times, s.slot_minutes as "slotMinutes", s.minutes::float8 as minutes, s.service_minutes::float8 as "serviceMinutes",
           round(s.share * 100, 1)::float8 as share, s.seats, s.team, s.active, s.version
      from stocks s join lines l on l.hall_id = s.hall_id and l.id = s.line_id where s.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn", "line"], order: ["kind", "code"], names: ["name"], arrays: ["items", "windows", "times"] }, query);

export interface BookingRow {
  code: string; number: string; day: string; starts: string; state: string; late: boolean; stockKind: string; line: string; item: string; itemEn: string; name: string; phone: string; party: number; needs: string[]; channel: string; duplicate: boolean; relation: string; ticket: string | null; promised: boolean | null; reason: string | null; bookedAt: string | null; changes: number; version: number;
}

/** Bookings, the coming ones first; personal data masked. `code` is the row's id, since a number counts for its day only. */
export async function listBookings(db: Db, hallId: number, query: ListQuery): Promise<List<BookingRow>> {
  const { promiseMinutes } = await bookingRules(db, hallId);
  return readList<BookingRow>(db, sql`
    select a.id::text as code, a.number, a.day, a.starts, a.state, a.late, s.kind as "stockKind", l.code as line, x.item, x.item_en as "itemEn", a.name_mask as name, a.phone_mask as phone, a.party, a.needs, a.channel, a.duplicate, a.relation,
           t.number as ticket, case when t.called_at is null or a.late or a.duplicate then null else t.called_at <= greatest(t.booked_start, t.issued_at) + make_interval(mins => ${promiseMinutes}) end as promised, a.ended_reason as reason, a.booked_at as "bookedAt", a.changes, 1 as version
      from appointments a join stocks s on s.hall_id = a.hall_id and s.id = a.stock_id join lines l on l.hall_id = a.hall_id and l.id = a.line_id left join tickets t on t.hall_id = a.hall_id and t.id = a.ticket_id
      left join lateral (select string_agg(i.name, '、') as item, string_agg(i.name_en, ', ') as item_en from appointment_items y join items i on i.hall_id = y.hall_id and i.id = y.item_id where y.hall_id = a.hall_id and y.appointment_id = a.id) x on true
     where a.hall_id = ${hallId} and a.state not in ('held', 'expired')`,
  { search: ["number", "item", "itemEn", "name", "phone", "ticket"], order: ["starts", "code"], arrays: ["needs"] }, query.sort ? query : { ...query, sort: "starts", desc: true });
}

export interface DutyRow {
  code: string; day: string; starts: string; ends: string; stock: string; stockName: string; stockNameEn: string; kind: string; booked: number; staff: string[]; state: string; team: string; version: number;
}

export const listDuties = (db: Db, hallId: number, query: ListQuery): Promise<List<DutyRow>> =>
  readList<DutyRow>(db, sql`
    select d.id::text as code, d.day, d.starts, d.ends, s.code as stock, s.name as "stockName", s.name_en as "stockNameEn", s.kind, d.booked, array(select x.name from staff x where x.id = any(d.staff_ids) order by x.name) as staff,
           case when d.ends < app_now() and d.state <> 'cancelled' then 'over' else d.state end as state, s.team, 1 as version
      from duties d join stocks s on s.hall_id = d.hall_id and s.id = d.stock_id where d.hall_id = ${hallId}`,
  { search: ["stock", "stockName", "stockNameEn", "team"], order: ["starts", "code"], arrays: ["staff"] }, query.sort ? query : { ...query, sort: "starts", desc: true });

export interface PauseRow {
  code: string; phone: string; missed: number; starts: string; ends: string; state: string; appeal: string | null; appealAt: string | null; answer: string | null; version: number;
}

export const listPauses = (db: Db, hallId: number, query: ListQuery): Promise<List<PauseRow>> =>
  readList<PauseRow>(db, sql`
    select id::text as code, phone_mask as phone, missed, starts, ends, case when lifted_at is not null then 'lifted' when ends <= app_now() then 'over' when appeal is not null and answer is null then 'appealed' else 'running' end as state, appeal, appeal_at as "appealAt", answer, 1 as version
      from booking_pauses where hall_id = ${hallId}`,
  { search: ["phone", "appeal"], order: ["starts", "code"] }, query.sort ? query : { ...query, sort: "starts", desc: true });

export interface DemandRow {
  code: string; item: string; name: string; nameEn: string; kind: string; hour: number | null; days: number; n: number; lastDay: string; version: number;
}

/** Wishes that met no free time, by item and hour of the last 90 days (BG-4.2.2): where a session outside office hours would help. */
export const listDemand = (db: Db, hallId: number, query: ListQuery): Promise<List<DemandRow>> =>
  readList<DemandRow>(db, sql`
    select i.code || '/' || d.kind || '/' || d.hour as code, i.code as item, i.name, i.name_en as "nameEn", d.kind, nullif(d.hour, -1) as hour, count(distinct d.day)::int as days, sum(d.n)::int as n, max(d.day) as "lastDay", 1 as version
      from booking_demand d join items i on i.hall_id = d.hall_id and i.id = d.item_id where d.hall_id = ${hallId} and d.day > (app_now() - interval '90 days')::date group by i.code, i.name, i.name_en, d.kind, d.hour`,
  { search: ["item", "name", "nameEn"], order: ["code"], names: ["name"] }, query.sort ? query : { ...query, sort: "n", desc: true });

export interface RulesRow {
  code: string; version: number; horizonDays: number; leadMinutes: number; cancelMinutes: number; earlyMinutes: number; lateMinutes: number; holdMinutes: number; returnMinutes: number; perItem: number; perDay: number; perWeek: number;
  pauseMissed: number; pauseWithin: number; pauseDays: number; remindHours: number; promiseMinutes: number; maxParty: number; maxItems: number;
}

/** The one row of a hall's booking rules. */
export async function listRules(db: Db, hallId: number, _query: ListQuery): Promise<List<RulesRow>> {
  const { pause, ...rules } = await bookingRules(db, hallId);
  const { code } = await db.selectFrom("halls").select("code").where("id", "=", hallId).executeTakeFirstOrThrow();
  return { rows: [{ code, ...rules, pauseMissed: pause.missed, pauseWithin: pause.withinDays, pauseDays: pause.days }], total: 1 };
}
