import { z } from "zod";
import { estimateSchema } from "../ticket/schema";

/** From how many minutes a wait is long, and too long, where a hall has said nothing else (domain.md, wait warning). */
export const WAIT_LIMITS: WaitLimits = { long: 20, tooLong: 30 };
export interface WaitLimits {
  long: number;
  tooLong: number;
}
export type WaitLevel = "normal" | "long" | "too_long";

export const waitLevel = (minutes: number, { long, tooLong }: WaitLimits = WAIT_LIMITS): WaitLevel => (minutes >= tooLong ? "too_long" : minutes >= long ? "long" : "normal");

/** `GET /halls/{hall}/overview`: the hall as its administrators see it now. Staff only: it names operators. */
export const overviewSchema = z.object({
  hall: z.string(),
  /** Number of the last ledger event that this snapshot surely contains. */
  seq: z.number().int(),
  at: z.string(),
  /** Business date. */
  today: z.string(),
  timeZone: z.string(),
  /** Minutes from which a wait is long, and too long, in this hall. */
  limits: z.object({ long: z.number(), tooLong: z.number() }),
  lines: z.array(z.object({
    code: z.string(), name: z.string(), nameEn: z.string(),
    waiting: z.number().int(),
    /** Arrival of the one who waits longest. */
    oldest: z.string().optional(),
    /** Wait of somebody who takes a number now; absent when no window serves the line. */
    estimate: estimateSchema.optional(),
    /** Windows that serve the line as their own: open now, and all. */
    windowsOpen: z.number().int(), windows: z.number().int(),
    /** Open windows that help while nobody waits in their own lines. */
    helpersOpen: z.number().int(),
  })),
  windows: z.array(z.object({
    code: z.string(), name: z.string(), nameEn: z.string(),
    zone: z.string(), zoneName: z.string(), zoneNameEn: z.string(), floor: z.number().int(),
    state: z.enum(["closed", "open", "paused", "calling", "serving"]),
    /** Since when the window is in this state. */
    since: z.string(),
    pauseReason: z.string().optional(),
    operatorName: z.string().optional(),
    ticket: z.object({ number: z.string(), line: z.string(), at: z.string(), calls: z.number().int() }).optional(),
    held: z.number().int(),
    lines: z.array(z.string()),
    /** Served today. */
    served: z.number().int(),
  })),
  /** Those who wait longest, at most ten. */
  longest: z.array(z.object({ number: z.string(), line: z.string(), lineName: z.string(), lineNameEn: z.string(), class: z.string(), className: z.string(), issuedAt: z.string() })),
  events: z.array(z.object({ seq: z.number().int(), at: z.string(), type: z.string(), text: z.string(), actor: z.string() })),
  figures: z.object({
    issued: z.number().int(), waiting: z.number().int(), active: z.number().int(), served: z.number().int(),
    /** Missed and not come back, and tickets that were ever called today. */
    missed: z.number().int(), called: z.number().int(),
    /** Minutes from taking the number to the first call. */
    meanWait: z.number().optional(), p90Wait: z.number().optional(),
  }),
});
export type Overview = z.infer<typeof overviewSchema>;
