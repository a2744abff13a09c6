import { z } from "zod";
import { codeInput, flag, listInput, nameInput, optionalText, sortInput } from "@/lib/kernel/input";

const several = listInput(/[\s|]+/);
const text = (max: number) => z.string().trim().max(max).default("");
/** A figure that need not be known. */
const figure = z.preprocess((value) => (value === "" ? undefined : value), z.coerce.number().int().min(0).max(10_000).optional());

/** 一件事: items asked for once, who leads, where, and what it saves (JY-7.1.3, JY-9.1.6, GD-5.6.3). */
export const packageInput = z.object({
  code: codeInput, name: nameInput, nameEn: nameInput, source: codeInput, levels: several, category: text(40), batch: text(60), lead: optionalText, items: several, windows: several,
  guide: text(4_000), guideEn: text(8_000), system: text(200), daysBefore: figure, days: figure, materialsBefore: figure, materials: figure, visitsBefore: figure, visits: figure, sort: sortInput, active: flag,
});
export type PackageInput = z.output<typeof packageInput>;

export const packageTargetInput = z.object({ code: codeInput, name: nameInput, nameEn: nameInput, source: codeInput, levels: several, category: text(40), batch: text(60) });
export type PackageTargetInput = z.output<typeof packageTargetInput>;

/** What the hall publishes, who keeps it, and when it must be looked at again (GD-5.4.1). */
export const disclosureInput = z.object({
  code: codeInput, name: nameInput, nameEn: nameInput, department: codeInput, rule: nameInput, ruleEn: text(400), reviewDays: z.coerce.number().int().min(1).max(3_650).default(90), reviewedOn: z.preprocess((value) => (value === "" ? undefined : value), z.iso.date().optional()),
  channels: several, link: z.string().trim().max(300).regex(/^$|^\/(?!\/)|^https:\/\//).default(""), sort: sortInput, active: flag,
});
export type DisclosureInput = z.output<typeof disclosureInput>;
