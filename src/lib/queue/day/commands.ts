import { sql } from "kysely";
import { type Database, database } from "@/lib/db/database";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { changeHall, type HallContext, type HallRef } from "@/lib/ledger/commands";
import { markClosed } from "@/lib/windows/commands";
import { currentPolicy } from "../policy/data";
import type { PolicyDocument } from "../policy/schema";
import { takeStep } from "../ticket/commands";
import { type TicketRow, ticketRows } from "../ticket/sql";
import type { DayPreview } from "./schema";

/** What the policy does with an unfinished ticket when its day ends: nothing is left hanging. */
const fateOf = (policy: PolicyDocument, state: string): "cancel" | "finish" => {
  if (state === "serving") return "finish";
  return state === "held" ? policy.endOfDay.held : "cancel";
};

const unfinished = (db: Database | HallContext["tx"], hallId: number, through: string) =>
  ticketRows(db, hallId).where("t.day", "<=", through).where("t.state", "in", ["waiting", "called", "serving", "held", "missed"]).orderBy("t.id");

/** What closing today would do, without doing it. */
export async function previewDay(db: Database, hall: HallRef): Promise<DayPreview> {
  const { rows: [head] } = await sql<{ seq: number; today: string }>`
    select l.seq, (app_now() at time zone h.time_zone)::date as today from halls h join ledger_heads l on l.hall_id = h.id where h.id = ${hall.id}`.execute(db);
  const { seq, today } = head!;
  const [tickets, windows, policy] = await Promise.all([
    unfinished(db, hall.id, today).execute(),
    db.selectFrom("windows").select("code").where("hall_id", "=", hall.id).where("state", "!=", "closed").orderBy("code").execute(),
    currentPolicy(db, hall.id),
  ]);
  const count = (state: string) => tickets.filter((row) => row.state === state).length;
  return {
    day: today, seq, waiting: count("waiting"), called: count("called"), held: count("held"), missed: count("missed"), serving: count("serving"), windows: windows.map((window) => window.code),
    tickets: tickets.map((row) => ({ number: row.number, line: row.line, state: row.state, issuedAt: row.issued_at, then: fateOf(policy, row.state) })),
  };
}

/** Closes the day as previewed; 409 `day_changed` when anything has happened since the preview of that `seq`. */
export async function closeDay(ctx: HallContext, seq: number): Promise<Result<{ tickets: number; windows: number }>> {
  if (seq !== ctx.seq) return refuse("day_changed", { seq: ctx.seq });
  return ok(await endTickets(ctx, ctx.today, true));
}

async function endTickets(ctx: HallContext, through: string, windowsToo: boolean): Promise<{ tickets: number; windows: number }> {
  const policy = await currentPolicy(ctx.tx, ctx.hall.id);
  const tickets = await unfinished(ctx.tx, ctx.hall.id, through).execute();
  for (const row of tickets) await endTicket(ctx, row, fateOf(policy, row.state));
  const open = windowsToo ? await ctx.tx.selectFrom("windows").select("id").where("hall_id", "=", ctx.hall.id).where("state", "!=", "closed").execute() : [];
  for (const window of open) await markClosed(ctx, window.id, true);
  if (tickets.length + open.length > 0) await ctx.append("day.closed", `day:${through}`, { tickets: tickets.length, windows: open.length });
  return { tickets: tickets.length, windows: open.length };
}

const endTicket = (ctx: HallContext, row: TicketRow, fate: "cancel" | "finish") =>
  takeStep(ctx, row, fate === "cancel" ? "expire" : "complete", { ended_at: ctx.now, outcome: "day_closed", target_window_id: null }, { window: row.window ?? undefined, line: row.line, reason: "day_closed" });

/** Ends what earlier business days left open, hall by hall; run by the job runner after midnight of each hall. */
export async function closePastDays(): Promise<number> {
  const { rows } = await sql<{ id: number; code: string; yesterday: string }>`
    select h.id, h.code, (app_now() at time zone h.time_zone)::date - 1 as yesterday from halls h
     where exists (select 1 from tickets t where t.hall_id = h.id and t.day < (app_now() at time zone h.time_zone)::date and t.state in ('waiting', 'called', 'serving', 'held', 'missed'))`.execute(database());
  for (const { yesterday, ...hall } of rows) {
    await changeHall(database(), { hall, actor: "system" }, async (ctx) => ok(await endTickets(ctx, yesterday, true)));
  }
  return rows.length;
}
