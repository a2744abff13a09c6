import { sql } from "kysely";
import type { Database } from "@/lib/db/database";

const PAGE = 10_000;

/** What a seal covers: every column of its events, one line each, after the hash of the seal before. */
const content = (hallId: number, from: number, to: number) => sql<string>`(
  select string_agg(concat_ws('|', seq, at, type, actor, subject, data::text), E'\n' order by seq) from events where hall_id = ${hallId} and seq between ${from} and ${to})`;

const digest = (previous: string, hallId: number, from: number, to: number) =>
  sql<string>`encode(sha256(convert_to(${previous} || ${content(hallId, from, to)}, 'UTF8')), 'hex')`;

/** Seals what has been written since the last seal, hall by hall: a hash chain that shows any later change. Returns the number of new seals. */
export async function sealLedgers(db: Database): Promise<number> {
  const { rows: open } = await sql<{ hall_id: number; from_seq: number; seq: number; hash: string }>`
    select h.hall_id, coalesce(s.to_seq, 0) + 1 as from_seq, h.seq, coalesce(s.hash, '') as hash from ledger_heads h
      left join lateral (select to_seq, hash from ledger_seals s where s.hall_id = h.hall_id order by to_seq desc limit 1) s on true
     where h.seq > coalesce(s.to_seq, 0)`.execute(db);
  let seals = 0;
  for (const { hall_id, from_seq, seq, hash } of open) {
    let previous = hash;
    for (let from = from_seq; from <= seq; from += PAGE) {
      const to = Math.min(seq, from + PAGE - 1);
      const row = await db.insertInto("ledger_seals").values({ hall_id, from_seq: from, to_seq: to, hash: digest(previous, hall_id, from, to) })
        .onConflict((conflict) => conflict.doNothing()).returning("hash").executeTakeFirst();
      if (!row) break;
      previous = row.hash;
      seals++;
    }
  }
  return seals;
}

/** Faults of a hall's ledger: gaps in `seq`, time that runs backwards, seals that do not match. Empty when whole. */
export async function checkLedger(db: Database, hallId: number): Promise<string[]> {
  const faults: string[] = [];
  const { rows: [shape] } = await sql<{ n: number; first: number | null; last: number | null; head: number; backwards: number }>`
    select count(*) as n, min(seq) as first, max(seq) as last, (select seq from ledger_heads where hall_id = ${hallId}) as head, count(*) filter (where at < before) as backwards
      from (select seq, at, lag(at) over (order by seq) as before from events where hall_id = ${hallId}) e`.execute(db);
  if (shape!.n > 0 && (shape!.first !== 1 || shape!.last !== shape!.n)) faults.push(`gap: ${shape!.n} events between ${shape!.first} and ${shape!.last}`);
  if ((shape!.last ?? 0) !== shape!.head) faults.push(`head is ${shape!.head} but the last event is ${shape!.last}`);
  if (shape!.backwards > 0) faults.push(`time runs backwards ${shape!.backwards} times`);
  const seals = await db.selectFrom("ledger_seals").selectAll().where("hall_id", "=", hallId).orderBy("to_seq").execute();
  let previous = "";
  let next = 1;
  for (const seal of seals) {
    const { rows: [now] } = await sql<{ hash: string }>`select ${digest(previous, hallId, seal.from_seq, seal.to_seq)} as hash`.execute(db);
    if (seal.from_seq !== next) faults.push(`seals do not join at ${seal.from_seq}`);
    if (now!.hash !== seal.hash) faults.push(`events ${seal.from_seq}–${seal.to_seq} were changed after they were sealed`);
    previous = seal.hash;
    next = seal.to_seq + 1;
  }
  return faults;
}
