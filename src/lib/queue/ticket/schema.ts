import { z } from "zod";
import { OUTCOMES, TICKET_STATES } from "./model";

const code = z.string().min(1).max(64);

/** A wait in whole minutes: half of the visitors wait less than p50, nine of ten less than p90. */
export const estimateSchema = z.object({ p50: z.number().int(), p90: z.number().int() });
export type Estimate = z.infer<typeof estimateSchema>;

export const ticketSchema = z.object({
  number: z.string(),
  line: z.string(),
  lineName: z.string(),
  lineNameEn: z.string(),
  item: z.string().optional(),
  itemName: z.string().optional(),
  itemNameEn: z.string().optional(),
  state: z.enum(TICKET_STATES),
  class: z.string(),
  rank: z.string(),
  issuedAt: z.string(),
  calledAt: z.string().optional(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** Code and place of the window that called it, or that it waits for. */
  window: z.string().optional(),
  zone: z.string().optional(),
  zoneEn: z.string().optional(),
  floor: z.number().int().optional(),
  calls: z.number().int(),
  returns: z.number().int(),
  outcome: z.string().optional(),
  /** The hour that was booked, if the visitor has booked. */
  bookedStart: z.string().optional(),
  ahead: z.number().int().optional(),
  estimate: estimateSchema.optional(),
});
export type Ticket = z.infer<typeof ticketSchema>;

export const whySchema = z.object({
  policyVersion: z.number().int(),
  /** arrival · credit · returned · transferred · by_number */
  rule: z.string(),
  /** One sentence in the language of the request. */
  text: z.string(),
  /** Tier and class of each head are for the staff only. */
  compared: z.array(z.object({ line: z.string(), number: z.string(), rank: z.string(), tier: z.number().int().optional(), class: z.string().optional() })),
  /** Where the window looked: own · helping · tidal · targeted · reserved. */
  order: z.string().optional(),
  /** Classes that had their most calls in a row. */
  steppedBack: z.array(z.string()).optional(),
});
export type Why = z.infer<typeof whySchema>;

export const CHANNELS = ["kiosk", "guide", "phone", "web", "desk"] as const;

export const issueTicketInput = z
  .object({
    item: code.optional(),
    line: code.optional(),
    class: code.optional(),
    /** Required with a class at the guide desk when the class asks for evidence. */
    classReason: z.string().trim().max(200).optional(),
    person: z.object({ idNumber: z.string().trim().max(32).optional() }).optional(),
    channel: z.enum(CHANNELS).default("web"),
    /** A paper number given while the system was away, entered later by staff: it keeps its time (`HH:MM` today, hall's zone). */
    paper: z.object({ number: z.string().trim().min(1).max(16), at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) }).optional(),
  })
  .refine((input) => (input.item === undefined) !== (input.line === undefined), { message: "item_or_line", path: ["item"] });
export type IssueTicketInput = z.output<typeof issueTicketInput>;

export const issuedTicketSchema = z.object({
  id: z.string(),
  number: z.string(),
  token: z.string(),
  rank: z.string(),
  ahead: z.number().int(),
  estimate: estimateSchema.optional(),
  line: z.string(),
  lineName: z.string(),
  lineNameEn: z.string(),
  hall: z.string(),
  class: z.string(),
  issuedAt: z.string(),
  zone: z.string().optional(),
  zoneEn: z.string().optional(),
  floor: z.number().int().optional(),
});
export type IssuedTicket = z.infer<typeof issuedTicketSchema>;

/** What the holder of the link sees: `GET /tickets/{token}`. */
export const ticketPageSchema = ticketSchema.extend({
  hall: z.string(),
  hallName: z.string(),
  hallNameEn: z.string(),
  why: whySchema,
  /** 为什么他在我前面: how those ahead got there, in one sentence; while waiting. */
  aheadWhy: z.string().optional(),
  /** When several calls went by, the tickets that moved ahead of this one and the rule, newest first. */
  moves: z.array(z.object({ at: z.string(), type: z.string(), text: z.string() })),
  canCancel: z.boolean(),
  canReturn: z.boolean(),
  seq: z.number().int(),
});
export type TicketPage = z.infer<typeof ticketPageSchema>;

export const callByNumberInput = z.object({ number: z.string().trim().min(1).max(16), reason: z.string().trim().min(2).max(200) });
export const finishInput = z.object({ outcome: z.enum(OUTCOMES).optional() });
export const resumeInput = z.object({ number: z.string().trim().min(1).max(16) });
export const transferInput = z
  .object({ item: code.optional(), line: code.optional(), window: code.optional(), number: z.string().trim().max(16).optional() })
  .refine((input) => [input.item, input.line, input.window].filter((value) => value !== undefined).length === 1, { message: "one_target", path: ["item"] });
export type TransferInput = z.output<typeof transferInput>;
export const reasonInput = z.object({ reason: z.string().trim().max(200).optional() });
export const prioritiseInput = z.object({ class: code, reason: z.string().trim().min(2).max(200) });
