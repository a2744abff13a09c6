import type { Tx } from "@/lib/db/transaction";
import type { Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId, type RecordTable, saveRecord, type Saved } from "@/lib/ledger/commands";
import { requireCodes } from "../codes/data";
import type { DisclosureInput, PackageInput, PackageTargetInput } from "./schema";

const optionalActive = (active: boolean | undefined) => (active === undefined ? {} : { active });
const packageCodes = (input: Pick<PackageInput, "source" | "levels" | "category">) => [
  { field: "source", table: "package_source", codes: [input.source] }, { field: "levels", table: "hall_level", codes: input.levels }, { field: "category", table: "package_category", codes: input.category ? [input.category] : [] },
];

/** Creates or changes a 一件事 with its items and windows, in one step. */
export async function savePackage(ctx: HallContext, input: PackageInput, version?: number): Promise<Result<Saved>> {
  await requireCodes(ctx.tx, packageCodes(input));
  const ids = async (table: RecordTable, codes: readonly string[], field: string) => { const found: number[] = []; for (const code of new Set(codes)) found.push(await recordId(ctx, table, code, field)); return found; };
  const [items, windows] = [await ids("items", input.items, "items"), await ids("windows", input.windows, "windows")];
  const saved = await saveRecord(ctx, "packages", "package", input.code, {
    name: input.name, name_en: input.nameEn, source: input.source, levels: input.levels, category: input.category, batch: input.batch, lead_department_id: await optionalId(ctx, "departments", input.lead, "lead"),
    guide: input.guide, guide_en: input.guideEn, system: input.system, days_before: input.daysBefore ?? null, days: input.days ?? null, materials_before: input.materialsBefore ?? null, materials: input.materials ?? null,
    visits_before: input.visitsBefore ?? null, visits: input.visits ?? null, sort: input.sort, ...optionalActive(input.active),
  }, version);
  if (!saved.ok) return saved;
  const own = { hall_id: ctx.hall.id, package_id: saved.value.id };
  const before = {
    items: (await ctx.tx.selectFrom("package_items").select("item_id").where("hall_id", "=", ctx.hall.id).where("package_id", "=", saved.value.id).orderBy("sort").execute()).map((row) => row.item_id),
    windows: (await ctx.tx.selectFrom("package_windows").select("window_id").where("hall_id", "=", ctx.hall.id).where("package_id", "=", saved.value.id).execute()).map((row) => row.window_id),
  };
  if (before.items.join() === items.join() && [...before.windows].sort().join() === [...windows].sort().join()) return saved;
  await ctx.tx.deleteFrom("package_items").where("hall_id", "=", ctx.hall.id).where("package_id", "=", saved.value.id).execute();
  await ctx.tx.deleteFrom("package_windows").where("hall_id", "=", ctx.hall.id).where("package_id", "=", saved.value.id).execute();
  if (items.length > 0) await ctx.tx.insertInto("package_items").values(items.map((item_id, sort) => ({ ...own, item_id, sort }))).execute();
  if (windows.length > 0) await ctx.tx.insertInto("package_windows").values(windows.map((window_id) => ({ ...own, window_id }))).execute();
  await ctx.append("package.contents_changed", `package:${saved.value.id}`, { code: input.code, items: input.items, windows: input.windows });
  return saved;
}

/** A 重点事项 that halls of the given levels must have. Shared by all halls. */
export async function loadPackageTarget(tx: Tx, input: PackageTargetInput): Promise<void> {
  await requireCodes(tx, packageCodes(input));
  const values = { name: input.name, name_en: input.nameEn, source: input.source, levels: input.levels, category: input.category, batch: input.batch };
  await tx.insertInto("package_targets").values({ code: input.code, ...values }).onConflict((conflict) => conflict.column("code").doUpdateSet(values)).execute();
}

/** Creates or changes an entry of the list of published content (GD-5.4.1). */
export async function saveDisclosure(ctx: HallContext, input: DisclosureInput, version?: number): Promise<Result<Saved>> {
  await requireCodes(ctx.tx, [{ field: "channels", table: "disclosure_channel", codes: input.channels }]);
  return saveRecord(ctx, "disclosures", "disclosure", input.code, {
    name: input.name, name_en: input.nameEn, department_id: await recordId(ctx, "departments", input.department, "department"), rule: input.rule, rule_en: input.ruleEn, review_days: input.reviewDays, reviewed_on: input.reviewedOn ?? null,
    channels: input.channels, link: input.link, sort: input.sort, ...optionalActive(input.active),
  }, version);
}
