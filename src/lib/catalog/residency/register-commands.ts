import { sql } from "kysely";
import type { Tx } from "@/lib/db/transaction";
import { AppError } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId, saveRecord, type Saved } from "@/lib/ledger/commands";
import { requireAll, requireCode } from "./commands";
import type { AgreementInput, ExemptionInput, ItemPlaceInput, NegativeEntry, NegativeInput, SharedInput, SinkInput, TargetInput } from "./schema";

type SaveResult = Promise<Result<Saved>>;
const optionalActive = (active: boolean | undefined) => (active === undefined ? {} : { active });

async function requireRegions(ctx: HallContext, codes: readonly string[]): Promise<void> {
  const { rows } = await sql<{ code: string }>`select w.code from unnest(${[...codes]}::text[]) w (code) where not exists (select 1 from regions r where r.code = w.code)`.execute(ctx.tx);
  if (rows[0]) throw new AppError(400, "reference_missing", { field: "regions", details: { code: rows.map((row) => row.code).join(" ") } });
}

/** Where an item is handled while it is outside, and how often it is asked for elsewhere (JY-7.1.1b, JY-7.1.2e). */
export async function saveItemPlace(ctx: HallContext, input: ItemPlaceInput, version?: number): SaveResult {
  if (input.sinkField) await requireCode(ctx, "sink_field", input.sinkField, "sinkField");
  return saveRecord(ctx, "item_residency", "item_place", input.code, {
    item_id: await recordId(ctx, "items", input.code, "code"), place: input.place, place_en: input.placeEn, hours: input.hours, hours_en: input.hoursEn, phone: input.phone, demand: input.demand, sink_field: input.sinkField ?? null,
  }, version);
}

/** An entry of the negative list: one of the reasons, basis, approver, evidence, validity, next review (HN-7.2.4). */
export async function saveNegative(ctx: HallContext, input: NegativeInput, version?: number): SaveResult {
  await requireCode(ctx, "exclusion_reason", input.reason, "reason");
  return saveRecord(ctx, "negative_list", "negative", input.code, {
    item_id: await recordId(ctx, "items", input.code, "code"), reason: input.reason, basis: input.basis, approver: input.approver, evidence: input.evidence,
    from_on: input.fromOn, valid_to: input.validTo, review_on: input.reviewOn, ...optionalActive(input.active),
  }, version);
}

/** Publishes the entries in force as the next numbered list; what was published never changes (BG-C02a). */
export async function publishNegativeList(ctx: HallContext, note = ""): Promise<Result<number>> {
  const { rows: entries } = await sql<NegativeEntry>`
    select n.code as item, i.name, i.name_en as "nameEn", d.name as department, d.name_en as "departmentEn", i.level, n.reason, n.basis, n.approver, n.valid_to::text as "validTo", n.review_on::text as "reviewOn"
      from negative_list n join items i on i.hall_id = n.hall_id and i.id = n.item_id join departments d on d.hall_id = i.hall_id and d.id = i.department_id
     where n.hall_id = ${ctx.hall.id} and n.active and ${ctx.today}::date between n.from_on and n.valid_to order by i.level, d.code, n.code`.execute(ctx.tx);
  const last = await ctx.tx.selectFrom("negative_list_versions").select(["number", "entries"]).where("hall_id", "=", ctx.hall.id).orderBy("number", "desc").limit(1).executeTakeFirst();
  if (last && canonical(last.entries as unknown as NegativeEntry[]) === canonical(entries)) return refuse("nothing_to_publish");
  const number = (last?.number ?? 0) + 1;
  await ctx.tx.insertInto("negative_list_versions").values({ hall_id: ctx.hall.id, number, published_at: ctx.now, published_by: ctx.actor, note, entries: JSON.stringify(entries) }).execute();
  await ctx.append("negative_list.published", `negative_list:${number}`, { version: number, note, items: entries.map((entry) => entry.item) });
  return ok(number);
}

const canonical = (entries: readonly NegativeEntry[]): string => JSON.stringify(entries.map((entry) => Object.entries(entry).sort(([a], [b]) => a.localeCompare(b))));

/** The hall, or one unit in it, has not the room (JY-7.1.2d). */
export const saveExemption = async (ctx: HallContext, input: ExemptionInput, version?: number): SaveResult =>
  saveRecord(ctx, "capacity_exemptions", "exemption", input.code, {
    department_id: await optionalId(ctx, "departments", input.department, "department"), reason: input.reason, approver: input.approver, evidence: input.evidence, valid_to: input.validTo, review_on: input.reviewOn, ...optionalActive(input.active),
  }, version);

/** Parties, items, powers, mode, validity and document of an agreement (HN-7.2.8, BG-C18a). */
export async function saveAgreement(ctx: HallContext, input: AgreementInput, version?: number): SaveResult {
  await requireCode(ctx, "agreement_kind", input.kind, "kind");
  await requireCode(ctx, "agreement_mode", input.mode, "mode");
  await requireAll(ctx, "items", input.items, "items");
  await requireRegions(ctx, input.regions);
  if (input.items.length === 0 && !input.department) return refuse("agreement_covers_nothing", {}, "items");
  return saveRecord(ctx, "agreements", "agreement", input.code, {
    name: input.name, kind: input.kind, partner: input.partner, department_id: await optionalId(ctx, "departments", input.department, "department"), items: input.items, regions: input.regions, mode: input.mode,
    powers: input.powers, from_on: input.fromOn, to_on: input.toOn ?? null, link: input.link, ...optionalActive(input.active),
  }, version);
}

/** Hands an item down to towns or villages in a mode, with day and receiver (HN-7.2.5, BG-C19b). */
export async function saveSink(ctx: HallContext, input: SinkInput, version?: number): SaveResult {
  await requireCode(ctx, "level", input.level, "level");
  await requireCode(ctx, "sink_mode", input.mode, "mode");
  await requireRegions(ctx, input.regions);
  return saveRecord(ctx, "sinks", "sink", input.code, {
    item_id: await recordId(ctx, "items", input.item, "item"), level: input.level, regions: input.regions, mode: input.mode, receiver: input.receiver, from_on: input.fromOn, to_on: input.toOn ?? null, note: input.note, ...optionalActive(input.active),
  }, version);
}

/** Offers an item for other regions and levels, at certain windows (JY-6.4, GD-6.9, GD-6.10); scope and partners become the item's. */
export async function saveShared(ctx: HallContext, input: SharedInput, version?: number): SaveResult {
  await requireCode(ctx, "share_scope", input.scope, "scope");
  await requireCode(ctx, "share_mode", input.mode, "mode");
  await requireRegions(ctx, input.regions);
  await requireAll(ctx, "windows", input.windows, "windows");
  const itemId = await recordId(ctx, "items", input.code, "code");
  const saved = await saveRecord(ctx, "shared_services", "shared_service", input.code, { item_id: itemId, mode: input.mode, windows: input.windows, ...optionalActive(input.active) }, version);
  if (!saved.ok) return saved;
  const item = await saveRecord(ctx, "items", "item", input.code, { share_scope: input.scope, share_regions: input.regions });
  return item.ok ? saved : item;
}

/** A threshold of the residency rate, shared by all halls. */
export const saveTarget = async (tx: Tx, input: TargetInput): Promise<void> => {
  const values = { item_level: input.itemLevel, percent: input.percent, basis: input.basis };
  await tx.insertInto("residency_targets").values({ hall_level: input.hallLevel, ...values }).onConflict((conflict) => conflict.column("hall_level").doUpdateSet(values)).execute();
};
