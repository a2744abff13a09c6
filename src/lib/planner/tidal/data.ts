import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { hallLoad } from "@/lib/queue/estimate/data";
import { currentPolicy } from "@/lib/queue/policy/data";
import { compilePolicy } from "@/lib/queue/policy/order";
import type { HallModel, Stream, Visit } from "@/lib/queue/simulate/hall";
import type { Rules, WindowState } from "./model";
import { type AdviceView, TIDAL_RULES, type TidalRules } from "./schema";

/** The hall's rules of advice; usual ones where none were saved. */
export async function tidalRules(db: Database | Tx, hallId: number): Promise<TidalRules> {
  const row = await db.selectFrom("tidal_rules").selectAll().where("hall_id", "=", hallId).executeTakeFirst();
  return row ? { costMinutes: row.cost_minutes, quietMinutes: row.quiet_minutes, horizonMinutes: row.horizon_minutes, longMinutes: row.long_minutes, tooLongMinutes: row.too_long_minutes, escalateMinutes: row.escalate_minutes } : TIDAL_RULES;
}

/** The hall as it is, as the simulator and the advice need it. */
export interface Present {
  model: HallModel;
  lines: { id: number; code: string }[];
  windows: (WindowState & { id: number })[];
  waiting: number[];
  rules: Rules;
}

interface WindowNow {
  id: number; code: string; state: WindowState["state"]; since: number; line: number | null; elapsed: number | null; idle: number; unchanged: number; left: number; staff: number | null;
  lines: { line: number; tier: number }[]; usual: { own: string[]; helping: string[] } | null;
}

/**
 * Windows with what they do, since when, and who could open a closed one: its usual clerk, else one whose own window is closed;
 * nobody who sits at a window or has a break. Minutes.
 */
const windowsNow = (hallId: number) => sql<WindowNow>`
  with now as (select app_now() as at, h.time_zone, (app_now() at time zone h.time_zone) as local from halls h where h.id = ${hallId}),
  closing as (
    select o.window_id, max(extract(epoch from o.ends - now.local::time) / 60) as left from now
      cross join lateral (
        select wo.window_id, wo.starts, wo.ends from window_openings wo where wo.hall_id = ${hallId} and wo.weekday = extract(isodow from now.local)
        union all
        select w.id, p.starts, p.ends from windows w join openings p on p.hall_id = w.hall_id where w.hall_id = ${hallId} and not w.own_hours and p.weekday = extract(isodow from now.local)) o
     where o.ends > now.local::time group by o.window_id),
  clerks as (
    select s.id, s.usual_window_id from staff s
     where s.hall_id = ${hallId} and s.active and s.role = 'clerk' and not exists (select 1 from windows x where x.hall_id = ${hallId} and x.operator = 'staff:' || s.id))
  select w.id, w.code, w.state, extract(epoch from now.at - w.state_at)::float8 / 60 as since, t.line_id as line,
         extract(epoch from now.at - coalesce(t.started_at, t.last_call_at))::float8 / 60 as elapsed,
         extract(epoch from now.at - greatest(w.state_at, coalesce((select max(f.ended_at) from tickets f where f.hall_id = w.hall_id and f.window_id = w.id and f.day = now.local::date), w.state_at)))::float8 / 60 as idle,
         extract(epoch from now.at - greatest(case when w.state = 'closed' and w.operator is null and not exists (select 1 from events e where e.hall_id = w.hall_id and e.subject = 'window:' || w.id and e.type = 'window.closed') then '-infinity' else w.state_at end,
           (select max(greatest(m.at, m.ended_at)) from window_moves m where m.hall_id = w.hall_id and m.window_id = w.id),
           (select max(a.decided_at) from tidal_advice a where a.hall_id = w.hall_id and a.window_id = w.id and a.state in ('done', 'dismissed'))))::float8 / 60 as unchanged,
         coalesce(c.left, 0)::float8 as left,
         (select k.id from clerks k left join windows u on u.hall_id = ${hallId} and u.id = k.usual_window_id
           where k.usual_window_id = w.id or u.state = 'closed' or u.id is null order by (k.usual_window_id = w.id) desc nulls last, k.id limit 1) as staff,
         coalesce((select jsonb_agg(jsonb_build_object('line', wl.line_id, 'tier', wl.tier)) from window_lines wl where wl.hall_id = w.hall_id and wl.window_id = w.id), '[]') as lines, w.usual_lines as usual
    from windows w cross join now left join closing c on c.window_id = w.id
    left join tickets t on t.hall_id = w.hall_id and t.window_id = w.id and t.state in ('called', 'serving')
   where w.hall_id = ${hallId} and w.active order by w.sort, w.code`;

