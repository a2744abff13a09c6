import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";
import { type DayFairness, type FairnessCall, fairnessOf, overtakesSuffered } from "./model";

export interface FairDay extends DayFairness {
  day: string;
}
export interface Overtaken {
  number: string;
  class: string;
  line: string;
  issuedAt: string;
  calledAt: string;
  overtaken: number;
}

/** Fairness of each of the last days with calls, newest first, and the tickets of the newest day that were overtaken most. */
export async function fairDays(db: Database, hallId: number, range: { from: string; to: string }): Promise<{ days: FairDay[]; most: Overtaken[] }> {
  const { rows } = await sql<FairnessCall & Omit<Overtaken, "overtaken" | "issuedAt" | "calledAt" | "line"> & { day: string; lineCode: string; issued: string; called: string }>`
    select t.id, t.line_id as line, t.class, t.channel, t.day, t.number, l.code as "lineCode", t.issued_at as issued, t.called_at as called,
           (extract(epoch from t.issued_at) * 1000)::float8 as "issuedAt", (extract(epoch from t.called_at) * 1000)::float8 as "calledAt"
      from tickets t join lines l on l.hall_id = t.hall_id and l.id = t.line_id
     where t.hall_id = ${hallId} and t.day between ${range.from}::date and ${range.to}::date and t.called_at is not null order by t.day desc, t.id`.execute(db);
  const byDay = new Map<string, typeof rows>();
  for (const row of rows) {
    const known = byDay.get(row.day);
    if (known) known.push(row);
    else byDay.set(row.day, [row]);
  }
  const newest = [...byDay.values()][0] ?? [];
  const suffered = overtakesSuffered(newest);
  const most = newest.map((row) => ({ number: row.number, class: row.class, line: row.lineCode, issuedAt: row.issued, calledAt: row.called, overtaken: suffered.get(row.id)! }))
    .filter((row) => row.overtaken > 0).sort((a, b) => b.overtaken - a.overtaken).slice(0, 20);
  return { days: [...byDay].map(([day, calls]) => ({ day, ...fairnessOf(calls) })), most };
}

export interface CallRow {
  code: string;
  at: string;
  day: string;
  number: string;
  line: string;
  window: string;
  class: string;
  /** How the window came to this ticket: own, helping, tidal, targeted, reserved, or by number against the order. */
  order: string;
  rule: string;
  policy: number;
  reason: string | null;
  by: string | null;
  /** The heads that it was compared with, first to last. */
  compared: string[];
  version: number;
}

/** Every call with its reason, newest first: what the auditor looks through. */
export const listCalls = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<CallRow>> =>
  readList<CallRow & { place: number }>(db, sql`
    select e.seq::text as code, -e.seq as place, e.at, (e.at at time zone h.time_zone)::date as day, e.data -> 'public' ->> 'number' as number, e.data -> 'public' ->> 'line' as line, e.data -> 'public' ->> 'window' as window,
           e.data -> 'ticket' ->> 'class' as class, case when e.data ? 'reason' then 'by_number' else coalesce(e.data -> 'order' ->> 'by', 'own') end as "order", e.data -> 'ticket' ->> 'rule' as rule,
           coalesce((e.data -> 'order' ->> 'policy')::int, (e.data -> 'ticket' ->> 'policy')::int) as policy, e.data ->> 'reason' as reason, s.name as by,
           coalesce(array(select (c.value ->> 'number') || ' ' || to_char((c.value ->> 'rank')::timestamptz at time zone h.time_zone, 'HH24:MI:SS') from jsonb_array_elements(e.data -> 'compared') with ordinality c order by c.ordinality), '{}') as compared, 1 as version
      from events e join halls h on h.id = e.hall_id left join staff s on 'staff:' || s.id = e.actor
     where e.hall_id = ${hallId} and e.type = 'ticket.called'`,
  { search: ["number", "window", "line", "by", "reason"], order: ["place"], arrays: ["compared"] }, query);
