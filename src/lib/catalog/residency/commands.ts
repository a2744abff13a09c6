import { sql, type UpdateObject } from "kysely";
import type { DB } from "@/lib/db/types";
import { AppError } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId } from "@/lib/ledger/commands";
import { APPLICATION_STEPS, type ApplicationKind, type ApplicationState, type ApplicationStepName, type ItemResidency, mayStep, residencyAfter, STARTS_FROM } from "./model";
import type { ApplicationInput, PlacementInput, ResidencyRow } from "./schema";

type ApplicationUpdate = UpdateObject<DB, "residency_applications">;

interface ApplicationRow {
  id: number;
  code: string;
  kind: ApplicationKind;
  state: ApplicationState;
  department_id: number;
  mode: string | null;
  line_id: number | null;
  zone_id: number | null;
  windows: string[];
  devices: string;
  network: string;
  version: number;
}

interface ItemRow {
  id: number;
  code: string;
  department_id: number;
  line_id: number | null;
  mode: string;
  residency: ItemResidency;
  active: boolean;
  underWay: boolean;
  negative: boolean;
  exempt: boolean;
  placed: boolean;
}

/** 400 with the field when a code list does not have the code. */
export async function requireCode(ctx: HallContext, table: string, code: string, field: string): Promise<string> {
  const known = await ctx.tx.selectFrom("codes").select("code").where("table_name", "=", table).where("code", "=", code).executeTakeFirst();
  if (!known) throw new AppError(400, "reference_missing", { field, details: { code } });
  return code;
}

/** 400 with the field when one of the codes is no record of the hall. */
export async function requireAll(ctx: HallContext, table: "windows" | "items", codes: readonly string[], field: string): Promise<void> {
  const { rows } = await sql<{ code: string }>`select w.code from unnest(${[...codes]}::text[]) w (code) where not exists (select 1 from ${sql.table(table)} t where t.hall_id = ${ctx.hall.id} and t.code = w.code)`.execute(ctx.tx);
  if (rows[0]) throw new AppError(400, "reference_missing", { field, details: { code: rows.map((row) => row.code).join(" ") } });
}

/** What decides about items: where they are, in an application or not, on which ground they may be outside. */
async function itemsOf(ctx: HallContext, where: { codes: readonly string[] } | { application: number }): Promise<ItemRow[]> {
  const condition = "codes" in where ? sql`i.code = any(${[...where.codes]}::text[])`
    : sql`exists (select 1 from residency_application_items a where a.hall_id = i.hall_id and a.item_id = i.id and a.application_id = ${where.application})`;
  const { rows } = await sql<ItemRow>`
    select i.id, i.code, i.department_id, i.line_id, i.mode, i.residency, i.active, s.negative, s.exempt, r.place <> '' and r.hours <> '' as placed,
           exists (select 1 from residency_application_items a where a.hall_id = i.hall_id and a.item_id = i.id and a.under_way) as "underWay"
      from items i join residency_standing s on s.hall_id = i.hall_id and s.item_id = i.id
      join item_residency r on r.hall_id = i.hall_id and r.item_id = i.id
     where i.hall_id = ${ctx.hall.id} and ${condition} order by i.code`.execute(ctx.tx);
  return rows;
}

const codesOf = (items: readonly { code: string }[]): string => items.slice(0, 5).map((item) => item.code).join("、") + (items.length > 5 ? " …" : "");

/**
 * Outside only with a ground: on the negative list in force (涉密 or 场地限制, with evidence) or under an exemption for want
 * of room (JY-7.1.1a, HN-7.2.4); and with place and hours where it is handled instead (JY-7.1.1b).
 */
function leavingRefusal(items: readonly ItemRow[]): Result<never> | undefined {
  const groundless = items.filter((item) => !item.negative && !item.exempt);
  if (groundless.length > 0) return refuse("leave_without_ground", { items: codesOf(groundless) }, "items");
  const placeless = items.filter((item) => !item.placed);
  return placeless.length > 0 ? refuse("outside_place_missing", { items: codesOf(placeless) }, "items") : undefined;
}