const waitingNow = (hallId: number) => sql<{ line: number; class: string; at: number; rank: number }>`
  select t.line_id as line, t.class, extract(epoch from t.issued_at - app_now())::float8 / 60 as at, extract(epoch from t.rank - app_now())::float8 / 60 as rank
    from tickets t join halls h on h.id = t.hall_id where t.hall_id = ${hallId} and t.day = (app_now() at time zone h.time_zone)::date and t.state = 'waiting' order by t.issued_at, t.id`;

const SLOT = 30;
/** From so many tickets on, today's share of a usual day says something. */
const ENOUGH = 20;

/**
 * Visitors a minute to each line by half hour from now: the mean of the last 20 business days, scaled by how busy today is so far (half
 * to twice); without past days, as in the last hour. Shares of the classes likewise.
 */
const arrivals = (hallId: number) => sql<{ line: number; class: string; slot: number; n: number; days: number; today: number; usual: number; recent: number }>`
  with now as (select (app_now() at time zone h.time_zone) as local, h.time_zone as zone from halls h where h.id = ${hallId}),
  day as (select distinct t.day from tickets t, now where t.hall_id = ${hallId} and t.day < now.local::date order by t.day desc limit 20),
  past as (
    select t.line_id, t.class, floor(extract(epoch from (t.issued_at at time zone now.zone)::time) / 60 / ${SLOT})::int as slot, (t.issued_at at time zone now.zone)::time as at
      from tickets t, now where t.hall_id = ${hallId} and t.day in (select day from day)),
  so_far as (
    select (select count(*) from tickets t, now where t.hall_id = ${hallId} and t.day = now.local::date) as today, (select count(*) from past p, now where p.at <= now.local::time) as usual)
  select p.line_id as line, p.class, p.slot, count(*)::int as n, (select count(*) from day)::int as days, s.today::int, s.usual::int, 0 as recent from past p, so_far s group by 1, 2, 3, s.today, s.usual
  union all
  select t.line_id, t.class, -1, 0, (select count(*) from day)::int, 0, 0, count(*)::int from tickets t, now
   where t.hall_id = ${hallId} and t.day = now.local::date and t.issued_at > app_now() - interval '60 minutes' group by 1, 2`;

function streamsOf(rows: readonly { line: number; class: string; slot: number; n: number; days: number; today: number; usual: number; recent: number }[], lines: readonly { id: number }[], classes: readonly { code: string }[], minuteOfDay: number, horizon: number): Stream[] {
  const days = rows[0]?.days ?? 0;
  const usual = (rows.find(({ slot }) => slot >= 0)?.usual ?? 0) / Math.max(1, days);
  const today = rows.find(({ slot }) => slot >= 0)?.today ?? 0;
  const busy = usual >= ENOUGH ? Math.min(2, Math.max(0.5, today / usual)) : 1;
  return lines.flatMap(({ id }, line): Stream[] => {
    const mine = rows.filter((row) => row.line === id);
    const total = mine.reduce((sum, row) => sum + (days > 0 ? row.n : row.recent), 0);
    if (total === 0) return [];
    const shares = classes.map(({ code }) => mine.filter((row) => row.class === code).reduce((sum, row) => sum + (days > 0 ? row.n : row.recent), 0) / total);
    const rate = (slot: number) => (days > 0 ? (busy * mine.filter((row) => row.slot === slot).reduce((sum, row) => sum + row.n, 0)) / days / SLOT : total / 60);
    const first = Math.floor(minuteOfDay / SLOT);
    const rates = Array.from({ length: Math.ceil(horizon / SLOT) + 1 }, (_, i) => ({ from: Math.max(0, (first + i) * SLOT - minuteOfDay), rate: rate(first + i) }));
    return [{ line, shares: shares.map((share) => share / (shares.reduce((sum, each) => sum + each, 0) || 1)), service: line, rates }];
  });
}

