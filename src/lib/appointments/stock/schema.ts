import { z } from "zod";
import { codeInput, flag, nameInput, optionalList } from "@/lib/kernel/input";
import { STOCK_KINDS } from "../model";
import { parseTimes } from "./model";

const empty = (value: unknown) => (value === "" || value === null ? undefined : value);
const times = optionalList(/[|;；]+/).transform((entries, ctx) => {
  if (entries?.some((entry) => !parseTimes(entry))) ctx.addIssue({ code: "custom", message: "format_times" });
  return (entries ?? []).map((entry) => entry.trim().toUpperCase().replace(/\s+/g, " "));
});

/** A stock of seats (号源): whose, when and how many. */
export const stockInput = z.object({
  code: codeInput, name: nameInput, nameEn: nameInput, kind: z.enum(STOCK_KINDS).default("regular"), line: codeInput,
  /** Item codes; none: every item of the line. */
  items: optionalList(/[\s|]+/), windows: optionalList(/[\s|]+/),
  /** "6 09:00-12:00", "1-5 12:00-13:30", "H 09:00-12:00" (public holidays), separated by |; none: the hall's hours. */
  times,
  slotMinutes: z.coerce.number().int().min(5).max(480).default(30),
  minutes: z.preprocess(empty, z.coerce.number().min(1).max(480).optional()),
  /** Per cent of the windows' time that can be booked; the rest is for people who come without. */
  share: z.coerce.number().min(0).max(100).default(60),
  seats: z.preprocess(empty, z.coerce.number().int().min(0).max(500).optional()),
  team: z.string().trim().max(100).optional(), active: flag,
}).refine(({ kind, seats }) => kind !== "home" || seats !== undefined, { message: "home_needs_seats", path: ["seats"] })
  .refine(({ kind, windows }) => kind !== "special" || (windows?.length ?? 0) > 0, { message: "special_needs_windows", path: ["windows"] })
  .refine(({ kind, times: spans }) => kind !== "off_hours" || spans.length > 0, { message: "off_hours_needs_times", path: ["times"] });
export type StockInput = z.output<typeof stockInput>;

const day = z.iso.date();
/** Slots of a stock (or of all) in a span of time, to close, open again or change. */
export const slotRangeInput = z.object({ stock: codeInput.optional(), from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }), note: z.string().trim().max(200).default("") })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { message: "end_before_start", path: ["to"] });
export type SlotRange = z.output<typeof slotRangeInput>;
export const copyWeekInput = z.object({ from: day, to: day, stock: codeInput.optional() });
export const closureInput = z.object({ window: codeInput, from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }), reason: z.string().trim().min(1).max(200) })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { message: "end_before_start", path: ["to"] });
export type ClosureInput = z.output<typeof closureInput>;
