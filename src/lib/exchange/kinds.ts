/** Tables that can be loaded and written: the one list that administrators, the command line and the demo halls use. */
import type { ZodType, output } from "zod";
import { z } from "zod";
import { importResidency } from "@/lib/catalog/residency/commands";
import { saveAgreement, saveExemption, saveNegative, saveShared, saveSink, saveTarget } from "@/lib/catalog/residency/register-commands";
import { agreementInput, exemptionInput, negativeInput, residencyRow, sharedInput, sinkInput, targetInput } from "@/lib/catalog/residency/schema";
import { enterStock } from "@/lib/appointments/stock/commands";
import { stockInput } from "@/lib/appointments/stock/schema";
import { loadCode, loadCodeMap } from "@/lib/catalog/codes/commands";
import { codeMapInput, codeRowInput } from "@/lib/catalog/codes/schema";
import { saveDepartment, saveField, saveItem, saveLine } from "@/lib/catalog/commands";
import { loadPackageTarget, saveDisclosure, savePackage } from "@/lib/catalog/packages/commands";
import { disclosureInput, packageInput, packageTargetInput } from "@/lib/catalog/packages/schema";
import { departmentInput, fieldInput, itemInput, lineInput } from "@/lib/catalog/schema";
import { saveHallDay } from "@/lib/calendar/commands";
import { hallDayInput } from "@/lib/calendar/schema";
import type { Tx } from "@/lib/db/transaction";
import { saveDevice } from "@/lib/devices/commands";
import { deviceInput } from "@/lib/devices/schema";
import type { Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { saveNotice, saveRegion, saveZone } from "@/lib/regions/commands";
import { savePlanShape } from "@/lib/regions/plan/commands";
import { planShapeRow } from "@/lib/regions/plan/schema";
import { noticeInput, regionInput, zoneInput } from "@/lib/regions/schema";
import { saveStaff } from "@/lib/staff/commands";
import { staffInput } from "@/lib/staff/schema";
import { saveWindow } from "@/lib/windows/commands";
import { saveConsolidation } from "@/lib/windows/report/commands";
import { consolidationInput } from "@/lib/windows/report/schema";
import { windowInput } from "@/lib/windows/schema";

export interface HallKindDeclaration {
  schema: ZodType;
  save(ctx: HallContext, input: unknown): Promise<Result<{ created: boolean }>>;
  /** Fields that together are what a record is known by; default `code`. */
  identity: readonly string[];
}

type Save<S extends ZodType> = (ctx: HallContext, input: output<S>) => Promise<Result<{ created: boolean }>>;
const hallKind = <S extends ZodType>(schema: S, save: Save<S>, identity: readonly string[] = ["code"]): HallKindDeclaration => ({ schema, save: save as HallKindDeclaration["save"], identity });

/** Tables that belong to a hall, in the order in which they can be loaded: what is referred to comes first. Their columns for writing stand in data-export. */
export const HALL_KINDS = {
  fields: hallKind(fieldInput, saveField),
  zones: hallKind(zoneInput, saveZone),
  departments: hallKind(departmentInput, saveDepartment),
  lines: hallKind(lineInput, saveLine),
  items: hallKind(itemInput, saveItem),
  windows: hallKind(windowInput, saveWindow),
  staff: hallKind(staffInput, (ctx, input) => saveStaff(ctx, input, undefined, ctx.actor.startsWith("staff:") ? "hall" : "platform"), ["username"]),
  devices: hallKind(deviceInput, saveDevice),
  notices: hallKind(noticeInput, saveNotice),
  hallDays: hallKind(hallDayInput, saveHallDay),
  consolidations: hallKind(consolidationInput, saveConsolidation),
  planShapes: hallKind(planShapeRow, savePlanShape, ["floor", "kind", "code", "name"]),
  residency: hallKind(residencyRow, importResidency, ["item", "from"]),
  negativeList: hallKind(negativeInput, saveNegative),
  exemptions: hallKind(exemptionInput, saveExemption),
  agreements: hallKind(agreementInput, saveAgreement),
  sinks: hallKind(sinkInput, saveSink),
  sharedServices: hallKind(sharedInput, saveShared),
  packages: hallKind(packageInput, savePackage),
  disclosures: hallKind(disclosureInput, saveDisclosure),
  stocks: hallKind(stockInput, enterStock),
} satisfies Record<string, HallKindDeclaration>;
export type HallKind = keyof typeof HALL_KINDS;

export interface GlobalKindDeclaration {
  schema: ZodType;
  /** `index` is the place in a table that gives the whole order; absent the order stays. */
  save(tx: Tx, input: unknown, index?: number): Promise<unknown>;
  identity: readonly string[];
}

const globalKind = <S extends ZodType>(schema: S, identity: readonly string[], save: (tx: Tx, input: output<S>, index?: number) => Promise<unknown>): GlobalKindDeclaration =>
  ({ schema, identity, save: save as GlobalKindDeclaration["save"] });

const mapText = z.string().trim().max(64);
const fieldMapRow = z.object({
  system: mapText.min(1), kind: mapText.min(1), field: mapText.min(1), target: mapText.min(1), codeTable: mapText.default(""), direction: z.enum(["both", "in", "out"]).default("both"), fallback: mapText.default(""), sort: z.coerce.number().int().min(0).default(0),
});
const calendarRow = z.object({ date: z.iso.date(), kind: z.enum(["holiday", "work"]), name: z.string().min(1), nameEn: z.string().min(1) });
const layoutRow = z.object({ code: z.string().min(1).max(40), level: z.string().min(1).max(40), name: z.string().min(1), nameEn: z.string().min(1), kind: z.string().min(1).max(40), count: z.coerce.number().int().min(1).max(500) });

/** Tables that all halls share. */
export const GLOBAL_KINDS = {
  codes: globalKind(codeRowInput, ["table", "code"], loadCode),
  codemaps: globalKind(codeMapInput, ["system", "table", "code", "target"], loadCodeMap),
  regions: globalKind(regionInput, ["code"], saveRegion),
  calendar: globalKind(calendarRow, ["date"], (tx, row) => tx.insertInto("calendar_days").values({ date: row.date, kind: row.kind, name: row.name, name_en: row.nameEn })
    .onConflict((conflict) => conflict.column("date").doUpdateSet({ kind: row.kind, name: row.name, name_en: row.nameEn })).execute()),
  layouts: globalKind(layoutRow, ["code", "kind"], (tx, { nameEn, ...row }, sort) => tx.insertInto("layout_templates").values({ ...row, name_en: nameEn, sort: sort ?? 0 })
    .onConflict((conflict) => conflict.columns(["code", "kind"]).doUpdateSet({ level: row.level, name: row.name, name_en: nameEn, count: row.count, ...(sort === undefined ? {} : { sort }) })).execute()),
  targets: globalKind(targetInput, ["hallLevel"], saveTarget),
  fieldMaps: globalKind(fieldMapRow, ["system", "kind", "field", "target"], (tx, { codeTable, ...row }) => tx.insertInto("field_maps").values({ ...row, code_table: codeTable })
    .onConflict((conflict) => conflict.columns(["system", "kind", "field", "target"]).doUpdateSet({ code_table: codeTable, direction: row.direction, fallback: row.fallback, sort: row.sort })).execute()),
  packageTargets: globalKind(packageTargetInput, ["code"], loadPackageTarget),
} satisfies Record<string, GlobalKindDeclaration>;
export type GlobalKind = keyof typeof GLOBAL_KINDS;

export const isHallKind = (kind: string): kind is HallKind => Object.hasOwn(HALL_KINDS, kind);
export const isGlobalKind = (kind: string): kind is GlobalKind => Object.hasOwn(GLOBAL_KINDS, kind);