/** Reads the hall as it is now with the visitors that usually come next, and the closed windows too, since they may be opened. */
export async function hallAhead(db: Database | Tx, hallId: number): Promise<Present> {
  const head = (await sql<{ today: string; minute: number }>`select (app_now() at time zone time_zone)::date as today, extract(epoch from (app_now() at time zone time_zone)::time)::float8 / 60 as minute from halls where id = ${hallId}`.execute(db)).rows[0]!;
  const saved = await tidalRules(db, hallId);
  const [lines, windows, waiting, past, load, policy] = await Promise.all([
    db.selectFrom("lines").select(["id", "code"]).where("hall_id", "=", hallId).where("active", "=", true).orderBy("sort").orderBy("code").execute(),
    windowsNow(hallId).execute(db), waitingNow(hallId).execute(db), arrivals(hallId).execute(db), hallLoad(db, hallId, head.today), currentPolicy(db, hallId),
  ]);
  const place = new Map(lines.map(({ id }, index) => [id, index]));
  const byCode = new Map(lines.map(({ code }, index) => [code, index]));
  const numbers = (codes: readonly string[]) => codes.flatMap((code) => byCode.get(code) ?? []);
  const tier = (row: WindowNow, which: number) => row.lines.flatMap((each) => (each.tier === which && place.has(each.line) ? [place.get(each.line)!] : []));
  const kinds = new Map(policy.classes.map(({ code }, index) => [code, index]));
  const visits = waiting.rows.flatMap((row): Visit[] => (place.has(row.line) ? [{ at: Math.min(0, row.at), line: place.get(row.line)!, class: kinds.get(row.class) ?? 0, service: place.get(row.line)!, rank: row.rank }] : []));
  const streams = streamsOf(past.rows, lines, policy.classes, head.minute, saved.horizonMinutes);
  return {
    lines, waiting: lines.map((_, line) => visits.filter((visit) => visit.line === line).length),
    windows: windows.rows.map((row) => ({
      id: row.id, code: row.code, state: row.state, busy: row.line !== null, own: tier(row, 1), helping: tier(row, 2), tidal: tier(row, 3), unchanged: row.unchanged, idle: row.line === null ? row.idle : 0, left: row.left,
      ...(row.usual ? { usual: { own: numbers(row.usual.own), helping: numbers(row.usual.helping) } } : {}), ...(row.staff === null ? {} : { staff: row.staff }),
    })),
    rules: saved,
    model: {
      lines: lines.map(({ code }) => ({ code })), classes: policy.classes.map(({ code }) => ({ code })), discipline: compilePolicy(policy), visits, streams,
      services: lines.map(({ id }) => { const time = load.times.get(id)!; return { kind: "lognormal" as const, mean: time.minutes, cv: time.cv }; }),
      windows: windows.rows.map((row) => ({ code: row.code, tiers: [tier(row, 1), tier(row, 2), tier(row, 3)], open: row.state === "closed" ? [] : [[row.state === "open" ? -1 : breakLeft(row.since), Infinity] as const] })),
      now: windows.rows.map((row) => (row.line !== null && place.has(row.line) ? { service: place.get(row.line)!, elapsed: row.elapsed ?? 0 } : undefined)),
    },
  };
}

/** A break is taken to last a quarter of an hour, and five minutes more when it has. */
const breakLeft = (since: number): number => Math.max(5, 15 - since);

/** Advice of a hall, newest first: what is open now, or what was decided. */
export async function listAdvice(db: Database, hallId: number, which: "open" | "decided", limit = 30): Promise<AdviceView[]> {
  const { rows } = await sql<AdviceView>`
    select a.id, a.at, a.kind, w.code as window, s.name as staff, a.lines -> 'own' as own, a.lines -> 'helping' as helping, a.forecast, a.gain::float8 as gain, a.state,
           a.decided_at as "decidedAt", coalesce(d.name, a.decided_by) as "decidedBy", a.outcome
      from tidal_advice a join windows w on w.hall_id = a.hall_id and w.id = a.window_id left join staff s on s.id = a.staff_id left join staff d on a.decided_by = 'staff:' || d.id
     where a.hall_id = ${hallId} and ${which === "open" ? sql`a.state = 'open'` : sql`a.state in ('done', 'dismissed')`}
     order by ${which === "open" ? sql`abs(a.gain) desc` : sql`a.decided_at desc`}, a.id limit ${limit}`.execute(db);
  return rows;
}
