import { z } from "zod";
import { codeInput, flag, listInput, nameInput, optionalText, sortInput } from "@/lib/kernel/input";

/** `own` lines are served first, `helping` ones while nobody waits in the own. */
export const windowInput = z.object({
  code: z.string().trim().regex(/^[A-Z0-9][A-Z0-9-]{0,15}$/), name: nameInput, nameEn: nameInput, zone: codeInput, kind: codeInput,
  own: listInput(/[\s|]+/), helping: listInput(/[\s|]+/), department: optionalText, sort: sortInput, active: flag,
}).refine(({ own, helping }) => new Set([...own, ...helping]).size === own.length + helping.length, { message: "line_twice", path: ["helping"] });
export type WindowInput = z.output<typeof windowInput>;
