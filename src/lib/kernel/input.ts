/** Building blocks of input schemas: what a form, a CSV cell and an API body have in common. */
import { z } from "zod";

export const codeInput = z.string().trim().min(1).max(64);
export const nameInput = z.string().trim().min(1).max(200);
/** Optional text: an empty cell or field is absent. */
export const optionalText = z.string().trim().max(400).optional().transform((text) => text || undefined);
/** yes/no, 1/0, true/false, 是/否 — as people write it in tables. */
export const flag = z.union([z.boolean(), z.string()]).optional()
  .transform((value, ctx) => {
    if (value === undefined || value === "") return undefined;
    if (typeof value === "boolean") return value;
    if (/^(1|yes|true|on|是)$/i.test(value.trim())) return true;
    if (/^(0|no|false|off|否)$/i.test(value.trim())) return false;
    ctx.addIssue({ code: "custom", message: "not_a_flag" });
    return z.NEVER;
  });
/** Values separated by the given sign, blanks dropped. */
export const listInput = (separator: RegExp | string) => z.string().optional().transform((text) => (text ?? "").split(separator).map((part) => part.trim()).filter(Boolean));
/** As `listInput`; absent means unchanged, empty means none. */
export const optionalList = (separator: RegExp | string) => z.string().optional().transform((text) => text?.split(separator).map((part) => part.trim()).filter(Boolean));
/** A value that can be taken away: absent means unchanged, empty means none. */
export const clearable = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === "" ? null : value), schema.nullable()).optional();
export const sortInput = z.coerce.number().int().min(0).max(100_000).default(0);
