import { violated } from "@/lib/db/faults";
import { sql } from "kysely";
import { forbidden, notFound } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId, saveRecord, type Saved } from "@/lib/ledger/commands";
import { TIERS, WINDOW_STEPS, type WindowState, type WindowStep } from "./model";
import type { WindowInput } from "./schema";

export interface WindowRow {
  id: number;
  code: string;
  name: string;
  state: WindowState;
  operator: string | null;
  active: boolean;
  zone: string;
}

/**
 * The window of a step, and that the caller holds it: a person works only at the window where they signed in. Machine
 * accounts are bound by their token instead. Administrators close a window in its clerk's place (`any`).
 */
export async function windowOf(ctx: HallContext, windowId: number, any = false): Promise<WindowRow> {
  const row = await ctx.tx.selectFrom("windows as w").innerJoin("zones as z", (join) => join.onRef("z.hall_id", "=", "w.hall_id").onRef("z.id", "=", "w.zone_id"))
    .select(["w.id", "w.code", "w.name", "w.state", "w.operator", "w.active", "z.code as zone"]).where("w.hall_id", "=", ctx.hall.id).where("w.id", "=", windowId).executeTakeFirst();
  if (!row) throw notFound("window_not_found");
  if (!any && ctx.actor.startsWith("staff:") && row.operator !== ctx.actor) throw forbidden("window_not_yours");
  return row as WindowRow;
}

async function takeWindowStep(ctx: HallContext, window: WindowRow, step: WindowStep, set: { operator: string | null; pause_reason: string | null }, data: object = {}): Promise<Result<number>> {
  const { from, to, event } = WINDOW_STEPS[step];
  const changed = await ctx.tx.updateTable("windows").set({ state: to, state_at: ctx.now, ...set })
    .where("hall_id", "=", ctx.hall.id).where("id", "=", window.id).where("state", "in", [...from]).returning("id").executeTakeFirst();
  if (!changed) return refuse("window_step_refused", { window: window.code, state: window.state });
  await ctx.append(event, `window:${window.id}`, { window: { id: window.id, state: to, operator: set.operator }, ...data, public: { window: window.code, zone: window.zone, state: to } });
  return ok(window.id);
}

/** Opens a window for the caller, or resumes it after a pause. A window that somebody else works at is refused. */
export async function openWindow(ctx: HallContext, windowId: number): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId, true);
  if (!window.active) return refuse("window_inactive", { window: window.code });
  if (window.state !== "closed" && window.operator !== ctx.actor && window.operator?.startsWith("staff:")) return refuse("window_taken", { window: window.code });
  // Pressed twice, or in a second tab: already done.
  if (window.state === "open" && window.operator === ctx.actor) return ok(window.id);
  await sql`savepoint open_window`.execute(ctx.tx);
  try {
    return await takeWindowStep(ctx, window, "open", { operator: ctx.actor, pause_reason: null });
  } catch (error) {
    if (violated(error) !== "windows_operator_key") throw error;
    await sql`rollback to savepoint open_window`.execute(ctx.tx);
    const other = await ctx.tx.selectFrom("windows").select("code").where("hall_id", "=", ctx.hall.id).where("operator", "=", ctx.actor).executeTakeFirst();
    return refuse("operator_elsewhere", { window: other?.code ?? "" });
  }
}

export async function pauseWindow(ctx: HallContext, windowId: number, reason?: string): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId);
  return takeWindowStep(ctx, window, "pause", { operator: window.operator, pause_reason: reason ?? null }, reason ? { reason } : {});
}

/** Marks the window as closed; the queue decides before whether a ticket still stands at it (queue/desk). */
export async function markClosed(ctx: HallContext, windowId: number, any = false): Promise<Result<number>> {
  return takeWindowStep(ctx, await windowOf(ctx, windowId, any), "close", { operator: null, pause_reason: null });
}

/**
 * Creates or changes a window with the lines it serves, in one step. Changing lines acts on the next call; a ticket that
 * is being served is not touched. Putting a window out of use is refused while it is open.
 */
export async function saveWindow(ctx: HallContext, input: WindowInput, version?: number): Promise<Result<Saved>> {
  const state = await ctx.tx.selectFrom("windows").select("state").where("hall_id", "=", ctx.hall.id).where("code", "=", input.code).executeTakeFirst();
  if (input.active === false && state && state.state !== "closed") return refuse("in_use", { uses: input.code }, "active");
  const saved = await saveRecord(ctx, "windows", "window", input.code, {
    name: input.name, name_en: input.nameEn, zone_id: await recordId(ctx, "zones", input.zone, "zone"), kind: input.kind,
    department_id: await optionalId(ctx, "departments", input.department, "department"), sort: input.sort, ...(input.active === undefined ? {} : { active: input.active }),
  }, version);
  if (!saved.ok) return saved;
  const wanted = [...input.own.map((code) => ({ code, tier: TIERS.own })), ...input.helping.map((code) => ({ code, tier: TIERS.helping }))];
  const rows = await Promise.all(wanted.map(async ({ code, tier }) => ({ hall_id: ctx.hall.id, window_id: saved.value.id, line_id: await recordId(ctx, "lines", code, tier === TIERS.own ? "own" : "helping"), tier })));
  const before = await ctx.tx.selectFrom("window_lines").select(["line_id", "tier"]).where("hall_id", "=", ctx.hall.id).where("window_id", "=", saved.value.id).execute();
  const key = (entries: { line_id: number; tier: number }[]) => entries.map((entry) => `${entry.line_id}:${entry.tier}`).sort().join();
  if (key(before) !== key(rows)) {
    await ctx.tx.deleteFrom("window_lines").where("hall_id", "=", ctx.hall.id).where("window_id", "=", saved.value.id).execute();
    if (rows.length > 0) await ctx.tx.insertInto("window_lines").values(rows).execute();
    await ctx.append("window.lines_changed", `window:${saved.value.id}`, { own: input.own, helping: input.helping, before });
  }
  return saved;
}
