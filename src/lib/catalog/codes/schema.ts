import { z } from "zod";
import { flag, nameInput, sortInput } from "@/lib/kernel/input";

const tableInput = z.string().trim().regex(/^[a-z][a-z0-9_]{0,39}$/);
const code = z.string().trim().regex(/^[A-Za-z0-9_-]{1,40}$/);

export const codeRowInput = z.object({ table: tableInput, code, name: nameInput, nameEn: nameInput });

/** One entry of a code table; `key` is its address `table.code`. */
export const codeEntryInput = codeRowInput.extend({ sort: sortInput, active: flag }).transform((entry) => ({ ...entry, key: `${entry.table}.${entry.code}` }));
export type CodeEntryInput = z.output<typeof codeEntryInput>;

export const codeMapInput = z.object({ system: z.string().trim().min(1).max(40), table: tableInput, code, target: z.string().trim().min(1).max(40), direction: z.enum(["both", "out", "in"]).default("both") });
export type CodeMapInput = z.output<typeof codeMapInput>;
