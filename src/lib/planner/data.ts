import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Overview } from "@/lib/queue/board/overview-schema";
import { type Advice, adviseNow, type AdviceLimits, type Target, windowsNeeded } from "./model";

/** Nine of ten called within a quarter of an hour; what the hall's long wait and idle window are (domain.md section 4). */
export const TARGET: Target = { share: 0.9, within: 15 };
const LIMITS: AdviceLimits = { longWait: 20, idle: 15 };
const DAYS = 28;
/** Services or tickets from which a figure says something; before, the planned time counts and nothing is advised. */
export const ENOUGH = 20;
const MINUTE_MS = 60_000;

export interface HourNeed {
  hour: number;
  /** Visitors in this hour of a usual day. */
  arrivals: number;
  needed: number;
  /** Share of the windows' time that they would be busy. */
  load: number;
  /** 90 % wait that was measured, minutes. */
  p90Wait: number | null;
}

export interface FieldNeed {
  field: string;
  name: string;
  nameEn: string;
  /** The inputs: resident items, tickets, minutes of a service (measured, else planned), staff. */
  items: number;
  tickets: number;
  serviceMinutes: number;
  measured: boolean;
  staff: number;
  windows: number;
  hours: HourNeed[];
  /** Most windows that any hour needs. */
  needed: number;
}

/**
 * How many windows each service field needs, hour by hour (JY-6.2, HN-5.4.3g): from resident items, volume, service time,
 * waits, the load of the windows and their staff over the last 28 days with tickets.
 */
export async function windowNeeds(db: Database, hallId: number, target: Target = TARGET): Promise<{ days: number; fields: FieldNeed[] }> {
  const { rows } = await sql<Omit<FieldNeed, "hours" | "needed"> & { days: number; hours: { hour: number; tickets: number; p90Wait: number | null }[] }>`
    with day as (
      select distinct t.day from tickets t where t.hall_id = ${hallId} order by t.day desc limit ${DAYS}),
    visit as (
      select l.field_id, extract(hour from t.issued_at at time zone h.time_zone)::int as hour, extract(epoch from t.called_at - t.issued_at) / 60 as wait,
             case when t.state = 'finished' and t.started_at is not null then extract(epoch from t.ended_at - t.started_at) / 60 end as service
        from tickets t join halls h on h.id = t.hall_id join lines l on l.hall_id = t.hall_id and l.id = t.line_id
       where t.hall_id = ${hallId} and t.day in (select day from day)),
    hour as (
      select field_id, hour, count(*)::int as tickets, percentile_cont(0.9) within group (order by wait) as p90 from visit group by 1, 2)
    select f.code as field, f.name, f.name_en as "nameEn", (select count(*) from day)::int as days,
           (select count(*) from items i where i.hall_id = f.hall_id and i.field_id = f.id and i.active and i.residency <> 'not_resident')::int as items,
           (select count(*) from visit v where v.field_id = f.id)::int as tickets,
           coalesce((select avg(v.service) from visit v where v.field_id = f.id and v.service > 0 having count(*) >= ${ENOUGH}), (select avg(l.minutes) from lines l where l.hall_id = f.hall_id and l.field_id = f.id and l.active), 0)::float8 as "serviceMinutes",
           (select count(*) from visit v where v.field_id = f.id and v.service > 0) >= ${ENOUGH} as measured,
           (select count(distinct s.id) from staff s join window_lines wl on wl.hall_id = s.hall_id and wl.window_id = s.usual_window_id and wl.tier = 1 join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id
             where s.hall_id = f.hall_id and l.field_id = f.id and s.active)::int as staff,
           (select count(distinct w.id) from windows w join window_lines wl on wl.hall_id = w.hall_id and wl.window_id = w.id and wl.tier = 1 join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id
             where w.hall_id = f.hall_id and w.active and l.field_id = f.id)::int as windows,
           coalesce((select jsonb_agg(jsonb_build_object('hour', x.hour, 'tickets', x.tickets, 'p90Wait', round(x.p90::numeric, 1)) order by x.hour) from hour x where x.field_id = f.id), '[]') as hours
      from fields f where f.hall_id = ${hallId} and f.active order by f.sort, f.code`.execute(db);
  const days = rows[0]?.days ?? 0;
  return {
    days,
    fields: rows.map(({ days: _days, hours, ...field }) => {
      const needs = hours.map(({ hour, tickets, p90Wait }): HourNeed => {
        const arrivals = tickets / Math.max(1, days);
        return { hour, arrivals, p90Wait, needed: windowsNeeded({ arrivals, service: field.serviceMinutes }, target), load: field.windows === 0 ? 0 : ((arrivals / 60) * field.serviceMinutes) / field.windows };
      });
      return { ...field, hours: needs, needed: Math.max(0, ...needs.map((need) => need.needed)) };
    }),
  };
}

/** What would help the hall at this moment, from the live view (JY-6.3c). Own and helping lines come from the windows themselves. */
export function adviceOf(overview: Overview, windows: readonly { code: string; own: readonly string[]; helping: readonly string[] }[]): Advice[] {
  const now = Date.parse(overview.at);
  const lines = overview.lines.map((line) => ({ code: line.code, waiting: line.waiting, p90: line.estimate?.p90 }));
  return adviseNow(lines, overview.windows.map((window) => {
    const known = windows.find((each) => each.code === window.code);
    return { code: window.code, state: window.state, own: known?.own ?? [], helping: known?.helping ?? [], minutes: (now - Date.parse(window.since)) / MINUTE_MS };
  }), LIMITS);
}
