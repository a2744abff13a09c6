import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { TIERS } from "./model";

/** Lines with resident items on application that no window in use serves: their people could never be called. */
export async function uncoveredLines(db: Database | Tx, hallId: number): Promise<{ code: string; items: number }[]> {
  const { rows } = await sql<{ code: string; items: number }>`
    select l.code, count(*)::int as items
      from lines l join items i on i.hall_id = l.hall_id and i.line_id = l.id and i.active and i.on_application and i.residency <> 'not_resident'
     where l.hall_id = ${hallId} and not exists (
       select 1 from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active
        where wl.hall_id = l.hall_id and wl.line_id = l.id)
     group by l.code, l.sort order by l.sort, l.code`.execute(db);
  return rows;
}

/** The lines that a window serves now, by their codes. */
export async function windowLines(db: Database | Tx, hallId: number, windowId: number): Promise<{ own: string[]; helping: string[]; tidal: string[] }> {
  const { rows } = await sql<{ code: string; tier: number }>`
    select l.code, wl.tier from window_lines wl join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id
     where wl.hall_id = ${hallId} and wl.window_id = ${windowId} order by l.sort, l.code`.execute(db);
  const of = (tier: number) => rows.filter((row) => row.tier === tier).map((row) => row.code);
  return { own: of(TIERS.own), helping: of(TIERS.helping), tidal: of(TIERS.tidal) };
}

/** Id of a window by its code. */
export const windowIdOf = async (db: Database | Tx, hallId: number, code: string): Promise<number | undefined> =>
  (await db.selectFrom("windows").select("id").where("hall_id", "=", hallId).where("code", "=", code).executeTakeFirst())?.id;

export interface WindowSpan {
  weekday: number;
  start: string;
  end: string;
  bookedOnly: boolean;
}

/** A window's own week; empty when it has its hall's times. */
export async function windowOpenings(db: Database | Tx, hallId: number, windowId: number): Promise<WindowSpan[]> {
  const { rows } = await sql<WindowSpan>`
    select weekday, to_char(starts, 'HH24:MI') as start, to_char(ends, 'HH24:MI') as end, booked_only as "bookedOnly"
      from window_openings where hall_id = ${hallId} and window_id = ${windowId} order by weekday, starts`.execute(db);
  return rows;
}
