import { sql } from "kysely";
import type { Database } from "@/lib/db/database";

export interface ServiceDay {
  today: string;
  openNow: boolean;
  hours: { start: string; end: string; label: string; labelEn: string }[];
}

/**
 * Today's service times of halls. A national holiday closes the hall; a 调休 working day on a weekend has Monday's hours
 * (国办 notice of the year; domain.md section 6).
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
      select jsonb_agg(jsonb_build_object('start', to_char(o.starts, 'HH24:MI'), 'end', to_char(o.ends, 'HH24:MI'), 'label', o.label, 'labelEn', o.label_en) order by o.starts)
        from openings o where o.hall_id = d.id and o.weekday = d.weekday and d.kind is distinct from 'holiday'), '[]') as hours
      from day d`.execute(db);
  return new Map(rows.map(({ id, today, now, hours }) => [id, { today, hours, openNow: hours.some((span) => span.start <= now && now < span.end) }]));
}
