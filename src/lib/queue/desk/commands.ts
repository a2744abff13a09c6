import { sql } from "kysely";
import { type Database, database } from "@/lib/db/database";
import { asAppError, violated } from "@/lib/db/faults";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { announce, changeHall, type HallContext, type HallRequest } from "@/lib/ledger/commands";
import type { LedgerEvent } from "@/lib/ledger/model";
import { markClosed, type WindowRow, windowOf } from "@/lib/windows/commands";
import { currentPolicy } from "../policy/data";
import { recallVerdict } from "../policy/model";
import { compilePolicy, rankAfterTransfer } from "../policy/order";
import { findPlace, takeStep, ticketOfNumber } from "../ticket/commands";
import { type Step, UNDOABLE } from "../ticket/model";
import type { Ticket, TransferInput, Why } from "../ticket/schema";
import { type TicketRow, ticketRows } from "../ticket/sql";
import { type CallNextAnswer, callNextStatement } from "./sql";

/** A called ticket with what explains why it was the next. */
export interface Called {
  id: number;
  ticket: Ticket;
  rule: string;
  policyVersion: number;
  compared: Why["compared"];
  order: { policy: number; by: string; steppedBack?: string[] };
}

/** The part of `ticket_snapshot` that a call shows. */
interface Snapshot extends Record<"number" | "state" | "class" | "rank" | "issuedAt" | "lastCallAt" | "startedAt" | "rule", string> {
  id: number;
  calls: number;
  returns: number;
  policy: number;
}

export type CallNextRefusal = "queue_empty" | "window_busy" | "window_closed" | "window_paused" | "window_taken";

/**
 * 叫下一位: claims the ticket with the smallest rank among the heads of the window's lines, own lines first. A second
 * press finds the window busy and gets the current ticket (`details.ticket`). One round trip without a key; with one the
 * outcome is stored in the same transaction.
 */
export async function callNext(request: HallRequest, windowId: number): Promise<Result<Called, CallNextRefusal>> {
  if (request.once) {
    return changeHall(database(), request, async (ctx) => {
      const { rows } = await sql<{ answer: CallNextAnswer }>`select call_next(${ctx.hall.id}, ${windowId}, ${ctx.actor}) as answer`.execute(ctx.tx);
      return settle(request, rows[0]!.answer, (event) => ctx.appended(event));
    }) as Promise<Result<Called, CallNextRefusal>>;
  }
  try {
    return settle(request, await callNextStatement(request.hall.id, windowId, request.actor), (event) => announce(request.hall, [event]));
  } catch (error) {
    throw asAppError(error);
  }
}

function settle(request: HallRequest, answer: CallNextAnswer, publish: (event: LedgerEvent) => void): Result<Called, CallNextRefusal> {
  if (answer.refusal) return refuse(answer.refusal, answer.ticket === undefined ? {} : { ticket: answer.ticket });
  publish({ hallId: request.hall.id, seq: answer.seq!, at: answer.at!, type: "ticket.called", actor: request.actor, subject: answer.subject!, data: answer.data! });
  return ok(calledFrom(answer));
}

/** The answer of `call_next` as the outside sees it. */
function calledFrom({ data, shown }: CallNextAnswer): Called {
  const { ticket: snapshot, compared, order } = data as { ticket: Snapshot; compared: Called["compared"]; order: Called["order"] };
  const facts = {
    number: snapshot.number, ...shown, state: snapshot.state, class: snapshot.class, rank: snapshot.rank, issuedAt: snapshot.issuedAt, calledAt: snapshot.lastCallAt,
    startedAt: snapshot.startedAt, calls: snapshot.calls, returns: snapshot.returns,
  };
  const ticket = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)) as unknown as Ticket;
  return { id: snapshot.id, ticket, rule: snapshot.rule, policyVersion: snapshot.policy, compared, order };
}

type ActiveRefusal = "no_active_ticket";

