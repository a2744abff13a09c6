import { z } from "zod";
import { codeInput, flag, nameInput } from "@/lib/kernel/input";

const figure = z.coerce.number().int().min(0).max(100_000).optional();

/** Figures before and after a consolidation; the reduction is computed (BG-C10c). */
export const consolidationInput = z.object({
  code: codeInput, name: nameInput, nameEn: nameInput, onDate: z.iso.date(), departmentsBefore: figure, departmentsAfter: figure, windowsBefore: figure, windowsAfter: figure, staffBefore: figure, staffAfter: figure,
  note: z.string().trim().max(400).default(""), active: flag,
});
export type ConsolidationInput = z.output<typeof consolidationInput>;
