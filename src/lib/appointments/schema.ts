import { z } from "zod";
import { APPOINTMENT_STATES, STOCK_KINDS } from "./model";

const code = z.string().trim().min(1).max(64);
const phone = z.string().trim().transform((text) => text.replace(/[\s-]/g, "").replace(/^(\+?86)(?=1)/, "")).refine((text) => /^1[3-9]\d{9}$/.test(text), { message: "phone_invalid" });
/** A missing list may be one name: `item` and `items` mean the same. */
const wanted = { item: code.optional(), items: z.array(code).min(1).max(10).optional() };
const oneWish = { message: "item_or_items", path: ["item"] };
const oneOf = (input: { item?: string | undefined; items?: string[] | undefined }) => (input.item === undefined) !== (input.items === undefined);

export const BOOKING_CHANNELS = ["web", "wechat", "app", "phone", "guide", "desk", "kiosk", "platform"] as const;

/** Whose seats are asked for. */
export const slotsQuery = z.object({
  item: code.optional(), items: z.string().max(400).optional(),
  from: z.iso.date().optional(), to: z.iso.date().optional(),
  kind: z.enum(STOCK_KINDS).optional(), party: z.coerce.number().int().min(1).max(50).default(1),
}).transform(({ items, item, ...rest }) => ({ ...rest, items: items ? items.split(",").map((part) => part.trim()).filter(Boolean) : item ? [item] : [] }));

export const slotSchema = z.object({
  start: z.string(), end: z.string(), free: z.number().int(), load: z.number(),
  /** Whose stock it is: usual hours, special window, home visit, outside office hours. */
  kind: z.enum(STOCK_KINDS), stock: z.string(),
  /** 午间、晚间、周末、节假日 … where it is not the usual time. */
  time: z.enum(["usual", "early", "noon", "evening", "weekend", "holiday"]),
  quiet: z.boolean(),
});
export type Slot = z.infer<typeof slotSchema>;

const person = z.object({
  name: z.string().trim().min(1).max(60), phone,
  idNumber: z.string().trim().max(32).optional().transform((text) => text || undefined),
});

/** Keeps seats while the form is filled. */
export const holdInput = z.object({
  ...wanted, start: z.iso.datetime({ offset: true }), kind: z.enum(STOCK_KINDS).optional(), party: z.coerce.number().int().min(1).max(50).default(1),
  channel: z.enum(BOOKING_CHANNELS).default("web"), proof: z.string().max(400).optional(),
}).refine(oneOf, oneWish);
export type HoldInput = z.output<typeof holdInput>;

/** With `hold` the token of a hold, whose time and items count; else item and start. */
export const bookInput = z.object({
  ...wanted, hold: z.string().max(128).optional(), start: z.iso.datetime({ offset: true }).optional(), kind: z.enum(STOCK_KINDS).optional(), party: z.coerce.number().int().min(1).max(50).default(1),
  person,
  channel: z.enum(BOOKING_CHANNELS).default("web"),
  locale: z.enum(["zh", "en"]).default("zh"),
  /** Priority class that the visitor says to have; proven at the hall. */
  class: z.string().regex(/^[a-z][a-z_]{0,31}$/).default("normal"),
  /** Codes companion_need: wheelchair, sign language, interpreter … */
  needs: z.array(code).max(10).default([]),
  relation: code.default("self"),
  /** Who books for somebody else: the messages go to this phone. */
  booker: z.object({ name: z.string().trim().min(1).max(60), phone }).optional(),
  address: z.string().trim().max(200).optional(), note: z.string().trim().max(200).optional(),
  proof: z.string().max(400).optional(),
}).refine((input) => input.hold !== undefined || (oneOf(input) && input.start !== undefined), { message: "item_and_start", path: ["start"] });
export type BookInput = z.output<typeof bookInput>;

export const rescheduleInput = z.object({ start: z.iso.datetime({ offset: true }), kind: z.enum(STOCK_KINDS).optional() });
export const cancelInput = z.object({ reason: z.string().trim().max(200).optional() });
export const appealInput = z.object({ text: z.string().trim().min(2).max(500) });
export const answerInput = z.object({ accept: z.boolean() });

/** What a visitor shows or types at the hall: exactly one. */
export const arriveInput = z.object({ token: z.string().max(128).optional(), number: z.string().trim().max(16).optional(), phone: z.string().trim().max(20).optional(), idNumber: z.string().trim().max(32).optional() })
  .refine((input) => Object.values(input).filter((value) => value !== undefined && value !== "").length === 1, { message: "one_of", path: ["number"] });
export type ArriveInput = z.output<typeof arriveInput>;

/** A booking as its holder and the staff see it; personal data masked. */
export const appointmentSchema = z.object({
  id: z.string(), token: z.string(), number: z.string(), state: z.enum(APPOINTMENT_STATES),
  hall: z.string(), hallName: z.string(), hallNameEn: z.string(), address: z.string(), addressEn: z.string(), phone: z.string(),
  items: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
  line: z.string(), lineName: z.string(), lineNameEn: z.string(),
  zone: z.string().optional(), zoneEn: z.string().optional(), floor: z.number().int().optional(),
  kind: z.enum(STOCK_KINDS), start: z.string(), end: z.string(), day: z.string(),
  party: z.number().int(), needs: z.array(z.string()), relation: z.string(), class: z.string(), channel: z.string(),
  person: z.object({ name: z.string(), phone: z.string() }),
  heldUntil: z.string().optional(), bookedAt: z.string().optional(), arrivedAt: z.string().optional(), late: z.boolean(), duplicate: z.boolean(),
  /** Until when it can be cancelled or moved on line; when a check-in counts as on time. */
  changeUntil: z.string(), arriveFrom: z.string(), arriveUntil: z.string(),
  canCancel: z.boolean(), canMove: z.boolean(), canArrive: z.boolean(),
  /** The hall proposes another time, e.g. since a window is closed. */
  proposal: z.object({ start: z.string(), end: z.string(), reason: z.string(), until: z.string() }).optional(),
  /** The number taken at the hall; it has the same token. */
  ticket: z.object({ number: z.string(), token: z.string(), state: z.string() }).optional(),
});
export type Appointment = z.infer<typeof appointmentSchema>;

export const bookedSchema = z.object({ id: z.string(), token: z.string(), number: z.string(), state: z.enum(APPOINTMENT_STATES), start: z.string(), end: z.string(), hall: z.string(), heldUntil: z.string().optional(), duplicate: z.boolean(), messages: z.array(z.string()) });
export type Booked = z.infer<typeof bookedSchema>;

/** What a booking page has to know before anybody types: rules and days. */
export const bookingSchema = z.object({
  rules: z.object({ version: z.number(), horizonDays: z.number(), cancelMinutes: z.number(), earlyMinutes: z.number(), lateMinutes: z.number(), holdMinutes: z.number(), promiseMinutes: z.number(), maxParty: z.number(), maxItems: z.number(), perItem: z.number(), perDay: z.number(), perWeek: z.number(), pause: z.object({ missed: z.number(), withinDays: z.number(), days: z.number() }) }),
  kinds: z.array(z.enum(STOCK_KINDS)),
  needs: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
  relations: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
  /** Booked visitors who came on time and were called within the promised minutes, last 28 days; absent without figures. */
  promise: z.object({ kept: z.number(), of: z.number() }).optional(),
});
export type Booking = z.infer<typeof bookingSchema>;
