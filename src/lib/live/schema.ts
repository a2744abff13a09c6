import { z } from "zod";

/** What a screen receives for a ledger event. No personal data; `subject` is `ticket:<id>`, `window:<code>`, … */
export const liveEventSchema = z.object({
  hall: z.string(),
  seq: z.number().int(),
  at: z.string(),
  type: z.string(),
  subject: z.string(),
  data: z.object({
    number: z.string().optional(),
    line: z.string().optional(),
    window: z.string().optional(),
    zone: z.string().optional(),
    state: z.string().optional(),
    calls: z.number().int().optional(),
  }),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;

export const tickSchema = z.object({ hall: z.string(), seq: z.number().int() });
export type Tick = z.infer<typeof tickSchema>;
