import { z } from "zod";
import { codeInput, flag, listInput, nameInput, optionalText } from "@/lib/kernel/input";
import { APPLICATION_KINDS } from "./model";

const day = z.iso.date();
const text = (max: number) => z.string().trim().max(max).default("");
const needed = (max: number) => z.string().trim().min(1).max(max);
const windowCodes = listInput(/[\s|]+/);
const regionCodes = listInput(/[\s|]+/).refine((codes) => codes.every((code) => /^\d{12}$/.test(code)), "region_unknown");

/** What an application for residency says: one unit, one or many items, why, with which papers. */
export const applicationInput = z.object({
  kind: z.enum(APPLICATION_KINDS), department: codeInput, items: z.array(codeInput).min(1).max(500), reason: needed(1000),
  documents: z.array(z.string().trim().min(1).max(400)).max(20).default([]), mode: optionalText, wantedOn: day.optional(),
});
export type ApplicationInput = z.output<typeof applicationInput>;

/** Where the items of an application go: zone, line, windows, devices, network. */
export const placementInput = z.object({ zone: codeInput, line: optionalText, mode: optionalText, windows: windowCodes, devices: text(400), network: text(400) });
export type PlacementInput = z.output<typeof placementInput>;

/** Facts of an item for its place and its demand; `code` is the item's. */
export const itemPlaceInput = z.object({
  code: codeInput, place: text(200), placeEn: text(200), hours: text(200), hoursEn: text(200), phone: text(40), demand: z.coerce.number().int().min(0).max(100_000_000).default(0), sinkField: optionalText,
});
export type ItemPlaceInput = z.output<typeof itemPlaceInput>;

/** One row of what is known about an item's residency from before: the newest day of an item is its present state. */
export const residencyRow = z.object({
  item: codeInput, state: z.enum(["resident", "not_resident"]), from: day, mode: optionalText, channels: optionalText, channelsPlanned: optionalText, intakeSystem: optionalText,
  place: optionalText, placeEn: optionalText, hours: optionalText, hoursEn: optionalText, phone: optionalText, demand: z.coerce.number().int().min(0).optional(), sinkField: optionalText,
});
export type ResidencyRow = z.output<typeof residencyRow>;

export const negativeInput = z.object({ code: codeInput, reason: codeInput, basis: needed(400), approver: needed(200), evidence: needed(1000), fromOn: day, validTo: day, reviewOn: day, active: flag })
  .refine((row) => row.fromOn <= row.validTo, { message: "end_before_start", path: ["validTo"] });
export type NegativeInput = z.output<typeof negativeInput>;

export const exemptionInput = z.object({ code: codeInput, department: optionalText, reason: needed(1000), approver: needed(200), evidence: text(1000), validTo: day, reviewOn: day, active: flag });
export type ExemptionInput = z.output<typeof exemptionInput>;

export const agreementInput = z.object({
  code: codeInput, name: nameInput, kind: codeInput, partner: needed(200), department: optionalText, items: listInput(/[\s|]+/), regions: regionCodes, mode: codeInput,
  powers: text(1000), fromOn: day, toOn: day.optional(), link: text(400), active: flag,
}).refine((row) => row.toOn === undefined || row.fromOn <= row.toOn, { message: "end_before_start", path: ["toOn"] });
export type AgreementInput = z.output<typeof agreementInput>;

export const sinkInput = z.object({ code: codeInput, item: codeInput, level: codeInput, regions: regionCodes, mode: codeInput, receiver: needed(200), fromOn: day, toOn: day.optional(), note: text(400), active: flag });
export type SinkInput = z.output<typeof sinkInput>;

/** An item offered for other regions and levels: scope and partners (通办范围), how, and at which windows (JY-6.4). */
export const sharedInput = z.object({ code: codeInput, scope: codeInput, regions: regionCodes, mode: codeInput, windows: windowCodes, active: flag });
export type SharedInput = z.output<typeof sharedInput>;

export const targetInput = z.object({ hallLevel: codeInput, itemLevel: text(8), percent: z.coerce.number().min(0).max(100), basis: text(200) });
export type TargetInput = z.output<typeof targetInput>;

/** One entry of a published negative list, as it was on that day. */
export interface NegativeEntry {
  item: string; name: string; nameEn: string; department: string; departmentEn: string; level: string; reason: string; basis: string; approver: string; validTo: string; reviewOn: string;
}
