/** What slots are made from, and the slots that are there. Reads only. */
import { sql } from "kysely";
import { comingDays } from "@/lib/calendar/data";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import type { StockKind } from "../model";
import { minutesOf, type PlanDay, type PlanStock, type PlanWindow, type Span } from "./model";

/** Slots are made so many days ahead: administrators plan whole weeks, visitors see the horizon of the rules. */
export const PLANNED_DAYS = 28;
/** Services of the last four weeks from which a measured time counts. */
const ENOUGH = 20;

export interface StockPlan extends PlanStock {
  id: number;
  code: string;
}

interface StockRow {
  id: number; code: string; kind: StockKind; line_id: number; windows: string[]; times: string[];
  slot_minutes: number; service_minutes: number; share: number; seats: number | null;
}

/** Active stocks with everything that decides about their seats. */
export async function stockPlans(db: Database | Tx, hallId: number): Promise<StockPlan[]> {
  const stocks = await sql<StockRow>`
    select s.id, s.code, s.kind, s.line_id, s.windows, s.times, s.slot_minutes, s.share::float8 as share, s.seats,
           coalesce(s.minutes::float8, (select case when count(*) >= ${ENOUGH} then greatest(1, avg(extract(epoch from t.ended_at - t.started_at) / 60)) end
             from tickets t where t.hall_id = s.hall_id and t.line_id = s.line_id and t.state = 'finished' and t.started_at is not null and t.ended_at > app_now() - interval '28 days'), l.minutes::float8) as service_minutes
      from stocks s join lines l on l.hall_id = s.hall_id and l.id = s.line_id where s.hall_id = ${hallId} and s.active and l.active order by s.code`.execute(db);
  const windows = await planWindows(db, hallId);
  const reserved = new Set(stocks.rows.filter((stock) => stock.kind === "special").flatMap((stock) => stock.windows));
  return stocks.rows.map((stock) => ({
    id: stock.id, code: stock.code, kind: stock.kind, times: stock.times, slotMinutes: stock.slot_minutes, minutes: stock.service_minutes, share: stock.share, seats: stock.seats,
    // Named windows give their whole time; else the windows of the line that no special stock has for itself.
    windows: stock.windows.length > 0 ? windows.filter((window) => stock.windows.includes(window.code)).map((window) => ({ ...window, lines: 1 })) : windows.filter((window) => window.lineIds.includes(stock.line_id) && !reserved.has(window.code)),
  }));
}

async function planWindows(db: Database | Tx, hallId: number): Promise<(PlanWindow & { lineIds: number[] })[]> {
  const { rows } = await sql<{ code: string; line_ids: number[]; staffed: boolean; own_hours: boolean; own: { weekday: number; starts: string; ends: string; bookedOnly: boolean }[]; closures: { date: string; starts: string; ends: string }[] }>`
    select w.code, array(select wl.line_id from window_lines wl where wl.hall_id = w.hall_id and wl.window_id = w.id and wl.tier = 1) as line_ids,
           exists (select 1 from staff s where s.hall_id = w.hall_id and s.usual_window_id = w.id and s.active) as staffed, w.own_hours,
           coalesce((select jsonb_agg(jsonb_build_object('weekday', o.weekday, 'starts', to_char(o.starts, 'HH24:MI'), 'ends', to_char(o.ends, 'HH24:MI'), 'bookedOnly', o.booked_only)) from window_openings o where o.hall_id = w.hall_id and o.window_id = w.id), '[]') as own,
           coalesce((select jsonb_agg(jsonb_build_object('date', d::date, 'starts', to_char(greatest(c.starts at time zone h.time_zone, d), 'HH24:MI'),
                       'ends', case when (c.ends at time zone h.time_zone) >= d + interval '1 day' then '24:00' else to_char(c.ends at time zone h.time_zone, 'HH24:MI') end))
                       from window_closures c cross join lateral generate_series(date_trunc('day', c.starts at time zone h.time_zone), c.ends at time zone h.time_zone - interval '1 microsecond', interval '1 day') d
                      where c.hall_id = w.hall_id and c.window_id = w.id and c.ended_at is null and c.ends > app_now()), '[]') as closures
      from windows w join halls h on h.id = w.hall_id where w.hall_id = ${hallId} and w.active`.execute(db);
  const span = (each: { starts: string; ends: string }): Span => ({ from: minutesOf(each.starts), to: minutesOf(each.ends) });
  return rows.map((row) => ({
    code: row.code, lineIds: row.line_ids, lines: Math.max(1, row.line_ids.length), staffed: row.staffed,
    own: row.own_hours ? row.own.map((each) => ({ weekday: each.weekday, span: span(each), bookedOnly: each.bookedOnly })) : undefined,
    closures: row.closures.map((each) => ({ date: each.date, span: span(each) })),
  }));
}

/** The coming days as the plan of slots sees them. */
export async function planDays(db: Database | Tx, hallId: number, days = PLANNED_DAYS): Promise<PlanDay[]> {
  return (await comingDays(db, hallId, days)).map((day) => ({
    date: day.date, weekday: day.kind === "work" && day.weekday > 5 ? 1 : day.weekday, holiday: day.kind === "holiday",
    hours: day.hours.map((hours) => ({ from: minutesOf(hours.start), to: minutesOf(hours.end) })), shut: day.kind === "own" && day.hours.length === 0,
  }));
}
