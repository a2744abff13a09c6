import { z } from "zod";

const minutes = (max: number) => z.coerce.number().int().min(0).max(max);

/**
 * The booking rules of a hall as published, one row per version; defaults from practice (domain.md section 4). None of
 * them ever stops somebody from taking a number at the hall (JY-7.2.2c).
 */
export const bookingRulesSchema = z.object({
  /** Days with service that can be booked, today included. */
  horizonDays: z.coerce.number().int().min(1).max(60).default(7),
  /** Until so long before its start a slot of today can be booked. */
  leadMinutes: minutes(2880).default(30),
  cancelMinutes: minutes(2880).default(120),
  /** On time is from so long before the booked time until so long after it. */
  earlyMinutes: minutes(120).default(15),
  lateMinutes: minutes(240).default(30),
  /** How long a seat is kept while the form is filled. */
  holdMinutes: z.coerce.number().int().min(1).max(60).default(10),
  /** A cancelled seat comes back after a random time of at most so many minutes. */
  returnMinutes: minutes(120).default(10),
  /** Live bookings of one person for one item, bookings of one phone a day and in seven days. */
  perItem: z.coerce.number().int().min(1).max(10).default(1),
  perDay: z.coerce.number().int().min(1).max(50).default(3),
  perWeek: z.coerce.number().int().min(1).max(100).default(6),
  /** After `missed` no-shows in `withinDays` on-line booking rests for `pauseDays`; 0 never. */
  pause: z.object({ missed: z.coerce.number().int().min(0).max(20), withinDays: z.coerce.number().int().min(1).max(366), days: z.coerce.number().int().min(1).max(366) }).default({ missed: 3, withinDays: 30, days: 30 }),
  /** Reminders so many hours before the booked time. */
  remindHours: z.coerce.number().int().min(0).max(72).default(20),
  /** The promise: called within so many minutes of the booked time. */
  promiseMinutes: z.coerce.number().int().min(1).max(120).default(15),
  maxParty: z.coerce.number().int().min(1).max(50).default(10),
  maxItems: z.coerce.number().int().min(1).max(10).default(5),
});
export type BookingRules = z.output<typeof bookingRulesSchema>;
export const DEFAULT_RULES: BookingRules = bookingRulesSchema.parse({});
