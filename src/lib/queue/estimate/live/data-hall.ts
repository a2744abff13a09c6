import { sql } from "kysely";
import { serviceDays } from "@/lib/calendar/data";
import type { Database } from "@/lib/db/database";
import { shared } from "@/lib/kernel/shared";
import { currentPolicy } from "../../policy/data";
import { compilePolicy } from "../../policy/order";
import type { HallModel, Stream, Visit } from "../../simulate/hall";
import type { Service } from "../../simulate/random";
import { plannedSpans } from "./model";

/** The present state of a hall as the simulator takes it, and who is who in it. */
export interface PresentHall {
  seq: number;
  today: string;
  hall: HallModel;
  lines: number[];
  windows: { id: number; code: string }[];
  /** By visit: the ticket; null is a newcomer of that line, who takes no time. */
  tickets: ({ id: number; ahead: number | null } | null)[];
}

const FRESH_MS = 60_000;
const FEW = 8;
const FEW_OF_ITEM = 20;
/** A pause is taken to last so long, minutes, and at least the second. */
const PAUSE = 15;
const LEAST_PAUSE = 2;

interface Measured {
  at: number;
  services: Service[];
  ofLine: Map<number, number>;
  /** Codes of the lines, by which a policy names them. */
  codes: Map<number, string>;
  ofItem: Map<string, number>;
  missed: number;
  hours: { start: string; end: string }[];
}

const cache = () => shared("live-measured", () => new Map<number, Promise<Measured>>());

/** Times of a window per visit, by line and by item of a line where it is often done, over 14 days; and the share of calls that nobody came to. */
async function measured(db: Database, hallId: number): Promise<Measured> {
  const known = await cache().get(hallId)?.catch(() => undefined);
  if (known && Date.now() - known.at < FRESH_MS) return known;
  const reading = measure(db, hallId);
  cache().set(hallId, reading);
  return reading;
}

async function measure(db: Database, hallId: number): Promise<Measured> {
  const [{ rows: lines }, { rows: times }, days] = await Promise.all([
    sql<{ id: number; code: string; planned: number }>`select id, code, minutes::float8 as planned from lines where hall_id = ${hallId}`.execute(db),
    sql<{ line: number; item: number | null; n: number; mean: number; sd: number; missed: number }>`
      with visit as (
        select line_id, item_id, state, extract(epoch from ended_at - last_call_at)::float8 / 60 as m from tickets
         where hall_id = ${hallId} and day > current_date - 15 and called_at is not null)
      select line_id as line, item_id as item, count(*) filter (where state = 'finished' and m > 0)::int as n, coalesce(avg(m) filter (where state = 'finished' and m > 0), 0)::float8 as mean,
             coalesce(stddev_samp(m) filter (where state = 'finished' and m > 0), 0)::float8 as sd, count(*) filter (where state = 'missed')::int as missed
        from visit group by grouping sets ((line_id), (line_id, item_id)) having grouping(item_id) = 1 or item_id is not null`.execute(db),
    serviceDays(db),
  ]);
  const result: Measured = { at: Date.now(), services: [], ofLine: new Map(), codes: new Map(lines.map(({ id, code }) => [id, code])), ofItem: new Map(), missed: 0, hours: days.get(hallId)?.hours ?? [] };
  const ofLines = times.filter(({ item }) => item === null);
  const add = (mean: number, cv: number) => result.services.push({ kind: "lognormal", mean, cv: Math.min(2, Math.max(0.2, cv)) }) - 1;
  for (const { id, planned } of lines) {
    const time = ofLines.find(({ line, n }) => line === id && n >= FEW);
    result.ofLine.set(id, time ? add(time.mean, time.sd / time.mean) : add(planned, 0.8));
  }
  for (const { line, item, n, mean, sd } of times) if (item !== null && n >= FEW_OF_ITEM) result.ofItem.set(`${line}/${item}`, add(mean, sd / mean));
  const called = ofLines.reduce((sum, { n, missed }) => sum + n + missed, 0);
  result.missed = called >= FEW_OF_ITEM ? Math.min(0.5, ofLines.reduce((sum, { missed }) => sum + missed, 0) / called) : 0;
  return result;
}

interface WindowRow { id: number; code: string; closed: boolean; hours: { start: string; end: string }[] | null; closures: [number, number][]; paused: number | null; lines: { id: number; tier: number }[]; line: number | null; item: number | null; elapsed: number | null }
interface WaitingRow { id: number; line: number; item: number | null; class: string; targeted: boolean; rank: number; at: number }

