import { sql } from "kysely";
import { comingDays } from "@/lib/calendar/data";
import type { Database } from "@/lib/db/database";
import { inThread } from "@/lib/kernel/threads";
import { plannerRules } from "./rules/data";
import { minutesOfDay, type PlannerRules } from "./rules/schema";
import type { planWindows, WindowPlan } from "./windows/model";

/** Services or tickets from which a figure says something; before, the planned time counts and nothing is advised. */
export const ENOUGH = 20;
/** Fewer days of the same weekday than this say less than all days together. */
const FEW_DAYS = 3;
/** Days ahead for which windows are planned. */
export const AHEAD_DAYS = 15;
export const HALF_HOUR = 30;
/** Search for each field of a page: a page shall not hold up the calls. */
const PAGE_WORK = 400_000;

export interface HalfHourNeed {
  start: string;
  end: string;
  /** Visitors without a booking on a usual day, and with one: as booked for the date, at least as usual. */
  walkIns: number;
  booked: number;
  /** Windows with which the target is met, and the share of visitors who still wait longer. */
  needed: number;
  late: number;
  /** Share of the field's windows' time that the work of this half hour takes. */
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
  halfHours: HalfHourNeed[];
  /** Most windows that any half hour needs. */
  needed: number;
}

export interface Needs {
  date: string;
  /** Days that the usual day is made of, and whether all are of the date's weekday. */
  days: number;
  sameWeekday: boolean;
  rules: PlannerRules;
  fields: FieldNeed[];
}

interface FieldRow extends Omit<FieldNeed, "halfHours" | "needed"> {
  visits: { slot: number; walkIns: number; booked: number; p90Wait: number | null }[];
  bookings: { slot: number; count: number }[];
}

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/**
 * How many windows each service field needs on a date, by the half hour (JY-6.2, HN-5.4.3g): from resident items, volume,
 * service time, waits, the load of the windows and their staff, and the bookings of that date. The plan follows the queue
 * as it runs over the day, so that a rush is met when its work is there and not when it comes through the door.
 */
export async function windowNeeds(db: Database, hallId: number, asked?: string): Promise<Needs> {
  const rules = await plannerRules(db, hallId);
  const coming = await comingDays(db, hallId, AHEAD_DAYS);
  const date = coming.find((day) => day.date === asked)?.date ?? coming[0]!.date;
  const { days, sameWeekday, fields } = await usualDay(db, hallId, date, rules.historyDays);
  const hours = coming.find((day) => day.date === date)!.hours;
  const slots = fields.flatMap((field) => [...field.visits, ...field.bookings].map(({ slot }) => slot));
  const first = Math.min(...slots, ...hours.map(({ start }) => Math.floor(minutesOfDay(start) / HALF_HOUR)));
  const end = Math.max(...slots.map((slot) => slot + 1), ...hours.map((span) => Math.ceil(minutesOfDay(span.end) / HALF_HOUR)));
  const needs: FieldNeed[] = [];
  for (const { visits, bookings, ...field } of fields) {
    const raw = Array.from({ length: Math.max(0, end - first) }, (_, i) => {
      const usual = visits.find(({ slot }) => slot === first + i);
      const booked = bookings.find(({ slot }) => slot === first + i)?.count ?? 0;
      return { start: (first + i) * HALF_HOUR, walkIns: usual?.walkIns ?? 0, booked: Math.max(booked, usual?.booked ?? 0), p90Wait: usual?.p90Wait ?? null };
    });
    const plan = await remembered(raw.map(({ start, walkIns, booked }) => ({ start, end: start + HALF_HOUR, arrivals: walkIns + booked })), field.serviceMinutes, rules);
    const halfHours = raw.map(({ start, ...demand }, i): HalfHourNeed => ({
      ...demand, start: clock(start), end: clock(start + HALF_HOUR), needed: plan.windows[i]!, late: plan.late[i]!,
      load: field.windows === 0 ? 0 : ((demand.walkIns + demand.booked) * field.serviceMinutes) / HALF_HOUR / field.windows,
    }));
    needs.push({ ...field, halfHours, needed: Math.max(0, ...plan.windows) });
  }
  return { date, days, sameWeekday, rules, fields: needs };
}

