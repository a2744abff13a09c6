import { refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId, recordOf, saveRecord, type Saved, type SaveRefusal } from "@/lib/ledger/commands";
import { requireCodes } from "./codes/data";
import { latestSituationNames } from "./guide/data";
import { categoryOfKind, CATEGORY_TABLES, gramsOf, LEVEL_OF_HALL, searchText } from "./model";
import type { DepartmentInput, FieldInput, ItemInput, LineInput } from "./schema";

type SaveResult = Promise<Result<Saved, SaveRefusal>>;
const optionalActive = (active: boolean | undefined) => (active === undefined ? {} : { active });
/** Only what was given: an absent value leaves the record as it is. */
const given = (values: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

export const saveField = (ctx: HallContext, input: FieldInput, version?: number): SaveResult =>
  saveRecord(ctx, "fields", "field", input.code, { name: input.name, name_en: input.nameEn, icon: input.icon, sort: input.sort, ...optionalActive(input.active) }, version);

/** Creates or changes a resident unit with its kind, management, chief representative and the three checks (HN-7.1.1). */
export async function saveDepartment(ctx: HallContext, input: DepartmentInput, version?: number): Promise<Result<Saved, SaveRefusal | "reference_missing">> {
  await requireCodes(ctx.tx, [{ field: "unitKind", table: "unit_kind", codes: [input.unitKind] }, { field: "management", table: "unit_management", codes: [input.management] }]);
  const chief = input.chief === undefined ? null : await ctx.tx.selectFrom("staff").select("id").where("hall_id", "=", ctx.hall.id).where("username", "=", input.chief).executeTakeFirst();
  if (chief === undefined) return refuse("reference_missing", { code: input.chief }, "chief");
  return saveRecord(ctx, "departments", "department", input.code, {
    name: input.name, name_en: input.nameEn, short_name: input.shortName, unit_kind: input.unitKind, management: input.management,
    chief_name: input.chiefName, chief_staff_id: chief?.id ?? null, chief_phone: input.chiefPhone, office: input.office, own_system: input.ownSystem, checks_evidence: input.checksEvidence,
    ...given({ functions_merged: input.functionsMerged, moved_in: input.movedIn, items_online: input.itemsOnline, active: input.active }),
  }, version);
}

export const saveLine = async (ctx: HallContext, input: LineInput, version?: number): SaveResult =>
  saveRecord(ctx, "lines", "line", input.code, {
    name: input.name, name_en: input.nameEn, field_id: await recordId(ctx, "fields", input.field, "field"), zone_id: await optionalId(ctx, "zones", input.zone, "zone"),
    minutes: input.minutes, sort: input.sort, ...optionalActive(input.active),
  }, version);

/**
 * Creates or changes an item of the catalogue. Whether it is resident is decided by the residency workflow, never here; a
 * new item without a line is not resident, and a resident item keeps one.
 */
export async function saveItem(ctx: HallContext, input: ItemInput, version?: number): Promise<Result<Saved, SaveRefusal | "line_needed" | "category_field_needed">> {
  const existing = (await recordOf(ctx, "items", input.code)) as { id: number; residency: string; category: string } | undefined;
  const category = input.category ?? existing?.category ?? categoryOfKind(input.kind);
  const more = CATEGORY_TABLES[category];
  if (more?.needed && !input.categoryField) return refuse("category_field_needed", { category }, "categoryField");
  if (!input.line && existing && existing.residency !== "not_resident" && input.active !== false) return refuse("line_needed", { code: input.code }, "line");
  await requireItemCodes(ctx, input, category);
  const values = {
    name: input.name, name_en: input.nameEn, kind: input.kind, category, category_field: more ? (input.categoryField ?? null) : null,
    department_id: await recordId(ctx, "departments", input.department, "department"), field_id: await recordId(ctx, "fields", input.field, "field"), line_id: await optionalId(ctx, "lines", input.line, "line"), minutes: input.minutes,
    audience: input.audience, case_kind: input.caseKind, promised_days: input.promisedDays, base_code: input.baseCode, impl_code: input.implCode, handling_code: input.handlingCode,
    aliases: input.aliases, popular: input.popular ?? false,
    ...given({ on_application: input.onApplication, mode: input.mode, channels: input.channels, channels_planned: input.channelsPlanned, share_scope: input.shareScope, share_regions: input.shareRegions, intake_system: input.intakeSystem, active: input.active }),
    ...(input.level ? { level: input.level } : existing ? {} : { level: await levelOfHall(ctx) }),
    ...(existing || input.line ? {} : { residency: "not_resident" }),
  };
  return saveRecord(ctx, "items", "item", input.code, values, version, () => searchColumns(ctx, existing?.id, input));
}

const requireItemCodes = (ctx: HallContext, input: ItemInput, category: string): Promise<void> => requireCodes(ctx.tx, [
  { field: "kind", table: "item_kind", codes: [input.kind] }, { field: "category", table: "item_category", codes: [category] }, { field: "caseKind", table: "case_kind", codes: [input.caseKind] }, { field: "audience", table: "audience", codes: input.audience },
  ...(CATEGORY_TABLES[category] && input.categoryField ? [{ field: "categoryField", table: CATEGORY_TABLES[category].table, codes: [input.categoryField] }] : []),
  { field: "level", table: "level", codes: [input.level ?? []].flat() }, { field: "mode", table: "residency_mode", codes: [input.mode ?? []].flat() }, { field: "channels", table: "channel", codes: input.channels ?? [] }, { field: "channelsPlanned", table: "channel", codes: input.channelsPlanned ?? [] },
  { field: "shareScope", table: "share_scope", codes: [input.shareScope ?? []].flat() }, { field: "intakeSystem", table: "intake_system", codes: [input.intakeSystem ?? []].flat() },
]);

const levels = new WeakMap<HallContext["tx"], Promise<string>>();

/** Level of the hall's own items, asked once in a transaction. */
function levelOfHall(ctx: HallContext): Promise<string> {
  const level = levels.get(ctx.tx) ?? ctx.tx.selectFrom("halls").select("level").where("id", "=", ctx.hall.id).executeTakeFirstOrThrow().then((hall) => LEVEL_OF_HALL[hall.level] ?? "3");
  levels.set(ctx.tx, level);
  return level;
}

interface Searched {
  name: string;
  nameEn: string;
  aliases: readonly string[];
}

/** What a search matches; a new item has no guide yet. */
async function searchColumns(ctx: HallContext, itemId: number | undefined, item: Searched): Promise<{ search: string; grams: string[] }> {
  const situations = itemId === undefined ? [] : await latestSituationNames(ctx.tx, ctx.hall.id, itemId);
  return { search: searchText({ ...item, situations }), grams: gramsOf([item.name, ...item.aliases, ...situations]) };
}

/** Writes what a search matches. It follows from the record and its newest published guide, so the ledger need not tell it. */
export async function refreshSearch(ctx: HallContext, itemId: number, item: Searched): Promise<void> {
  await ctx.tx.updateTable("items").set(await searchColumns(ctx, itemId, item)).where("hall_id", "=", ctx.hall.id).where("id", "=", itemId).execute();
}