/** The ticket that is called or served at the window now. */
async function activeTicket(ctx: HallContext, window: WindowRow): Promise<Result<TicketRow, ActiveRefusal>> {
  const row = await ticketRows(ctx.tx, ctx.hall.id).where("t.window_id", "=", window.id).where("t.state", "in", ["called", "serving"]).executeTakeFirst();
  return row ? ok(row) : refuse("no_active_ticket", { window: window.code });
}

const shown = (window: WindowRow, row: TicketRow) => ({ window: window.code, zone: window.zone, line: row.line });

/** A step on the window's current ticket that needs no more than the transition table. */
async function simpleStep(ctx: HallContext, windowId: number, step: Step, set: (row: TicketRow) => Parameters<typeof takeStep>[3], data: object = {}): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId);
  const active = await activeTicket(ctx, window);
  if (!active.ok) return active;
  return takeStep(ctx, active.value, step, set(active.value), { ...shown(window, active.value), ...data });
}

export const startService = (ctx: HallContext, windowId: number) => simpleStep(ctx, windowId, "start", () => ({ started_at: ctx.now }));
export const finishService = (ctx: HallContext, windowId: number, outcome = "done") => simpleStep(ctx, windowId, "finish", () => ({ ended_at: ctx.now, outcome }));
export const holdTicket = (ctx: HallContext, windowId: number, reason?: string) => simpleStep(ctx, windowId, "hold", () => ({}), reason ? { reason } : {});
export const missTicket = (ctx: HallContext, windowId: number) => simpleStep(ctx, windowId, "miss", () => ({ target_window_id: null }));

/** Repeats the call; limit and pause come from the policy. */
export async function recall(ctx: HallContext, windowId: number): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId);
  const active = await activeTicket(ctx, window);
  if (!active.ok) return active;
  const row = active.value;
  const policy = await currentPolicy(ctx.tx, ctx.hall.id);
  const seconds = (Date.parse(ctx.now) - Date.parse(row.last_call_at ?? ctx.now)) / 1000;
  const verdict = row.state === "called" ? recallVerdict(policy, row.calls, seconds) : "ok";
  if (verdict !== "ok") return refuse(verdict, { max: policy.calls.max, seconds: Math.ceil(policy.calls.pauseSeconds - seconds) });
  return takeStep(ctx, row, "recall", { calls: row.calls + 1, last_call_at: ctx.now }, shown(window, row));
}

/** Calls a certain number with a reason: it waits in one of the window's lines, was missed, or is held here. */
export async function callByNumber(ctx: HallContext, windowId: number, input: { number: string; reason: string }): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId);
  const free = await windowIsFree(ctx, window);
  if (!free.ok) return free;
  const found = await ticketOfNumber(ctx, input.number);
  if (!found.ok) return found;
  const row = found.value;
  if (row.state === "called" || row.state === "serving") return refuse("number_called_elsewhere", { number: row.number, window: row.window });
  const served = await ctx.tx.selectFrom("window_lines").select("tier").where("hall_id", "=", ctx.hall.id).where("window_id", "=", windowId).where("line_id", "=", row.line_id).executeTakeFirst();
  const here = row.window_id === windowId && (row.state === "held" || row.state === "missed");
  if (!served && row.target_window_id !== windowId && !here) return refuse("number_not_for_window", { number: row.number });
  return takeStep(ctx, row, "call", {
    window_id: windowId, target_window_id: null, calls: row.calls + 1, called_at: sql<string>`coalesce(called_at, ${ctx.now}::timestamptz)`, last_call_at: ctx.now, started_at: null,
  }, { ...shown(window, row), reason: input.reason });
}

/** Open, not busy, and held by the caller when a person calls. */
async function windowIsFree(ctx: HallContext, window: WindowRow): Promise<Result<true>> {
  if (window.state !== "open") return refuse(window.state === "paused" ? "window_paused" : "window_closed", { window: window.code });
  const busy = await activeTicket(ctx, window);
  return busy.ok ? refuse("window_busy", { number: busy.value.number, ticket: busy.value.id }) : ok(true);
}