/** What comes on a usual day like the date, by field and half hour, and what is booked for it. */
async function usualDay(db: Database, hallId: number, date: string, historyDays: number): Promise<{ days: number; sameWeekday: boolean; fields: FieldRow[] }> {
  const { rows } = await sql<FieldRow & { days: number; sameWeekday: boolean }>`
    with recent as (
      select distinct t.day from tickets t where t.hall_id = ${hallId} and (t.day < ${date}::date or not exists (select from tickets x where x.hall_id = ${hallId} and x.day < ${date}::date))
       order by t.day desc limit ${historyDays}),
    same as (
      select r.day from recent r where (
        select case when c.kind = 'work' and extract(isodow from d.day) > 5 then 1 else extract(isodow from d.day) end from (select ${date}::date as day) d left join calendar_days c on c.date = d.day)
        = (select case when c.kind = 'work' and extract(isodow from r.day) > 5 then 1 else extract(isodow from r.day) end from (select 1) one left join calendar_days c on c.date = r.day)),
    day as (select day from same where (select count(*) from same) >= ${FEW_DAYS} union select day from recent where (select count(*) from same) < ${FEW_DAYS}),
    visit as (
      select l.field_id, t.day, floor(extract(epoch from (t.issued_at at time zone h.time_zone)::time) / 60 / ${HALF_HOUR}::int)::int as slot, extract(epoch from t.called_at - t.issued_at) / 60 as wait,
             exists (select from appointments a where a.hall_id = t.hall_id and a.ticket_id = t.id) as booked,
             case when t.state = 'finished' and t.started_at is not null then extract(epoch from t.ended_at - t.started_at) / 60 end as service
        from tickets t join halls h on h.id = t.hall_id join lines l on l.hall_id = t.hall_id and l.id = t.line_id
       where t.hall_id = ${hallId} and t.day in (select day from recent)),
    usual as (
      select field_id, slot, count(*) filter (where not booked)::float8 / (select count(*) from day) as walk_ins, count(*) filter (where booked)::float8 / (select count(*) from day) as booked,
             percentile_cont(0.9) within group (order by wait) as p90
        from visit where day in (select day from day) group by 1, 2),
    booking as (
      select l.field_id, floor(extract(epoch from (a.starts at time zone h.time_zone)::time) / 60 / ${HALF_HOUR}::int)::int as slot, count(*)::int as n
        from appointments a join halls h on h.id = a.hall_id join lines l on l.hall_id = a.hall_id and l.id = a.line_id
       where a.hall_id = ${hallId} and a.day = ${date}::date and a.state in ('booked', 'arrived') group by 1, 2)
    select f.code as field, f.name, f.name_en as "nameEn", (select count(*) from day)::int as days, (select count(*) from same) >= ${FEW_DAYS} as "sameWeekday",
           (select count(*) from items i where i.hall_id = f.hall_id and i.field_id = f.id and i.active and i.residency <> 'not_resident')::int as items,
           (select count(*) from visit v where v.field_id = f.id)::int as tickets,
           coalesce((select avg(v.service) from visit v where v.field_id = f.id and v.service > 0 having count(*) >= ${ENOUGH}), (select avg(l.minutes) from lines l where l.hall_id = f.hall_id and l.field_id = f.id and l.active), 0)::float8 as "serviceMinutes",
           (select count(*) from visit v where v.field_id = f.id and v.service > 0) >= ${ENOUGH} as measured,
           (select count(distinct s.id) from staff s join window_lines wl on wl.hall_id = s.hall_id and wl.window_id = s.usual_window_id and wl.tier = 1 join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id
             where s.hall_id = f.hall_id and l.field_id = f.id and s.active)::int as staff,
           (select count(distinct w.id) from windows w join window_lines wl on wl.hall_id = w.hall_id and wl.window_id = w.id and wl.tier = 1 join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id
             where w.hall_id = f.hall_id and w.active and l.field_id = f.id)::int as windows,
           coalesce((select jsonb_agg(jsonb_build_object('slot', u.slot, 'walkIns', u.walk_ins, 'booked', u.booked, 'p90Wait', round(u.p90::numeric, 1)) order by u.slot) from usual u where u.field_id = f.id), '[]') as visits,
           coalesce((select jsonb_agg(jsonb_build_object('slot', b.slot, 'count', b.n) order by b.slot) from booking b where b.field_id = f.id), '[]') as bookings
      from fields f where f.hall_id = ${hallId} and f.active order by f.sort, f.code`.execute(db);
  return { days: rows[0]?.days ?? 0, sameWeekday: rows[0]?.sameWeekday ?? false, fields: rows.map(({ days: _days, sameWeekday: _same, ...field }) => field) };
}

const PLANS = new Map<string, WindowPlan>();

/** A plan is worked out once for the same demand and rules, in another thread; the oldest of 200 are forgotten. */
async function remembered(spans: { start: number; end: number; arrivals: number }[], serviceMinutes: number, { sharePercent, withinMinutes }: PlannerRules): Promise<WindowPlan> {
  if (serviceMinutes <= 0) return { windows: spans.map(() => 0), late: spans.map(() => 0), windowHours: 0, met: true };
  const key = JSON.stringify([spans, serviceMinutes, sharePercent, withinMinutes]);
  const plan = PLANS.get(key) ?? (await inThread<typeof planWindows>("src/lib/planner/windows/model.ts", "planWindows", spans, serviceMinutes, { share: sharePercent / 100, within: withinMinutes }, {}, PAGE_WORK));
  PLANS.delete(key);
  PLANS.set(key, plan);
  if (PLANS.size > 200) PLANS.delete(PLANS.keys().next().value!);
  return plan;
}
