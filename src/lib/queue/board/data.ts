import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { shared } from "@/lib/kernel/shared";
import type { HallRef } from "@/lib/ledger/commands";
import { waitingNow } from "../estimate/data";
import { estimatesNow } from "../estimate/live/data";
import type { Board } from "./schema";

interface Kept {
  seq: number;
  at: number;
  board: Promise<Board>;
}
const kept = () => shared("boards", () => new Map<number, Kept>());

/** As many calls as a board shows. */
const CALLS_PER_ZONE = 8;

/** Estimates drift with the clock even when nothing happens. */
const FRESH_MS = 10_000;

/**
 * The snapshot of a hall. All screens that ask at the same `seq` share one reading, so a reconnect storm of thousands of
 * screens costs one query per hall. `seq` is read first: what the snapshot shows is at least that new.
 */
export async function boardOf(db: Database, hall: HallRef): Promise<Board> {
  const head = await db.selectFrom("ledger_heads").select("seq").where("hall_id", "=", hall.id).executeTakeFirstOrThrow();
  const known = kept().get(hall.id);
  if (known && known.seq === head.seq && Date.now() - known.at < FRESH_MS) return known.board;
  const board = readBoard(db, hall, head.seq);
  kept().set(hall.id, { seq: head.seq, at: Date.now(), board });
  board.catch(() => kept().delete(hall.id));
  return board;
}

async function readBoard(db: Database, hall: HallRef, seq: number): Promise<Board> {
  const one = <T>(query: ReturnType<typeof sql<T>>) => query.execute(db).then(({ rows }) => rows);
  const [clock] = await one<{ at: string; today: string }>(sql`select app_now() as at, (app_now() at time zone time_zone)::date as today from halls where id = ${hall.id}`);
  const { at, today } = clock!;
  const [waitingIn, lines, windows, calls, zones, notices] = await Promise.all([
    waitingNow(db, hall.id, today),
    one<{ id: number; code: string; name: string; nameEn: string; field: string; zone: string | null }>(sql`
      select l.id, l.code, l.name, l.name_en as "nameEn", f.code as field, z.code as zone from lines l join fields f on f.hall_id = l.hall_id and f.id = l.field_id
        left join zones z on z.hall_id = l.hall_id and z.id = l.zone_id where l.hall_id = ${hall.id} and l.active order by l.sort, l.code`),
    one<{ code: string; name: string; nameEn: string; zone: string; floor: number; state: string; ticket: string | null; ticket_state: string | null; ticket_at: string | null; lines: string[] }>(sql`
      select w.code, w.name, w.name_en as "nameEn", z.code as zone, z.floor, w.state, t.number as ticket, t.state as ticket_state, coalesce(t.started_at, t.last_call_at) as ticket_at,
             coalesce((select jsonb_agg(l.code order by wl.tier, l.sort) from window_lines wl join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id where wl.hall_id = w.hall_id and wl.window_id = w.id), '[]') as lines
        from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id
        left join tickets t on t.hall_id = w.hall_id and t.window_id = w.id and t.state in ('called', 'serving')
       where w.hall_id = ${hall.id} and w.active order by z.floor, w.sort, w.code`),
    // The last of each zone, so that a quiet zone's screen is not emptied by a busy one.
    one<{ place: number; number: string; window: string; zone: string; at: string; times: number; state: string; seq: number }>(sql`
      select * from (select row_number() over (partition by z.id order by t.last_call_at desc) as place, t.number, w.code as window, z.code as zone, t.last_call_at as at, t.calls as times, t.state,
             (select max(e.seq) from events e where e.hall_id = t.hall_id and e.subject = 'ticket:' || t.id and e.type in ('ticket.called', 'ticket.recalled')) as seq
        from tickets t join windows w on w.hall_id = t.hall_id and w.id = t.window_id join zones z on z.hall_id = w.hall_id and z.id = w.zone_id
       where t.hall_id = ${hall.id} and t.day = ${today} and t.last_call_at is not null and t.state in ('called', 'serving', 'missed', 'finished')
       ) recent where place <= ${CALLS_PER_ZONE} order by at desc`),
    one<Board["zones"][number]>(sql`select code, name, name_en as "nameEn", floor, voice from zones where hall_id = ${hall.id} and active order by floor, sort`),
    one<{ text: string; textEn: string; zone: string | null }>(sql`
      select n.text, n.text_en as "textEn", z.code as zone from notices n left join zones z on z.hall_id = n.hall_id and z.id = n.zone_id
       where n.hall_id = ${hall.id} and n.active and n.starts_at <= app_now() and (n.ends_at is null or n.ends_at > app_now()) order by n.id`),
  ]);
  const estimates = await estimatesNow(db, hall.id, today, lines.map(({ id }) => ({ lineId: id, ahead: waitingIn.get(id)?.count ?? 0 })), seq);
  const open = new Set(windows.filter((window) => window.state === "open").map((window) => window.code));
  return {
    hall: hall.code, seq, at,
    lines: lines.map(({ id, zone, ...line }, index) => {
      const waiting = waitingIn.get(id);
      const estimate = estimates[index];
      return {
        ...line, ...(zone ? { zone } : {}), waiting: waiting?.count ?? 0, windows: windows.filter((window) => open.has(window.code) && window.lines.includes(line.code)).length,
        ...(estimate ? { estimateMinutes: estimate } : {}), ...(waiting ? { oldest: waiting.oldest } : {}),
      };
    }),
    windows: windows.map(({ ticket, ticket_state, ticket_at, state, ...window }) => ({
      ...window, state: (ticket_state === "called" ? "calling" : ticket_state === "serving" ? "serving" : state) as Board["windows"][number]["state"],
      ...(ticket ? { ticket: { number: ticket, at: ticket_at! } } : {}),
    })),
    calls: calls.map(({ place: _place, ...call }) => ({ ...call, seq: call.seq ?? 0, state: (call.state === "finished" ? "ended" : call.state) as Board["calls"][number]["state"] })),
    zones, notices: notices.map(({ zone, ...notice }) => (zone ? { ...notice, zone } : notice)),
  };
}