/** Applies for one or many items of one unit to come in, change or leave (HN-7.1.3). */
export async function applyForResidency(ctx: HallContext, input: ApplicationInput): Promise<Result<{ id: number; code: string }>> {
  const departmentId = await recordId(ctx, "departments", input.department, "department");
  if (input.mode) await requireCode(ctx, "residency_mode", input.mode, "mode");
  const wanted = [...new Set(input.items)];
  const items = await itemsOf(ctx, { codes: wanted });
  const unknown = wanted.filter((code) => !items.some((item) => item.code === code && item.active));
  if (unknown.length > 0) return refuse("items_unknown", { items: unknown.slice(0, 5).join("、") }, "items");
  const foreign = items.filter((item) => item.department_id !== departmentId);
  if (foreign.length > 0) return refuse("items_of_other_unit", { items: codesOf(foreign) }, "items");
  const busy = items.filter((item) => item.underWay);
  if (busy.length > 0) return refuse("application_under_way", { items: codesOf(busy) }, "items");
  const elsewhere = items.filter((item) => item.residency !== STARTS_FROM[input.kind]);
  if (elsewhere.length > 0) return refuse("residency_differs", { items: codesOf(elsewhere) }, "items");
  const refused = input.kind === "leave" ? leavingRefusal(items) : undefined;
  if (refused) return refused;

  const year = ctx.today.slice(0, 4);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from residency_applications where hall_id = ${ctx.hall.id} and code like ${`JZ${year}-%`}`.execute(ctx.tx);
  const code = `JZ${year}-${String(rows[0]!.n + 1).padStart(4, "0")}`;
  const { id } = await ctx.tx.insertInto("residency_applications").values({
    hall_id: ctx.hall.id, code, kind: input.kind, department_id: departmentId, reason: input.reason, documents: input.documents, mode: input.mode ?? null, wanted_on: input.wantedOn ?? null, applied_at: ctx.now, applied_by: ctx.actor,
  }).returning("id").executeTakeFirstOrThrow();
  await ctx.tx.insertInto("residency_application_items").values(items.map((item) => ({ hall_id: ctx.hall.id, application_id: id, item_id: item.id }))).execute();
  await ctx.append("residency.applied", `residency:${id}`, { code, kind: input.kind, department: input.department, items: items.map((item) => item.code), reason: input.reason, documents: input.documents });
  return ok({ id, code });
}

/** The application of a code under the hall's lock; refused when it is not in a state from which the step starts, or was changed since it was read. */
async function applicationFor(ctx: HallContext, code: string, step: ApplicationStepName, version: number): Promise<Result<ApplicationRow>> {
  const row = await ctx.tx.selectFrom("residency_applications").selectAll().where("hall_id", "=", ctx.hall.id).where("code", "=", code).executeTakeFirst() as ApplicationRow | undefined;
  if (!row) return refuse("application_not_found", { code });
  if (row.version !== version) return refuse("edited_elsewhere", { code });
  return mayStep(step, row.kind, row.state) ? ok(row) : refuse("application_step_refused", { code, state: row.state });
}

/** Takes one step of the table, moves the items with it and notes it in the ledger. */
async function take(ctx: HallContext, row: ApplicationRow, step: ApplicationStepName, set: ApplicationUpdate, data: Record<string, unknown> = {}): Promise<Result<ApplicationState>> {
  const { to, event } = APPLICATION_STEPS[step];
  await ctx.tx.updateTable("residency_applications").set({ ...set, state: to, version: row.version + 1 } as never).where("hall_id", "=", ctx.hall.id).where("id", "=", row.id).execute();
  const items = await itemsOf(ctx, { application: row.id });
  const residency = residencyAfter(row.kind, step, row.state);
  if (residency) await moveItems(ctx, row.code, items, residency);
  if (["opened", "left", "rejected", "withdrawn"].includes(to)) {
    await ctx.tx.updateTable("residency_application_items").set({ under_way: false }).where("hall_id", "=", ctx.hall.id).where("application_id", "=", row.id).execute();
  }
  await ctx.append(event, `residency:${row.id}`, { code: row.code, kind: row.kind, items: items.map((item) => item.code), ...(residency ? { residency } : {}), ...data });
  return ok(to);
}

/** The only way to another residency: the database refuses a change that does not name its application. */
async function moveItems(ctx: HallContext, reference: string, items: readonly { id: number }[], residency: ItemResidency): Promise<void> {
  await sql`select set_config('yiting.residency', ${reference}, true)`.execute(ctx.tx);
  await sql`update items set residency = ${residency}, version = version + 1 where hall_id = ${ctx.hall.id} and id = any(${items.map((item) => item.id)}::int[])`.execute(ctx.tx);
  await sql`select set_config('yiting.residency', '', true)`.execute(ctx.tx);
}

/** Review: approves, rejects or gives back with a note. An approved departure makes its items "leaving": still served. */
export async function reviewApplication(ctx: HallContext, code: string, version: number, verdict: "approve" | "reject" | "return", note: string): Promise<Result<ApplicationState>> {
  const found = await applicationFor(ctx, code, verdict, version);
  if (!found.ok) return found;
  if (verdict !== "approve" && note.trim() === "") return refuse("review_note_missing", {}, "note");
  if (verdict === "approve" && found.value.kind === "leave") {
    const refused = leavingRefusal(await itemsOf(ctx, { application: found.value.id }));
    if (refused) return refused;
  }
  return take(ctx, found.value, verdict, { review_note: note, reviewed_at: ctx.now, reviewed_by: ctx.actor }, { note });
}

/** After it was given back: reason and documents mended. */
export async function resubmitApplication(ctx: HallContext, code: string, version: number, input: { reason: string; documents: string[] }): Promise<Result<ApplicationState>> {
  const found = await applicationFor(ctx, code, "resubmit", version);
  return found.ok ? take(ctx, found.value, "resubmit", { reason: input.reason, documents: input.documents }, { ...input }) : found;
}

export async function withdrawApplication(ctx: HallContext, code: string, version: number): Promise<Result<ApplicationState>> {
  const found = await applicationFor(ctx, code, "withdraw", version);
  return found.ok ? take(ctx, found.value, "withdraw", { done_at: ctx.now, done_by: ctx.actor }) : found;
}

/** Zone, line, windows, devices and network for the items; can be placed anew until it is opened. */
export async function placeApplication(ctx: HallContext, code: string, version: number, input: PlacementInput): Promise<Result<ApplicationState>> {
  const found = await applicationFor(ctx, code, "place", version);
  if (!found.ok) return found;
  const zoneId = await recordId(ctx, "zones", input.zone, "zone");
  const lineId = await optionalId(ctx, "lines", input.line, "line");
  if (input.mode) await requireCode(ctx, "residency_mode", input.mode, "mode");
  await requireAll(ctx, "windows", input.windows, "windows");
  const items = await itemsOf(ctx, { application: found.value.id });
  const lineless = lineId === null ? items.filter((item) => item.line_id === null) : [];
  if (lineless.length > 0) return refuse("lines_missing", { items: codesOf(lineless) }, "line");
  return take(ctx, found.value, "place", {
    zone_id: zoneId, line_id: lineId, ...(input.mode ? { mode: input.mode } : {}), windows: input.windows, devices: input.devices, network: input.network, placed_at: ctx.now, placed_by: ctx.actor,
  }, { ...input });
}

/** Opens: the items are resident with line, mode and place from now on, or changed so. Entrusted intake needs its agreement (HN-7.2.8). */
export async function openApplication(ctx: HallContext, code: string, version: number): Promise<Result<ApplicationState>> {
  const found = await applicationFor(ctx, code, "open", version);
  if (!found.ok) return found;
  const row = found.value;
  const items = await itemsOf(ctx, { application: row.id });
  const entrusted = items.filter((item) => (row.mode ?? item.mode) === "entrusted").map((item) => item.id);
  const { rows: without } = await sql<{ code: string }>`
    select i.code from items i where i.hall_id = ${ctx.hall.id} and i.id = any(${entrusted}::int[]) and not item_agreed(i.hall_id, i.code, i.department_id, ${ctx.today}::date) order by i.code`.execute(ctx.tx);
  if (without.length > 0) return refuse("agreement_missing", { items: codesOf(without) });
  const ids = items.map((item) => item.id);
  await sql`update items set line_id = coalesce(${row.line_id}::int, line_id), mode = coalesce(${row.mode}::text, mode), version = version + 1 where hall_id = ${ctx.hall.id} and id = any(${ids}::int[])`.execute(ctx.tx);
  await ctx.tx.updateTable("item_residency").set({ zone_id: row.zone_id, windows: row.windows, devices: row.devices, network: row.network, version: sql`version + 1` }).where("hall_id", "=", ctx.hall.id).where("item_id", "in", ids).execute();
  return take(ctx, row, "open", { done_at: ctx.now, done_by: ctx.actor }, { mode: row.mode, line_id: row.line_id, zone_id: row.zone_id, windows: row.windows });
}

/** The last day here has passed: the items are outside, on the same grounds as when it was applied for. */
export async function leaveHall(ctx: HallContext, code: string, version: number): Promise<Result<ApplicationState>> {
  const found = await applicationFor(ctx, code, "leave", version);
  if (!found.ok) return found;
  const refused = leavingRefusal(await itemsOf(ctx, { application: found.value.id }));
  return refused ?? take(ctx, found.value, "leave", { done_at: ctx.now, done_by: ctx.actor });
}

const given = (values: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
const listOf = (text: string | undefined): string[] | undefined => text?.split(/[\s|]+/).filter(Boolean);

/**
 * What is known from before this program: state of an item since a day, with place, mode and channels. Only until the
 * item has its first application; after that the workflow alone decides.
 */
export async function importResidency(ctx: HallContext, row: ResidencyRow): Promise<Result<{ created: boolean }>> {
  const id = await recordId(ctx, "items", row.item, "item");
  const bound = await ctx.tx.selectFrom("residency_application_items").select("application_id").where("hall_id", "=", ctx.hall.id).where("item_id", "=", id).limit(1).executeTakeFirst();
  if (bound) return refuse("residency_by_workflow", { item: row.item }, "item");
  await ctx.tx.deleteFrom("residency_history").where("hall_id", "=", ctx.hall.id).where("item_id", "=", id).where("reference", "=", "initial").execute();
  await sql`insert into residency_history (hall_id, item_id, since, state, reference)
    select ${ctx.hall.id}, ${id}, ${row.from}::date::timestamp at time zone time_zone, ${row.state}, 'import' from halls where id = ${ctx.hall.id}
    on conflict (hall_id, item_id, since) do update set state = excluded.state`.execute(ctx.tx);
  await sql`select set_config('yiting.residency', 'import', true)`.execute(ctx.tx);
  await sql`update items i set residency = last.state, mode = coalesce(${row.mode ?? null}::text, i.mode), intake_system = coalesce(${row.intakeSystem ?? null}::text, i.intake_system),
      channels = coalesce(${listOf(row.channels) ?? null}::text[], i.channels), channels_planned = coalesce(${listOf(row.channelsPlanned) ?? null}::text[], i.channels_planned)
    from (select state from residency_history where hall_id = ${ctx.hall.id} and item_id = ${id} order by since desc limit 1) last
    where i.hall_id = ${ctx.hall.id} and i.id = ${id}`.execute(ctx.tx);
  await sql`select set_config('yiting.residency', '', true)`.execute(ctx.tx);
  const facts = given({ place: row.place, place_en: row.placeEn, hours: row.hours, hours_en: row.hoursEn, phone: row.phone, demand: row.demand, sink_field: row.sinkField });
  if (Object.keys(facts).length > 0) await ctx.tx.updateTable("item_residency").set(facts as never).where("hall_id", "=", ctx.hall.id).where("item_id", "=", id).execute();
  await ctx.append("residency.imported", `item:${id}`, { code: row.item, values: { residency: row.state, from: row.from, ...facts } });
  return ok({ created: true });
}
