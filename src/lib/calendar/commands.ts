import type { Result } from "@/lib/kernel/result";
import { type HallContext, saveRecord, type Saved, type SaveRefusal } from "@/lib/ledger/commands";
import type { HallDayInput } from "./schema";

/** Sets the service times of one day of the hall; without spans the hall is closed that day. */
export const saveHallDay = (ctx: HallContext, input: HallDayInput, version?: number): Promise<Result<Saved, SaveRefusal>> =>
  saveRecord(ctx, "hall_days", "hall_day", input.code, { date: input.code, spans: input.spans, name: input.name, name_en: input.nameEn, ...(input.active === undefined ? {} : { active: input.active }) }, version);
