import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { shared } from "@/lib/kernel/shared";
import type { Estimate } from "../ticket/schema";
import { estimateWait, serversOf, type WindowShare } from "./model";

interface ServiceTime {
  minutes: number;
  cv: number;
}

/** Service times move slowly; one reading per hall and half minute is enough. */
const FRESH_MS = 30_000;
const cache = () => shared("service-times", () => new Map<number, { at: number; times: Map<number, ServiceTime> }>());

/** Mean (minutes) and variation of the last 60 services of each line within 14 days; before 8 are known, the planned time. */
async function serviceTimes(db: Database | Tx, hallId: number): Promise<Map<number, ServiceTime>> {
  const known = cache().get(hallId);
  if (known && Date.now() - known.at < FRESH_MS) return known.times;
  const { rows } = await sql<{ id: number; planned: number; n: number; mean: number | null; sd: number | null }>`
    select l.id, l.minutes as planned, s.n, s.mean, s.sd
      from lines l
      left join lateral (
        select count(*) as n, avg(m)::float8 as mean, stddev_samp(m)::float8 as sd from (
          select extract(epoch from ended_at - started_at) / 60 as m from tickets t
           where t.hall_id = l.hall_id and t.line_id = l.id and t.state = 'finished' and t.started_at is not null and t.ended_at > app_now() - interval '14 days'
           order by t.ended_at desc limit 60) last) s on true
     where l.hall_id = ${hallId}`.execute(db);
  const times = new Map(rows.map((row) => {
    const measured = row.n >= 8 && row.mean !== null && row.mean > 0;
    return [row.id, measured ? { minutes: row.mean!, cv: Math.min(2, Math.max(0.3, (row.sd ?? 0) / row.mean!)) } : { minutes: row.planned, cv: 0.8 }];
  }));
  cache().set(hallId, { at: Date.now(), times });
  return times;
}

/** Waiting in each line, and since when the longest. */
export type Waiting = Map<number, { count: number; oldest: string }>;

export async function waitingNow(db: Database | Tx, hallId: number, today: string): Promise<Waiting> {
  const rows = await db.selectFrom("tickets").select(({ fn }) => ["line_id", fn.countAll<number>().as("count"), fn.min("issued_at").as("oldest")])
    .where("hall_id", "=", hallId).where("day", "=", today).where("state", "=", "waiting").groupBy("line_id").execute();
  return new Map(rows.map((row) => [row.line_id, { count: row.count, oldest: row.oldest }]));
}

export interface HallLoad {
  waiting: Waiting;
  windows: WindowShare[];
  times: Map<number, ServiceTime>;
}

/** What the plain estimate of any line of the hall needs: it answers where no simulation is at hand. */
export async function hallLoad(db: Database | Tx, hallId: number, today: string): Promise<HallLoad> {
  const waiting = await waitingNow(db, hallId, today);
  const { rows } = await sql<{ id: number; busy: boolean; lines: { lineId: number; tier: number }[] }>`
    select w.id, exists (select 1 from tickets t where t.hall_id = w.hall_id and t.window_id = w.id and t.state in ('called', 'serving')) as busy,
           jsonb_agg(jsonb_build_object('lineId', wl.line_id, 'tier', wl.tier)) as lines
      from windows w join window_lines wl on wl.hall_id = w.hall_id and wl.window_id = w.id
     where w.hall_id = ${hallId} and w.state = 'open' group by w.hall_id, w.id`.execute(db);
  const windows = rows.map(({ busy, lines }) => ({ busy, lines: lines.map((line) => ({ ...line, waiting: waiting.get(line.lineId)?.count ?? 0 })) }));
  return { waiting, windows, times: await serviceTimes(db, hallId) };
}

/** Wait of a ticket with `ahead` before it in the line. */
export function estimateFor(load: HallLoad, lineId: number, ahead: number): Estimate | undefined {
  const time = load.times.get(lineId);
  return time && estimateWait({ ahead, ...serversOf(lineId, load.windows), ...time });
}
