import { z } from "zod";
import { estimateSchema } from "../ticket/schema";

/** `GET /halls/{hall}/board`: what every screen of the hall shows; no personal data. */
export const boardSchema = z.object({
  hall: z.string(),
  /** Number of the last ledger event that this snapshot contains. */
  seq: z.number().int(),
  at: z.string(),
  lines: z.array(z.object({
    code: z.string(), name: z.string(), nameEn: z.string(), field: z.string(), zone: z.string().optional(),
    waiting: z.number().int(),
    /** Windows now open that serve the line. */
    windows: z.number().int(),
    /** Wait of somebody who takes a number now; absent when no window serves the line. */
    estimateMinutes: estimateSchema.optional(),
    /** Arrival of the one who waits longest. */
    oldest: z.string().optional(),
  })),
  windows: z.array(z.object({
    code: z.string(), name: z.string(), nameEn: z.string(), zone: z.string(), floor: z.number().int(),
    state: z.enum(["closed", "open", "paused", "calling", "serving"]),
    lines: z.array(z.string()),
    ticket: z.object({ number: z.string(), at: z.string() }).optional(),
  })),
  /** The last calls, newest first, at most 8 of each zone. `times` counts the first call and its repeats. `seq` orders announcements. */
  calls: z.array(z.object({ number: z.string(), window: z.string(), zone: z.string(), at: z.string(), times: z.number().int(), seq: z.number().int(), state: z.enum(["called", "serving", "missed", "ended"]) })),
  zones: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), floor: z.number().int(), voice: z.enum(["silent", "speak"]) })),
  notices: z.array(z.object({ text: z.string(), textEn: z.string(), zone: z.string().optional() })),
});
export type Board = z.infer<typeof boardSchema>;
