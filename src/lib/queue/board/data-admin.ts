/** The hall's ledger as administrators and auditors read it. Reads only. */
import { type RawBuilder, sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { eventDetails, REFERENCES, type ReferenceTable } from "./event-words";

export interface EventRow {
  seq: number;
  at: string;
  type: string;
  actor: string;
  /** Name of the person, device or key that did it. */
  actorName: string | null;
  subject: string;
  subjectName: string | null;
  data: Record<string, unknown>;
}

export interface EventQuery {
  /** `ticket` for all of a kind, `ticket.called` for one type. */
  type?: string;
  /** A ticket number, or the code of a window, device, account or record. */
  subject?: string;
  /** Name, user name or device code of the one who did it. */
  actor?: string;
  /** Business date, `YYYY-MM-DD`. */
  day?: string;
  /** Only events older than this `seq`. */
  before?: number;
  limit: number;
}

const id = (column: RawBuilder<unknown>) => sql`nullif(split_part(${column}, ':', 2), '')::int`;
const ACTOR = sql.ref("e.actor");
const SUBJECT = sql.ref("e.subject");

/** Names are looked up only for the page that is read. */
const actorName = sql`case split_part(e.actor, ':', 1)
  when 'staff' then (select s.name from staff s where s.id = ${id(ACTOR)})
  when 'device' then (select d.code from devices d where d.hall_id = e.hall_id and d.id = ${id(ACTOR)})
  when 'token' then (select nullif(a.label, '') from access_tokens a where a.id = ${id(ACTOR)}) end`;
const subjectName = sql`case split_part(e.subject, ':', 1)
  when 'window' then (select w.code from windows w where w.hall_id = e.hall_id and w.id = ${id(SUBJECT)})
  when 'device' then (select d.code from devices d where d.hall_id = e.hall_id and d.id = ${id(SUBJECT)})
  when 'staff' then (select s.username from staff s where s.id = ${id(SUBJECT)}) end`;

export const eventColumns = sql`e.seq, e.at, e.type, e.actor, ${actorName} as "actorName", e.subject, ${subjectName} as "subjectName", e.data`;

/** Subjects that a number or code may mean, so that the index on subject answers. */
async function subjectsOf(db: Database, hallId: number, text: string): Promise<string[]> {
  const wanted = text.trim();
  const { rows } = await sql<{ subject: string }>`
    (select 'ticket:' || id as subject from tickets where hall_id = ${hallId} and number = ${wanted.toUpperCase()} order by id desc limit 400)
    union all select 'window:' || id from windows where hall_id = ${hallId} and code = ${wanted.toUpperCase()}
    union all select 'line:' || id from lines where hall_id = ${hallId} and code = ${wanted.toUpperCase()}
    union all select 'zone:' || id from zones where hall_id = ${hallId} and code = ${wanted}
    union all select 'device:' || id from devices where hall_id = ${hallId} and code = ${wanted.toLowerCase()}
    union all select 'item:' || id from items where hall_id = ${hallId} and code = ${wanted}
    union all select 'field:' || id from fields where hall_id = ${hallId} and code = ${wanted}
    union all select 'department:' || id from departments where hall_id = ${hallId} and code = ${wanted}
    union all select 'notice:' || id from notices where hall_id = ${hallId} and code = ${wanted}
    union all select 'staff:' || id from staff where username = ${wanted.toLowerCase()} or name = ${wanted}`.execute(db);
  return rows.map((row) => row.subject);
}

async function actorsOf(db: Database, hallId: number, text: string): Promise<string[]> {
  const wanted = text.trim();
  const { rows } = await sql<{ actor: string }>`
    select 'staff:' || id as actor from staff where (hall_id = ${hallId} or hall_id is null) and (username = ${wanted.toLowerCase()} or name like ${`%${wanted.replace(/[\\%_]/g, "\\$&")}%`})
    union all select 'device:' || id from devices where hall_id = ${hallId} and (code = ${wanted.toLowerCase()} or name = ${wanted})
    union all select 'token:' || id from access_tokens where hall_id = ${hallId} and label = ${wanted}`.execute(db);
  return [wanted, ...rows.map((row) => row.actor)];
}

/** One page of the hall's ledger, newest first. */
export async function listEvents(db: Database, hallId: number, query: EventQuery): Promise<{ rows: EventRow[]; more: boolean }> {
  const parts: RawBuilder<unknown>[] = [sql`e.hall_id = ${hallId}`];
  if (query.type) parts.push(query.type.includes(".") ? sql`e.type = ${query.type}` : sql`e.type like ${`${query.type.replace(/[\\%_]/g, "\\$&")}.%`}`);
  if (query.before !== undefined) parts.push(sql`e.seq < ${query.before}`);
  if (query.subject) parts.push(sql`e.subject = any(${await subjectsOf(db, hallId, query.subject)}::text[])`);
  if (query.actor) parts.push(sql`e.actor = any(${await actorsOf(db, hallId, query.actor)}::text[])`);
  if (query.day) {
    const zone = sql`(select time_zone from halls where id = ${hallId})`;
    parts.push(sql`e.at >= (${query.day}::date)::timestamp at time zone ${zone} and e.at < (${query.day}::date + 1)::timestamp at time zone ${zone}`);
  }
  const { rows } = await sql<EventRow>`select ${eventColumns} from events e where ${sql.join(parts, sql` and `)} order by e.seq desc limit ${query.limit + 1}`.execute(db);
  return { rows: rows.slice(0, query.limit), more: rows.length > query.limit };
}

/** Codes of the records that events refer to by id: `"zones:3"` → `"A"`. One query per table that is needed. */
export async function referenceCodes(db: Database, hallId: number, rows: readonly EventRow[]): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<ReferenceTable, Set<number>>();
  for (const { key, value, before } of rows.flatMap((row) => eventDetails(row.data))) {
    const table = (REFERENCES as Record<string, ReferenceTable | undefined>)[key];
    for (const id of [value, before]) if (table && typeof id === "number") wanted.set(table, (wanted.get(table) ?? new Set()).add(id));
  }
  const found = await Promise.all([...wanted].map(async ([table, ids]) => {
    const { rows: codes } = await sql<{ id: number; code: string }>`select id, code from ${sql.table(table)} where hall_id = ${hallId} and id = any(${[...ids]}::int[])`.execute(db);
    return codes.map(({ id, code }) => [`${table}:${id}`, code] as const);
  }));
  return new Map(found.flat());
}
