import type { Result } from "@/lib/kernel/result";
import { type HallContext, saveRecord, type Saved, type SaveRefusal } from "@/lib/ledger/commands";
import type { ConsolidationInput } from "./schema";

/** Records the figures of a hall before and after windows were put together (BG-C10c, BG-C05b). */
export const saveConsolidation = (ctx: HallContext, input: ConsolidationInput, version?: number): Promise<Result<Saved, SaveRefusal>> =>
  saveRecord(ctx, "consolidations", "consolidation", input.code, {
    name: input.name, name_en: input.nameEn, on_date: input.onDate, departments_before: input.departmentsBefore ?? null, departments_after: input.departmentsAfter ?? null,
    windows_before: input.windowsBefore ?? null, windows_after: input.windowsAfter ?? null, staff_before: input.staffBefore ?? null, staff_after: input.staffAfter ?? null, note: input.note,
    ...(input.active === undefined ? {} : { active: input.active }),
  }, version);