/** Takes a held ticket up again at this window. */
export async function resumeTicket(ctx: HallContext, windowId: number, number: string): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId);
  const free = await windowIsFree(ctx, window);
  if (!free.ok) return free;
  const found = await ticketOfNumber(ctx, number);
  if (!found.ok) return found;
  if (found.value.state === "held" && found.value.window_id !== windowId) return refuse("number_not_for_window", { number: found.value.number });
  return takeStep(ctx, found.value, "resume", { started_at: sql<string>`coalesce(started_at, ${ctx.now}::timestamptz)` }, shown(window, found.value));
}

/** Moves the window's current ticket (or a held one by number) to another item, line or window; it keeps its seniority. */
export async function transferFromWindow(ctx: HallContext, windowId: number, target: TransferInput): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId);
  const found = target.number ? await ticketOfNumber(ctx, target.number) : await activeTicket(ctx, window);
  if (!found.ok) return found;
  if (found.value.window_id !== windowId && target.number) return refuse("number_not_for_window", { number: found.value.number });
  return transferTicket(ctx, found.value, target, window);
}

/** The rank of a ticket that is sent on, where the policy does not let it keep its own. */
async function rankSentOn(ctx: HallContext, row: TicketRow): Promise<{ rank?: string }> {
  const policy = compilePolicy(await currentPolicy(ctx.tx, ctx.hall.id));
  const own = Date.parse(row.rank);
  const rank = rankAfterTransfer(policy, own, Date.parse(ctx.now));
  return rank === own ? {} : { rank: new Date(rank).toISOString() };
}

/** Moves a ticket wherever it is, with the seniority that the policy gives; for guide desks and windows. */
export async function transferTicket(ctx: HallContext, row: TicketRow, target: TransferInput, from?: WindowRow): Promise<Result<number>> {
  const shared = { window_id: null, called_at: null, last_call_at: null, started_at: null, calls: 0, rank_rule: "transferred", ...(await rankSentOn(ctx, row)) };
  const facts = { window: from?.code, zone: from?.zone, fromLine: row.line };
  if (target.window !== undefined) {
    const goal = await ctx.tx.selectFrom("windows").select(["id", "code", "active"]).where("hall_id", "=", ctx.hall.id).where("code", "=", target.window).executeTakeFirst();
    if (!goal) return refuse("window_not_found", {}, "window");
    if (!goal.active) return refuse("transfer_target_inactive", {}, "window");
    const lines = await ctx.tx.selectFrom("window_lines as wl").innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "wl.hall_id").onRef("l.id", "=", "wl.line_id"))
      .select(["l.id", "l.code"]).where("wl.hall_id", "=", ctx.hall.id).where("wl.window_id", "=", goal.id).orderBy("wl.tier").orderBy("l.sort").execute();
    const line = lines.find((entry) => entry.id === row.line_id) ?? lines[0];
    if (!line) return refuse("transfer_target_inactive", {}, "window");
    return takeStep(ctx, row, "transfer", { ...shared, line_id: line.id, target_window_id: goal.id }, { ...facts, line: line.code, target: goal.code });
  }
  const place = await findPlace(ctx, target);
  if (!place.ok) return place;
  if (row.state === "waiting" && place.value.lineId === row.line_id && row.target_window_id === null) return refuse("transfer_same", { number: row.number });
  return takeStep(ctx, row, "transfer", { ...shared, line_id: place.value.lineId, item_id: place.value.itemId ?? row.item_id, target_window_id: null }, { ...facts, line: place.value.line });
}

interface Undoable {
  seq: number;
  at: string;
  type: string;
  subject: string;
  data: { before?: Record<string, unknown>; public?: { number: string; window?: string; zone?: string } };
}

/** The last step that somebody took at a window, or the last of a ticket, within the undo time; newest events only are looked at. */
export async function lastStep(tx: Database | HallContext["tx"], hallId: number, where: { window: string; actor: string } | { ticket: number }, seconds: number): Promise<Undoable | undefined> {
  const condition = "window" in where ? sql`data -> 'public' ->> 'window' = ${where.window} and actor = ${where.actor}` : sql`subject = ${`ticket:${where.ticket}`}`;
  const { rows } = await sql<Undoable>`
    select seq, at, type, subject, data from (select * from events where hall_id = ${hallId} order by seq desc limit 3000) newest
     where at > app_now() - make_interval(secs => ${seconds}) and subject like 'ticket:%' and ${condition} order by seq desc limit 1`.execute(tx);
  return rows[0];
}

