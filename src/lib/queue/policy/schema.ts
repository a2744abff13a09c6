import { z } from "zod";

export const ticketClassSchema = z.object({
  code: z.string().regex(/^[a-z][a-z_]{0,31}$/),
  name: z.string().min(1).max(40),
  nameEn: z.string().min(1).max(60),
  /** Minutes by which the class counts as having come earlier. */
  creditMinutes: z.number().min(0).max(240),
  /** Age in years that proves the class by an ID number. */
  minAge: z.number().int().min(0).max(120).optional(),
  /** Given by a booking only: nobody states it. */
  byBooking: z.boolean().optional(),
});
export type TicketClass = z.infer<typeof ticketClassSchema>;

/** The policy document as published, one row per version. */
export const policyDocumentSchema = z.object({
  version: z.number().int().min(1),
  classes: z.array(ticketClassSchema).min(1).refine((classes) => classes.some((known) => known.code === "normal"), { message: "normal_class_missing" }),
  calls: z.object({ max: z.number().int().min(1).max(10), pauseSeconds: z.number().int().min(0).max(300) }),
  /** 过号顺延: a missed ticket that comes back waits behind the next `behind` of its line (JY-7.2.2d). */
  missed: z.object({ behind: z.number().int().min(0).max(50), maxReturns: z.number().int().min(0).max(20) }),
  /** The phone page reminds its holder when this many are ahead (GD-6.2.2). */
  remindAhead: z.number().int().min(0).max(20),
  undoSeconds: z.number().int().min(0).max(600),
  /** What closing the day does to tickets that were not served. */
  endOfDay: z.object({ waiting: z.enum(["cancel"]), held: z.enum(["finish", "cancel"]) }),
});
export type PolicyDocument = z.infer<typeof policyDocumentSchema>;
