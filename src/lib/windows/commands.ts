import { violated } from "@/lib/db/faults";
import { sql } from "kysely";
import { AppError, forbidden, notFound } from "@/lib/kernel/errors";
import { ok, type Refusal, refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId, saveRecord, type Saved } from "@/lib/ledger/commands";
import { TIERS, WINDOW_STEPS, type WindowState, type WindowStep } from "./model";
import { uncoveredLines, windowLines } from "./data";
import type { WindowInput, WindowOpeningInput } from "./schema";

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
export const openWindow = (ctx: HallContext, windowId: number): Promise<Result<number>> => openAs(ctx, windowId, ctx.actor);

/** Opens a window for one of the hall's clerks, who finds it open at the desk as their own (JY-6.3a). */
export const openWindowFor = (ctx: HallContext, windowId: number, staffId: number, reason: string): Promise<Result<number>> => openAs(ctx, windowId, `staff:${staffId}`, { for: staffId, reason });

async function openAs(ctx: HallContext, windowId: number, operator: string, data: object = {}): Promise<Result<number>> {
  const window = await windowOf(ctx, windowId, true);
  if (!window.active) return refuse("window_inactive", { window: window.code });
  if (window.state !== "closed" && window.operator !== operator && window.operator?.startsWith("staff:")) return refuse("window_taken", { window: window.code });
  // Pressed twice, or in a second tab: already done.
  if (window.state === "open" && window.operator === operator) return ok(window.id);
  await sql`savepoint open_window`.execute(ctx.tx);
  try {
    return await takeWindowStep(ctx, window, "open", { operator, pause_reason: null }, data);
  } catch (error) {
    if (violated(error) !== "windows_operator_key") throw error;
    await sql`rollback to savepoint open_window`.execute(ctx.tx);
    const other = await ctx.tx.selectFrom("windows").select("code").where("hall_id", "=", ctx.hall.id).where("operator", "=", operator).executeTakeFirst();
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

/** Only what the input names: what is absent stays as it is. */
const given = (values: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Powers by item as they are stored; 400 for an item or a power that does not exist. */
async function itemPowersOf(ctx: HallContext, { itemPowers }: WindowInput): Promise<string[] | undefined> {
  if (!itemPowers) return undefined;
  const known = await ctx.tx.selectFrom("codes").select("code").where("table_name", "=", "window_power").execute();
  for (const { item, powers } of itemPowers) {
    await recordId(ctx, "items", item, "itemPowers");
    const wrong = powers.find((power) => !known.some(({ code }) => code === power));
    if (wrong) throw new AppError(400, "reference_missing", { field: "itemPowers", details: { code: wrong } });
  }
  return itemPowers.map(({ item, powers }) => `${item}=${powers.join(" ")}`);
}

/** 400 when there is no such government level. */
async function levelOf(ctx: HallContext, level: string): Promise<string> {
  const known = await ctx.tx.selectFrom("codes").select("code").where("table_name", "=", "level").where("code", "=", level).executeTakeFirst();
  if (!known) throw new AppError(400, "reference_missing", { field: "level", details: { code: level } });
  return known.code;
}

async function detailsOf(ctx: HallContext, input: WindowInput): Promise<Record<string, unknown>> {
  return given({
    active: input.active, more_kinds: input.moreKinds, breadth: input.breadth, field_id: input.field === undefined ? undefined : await optionalId(ctx, "fields", input.field ?? undefined, "field"), level: input.level && (await levelOf(ctx, input.level)),
    staffing: input.staffing, post_kind: input.postKind, assistants: input.assistants, honours: input.honours, icon: input.icon, skills: input.skills, powers: input.powers, item_powers: await itemPowersOf(ctx, input), office: input.office,
    partner_regions: input.partnerRegions, remote: input.remote, one_metre_line: input.oneMetreLine, desk_height_cm: input.deskHeightCm, desk_width_cm: input.deskWidthCm,
  });
}

/**
 * Creates or changes a window with the lines it serves, in one step. Changing lines acts on the next call; a ticket that
 * is being served is not touched. Refused: putting a window out of use while it is open, and a change that leaves resident
 * items without any window (everything resident must be handled here, JY-7.1.1a).
 */
export async function saveWindow(ctx: HallContext, input: WindowInput, version?: number): Promise<Result<Saved>> {
  const known = await ctx.tx.selectFrom("windows").select("id").where("hall_id", "=", ctx.hall.id).where("code", "=", input.code).executeTakeFirst();
  const uncovered = await uncoveredLines(ctx.tx, ctx.hall.id);
  const saved = await saveRecord(ctx, "windows", "window", input.code, {
    name: input.name, name_en: input.nameEn, zone_id: await recordId(ctx, "zones", input.zone, "zone"), kind: input.kind,
    department_id: await optionalId(ctx, "departments", input.department, "department"), sort: input.sort, ...(await detailsOf(ctx, input)),
  }, version);
  if (!saved.ok) return saved;
  const changed = await setLines(ctx, saved.value.id, input);
  if (changed) {
    await ctx.tx.updateTable("windows").set({ usual_lines: null }).where("hall_id", "=", ctx.hall.id).where("id", "=", saved.value.id).execute();
    await ctx.append("window.lines_changed", `window:${saved.value.id}`, { own: input.own, helping: input.helping, ...(input.tidal ? { tidal: input.tidal } : {}), before: changed.before });
  }
  const lost = known && (await coverageLost(ctx, uncovered, input.active === false ? "active" : "own"));
  return lost ?? saved;
}

/** A refusal when lines with resident items have lost their last window since `before`. */
export async function coverageLost(ctx: HallContext, before: readonly { code: string }[], field: string): Promise<Refusal<"items_uncovered"> | undefined> {
  const lost = (await uncoveredLines(ctx.tx, ctx.hall.id)).filter((line) => !before.some(({ code }) => code === line.code));
  if (lost.length === 0) return undefined;
  return refuse("items_uncovered", { lines: lost.map((line) => line.code).join(" "), items: lost.reduce((sum, line) => sum + line.items, 0) }, field);
}

export interface WindowLines {
  own: string[];
  helping: string[];
  /** Absent in a wish, they stay as they are. */
  tidal?: string[] | undefined;
}

/** Gives the window these lines; the former ones, or nothing when they are the same. */
export async function setLines(ctx: HallContext, windowId: number, lines: WindowLines): Promise<{ before: WindowLines } | undefined> {
  const before = await windowLines(ctx.tx, ctx.hall.id, windowId);
  const taken = [...lines.own, ...lines.helping];
  const after = { ...lines, tidal: lines.tidal ?? before.tidal.filter((code) => !taken.includes(code)) };
  const tiers = ["own", "helping", "tidal"] as const;
  const rows = await Promise.all(tiers.flatMap((tier) => after[tier].map(async (code) => ({ hall_id: ctx.hall.id, window_id: windowId, line_id: await recordId(ctx, "lines", code, tier), tier: TIERS[tier] }))));
  const key = (known: typeof before) => tiers.map((tier) => [...known[tier]].sort().join(" ")).join("|");
  if (key(before) === key(after)) return undefined;
  await ctx.tx.deleteFrom("window_lines").where("hall_id", "=", ctx.hall.id).where("window_id", "=", windowId).execute();
  if (rows.length > 0) await ctx.tx.insertInto("window_lines").values(rows).execute();
  return { before };
}

/** Replaces the window's own week; without spans it keeps its hall's times. */
export async function saveWindowOpenings(ctx: HallContext, windowId: number, rows: WindowOpeningInput[]): Promise<Result<number>> {
  await windowOf(ctx, windowId, true);
  await ctx.tx.deleteFrom("window_openings").where("hall_id", "=", ctx.hall.id).where("window_id", "=", windowId).execute();
  if (rows.length > 0) await ctx.tx.insertInto("window_openings").values(rows.map((row) => ({ hall_id: ctx.hall.id, window_id: windowId, weekday: row.weekday, starts: row.start, ends: row.end, booked_only: row.bookedOnly }))).execute();
  await ctx.tx.updateTable("windows").set({ own_hours: rows.length > 0 }).where("hall_id", "=", ctx.hall.id).where("id", "=", windowId).execute();
  await ctx.append("window.hours_changed", `window:${windowId}`, { rows });
  return ok(rows.length);
}
