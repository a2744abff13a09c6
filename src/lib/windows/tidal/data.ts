import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { WindowLines } from "../commands";

export interface Move {
  id: number;
  window: string;
  at: string;
  endedAt: string | null;
  by: string;
  reason: string;
  before: WindowLines;
  after: WindowLines;
  /** People waiting by line code when it began, and when it ended. */
  waiting: Record<string, number>;
  waitingEnd: Record<string, number> | null;
  /** Tickets of the lines taken over that this window called meanwhile: what the change did for the queue. */
  taken: number;
}

/** The latest tidal changes of a hall, newest first. */
export async function listMoves(db: Database, hallId: number, limit = 50): Promise<Move[]> {
  const { rows } = await sql<Move>`
    select m.id, w.code as window, m.at, m.ended_at as "endedAt", coalesce(s.name, m.actor) as by, m.reason, m.before, m.after, m.waiting, m.waiting_end as "waitingEnd",
           (select count(*) from tickets t join lines l on l.hall_id = t.hall_id and l.id = t.line_id
             where t.hall_id = m.hall_id and t.window_id = m.window_id and t.called_at >= m.at and (m.ended_at is null or t.called_at < m.ended_at)
               and m.after -> 'own' ? l.code and not m.before -> 'own' ? l.code)::int as taken
      from window_moves m join windows w on w.hall_id = m.hall_id and w.id = m.window_id
      left join staff s on m.actor = 'staff:' || s.id
     where m.hall_id = ${hallId} order by m.id desc limit ${limit}`.execute(db);
  return rows;
}
