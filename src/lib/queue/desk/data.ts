import { sql } from "kysely";
import type { Principal } from "@/lib/auth/model";
import type { Database } from "@/lib/db/database";
import type { Locale } from "@/lib/i18n/locale";
import { notFound } from "@/lib/kernel/errors";
import type { HallRef } from "@/lib/ledger/commands";
import { currentPolicy } from "../policy/data";
import { UNDOABLE } from "../ticket/model";
import { toTicket, whyCalled } from "../ticket/data";
import { ticketRows } from "../ticket/sql";
import { lastStep } from "./commands";
import type { Desk, WindowChoice } from "./schema";

/** Windows of a hall for the one who signs in: own usual window first. */
export async function windowChoices(db: Database, hall: HallRef, who: Principal): Promise<WindowChoice[]> {
  const staffId = who.kind === "staff" ? who.id : 0;
  const { rows } = await sql<Omit<WindowChoice, "openedFor"> & { operatorName: string | null; openedFor: string | null }>`
    select w.code, w.name, w.name_en as "nameEn", z.name as zone, z.name_en as "zoneEn", z.floor, w.kind, w.state, o.name as "operatorName",
           coalesce(w.operator = ${who.actor}, false) as mine, coalesce((select s.usual_window_id = w.id from staff s where s.id = ${staffId}), false) as usual,
           case when w.operator = ${who.actor} and w.state = 'open' then (select case when e.data ->> 'for' = ${String(staffId)} then coalesce(e.data ->> 'reason', '') end from events e
             where e.hall_id = w.hall_id and e.subject = 'window:' || w.id and e.type = 'window.opened' order by e.seq desc limit 1) end as "openedFor",
           coalesce((select jsonb_agg(l.code order by wl.tier, l.sort) from window_lines wl join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id where wl.hall_id = w.hall_id and wl.window_id = w.id), '[]') as lines
      from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id left join staff o on 'staff:' || o.id = w.operator
     where w.hall_id = ${hall.id} and w.active order by mine desc, usual desc, z.floor, w.sort, w.code`.execute(db);
  return rows.map(({ operatorName, openedFor, ...row }) => ({ ...row, ...(operatorName ? { operatorName } : {}), ...(openedFor === null ? {} : { openedFor }) }));
}

/** Everything the clerk's desk shows. */
export async function deskOf(db: Database, hall: HallRef, windowId: number, who: Principal, locale: Locale): Promise<Desk> {
  const { rows: [head] } = await sql<{ seq: number; at: string; today: string }>`
    select l.seq, app_now() as at, (app_now() at time zone h.time_zone)::date as today from halls h join ledger_heads l on l.hall_id = h.id where h.id = ${hall.id}`.execute(db);
  const window = await db.selectFrom("windows as w").innerJoin("zones as z", (join) => join.onRef("z.hall_id", "=", "w.hall_id").onRef("z.id", "=", "w.zone_id"))
    .leftJoin("staff as s", (join) => join.on(sql`'staff:' || s.id`, "=", (eb) => eb.ref("w.operator")))
    .select(["w.code", "w.name", "w.name_en", "z.name as zone", "z.name_en as zone_en", "w.state", "w.state_at", "w.pause_reason", "w.operator", "s.name as operator_name"])
    .where("w.hall_id", "=", hall.id).where("w.id", "=", windowId).executeTakeFirst();
  if (!window || !head) throw notFound("window_not_found");
  const [here, missed, lines, today, policy, undo] = await Promise.all([
    ticketRows(db, hall.id).where("t.window_id", "=", windowId).where("t.state", "in", ["called", "serving", "held"]).orderBy("t.rank").execute(),
    ticketRows(db, hall.id).where("t.window_id", "=", windowId).where("t.state", "=", "missed").where("t.day", "=", head.today).orderBy("t.last_call_at", "desc").limit(12).execute(),
    linesOf(db, hall.id, windowId, head.today),
    todayOf(db, hall.id, windowId, window.code, head.today),
    currentPolicy(db, hall.id),
    undoOf(db, hall.id, window.code, who.actor),
  ]);
  const active = here.find((row) => row.state !== "held");
  return {
    hall: hall.code, seq: head.seq, at: head.at,
    window: {
      code: window.code, name: window.name, nameEn: window.name_en, zone: window.zone, zoneEn: window.zone_en, state: window.state as Desk["window"]["state"], stateAt: window.state_at,
      mine: window.operator === who.actor, ...(window.pause_reason ? { pauseReason: window.pause_reason } : {}), ...(window.operator ? { operator: window.operator } : {}), ...(window.operator_name ? { operatorName: window.operator_name } : {}),
    },
    ...(active ? { ticket: toTicket(active), why: await whyCalled(db, active, locale) } : {}),
    held: here.filter((row) => row.state === "held").map((row) => toTicket(row)),
    lines, missed: missed.map((row) => ({ number: row.number, at: row.last_call_at ?? row.issued_at })), today,
    ...(undo ? { undo } : {}), calls: policy.calls,
  };
}

