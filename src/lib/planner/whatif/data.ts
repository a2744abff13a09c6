import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { inThread } from "@/lib/kernel/threads";
import { policyOfVersion } from "@/lib/queue/policy/data";
import { compilePolicy } from "@/lib/queue/policy/order";
import type { PolicyDocument } from "@/lib/queue/policy/schema";
import type { Differing, PastDay, PastVisit, shadowCalls, ShadowTicket } from "./model";
import type { WhatIfRun } from "./schema";

/** Business days with called tickets, and the version most of their tickets were ranked by. */
export async function pastDays(db: Database, hallId: number, from: string, to: string): Promise<{ day: string; version: number }[]> {
  const { rows } = await sql<{ day: string; version: number }>`
    select day, (mode() within group (order by policy_version))::int as version from tickets
     where hall_id = ${hallId} and day between ${from}::date and ${to}::date and called_at is not null group by day order by day`.execute(db);
  return rows;
}

interface WindowTime { id: number; code: string; lines: { line: number; tier: number }[]; events: { type: string; at: number }[] | null; first: number | null; last: number | null }

const minuteOf = (column: string) => sql`extract(epoch from (${sql.ref(column)} at time zone h.time_zone) - d.day)::float8 / 60`;

/** One past day as the simulator needs it: arrivals, services from call to end, and when each window was open. Lines are served as now. */
export async function pastDay(db: Database, hallId: number, day: string): Promise<PastDay> {
  const [lines, windows, visits] = await Promise.all([
    sql<{ id: number; code: string; minutes: number; cv: number | null }>`
      select l.id, l.code, coalesce(s.mean, l.minutes)::float8 as minutes, (s.sd / nullif(s.mean, 0))::float8 as cv from lines l
        left join lateral (select avg(m)::float8 as mean, stddev_samp(m)::float8 as sd from (
          select extract(epoch from t.ended_at - t.last_call_at) / 60 as m from tickets t where t.hall_id = l.hall_id and t.line_id = l.id and t.day = ${day}::date and t.started_at is not null and t.state = 'finished') x having count(*) >= 5) s on true
       where l.hall_id = ${hallId} order by l.sort, l.code`.execute(db),
    sql<WindowTime>`
      with d as (select ${day}::date::timestamp as day), h as (select time_zone from halls where id = ${hallId})
      select w.id, w.code, coalesce((select jsonb_agg(jsonb_build_object('line', wl.line_id, 'tier', wl.tier)) from window_lines wl where wl.hall_id = w.hall_id and wl.window_id = w.id), '[]') as lines,
             (select jsonb_agg(jsonb_build_object('type', e.type, 'at', ${minuteOf("e.at")}) order by e.seq) from events e
               where e.hall_id = w.hall_id and e.subject = 'window:' || w.id and e.type in ('window.opened', 'window.paused', 'window.closed') and (e.at at time zone h.time_zone)::date = d.day::date) as events,
             t.first, t.last
        from windows w cross join d cross join h
        left join lateral (select min(${minuteOf("t.called_at")}) as first, max(${minuteOf("t.ended_at")}) as last from tickets t where t.hall_id = w.hall_id and t.window_id = w.id and t.day = d.day::date) t on true
       where w.hall_id = ${hallId} order by w.sort, w.code`.execute(db),
    sql<{ at: number; line: number; class: string; minutes: number | null; wait: number; booked: number | null }>`
      with d as (select ${day}::date::timestamp as day)
      select ${minuteOf("t.issued_at")} as at, t.line_id as line, t.class, extract(epoch from coalesce(t.ended_at, t.last_call_at + interval '1 minute') - t.last_call_at)::float8 / 60 as minutes,
             extract(epoch from t.called_at - t.issued_at)::float8 / 60 as wait, ${minuteOf("a.starts")} as booked
        from tickets t cross join d join halls h on h.id = t.hall_id left join appointments a on a.hall_id = t.hall_id and a.ticket_id = t.id
       where t.hall_id = ${hallId} and t.day = d.day::date and t.called_at is not null order by t.issued_at, t.id`.execute(db),
  ]);
  const place = new Map(lines.rows.map(({ id }, index) => [id, index]));
  return {
    day, lines: lines.rows.map(({ code, minutes, cv }) => ({ code, minutes: Math.max(0.1, minutes), cv: Math.min(2, Math.max(0.3, cv ?? 0.8)) })),
    windows: windows.rows.map((row) => ({ code: row.code, tiers: [1, 2, 3].map((tier) => row.lines.flatMap((each) => (each.tier === tier && place.has(each.line) ? [place.get(each.line)!] : []))), open: openings(row) })),
    // A service of the night before, or a ticket left open till the evening, says nothing about its length.
    visits: visits.rows.map(({ booked, minutes, ...visit }): PastVisit => ({ ...visit, line: place.get(visit.line)!, minutes: minutes !== null && minutes >= 0 && minutes <= 240 ? minutes : null, ...(booked === null ? {} : { booked }) })),
  };
}

