import { z } from "zod";
import { codeInput, flag, listInput, nameInput, optionalText, sortInput } from "@/lib/kernel/input";

export const itemSchema = z.object({
  code: z.string(), name: z.string(), nameEn: z.string(),
  kind: z.string(), kindName: z.string(), kindNameEn: z.string(),
  department: z.string(), departmentName: z.string(), departmentNameEn: z.string(),
  field: z.string(), line: z.string(), lineName: z.string(), lineNameEn: z.string(),
  /** Usual time at the window in minutes. */
  minutes: z.number(),
  /** 1 on the spot · 2 within the promised working days */
  caseKind: z.string(), promisedDays: z.number().int(),
  audience: z.array(z.string()),
  popular: z.boolean(),
  aliases: z.array(z.string()),
});
export type Item = z.infer<typeof itemSchema>;

/** The guide of one item: `GET /items/{code}?hall=`. */
export const itemGuideSchema = itemSchema.extend({
  hall: z.string(), hallName: z.string(), hallNameEn: z.string(),
  waiting: z.number().int(),
  windows: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), zone: z.string(), zoneEn: z.string(), floor: z.number().int(), state: z.string() })),
});
export type ItemGuide = z.infer<typeof itemGuideSchema>;

/** `q` matches name, colloquial names, pinyin in full and pinyin initials. */
export const itemQuery = z.object({
  q: z.string().trim().max(60).optional(),
  field: z.string().max(64).optional(),
  line: z.string().max(4).optional(),
  popular: z.enum(["1", "0"]).optional(),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const fieldInput = z.object({ code: codeInput, name: nameInput, nameEn: nameInput, icon: z.string().regex(/^[a-z0-9-]{1,40}$/).default("file-text"), sort: sortInput, active: flag });
export type FieldInput = z.output<typeof fieldInput>;

export const departmentInput = z.object({ code: codeInput, name: nameInput, nameEn: nameInput, shortName: z.string().trim().max(40).default(""), vertical: flag, active: flag });
export type DepartmentInput = z.output<typeof departmentInput>;

const minutes = z.coerce.number().positive().max(480);
export const lineInput = z.object({ code: z.string().trim().regex(/^[A-Z]{1,2}$/), name: nameInput, nameEn: nameInput, field: codeInput, zone: optionalText, minutes, sort: sortInput, active: flag });
export type LineInput = z.output<typeof lineInput>;

export const itemInput = z.object({
  code: codeInput, name: nameInput, nameEn: nameInput, kind: codeInput, department: codeInput, field: codeInput, line: codeInput, minutes,
  audience: listInput(/[\s|]+/), caseKind: z.string().trim().max(8).default("1"), promisedDays: z.coerce.number().int().min(0).max(1000).default(0),
  aliases: listInput("|"), popular: flag, active: flag,
});
export type ItemInput = z.output<typeof itemInput>;