/** Takes back the last step at a window or of a ticket within the policy's undo time (60 s), if nothing has happened to the ticket since. */
export async function undoLast(ctx: HallContext, where: { windowId: number } | { row: TicketRow }): Promise<Result<number>> {
  const { undoSeconds } = await currentPolicy(ctx.tx, ctx.hall.id);
  const window = "windowId" in where ? await windowOf(ctx, where.windowId) : undefined;
  if (window?.state === "closed") return refuse("window_closed", { window: window.code });
  const last = await lastStep(ctx.tx, ctx.hall.id, window ? { window: window.code, actor: ctx.actor } : { ticket: (where as { row: TicketRow }).row.id }, undoSeconds);
  if (!last || !UNDOABLE.includes(last.type) || !last.data.before) return refuse("nothing_to_undo", { seconds: undoSeconds });
  const ticketId = Number(last.subject.split(":")[1]);
  const newest = await ctx.tx.selectFrom("events").select("seq").where("hall_id", "=", ctx.hall.id).where("subject", "=", last.subject).orderBy("seq", "desc").limit(1).executeTakeFirstOrThrow();
  const number = last.data.public?.number ?? "";
  if (newest.seq !== last.seq) return refuse("undo_conflict", { number });
  const before = last.data.before as Record<string, string | number | null>;
  await sql`savepoint undo`.execute(ctx.tx);
  try {
    const restored = await ctx.tx.updateTable("tickets as t").set({
      state: String(before.state), line_id: Number(before.line), item_id: before.item as number | null, class: String(before.class), rank: String(before.rank), rank_rule: String(before.rule),
      window_id: before.window as number | null, target_window_id: before.target as number | null, calls: Number(before.calls), returns: Number(before.returns),
      called_at: before.calledAt as string | null, last_call_at: before.lastCallAt as string | null, started_at: before.startedAt as string | null,
      ended_at: before.endedAt as string | null, outcome: before.outcome as string | null,
    } as never).where("t.hall_id", "=", ctx.hall.id).where("t.id", "=", ticketId).returning(sql<{ calls: number }>`ticket_snapshot(t)`.as("after")).executeTakeFirstOrThrow();
    await ctx.append("ticket.undone", last.subject, {
      ticket: restored.after, undoes: last.seq, undid: last.type,
      public: { number, window: last.data.public?.window, zone: last.data.public?.zone, state: before.state, calls: restored.after.calls },
    });
    return ok(ticketId);
  } catch (error) {
    // The window has taken somebody else meanwhile: two people cannot stand at it.
    if (violated(error) !== "tickets_one_active_per_window") throw error;
    await sql`rollback to savepoint undo`.execute(ctx.tx);
    return refuse("undo_conflict", { number });
  }
}

/**
 * Closes a window. A ticket that stands at it must be finished first; held ones must be finished or moved; tickets that
 * wait for this window only go back to their line, so that nobody is left hanging.
 */
export async function closeWindow(ctx: HallContext, windowId: number, any = false): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId, any);
  const bound = await ticketRows(ctx.tx, ctx.hall.id).where("t.window_id", "=", windowId).where("t.state", "in", ["called", "serving", "held"]).execute();
  const active = bound.find((row) => row.state !== "held");
  if (active) return refuse("window_has_ticket", { number: active.number });
  if (bound.length > 0) return refuse("window_has_held", { count: bound.length });
  const waiting = await ticketRows(ctx.tx, ctx.hall.id).where("t.target_window_id", "=", windowId).where("t.state", "=", "waiting").execute();
  for (const row of waiting) await takeStep(ctx, row, "release", { target_window_id: null }, { line: row.line });
  return markClosed(ctx, window.id, any);
}