/** When a window was open, from its events; where they say nothing, from its first call to its last service. */
function openings({ events, first, last }: WindowTime): [number, number][] {
  const open: [number, number][] = [];
  let since: number | null = null;
  for (const { type, at } of events ?? []) {
    if (type === "window.opened") since ??= at;
    else if (since !== null) {
      open.push([since, at]);
      since = null;
    }
  }
  if (since !== null) open.push([since, Math.max(since, last ?? 1_440)]);
  const spans = open.filter(([from, to]) => to > from);
  if (spans.length === 0 && first !== null && last !== null && last > first) return [[first, last]];
  if (spans.length > 0 && first !== null && first < spans[0]![0]) spans[0]![0] = first;
  return spans;
}

/** The runs of a hall, newest first. One that was cut off by the end of its process does not run any more. */
export async function whatIfRuns(db: Database, hallId: number, limit = 10): Promise<WhatIfRun[]> {
  const { rows } = await sql<WhatIfRun>`
    select id, at, input, case when state = 'running' and at < app_now() - interval '30 minutes' then 'failed' else state end as state, done, days, result, reason
      from what_if_runs where hall_id = ${hallId} order by id desc limit ${limit}`.execute(db);
  return rows;
}

/** The draft beside the policy in force: every call of some days decided once more. */
export async function shadowOf(db: Database, hallId: number, from: string, to: string, draft: PolicyDocument): Promise<{ calls: number; compared: number; differing: Differing[] }> {
  const windows = (await sql<{ code: string; lines: { id: number; code: string; tier: 1 | 2 | 3 }[] }>`
    select w.code, jsonb_agg(jsonb_build_object('id', l.id, 'code', l.code, 'tier', wl.tier) order by wl.tier, l.sort) as lines
      from windows w join window_lines wl on wl.hall_id = w.hall_id and wl.window_id = w.id join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id where w.hall_id = ${hallId} group by w.code`.execute(db)).rows;
  const total = { calls: 0, compared: 0, differing: [] as Differing[] };
  for (const { day, version } of await pastDays(db, hallId, from, to)) {
    const tickets = (await sql<Omit<ShadowTicket, "booked"> & { booked: number | null }>`
      select t.id::int as id, t.number, t.class, t.line_id as line, extract(epoch from t.issued_at)::float8 * 1000 as issued, extract(epoch from coalesce(t.called_at, t.ended_at))::float8 * 1000 as left,
             extract(epoch from t.rank)::float8 * 1000 as rank, t.rank_rule not in ('arrival', 'credit') as ruled, extract(epoch from a.starts)::float8 * 1000 as booked
        from tickets t left join appointments a on a.hall_id = t.hall_id and a.ticket_id = t.id where t.hall_id = ${hallId} and t.day = ${day}::date order by t.issued_at, t.id`.execute(db)).rows;
    const calls = (await sql<{ at: number; window: string; ticket: number }>`
      select extract(epoch from (e.data -> 'ticket' ->> 'lastCallAt')::timestamptz)::float8 * 1000 as at, e.data -> 'public' ->> 'window' as window, (e.data -> 'ticket' ->> 'id')::int as ticket from events e
       where e.hall_id = ${hallId} and e.type = 'ticket.called' and e.data ? 'compared' and e.subject = any(select 'ticket:' || t.id from tickets t where t.hall_id = ${hallId} and t.day = ${day}::date) order by e.seq`.execute(db)).rows;
    const found = await inThread<typeof shadowCalls>("src/lib/planner/whatif/model.ts", "shadowCalls", calls, tickets.map(({ booked, ...ticket }) => ({ ...ticket, ...(booked === null ? {} : { booked }) })), windows, compilePolicy(await policyOfVersion(db, hallId, version)), compilePolicy(draft));
    total.calls += calls.length;
    total.compared += found.compared;
    total.differing.push(...found.differing);
  }
  return total;
}
