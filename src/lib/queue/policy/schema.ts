import { z } from "zod";

const WINDOW = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,15}$/);
const LINE = z.string().regex(/^[A-Z]{1,2}$/);
const minutes = (max: number) => z.number().min(0).max(max);

export const ticketClassSchema = z.object({
  code: z.string().regex(/^[a-z][a-z_]{0,31}$/),
  name: z.string().min(1).max(40),
  nameEn: z.string().min(1).max(60),
  /** Minutes by which the class counts as having come earlier. */
  creditMinutes: minutes(240),
  /** Goes before everybody, however long they have waited. Can be tried in the what-if, never published. */
  absolute: z.boolean().optional(),
  /** Age in years that proves the class by an ID number. */
  minAge: z.number().int().min(0).max(120).optional(),
  /** What proves the class at the desk: codes of the table `class_evidence`. */
  evidence: z.array(z.string().regex(/^[a-z][a-z_]{0,31}$/)).max(10).optional(),
  /** Given by a booking only: nobody states it. */
  byBooking: z.boolean().optional(),
  /** A window calls so many of the class one after another at most, while somebody else waits. */
  maxInRow: z.number().int().min(1).max(20).optional(),
});
export type TicketClass = z.infer<typeof ticketClassSchema>;

/** When a window works for lines that are not its own: always (null), or while the line's 90 % wait exceeds so many minutes. */
const tierSchema = z.object({ waitOver: minutes(240).nullable().default(null), lines: z.record(LINE, minutes(240)).default({}) });
export type TierRule = z.infer<typeof tierSchema>;

/** The policy document as published, one row per version. What a document does not say has the meaning it had before the rule existed. */
export const policyDocumentSchema = z.object({
  version: z.number().int().min(1),
  classes: z.array(ticketClassSchema).min(1).max(20).refine((classes) => classes.some((known) => known.code === "normal"), { message: "normal_class_missing" }),
  /** Numbers without a booking: always given (JY-7.2.2c, 应), only while places are free, or never. */
  walkIn: z.enum(["always", "when_free", "never"]).default("always"),
  booking: z.object({
    /** Who comes before the booked time counts from arrival, or from the booked time. */
    early: z.enum(["arrival", "slot"]).default("arrival"),
    /** Credit of a booked visitor who comes after the limit. */
    lateCreditMinutes: minutes(240).default(0),
  }).default({ early: "arrival", lateCreditMinutes: 0 }),
  calls: z.object({ max: z.number().int().min(1).max(10), pauseSeconds: z.number().int().min(0).max(300) }),
  /** 过号顺延: a missed ticket that comes back waits behind the next `behind` of its line (JY-7.2.2d); after `maxReturns` behind everybody. */
  missed: z.object({ behind: z.number().int().min(0).max(50), maxReturns: z.number().int().min(0).max(20), afterMax: z.enum(["behind_all", "refuse"]).default("behind_all") }),
  /** A ticket moved to another line keeps its place in time, gets so many minutes of credit from now, or starts anew. */
  transfer: z.object({ seniority: z.enum(["keep", "credit", "none"]), creditMinutes: minutes(240).default(0) }).default({ seniority: "keep", creditMinutes: 0 }),
  helping: tierSchema.default({ waitOver: null, lines: {} }),
  tidal: tierSchema.default({ waitOver: null, lines: {} }),
  /** A window that calls these classes first, or nobody else (`only`). */
  reserved: z.array(z.object({ window: WINDOW, classes: z.array(z.string()).min(1), only: z.boolean().default(false) })).max(200).default([]),
  /** Two tickets of the same rank: who took the number first, the class listed first, or nothing said. */
  ties: z.enum(["issued", "class", "none"]).default("issued"),
  /** The phone page reminds its holder when this many are ahead (GD-6.2.2). */
  remindAhead: z.number().int().min(0).max(20),
  undoSeconds: z.number().int().min(0).max(600),
  /** What closing the day does to tickets that were not served. */
  endOfDay: z.object({ waiting: z.enum(["cancel"]), held: z.enum(["finish", "cancel"]) }),
});
export type PolicyDocument = z.infer<typeof policyDocumentSchema>;
/** As written by people: rules that are not stated are left out. */
export type PolicyInput = Omit<z.input<typeof policyDocumentSchema>, "version">;
