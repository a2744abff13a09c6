/** Tidal windows: a window in use takes over other lines for a while and goes back (JY-6.3a). */
import { sql } from "kysely";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { coverageLost, setLines, type WindowLines, windowOf } from "../commands";
import { uncoveredLines } from "../data";
import type { MoveInput } from "../schema";

/** How many wait in the lines named, by line code, at this moment. */
async function waitingIn(ctx: HallContext, lines: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await sql<{ code: string; n: number }>`
    select l.code, count(t.id)::int as n from lines l
      left join tickets t on t.hall_id = l.hall_id and t.line_id = l.id and t.state = 'waiting' and t.day = ${ctx.today}
     where l.hall_id = ${ctx.hall.id} and l.code = any(${[...lines]}) group by l.code`.execute(ctx.tx);
  return Object.fromEntries(rows.map((row) => [row.code, row.n]));
}

const endRunningMove = async (ctx: HallContext, windowId: number, lines: readonly string[]): Promise<void> =>
  void (await ctx.tx.updateTable("window_moves").set({ ended_at: ctx.now, waiting_end: JSON.stringify(await waitingIn(ctx, lines)) })
    .where("hall_id", "=", ctx.hall.id).where("window_id", "=", windowId).where("ended_at", "is", null).execute());

/**
 * Lets a window serve other lines from the next call on. Who is at the window stays there; who was transferred to it is
 * still called by it; nobody who waits loses a place, because places belong to lines. A line whose last window would go is a
 * refusal. The usual lines are kept to go back to.
 */
export async function moveWindow(ctx: HallContext, windowId: number, input: MoveInput): Promise<Result<{ before: WindowLines; waiting: Record<string, number> }>> {
  const window = await windowOf(ctx, windowId, true);
  if (!window.active) return refuse("window_inactive", { window: window.code });
  const uncovered = await uncoveredLines(ctx.tx, ctx.hall.id);
  const changed = await setLines(ctx, windowId, input);
  if (!changed) return refuse("nothing_changes", { window: window.code }, "own");
  const lost = await coverageLost(ctx, uncovered, "own");
  if (lost) return lost;
  const named = [...new Set([...changed.before.own, ...changed.before.helping, ...input.own, ...input.helping])];
  const waiting = await waitingIn(ctx, named);
  await endRunningMove(ctx, windowId, named);
  const after = { own: input.own, helping: input.helping };
  await ctx.tx.insertInto("window_moves").values({
    hall_id: ctx.hall.id, window_id: windowId, at: ctx.now, actor: ctx.actor, reason: input.reason,
    before: JSON.stringify(changed.before), after: JSON.stringify(after), waiting: JSON.stringify(waiting),
  }).execute();
  await ctx.tx.updateTable("windows").set({ usual_lines: sql`coalesce(usual_lines, ${JSON.stringify(changed.before)}::jsonb)`, version: sql`version + 1` }).where("hall_id", "=", ctx.hall.id).where("id", "=", windowId).execute();
  await ctx.append("window.moved", `window:${windowId}`, { before: changed.before, after, waiting, reason: input.reason, public: { window: window.code, zone: window.zone, state: window.state } });
  return ok({ before: changed.before, waiting });
}

/** Gives the window its usual lines back; refused when it has them. */
export async function restoreWindow(ctx: HallContext, windowId: number): Promise<Result<WindowLines>> {
  const window = await windowOf(ctx, windowId, true);
  const row = await ctx.tx.selectFrom("windows").select("usual_lines").where("hall_id", "=", ctx.hall.id).where("id", "=", windowId).executeTakeFirstOrThrow();
  const usual = row.usual_lines as unknown as WindowLines | null;
  if (!usual) return refuse("nothing_changes", { window: window.code });
  const changed = await setLines(ctx, windowId, usual);
  await endRunningMove(ctx, windowId, [...usual.own, ...usual.helping, ...(changed?.before.own ?? [])]);
  await ctx.tx.updateTable("windows").set({ usual_lines: null, version: sql`version + 1` }).where("hall_id", "=", ctx.hall.id).where("id", "=", windowId).execute();
  await ctx.append("window.restored", `window:${windowId}`, { after: usual, ...(changed ? { before: changed.before } : {}), public: { window: window.code, zone: window.zone, state: window.state } });
  return ok(usual);
}