/** Reads who waits in which line with what rank, who is served since when, which windows work, pause or open when the day begins, and who may come with a credit. */
export async function presentHall(db: Database, hallId: number): Promise<PresentHall> {
  const { rows: [clock] } = await sql<{ seq: number; now: string; today: string; minute: number }>`
    select l.seq, app_now() as now, (app_now() at time zone h.time_zone)::date as today, extract(epoch from (app_now() at time zone h.time_zone)::time)::float8 / 60 as minute
      from halls h join ledger_heads l on l.hall_id = h.id where h.id = ${hallId}`.execute(db);
  const { seq, now, today, minute } = clock!;
  const minutes = (column: ReturnType<typeof sql>) => sql`extract(epoch from ${column} - ${now}::timestamptz)::float8 / 60`;
  const [times, document, { rows: known }, { rows: waiting }, { rows: recent }] = await Promise.all([
    measured(db, hallId), currentPolicy(db, hallId),
    sql<WindowRow>`
      select w.id, w.code, w.state = 'closed' as closed, case when w.state = 'paused' then -${minutes(sql`w.state_at`)} end as paused, t.line_id as line, t.item_id as item, -${minutes(sql`coalesce(t.started_at, t.last_call_at)`)} as elapsed,
             (select coalesce(jsonb_agg(jsonb_build_object('id', line_id, 'tier', tier)), '[]') from window_lines wl where wl.hall_id = w.hall_id and wl.window_id = w.id) as lines,
             case when w.own_hours then (select coalesce(jsonb_agg(jsonb_build_object('start', to_char(o.starts, 'HH24:MI'), 'end', to_char(o.ends, 'HH24:MI')) order by o.starts), '[]')
                from window_openings o where o.hall_id = w.hall_id and o.window_id = w.id and o.weekday = extract(isodow from ${today}::date) and not o.booked_only) end as hours,
             (select coalesce(jsonb_agg(jsonb_build_array(${minutes(sql`c.starts`)}, ${minutes(sql`c.ends`)})), '[]') from window_closures c
               where c.hall_id = w.hall_id and c.window_id = w.id and c.ended_at is null and c.ends > ${now}::timestamptz and c.starts < ${now}::timestamptz + interval '12 hours') as closures
        from windows w left join tickets t on t.hall_id = w.hall_id and t.window_id = w.id and t.state in ('called', 'serving')
       where w.hall_id = ${hallId} and (w.state in ('open', 'paused') or t.id is not null
         or (w.active and exists (select 1 from staff s where s.hall_id = w.hall_id and s.usual_window_id = w.id and s.active))) order by w.id`.execute(db),
    sql<WaitingRow>`
      select id, line_id as line, item_id as item, class, target_window_id is not null as targeted, ${minutes(sql`rank`)} as rank, least(0, ${minutes(sql`issued_at`)}) as at
        from tickets where hall_id = ${hallId} and day = ${today} and state = 'waiting' order by tickets.rank, id`.execute(db),
    sql<{ line: number; class: string; n: number }>`
      select line_id as line, class, count(*)::int as n from tickets where hall_id = ${hallId} and day = ${today} and issued_at > ${now}::timestamptz - interval '1 hour' group by 1, 2`.execute(db),
  ]);
  const policy = compilePolicy(document);
  const lines = [...times.ofLine.keys()];
  const lineNumber = new Map(lines.map((id, index) => [id, index]));
  const classes = document.classes.map(({ code }) => ({ code }));
  const serviceOf = (line: number, item: number | null) => times.ofItem.get(`${line}/${item}`) ?? times.ofLine.get(line) ?? 0;
  const kindOf = (code: string) => Math.max(0, classes.findIndex((known) => known.code === code));
  const slowest = document.classes.reduce((least, known, index, all) => (known.creditMinutes < all[least]!.creditMinutes ? index : least), 0);
  const { visits, tickets } = visitsOf(waiting, lines, { lineNumber, kindOf, serviceOf, slowest });
  const streams = recent.filter(({ class: code }) => (policy.credits[code] ?? 0) > 0).map(({ line, class: code, n }): Stream => ({
    line: lineNumber.get(line)!, shares: classes.map((known) => (known.code === code ? 1 : 0)), service: serviceOf(line, null), rates: [{ from: 0, rate: n / 60 }],
  }));
  // On a day without service nothing opens by itself.
  const planned = known.map(({ closed, hours, closures, paused, ...window }) => ({
    ...window, open: plannedSpans({ closed, hours: times.hours.length === 0 ? [] : (hours ?? times.hours), closures, ...(paused === null ? {} : { pause: Math.max(LEAST_PAUSE, PAUSE - paused) }) }, minute),
  }));
  const windows = planned.filter(({ open, line }) => open.length > 0 || line !== null);
  return {
    seq, today, lines, windows: windows.map(({ id, code }) => ({ id, code })), tickets,
    hall: {
      discipline: policy, classes, lines: lines.map((id) => ({ code: times.codes.get(id)! })), services: times.services, visits, streams,
      windows: windows.map((window) => ({
        code: window.code, open: window.open,
        tiers: [1, 2, 3].map((tier) => window.lines.filter((line) => line.tier === tier).map(({ id }) => lineNumber.get(id)!)),
      })),
      now: windows.map(({ line, item, elapsed }) => (line === null ? undefined : { service: serviceOf(line, item), elapsed: Math.max(0, elapsed ?? 0) })),
      ...(times.missed > 0 ? { missed: { share: times.missed, minutes: 2, back: 0, after: 10, behind: document.missed.behind ?? 3 } } : {}),
    },
  };
}

interface Numbers { lineNumber: Map<number, number>; kindOf: (code: string) => number; serviceOf: (line: number, item: number | null) => number; slowest: number }

/** Those who wait, in order of arrival, then a newcomer without credit for each line; `ahead` counts the line's own order. */
function visitsOf(waiting: readonly WaitingRow[], lines: readonly number[], { lineNumber, kindOf, serviceOf, slowest }: Numbers): { visits: Visit[]; tickets: PresentHall["tickets"] } {
  const counts = new Map<number, number>();
  const known = waiting.map((row) => {
    const ahead = row.targeted ? null : (counts.get(row.line) ?? 0);
    if (ahead !== null) counts.set(row.line, ahead + 1);
    return { row, ahead };
  }).sort((a, b) => a.row.at - b.row.at);
  return {
    visits: [
      ...known.map(({ row }): Visit => ({ at: row.at, line: lineNumber.get(row.line)!, class: kindOf(row.class), service: serviceOf(row.line, row.item), rank: row.rank, patient: true })),
      ...lines.map((id): Visit => ({ at: 0, line: lineNumber.get(id)!, class: slowest, service: serviceOf(id, null), minutes: 0, rank: 0, patient: true })),
    ],
    tickets: [...known.map(({ row, ahead }) => ({ id: row.id, ahead })), ...lines.map(() => null)],
  };
}
