import { sql } from "kysely";
import type { Database } from "@/lib/db/database";

export interface ServiceDay {
  today: string;
  openNow: boolean;
  hours: { start: string; end: string; label: string; labelEn: string }[];
}

/**
 * Today's service times of halls. A day of the hall's own comes first; else a national holiday closes the hall and a 调休
 * working day on a weekend has Monday's hours (国办 notice of the year; domain.md section 6).
 */
export async function serviceDays(db: Database): Promise<Map<number, ServiceDay>> {
  const { rows } = await sql<{ id: number; today: string; now: string; hours: ServiceDay["hours"] }>`
    with local as (
      select h.id, (app_now() at time zone h.time_zone) as t from halls h),
    day as (
      select l.id, l.t::date as today, to_char(l.t, 'HH24:MI') as now, c.kind,
             case when c.kind = 'work' and extract(isodow from l.t) > 5 then 1 else extract(isodow from l.t)::int end as weekday
        from local l left join calendar_days c on c.date = l.t::date)
    select d.id, d.today, d.now, coalesce((
      select coalesce((select jsonb_agg(jsonb_build_object('start', left(span, 5), 'end', right(span, 5), 'label', x.name, 'labelEn', x.name_en)) from unnest(x.spans) span), '[]')
        from hall_days x where x.hall_id = d.id and x.date = d.today and x.active), (
      select jsonb_agg(jsonb_build_object('start', to_char(o.starts, 'HH24:MI'), 'end', to_char(o.ends, 'HH24:MI'), 'label', o.label, 'labelEn', o.label_en) order by o.starts)
        from openings o where o.hall_id = d.id and o.weekday = d.weekday and d.kind is distinct from 'holiday'), '[]') as hours
      from day d`.execute(db);
  return new Map(rows.map(({ id, today, now, hours }) => [id, { today, hours, openNow: hours.some((span) => span.start <= now && now < span.end) }]));
}

export interface CalendarDay {
  date: string;
  /** 1 = Monday */
  weekday: number;
  /** `usual` follows the week, `holiday` and `work` the national notice, `own` the hall. */
  kind: "usual" | "holiday" | "work" | "own";
  name: string;
  nameEn: string;
  hours: { start: string; end: string; label: string; labelEn: string }[];
}

/** The days of a hall from today on with their service times: what the hours board and the booking show. */
export async function comingDays(db: Database, hallId: number, days: number): Promise<CalendarDay[]> {
  const { rows } = await sql<CalendarDay>`
    with day as (
      select h.id, g::date as date, extract(isodow from g)::int as iso, c.kind as national, c.name, c.name_en, x.id as own, x.spans, x.name as own_name, x.name_en as own_name_en
        from halls h cross join lateral generate_series((app_now() at time zone h.time_zone)::date, (app_now() at time zone h.time_zone)::date + ${days}::int - 1, interval '1 day') g
        left join calendar_days c on c.date = g::date left join hall_days x on x.hall_id = h.id and x.date = g::date and x.active
       where h.id = ${hallId})
    select d.date, d.iso as weekday, case when d.own is not null then 'own' else coalesce(d.national, 'usual') end as kind,
           coalesce(d.own_name, d.name, '') as name, coalesce(d.own_name_en, d.name_en, '') as "nameEn",
           case when d.own is not null then coalesce((select jsonb_agg(jsonb_build_object('start', left(span, 5), 'end', right(span, 5), 'label', '', 'labelEn', '')) from unnest(d.spans) span), '[]')
                else coalesce((select jsonb_agg(jsonb_build_object('start', to_char(o.starts, 'HH24:MI'), 'end', to_char(o.ends, 'HH24:MI'), 'label', o.label, 'labelEn', o.label_en) order by o.starts)
                  from openings o where o.hall_id = d.id and d.national is distinct from 'holiday'
                   and o.weekday = case when d.national = 'work' and d.iso > 5 then 1 else d.iso end), '[]') end as hours
      from day d order by d.date`.execute(db);
  return rows;
}

export interface NationalYear {
  year: number;
  holidays: number;
  workdays: number;
}

/** The years for which the national calendar is here. `missing` is the next year, once its notice should be out (November). */
export async function nationalYears(db: Database): Promise<{ years: NationalYear[]; missing: number | null }> {
  const { rows } = await sql<NationalYear>`
    select extract(year from date)::int as year, count(*) filter (where kind = 'holiday')::int as holidays, count(*) filter (where kind = 'work')::int as workdays
      from calendar_days group by 1 order by 1`.execute(db);
  const { rows: [clock] } = await sql<{ year: number; month: number }>`
    select extract(year from t)::int as year, extract(month from t)::int as month from (select app_now() at time zone 'Asia/Shanghai' as t) n`.execute(db);
  const known = (year: number) => rows.some((row) => row.year === year);
  const missing = !known(clock!.year) ? clock!.year : clock!.month >= 11 && !known(clock!.year + 1) ? clock!.year + 1 : null;
  return { years: rows, missing };
}
