import { z } from "zod";
import { bookingRulesSchema } from "./schema";

/** The rules as one flat form; `code` is the hall's. */
export const rulesInput = z.object({
  code: z.string(), ...bookingRulesSchema.omit({ pause: true }).shape,
  pauseMissed: z.coerce.number().int().min(0).max(20), pauseWithin: z.coerce.number().int().min(1).max(366), pauseDays: z.coerce.number().int().min(1).max(366),
}).transform(({ pauseMissed, pauseWithin, pauseDays, ...rules }) => ({ ...rules, pause: { missed: pauseMissed, withinDays: pauseWithin, days: pauseDays } }));
export type RulesInput = z.output<typeof rulesInput>;