async function linesOf(db: Database, hallId: number, windowId: number, today: string): Promise<Desk["lines"]> {
  const { rows } = await sql<Desk["lines"][number]>`
    select l.code, l.name, l.name_en as "nameEn", wl.tier,
           (select count(*) from tickets t where t.hall_id = l.hall_id and t.line_id = l.id and t.day = ${today} and t.state = 'waiting' and (t.target_window_id is null or t.target_window_id = ${windowId}))::int as waiting,
           coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('number', n.number, 'class', n.class, 'issuedAt', n.issued_at, 'itemName', n.name, 'itemNameEn', n.name_en)) order by n.rank, n.id)
              from (select t.number, t.class, t.issued_at, t.rank, t.id, i.name, i.name_en from tickets t left join items i on i.hall_id = t.hall_id and i.id = t.item_id
                     where t.hall_id = l.hall_id and t.line_id = l.id and t.day = ${today} and t.state = 'waiting' and (t.target_window_id is null or t.target_window_id = ${windowId}) order by t.rank, t.id limit 3) n), '[]') as next
      from window_lines wl join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id where wl.hall_id = ${hallId} and wl.window_id = ${windowId} order by wl.tier, l.sort`.execute(db);
  return rows;
}

async function todayOf(db: Database, hallId: number, windowId: number, code: string, today: string): Promise<Desk["today"]> {
  const { rows: [row] } = await sql<{ served: number; missed: number; transferred: number; service: number | null; wait: number | null }>`
    select count(*) filter (where state = 'finished' and started_at is not null)::int as served, count(*) filter (where state = 'missed')::int as missed,
           (select count(*) from events e join tickets x on x.hall_id = e.hall_id and 'ticket:' || x.id = e.subject where x.hall_id = ${hallId} and x.day = ${today} and e.type = 'ticket.transferred' and e.data -> 'public' ->> 'window' = ${code})::int as transferred,
           (avg(extract(epoch from ended_at - started_at)) filter (where state = 'finished') / 60)::float8 as service, (avg(extract(epoch from called_at - issued_at)) / 60)::float8 as wait
      from tickets where hall_id = ${hallId} and window_id = ${windowId} and day = ${today} and called_at is not null`.execute(db);
  return { served: row!.served, missed: row!.missed, transferred: row!.transferred, ...(row!.service === null ? {} : { meanServiceMinutes: row!.service }), ...(row!.wait === null ? {} : { meanWaitMinutes: row!.wait }) };
}

async function undoOf(db: Database, hallId: number, code: string, actor: string): Promise<Desk["undo"]> {
  const { undoSeconds } = await currentPolicy(db, hallId);
  const last = await lastStep(db, hallId, { window: code, actor }, undoSeconds);
  if (!last || !UNDOABLE.includes(last.type)) return undefined;
  return { type: last.type, number: last.data.public?.number ?? "", until: new Date(Date.parse(last.at) + undoSeconds * 1000).toISOString() };
}
