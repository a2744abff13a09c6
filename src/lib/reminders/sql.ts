import { sql } from "kysely";
import type { Tx } from "@/lib/db/transaction";

/** Calls that are older are told nobody any more, in seconds. */
const FRESH = 120;

/** Takes a hall's cursor for this transaction; undefined when another process has it or nothing new was written. A hall's first look begins at its end. */
export async function takeCursor(tx: Tx, hallId: number): Promise<{ from: number; to: number; now: string } | undefined> {
  await sql`insert into message_cursors (hall_id, seq) select hall_id, seq from ledger_heads where hall_id = ${hallId} on conflict do nothing`.execute(tx);
  const cursor = await sql<{ seq: number; now: string }>`select seq, app_now() as now from message_cursors where hall_id = ${hallId} for update skip locked`.execute(tx);
  if (!cursor.rows[0]) return undefined;
  // A statement of its own: what was committed while we waited for the cursor is seen.
  const head = await sql<{ seq: number }>`select seq from ledger_heads where hall_id = ${hallId}`.execute(tx);
  const { seq: from, now } = cursor.rows[0];
  const to = head.rows[0]!.seq;
  return to > from ? { from, to, now } : undefined;
}

export interface Told {
  seq: number;
  type: string;
  subject: string;
  number: string;
  token: string;
  window: string | null;
  zone: string | null;
  zoneEn: string | null;
  floor: number | null;
}

/** Fresh calls and misses of tickets that have a contact and are still in that state. */
export async function toldSteps(tx: Tx, hallId: number, from: number, to: number): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select e.seq, e.type, e.subject, t.number, t.token, w.code as window, z.name as zone, z.name_en as "zoneEn", z.floor
      from events e
      join message_contacts c on c.hall_id = e.hall_id and c.subject = e.subject
      join tickets t on t.hall_id = e.hall_id and t.id = (e.data -> 'ticket' ->> 'id')::bigint
      left join windows w on w.hall_id = t.hall_id and w.id = t.window_id left join zones z on z.hall_id = w.hall_id and z.id = w.zone_id
     where e.hall_id = ${hallId} and e.seq > ${from} and e.seq <= ${to} and e.at > app_now() - make_interval(secs => ${FRESH}::int)
       and ((e.type = 'ticket.called' and t.state = 'called') or (e.type = 'ticket.missed' and t.state = 'missed'))
     order by e.seq`.execute(tx);
  return rows;
}

export interface Near {
  id: number;
  number: string;
  token: string;
  returns: number;
  ahead: number;
  line: string;
  lineEn: string;
}

/** Waiting tickets with a contact in lines that have just moved, with at most so many before them. */
export async function nearTickets(tx: Tx, hallId: number, from: number, to: number, remindAhead: number): Promise<Near[]> {
  const { rows } = await sql<Near>`
    with moved as (
      select distinct x.line::int as line from events e cross join lateral (values (e.data -> 'before' ->> 'line'), (e.data -> 'ticket' ->> 'line')) x (line)
       where e.hall_id = ${hallId} and e.seq > ${from} and e.seq <= ${to} and e.subject like 'ticket:%' and x.line is not null and e.at > app_now() - make_interval(secs => ${FRESH}::int)
         and e.type <> 'ticket.issued')
    select * from (
      select t.id, t.number, t.token, t.returns, l.name as line, l.name_en as "lineEn",
             (select count(*)::int from tickets o where o.hall_id = t.hall_id and o.line_id = t.line_id and o.day = t.day and o.state = 'waiting' and o.target_window_id is null and (o.rank, o.id) < (t.rank, t.id)) as ahead
        from moved m
        join tickets t on t.hall_id = ${hallId} and t.line_id = m.line and t.state = 'waiting' and t.target_window_id is null
         and t.day = (select (app_now() at time zone time_zone)::date from halls where id = ${hallId})
        join lines l on l.hall_id = t.hall_id and l.id = t.line_id
       where exists (select 1 from message_contacts c where c.hall_id = t.hall_id and c.subject = 'ticket:' || t.id)) n
     where n.ahead <= ${remindAhead} order by n.id`.execute(tx);
  return rows;
}
