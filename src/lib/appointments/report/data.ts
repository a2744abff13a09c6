/** Figures of booking: planned against booked, who stayed away, services by their times. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { overbooking, serviceTime, type ServiceTime, type StockKind } from "../model";

export interface WeekSlot {
  id: number; stock: string; day: string; starts: string; ends: string; clock: string; planned: number; adjust: number; capacity: number; booked: number; wanted: number; closed: boolean; note: string;
}

export interface StockWeek {
  code: string; name: string; nameEn: string; kind: StockKind; slots: WeekSlot[];
  planned: number; booked: number;
  /** Share of bookings of the last 90 days whose visitor did not come; null below 20 of them. */
  noShow: number | null;
  /** Seats more per slot that would fill the usual gaps. Advice only. */
  advice: number;
}

const ENOUGH = 20;

/** A week of all stocks or of one: planned against booked capacity, slot by slot. `monday` YYYY-MM-DD. */
export async function weekPlan(db: Database | Tx, hallId: number, monday: string, stock?: string): Promise<StockWeek[]> {
  const { rows: slots } = await sql<WeekSlot>`
    select s.id, t.code as stock, s.day, s.starts, s.ends, to_char(s.starts at time zone h.time_zone, 'HH24:MI') as clock, s.planned, s.adjust, s.capacity, s.booked, slot_wanted(s) as wanted, s.closed, s.note
      from slots s join stocks t on t.hall_id = s.hall_id and t.id = s.stock_id join halls h on h.id = s.hall_id
     where s.hall_id = ${hallId} and s.day between ${monday}::date and ${monday}::date + 6 and (${stock ?? null}::text is null or t.code = ${stock ?? null}) order by t.code, s.starts`.execute(db);
  const { rows: stocks } = await sql<Omit<StockWeek, "slots" | "planned" | "booked" | "noShow" | "advice"> & { came: number; missed: number }>`
    select t.code, t.name, t.name_en as "nameEn", t.kind, count(a.id) filter (where a.state = 'arrived')::int as came, count(a.id) filter (where a.ended_reason = 'no_show')::int as missed
      from stocks t left join appointments a on a.hall_id = t.hall_id and a.stock_id = t.id and a.day > (app_now() - interval '90 days')::date
     where t.hall_id = ${hallId} and t.active and (${stock ?? null}::text is null or t.code = ${stock ?? null}) group by t.hall_id, t.id order by t.kind = 'regular' desc, t.code`.execute(db);
  return stocks.map(({ came, missed, ...each }) => {
    const own = slots.filter((slot) => slot.stock === each.code);
    const noShow = came + missed >= ENOUGH ? missed / (came + missed) : null;
    const usual = own.length === 0 ? 0 : Math.round(own.reduce((sum, slot) => sum + slot.wanted, 0) / own.length);
    return { ...each, slots: own, planned: own.reduce((sum, slot) => sum + slot.wanted, 0), booked: own.reduce((sum, slot) => sum + slot.booked, 0), noShow, advice: noShow === null ? 0 : overbooking(usual, noShow) };
  });
}

export interface TimeCount {
  time: ServiceTime | "home";
  /** Visits served, booked or not. */
  thisYear: number;
  /** In the same span of the year before. */
  lastYear: number;
}

/**
 * Services by the kind of their time — usual, early, 午间, 晚间, 周末, 节假日, 上门 — in a year up to today and in the same span of
 * the year before (BG-C09b, BG-C13b, BG-C06c: counted apart).
 */
export async function servicesByTime(db: Database | Tx, hallId: number): Promise<TimeCount[]> {
  const { rows } = await sql<{ this_year: boolean; hour: number; weekday: number; national: "holiday" | "work" | null; home: boolean; n: number }>`
    select extract(year from t.day) = extract(year from now.today) as this_year, extract(hour from l.at) + floor(extract(minute from l.at) / 30) / 2 as hour, extract(isodow from t.day)::int as weekday, c.kind as national, coalesce(s.kind = 'home', false) as home, count(*)::int as n
      from tickets t join halls h on h.id = t.hall_id cross join lateral (select coalesce(t.started_at, t.called_at) at time zone h.time_zone as at) l
      cross join lateral (select (app_now() at time zone h.time_zone)::date as today) now
      left join calendar_days c on c.date = t.day left join appointments a on a.hall_id = t.hall_id and a.ticket_id = t.id left join stocks s on s.hall_id = a.hall_id and s.id = a.stock_id
     where t.hall_id = ${hallId} and t.state = 'finished' and l.at is not null and (t.day >= date_trunc('year', now.today) or (t.day >= date_trunc('year', now.today) - interval '1 year' and t.day <= now.today - interval '1 year'))
     group by 1, 2, 3, 4, 5`.execute(db);
  const times: TimeCount["time"][] = ["usual", "early", "noon", "evening", "weekend", "holiday", "home"];
  return times.map((time) => {
    const own = rows.filter((row) => (row.home ? "home" : serviceTime(Number(row.hour), row.weekday, row.national)) === time);
    const sum = (thisYear: boolean) => own.filter((row) => row.this_year === thisYear).reduce((total, row) => total + row.n, 0);
    return { time, thisYear: sum(true), lastYear: sum(false) };
  });
}

export interface BookingFigures {
  booked: number; arrived: number; late: number; missed: number; cancelled: number; duplicates: number;
  channels: { channel: string; n: number }[];
}

/** Bookings of the last 28 days by what became of them and by channel. Duplicates are counted apart (GD-5.5.2b). */
export async function bookingFigures(db: Database | Tx, hallId: number): Promise<BookingFigures> {
  const own = sql`from appointments a where a.hall_id = ${hallId} and a.booked_at is not null and a.day between (app_now() - interval '28 days')::date and app_now()::date`;
  const { rows: [figures] } = await sql<Omit<BookingFigures, "channels">>`
    select count(*)::int as booked, count(*) filter (where a.state = 'arrived' and not a.late)::int as arrived, count(*) filter (where a.state = 'arrived' and a.late)::int as late, count(*) filter (where a.ended_reason = 'no_show')::int as missed,
           count(*) filter (where a.state = 'cancelled')::int as cancelled, count(*) filter (where a.duplicate)::int as duplicates ${own}`.execute(db);
  const channels = await sql<{ channel: string; n: number }>`select a.channel, count(*)::int as n ${own} group by 1 order by 2 desc, 1`.execute(db);
  return { ...figures!, channels: channels.rows };
}

export interface ClosureRow {
  id: number; window: string; starts: string; ends: string; reason: string;
}

/** Planned closures of windows that are not over. */
export const plannedClosures = async (db: Database | Tx, hallId: number): Promise<ClosureRow[]> =>
  (await sql<ClosureRow>`select c.id, w.code as window, c.starts, c.ends, c.reason from window_closures c join windows w on w.hall_id = c.hall_id and w.id = c.window_id where c.hall_id = ${hallId} and c.ended_at is null and c.ends > app_now() order by c.starts`.execute(db)).rows;
