import { z } from "zod";

/** `GET /halls/{hall}/day/preview`: what closing the day would do. */
export const dayPreviewSchema = z.object({
  day: z.string(), seq: z.number().int(),
  waiting: z.number().int(), called: z.number().int(), held: z.number().int(), missed: z.number().int(), serving: z.number().int(),
  windows: z.array(z.string()),
  /** What happens to each: `cancel` or `finish`. */
  tickets: z.array(z.object({ number: z.string(), line: z.string(), state: z.string(), issuedAt: z.string(), then: z.enum(["cancel", "finish"]) })),
});
export type DayPreview = z.infer<typeof dayPreviewSchema>;

export const closeDayInput = z.object({ seq: z.number().int() });
