import { z } from "zod";
import { codeInput, flag, listInput, nameInput, optionalText, sortInput } from "@/lib/kernel/input";

export const hallSummarySchema = z.object({
  code: z.string(), name: z.string(), nameEn: z.string(), level: z.string(), region: z.string(), regionName: z.string(), regionNameEn: z.string(),
  address: z.string(), addressEn: z.string(), phone: z.string(), timeZone: z.string(),
  /** Business date of the hall now. */
  today: z.string(),
  openNow: z.boolean(),
  /** Today's service times, `HH:MM`; empty on a day off. */
  hoursToday: z.array(z.object({ start: z.string(), end: z.string(), label: z.string(), labelEn: z.string() })),
});
export type HallSummary = z.infer<typeof hallSummarySchema>;

export const hallDetailSchema = hallSummarySchema.extend({
  /** weekday 1 = Monday … 7 = Sunday */
  hours: z.array(z.object({ weekday: z.number().int(), start: z.string(), end: z.string(), label: z.string(), labelEn: z.string() })),
  fields: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), icon: z.string(), items: z.number().int() })),
  zones: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), floor: z.number().int(), kind: z.string(), kindName: z.string(), kindNameEn: z.string(), alwaysOpen: z.boolean() })),
  lines: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), field: z.string(), zone: z.string().optional() })),
  windows: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), zone: z.string(), floor: z.number().int(), kind: z.string(), kindName: z.string(), kindNameEn: z.string(), lines: z.array(z.string()) })),
  /** Classes of the calling policy in force, with the credit in minutes and the age that proves one. */
  classes: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), creditMinutes: z.number(), minAge: z.number().int().optional(), byBooking: z.boolean().optional(), evidence: z.array(z.object({ name: z.string(), nameEn: z.string() })).optional() })),
  policy: z.object({ version: z.number().int(), missedBehind: z.number().int(), callsMax: z.number().int(), remindAhead: z.number().int(), overtakingBoundMinutes: z.number() }),
});
export type HallDetail = z.infer<typeof hallDetailSchema>;

export const regionInput = z.object({ code: z.string().regex(/^\d{12}$/), name: nameInput, nameEn: nameInput, level: z.coerce.number().int().min(1).max(6), parent: optionalText });
export type RegionInput = z.output<typeof regionInput>;

export const hallInput = z.object({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/), name: nameInput, nameEn: nameInput, region: z.string().regex(/^\d{12}$/), level: codeInput,
  /** comprehensive or specialised (JY-1), and the further government levels served in the same hall (JY-5.2.3). */
  kind: codeInput.default("comprehensive"), levels: listInput(/[\s|]+/),
  address: z.string().trim().max(200).default(""), addressEn: z.string().trim().max(200).default(""), phone: z.string().trim().max(40).default(""),
  timeZone: z.string().refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone), "time_zone_unknown").default("Asia/Shanghai"), active: flag,
});
export type HallInput = z.output<typeof hallInput>;

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const openingInput = z.object({ weekday: z.coerce.number().int().min(1).max(7), start: time, end: time, label: z.string().trim().max(40).default(""), labelEn: z.string().trim().max(40).default("") })
  .refine((row) => row.start < row.end, { message: "end_before_start", path: ["end"] });
export type OpeningInput = z.output<typeof openingInput>;

export const zoneInput = z.object({ code: codeInput, name: nameInput, nameEn: nameInput, floor: z.coerce.number().int().min(-5).max(60), kind: codeInput, voice: z.enum(["silent", "speak"]).default("silent"), alwaysOpen: flag, sort: sortInput, active: flag });
export type ZoneInput = z.output<typeof zoneInput>;

export const noticeInput = z.object({ code: codeInput, zone: optionalText, text: z.string().trim().min(1).max(200), textEn: z.string().trim().min(1).max(300), endsAt: z.iso.datetime({ offset: true }).optional(), active: flag });
export type NoticeInput = z.output<typeof noticeInput>;
