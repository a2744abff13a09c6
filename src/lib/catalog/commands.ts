import type { Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId, saveRecord, type Saved } from "@/lib/ledger/commands";
import { searchText } from "./model";
import type { DepartmentInput, FieldInput, ItemInput, LineInput } from "./schema";

type SaveResult = Promise<Result<Saved, "edited_elsewhere">>;
const optionalActive = (active: boolean | undefined) => (active === undefined ? {} : { active });

export const saveField = (ctx: HallContext, input: FieldInput, version?: number): SaveResult =>
  saveRecord(ctx, "fields", "field", input.code, { name: input.name, name_en: input.nameEn, icon: input.icon, sort: input.sort, ...optionalActive(input.active) }, version);

export const saveDepartment = (ctx: HallContext, input: DepartmentInput, version?: number): SaveResult =>
  saveRecord(ctx, "departments", "department", input.code, { name: input.name, name_en: input.nameEn, short_name: input.shortName, vertical: input.vertical ?? false, ...optionalActive(input.active) }, version);

export const saveLine = async (ctx: HallContext, input: LineInput, version?: number): SaveResult =>
  saveRecord(ctx, "lines", "line", input.code, {
    name: input.name, name_en: input.nameEn, field_id: await recordId(ctx, "fields", input.field, "field"), zone_id: await optionalId(ctx, "zones", input.zone, "zone"),
    minutes: input.minutes, sort: input.sort, ...optionalActive(input.active),
  }, version);

export const saveItem = async (ctx: HallContext, input: ItemInput, version?: number): SaveResult =>
  saveRecord(ctx, "items", "item", input.code, {
    name: input.name, name_en: input.nameEn, kind: input.kind, department_id: await recordId(ctx, "departments", input.department, "department"),
    field_id: await recordId(ctx, "fields", input.field, "field"), line_id: await recordId(ctx, "lines", input.line, "line"), minutes: input.minutes,
    audience: input.audience, case_kind: input.caseKind, promised_days: input.promisedDays, aliases: input.aliases, popular: input.popular ?? false,
    search: searchText(input), ...optionalActive(input.active),
  }, version);
