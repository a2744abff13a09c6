import { type RawBuilder, sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";

/** The columns that a ticket is shown with; one query for every reader. */
export const ticketRows = (db: Database | Tx, hallId: number) =>
  db.selectFrom("tickets as t")
    .innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "t.hall_id").onRef("l.id", "=", "t.line_id"))
    .leftJoin("items as i", (join) => join.onRef("i.hall_id", "=", "t.hall_id").onRef("i.id", "=", "t.item_id"))
    .leftJoin("windows as w", (join) => join.onRef("w.hall_id", "=", "t.hall_id").on((on) => on(sql`coalesce(t.target_window_id, t.window_id)`, "=", on.ref("w.id"))))
    .leftJoin("zones as z", (join) => join.onRef("z.hall_id", "=", "t.hall_id").on((on) => on(sql`coalesce(w.zone_id, l.zone_id)`, "=", on.ref("z.id"))))
    .select([
      "t.id", "t.hall_id", "t.token", "t.day", "t.number", "t.state", "t.class", "t.rank", "t.rank_rule", "t.policy_version", "t.calls", "t.returns",
      "t.issued_at", "t.called_at", "t.last_call_at", "t.started_at", "t.ended_at", "t.outcome", "t.line_id", "t.window_id", "t.target_window_id", "t.item_id", "t.booked_start", "t.booked_late",
      "l.code as line", "l.name as line_name", "l.name_en as line_name_en", "i.code as item", "i.name as item_name", "i.name_en as item_name_en",
      "w.code as window", "z.code as zone_code", "z.name as zone", "z.name_en as zone_en", "z.floor",
    ])
    .where("t.hall_id", "=", hallId);

export type TicketRow = Awaited<ReturnType<ReturnType<typeof ticketRows>["executeTakeFirstOrThrow"]>>;

/** How many wait before each of the given tickets, in the order in which they will be called. */
export async function aheadOf(db: Database | Tx, row: Pick<TicketRow, "hall_id" | "id" | "day" | "line_id" | "target_window_id" | "rank">): Promise<number> {
  const place: RawBuilder<unknown> = row.target_window_id === null
    ? sql`line_id = ${row.line_id} and target_window_id is null`
    : sql`target_window_id = ${row.target_window_id}`;
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from tickets
     where hall_id = ${row.hall_id} and day = ${row.day} and state = 'waiting' and ${place} and (rank, id) < (${row.rank}::timestamptz, ${row.id})`.execute(db);
  return rows[0]!.n;
}

/**
 * The place behind the next `behind` of a line (过号顺延): just after the rank of the last of them, never before the
 * ticket's own. `behind` undefined means behind everybody who waits.
 */
export const rankBehind = (hallId: number, lineId: number, day: string, own: string, behind: number | undefined): RawBuilder<string> => sql<string>`
  greatest(${own}::timestamptz, coalesce((select max(rank) + interval '1 microsecond' from (
    select rank from tickets where hall_id = ${hallId} and line_id = ${lineId} and day = ${day} and state = 'waiting' and target_window_id is null
     order by rank, id ${behind === undefined ? sql`` : sql`limit ${behind}`}) next), ${own}::timestamptz))`;
