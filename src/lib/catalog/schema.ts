import { z } from "zod";
import { codeInput, flag, listInput, nameInput, optionalList, optionalText, sortInput } from "@/lib/kernel/input";
import { documentSchema } from "./document";

export const itemSchema = z.object({
  code: z.string(), name: z.string(), nameEn: z.string(),
  kind: z.string(), kindName: z.string(), kindNameEn: z.string(),
  department: z.string(), departmentName: z.string(), departmentNameEn: z.string(),
  field: z.string(),
  /** Where its number is taken; empty for an item that is not handled in this hall. */
  line: z.string(), lineName: z.string(), lineNameEn: z.string(),
  /** Usual time at the window in minutes. */
  minutes: z.number(),
  /** 1 on the spot · 2 within the promised working days */
  caseKind: z.string(), promisedDays: z.number().int(),
  audience: z.array(z.string()),
  popular: z.boolean(),
  aliases: z.array(z.string()),
  category: z.string(), level: z.string(),
  /** resident · leaving · not_resident: the last is handled elsewhere, see `place`. */
  residency: z.string(), place: z.string(), placeEn: z.string(),
  /** Version of the guide that every channel reads today. */
  guideVersion: z.number().int().optional(),
});
export type Item = z.infer<typeof itemSchema>;

/** The guide of one item: `GET /items/{code}?hall=`. */
export const itemGuideSchema = itemSchema.extend({
  hall: z.string(), hallName: z.string(), hallNameEn: z.string(),
  /** The 实施清单 of today: one source for window, web, phone and kiosk (JY-7.2.1c). */
  guide: z.object({ version: z.number().int(), effectiveOn: z.string(), document: documentSchema }).optional(),
  waiting: z.number().int(),
  windows: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), zone: z.string(), zoneEn: z.string(), floor: z.number().int(), state: z.string() })),
});
export type ItemGuide = z.infer<typeof itemGuideSchema>;

/** An item in one of all halls: where, and how long now. */
export const foundItemSchema = itemSchema.extend({
  hall: z.string(), hallName: z.string(), hallNameEn: z.string(), waiting: z.number().int(),
  /** Wait in minutes of somebody who takes a number now; absent when no window serves the line. */
  estimateMinutes: z.object({ p50: z.number(), p90: z.number() }).optional(),
  /** Windows at work now. */
  windows: z.array(z.object({ code: z.string(), zone: z.string(), zoneEn: z.string(), floor: z.number().int() })),
});

/** `q` matches name, colloquial names, pinyin in full and pinyin initials. */
export const itemQuery = z.object({
  q: z.string().trim().max(60).optional(),
  field: z.string().max(64).optional(),
  line: z.string().max(4).optional(),
  popular: z.enum(["1", "0"]).optional(),
  /** resident: what a number can be taken for; all: also items that are handled elsewhere or without an application. */
  scope: z.enum(["resident", "all"]).default("resident"),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const fieldInput = z.object({ code: codeInput, name: nameInput, nameEn: nameInput, icon: z.string().regex(/^[a-z0-9-]{1,40}$/).default("file-text"), sort: sortInput, active: flag });
export type FieldInput = z.output<typeof fieldInput>;

/** A resident unit (HN-3.4, HN-3.6, HN-7.2.7); the last four are the checks of 三集中 (HN-7.1.1) with their evidence. */
export const departmentInput = z.object({
  code: codeInput, name: nameInput, nameEn: nameInput, shortName: z.string().trim().max(40).default(""),
  unitKind: codeInput.default("department"), management: codeInput.default("local"), chiefName: z.string().trim().max(40).default(""), chief: optionalText, chiefPhone: z.string().trim().max(40).default(""),
  office: z.string().trim().max(100).default(""), ownSystem: z.string().trim().max(100).default(""),
  functionsMerged: flag, movedIn: flag, itemsOnline: flag, checksEvidence: z.string().trim().max(1_000).default(""), active: flag,
});
export type DepartmentInput = z.output<typeof departmentInput>;

const minutes = z.coerce.number().positive().max(480);
export const lineInput = z.object({ code: z.string().trim().regex(/^[A-Z]{1,2}$/), name: nameInput, nameEn: nameInput, field: codeInput, zone: optionalText, minutes, sort: sortInput, active: flag });
export type LineInput = z.output<typeof lineInput>;

const itemCode = z.string().trim().max(64).default("");
/** Codes of the catalogue that are absent stay as they are; a new item gets them from its kind and hall. */
export const itemInput = z.object({
  code: codeInput, name: nameInput, nameEn: nameInput, kind: codeInput, category: codeInput.optional(), categoryField: optionalText, department: codeInput, field: codeInput, line: optionalText, minutes,
  audience: listInput(/[\s|]+/), caseKind: z.string().trim().max(8).default("1"), promisedDays: z.coerce.number().int().min(0).max(1000).default(0),
  baseCode: itemCode, implCode: itemCode, handlingCode: itemCode, level: codeInput.optional(), onApplication: flag, mode: codeInput.optional(),
  channels: optionalList(/[\s|]+/), channelsPlanned: optionalList(/[\s|]+/), shareScope: codeInput.optional(), shareRegions: optionalList(/[\s|]+/), intakeSystem: codeInput.optional(),
  aliases: listInput("|"), popular: flag, active: flag,
});
export type ItemInput = z.output<typeof itemInput>;
