import { z } from "zod";
import { ticketSchema, whySchema } from "../ticket/schema";

/** `GET /halls/{hall}/windows/{window}`: everything the clerk's desk shows. Clerk of the window, or an administrator. */
export const deskSchema = z.object({
  hall: z.string(),
  seq: z.number().int(),
  at: z.string(),
  window: z.object({
    code: z.string(), name: z.string(), nameEn: z.string(), zone: z.string(), zoneEn: z.string(),
    state: z.enum(["closed", "open", "paused"]),
    stateAt: z.string(), pauseReason: z.string().optional(),
    /** "staff:7" or "token:3"; `mine` when it is the caller. */
    operator: z.string().optional(), operatorName: z.string().optional(), mine: z.boolean(),
  }),
  /** The ticket that is called or being served here. */
  ticket: ticketSchema.optional(),
  why: whySchema.optional(),
  held: z.array(ticketSchema),
  /** The window's lines with the first of each, in calling order. */
  lines: z.array(z.object({
    code: z.string(), name: z.string(), nameEn: z.string(), tier: z.number().int(), waiting: z.number().int(),
    next: z.array(z.object({ number: z.string(), class: z.string(), issuedAt: z.string(), itemName: z.string().optional(), itemNameEn: z.string().optional() })),
  })),
  /** Missed at this window today, newest first. */
  missed: z.array(z.object({ number: z.string(), at: z.string() })),
  today: z.object({
    served: z.number().int(), missed: z.number().int(), transferred: z.number().int(),
    meanServiceMinutes: z.number().optional(), meanWaitMinutes: z.number().optional(),
  }),
  undo: z.object({ type: z.string(), number: z.string(), until: z.string() }).optional(),
  /** Limits of the policy that the desk shows. */
  calls: z.object({ max: z.number().int(), pauseSeconds: z.number().int() }),
});
export type Desk = z.infer<typeof deskSchema>;

/** `GET /halls/{hall}/windows`: to choose a window at sign-in. */
export const windowChoiceSchema = z.object({
  code: z.string(), name: z.string(), nameEn: z.string(), zone: z.string(), zoneEn: z.string(), floor: z.number().int(), kind: z.string(),
  state: z.enum(["closed", "open", "paused"]), operatorName: z.string().optional(), mine: z.boolean(), usual: z.boolean(),
  /** An administrator has opened it for the caller, and why (JY-6.3a). */
  openedFor: z.string().optional(),
  lines: z.array(z.string()),
});
export type WindowChoice = z.infer<typeof windowChoiceSchema>;
