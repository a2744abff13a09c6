import { z } from "zod";

const clock = z.string().trim().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** `09:30` as minutes since midnight. */
export const minutesOfDay = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** What a hall plans by, as published, one row per version; defaults from practice (domain.md section 4). */
export const plannerRulesSchema = z.object({
  /** So many per cent of the visitors are to be called within so many minutes. */
  sharePercent: z.coerce.number().min(50).max(99.9).default(90),
  withinMinutes: z.coerce.number().int().min(0).max(240).default(15),
  /** Days with tickets that a usual day is made of: of the same weekday, or of any while those are few. */
  historyDays: z.coerce.number().int().min(1).max(60).default(28),
  /** Nobody changes the field more often than this. */
  leastOpenMinutes: z.coerce.number().int().min(30).max(480).default(60),
  /** Everybody rests for so long between these times; 0 for none. */
  restMinutes: z.coerce.number().int().min(0).max(180).default(60),
  restFrom: clock.default("11:30"),
  restTo: clock.default("14:00"),
}).refine(({ restFrom, restTo, restMinutes }) => restMinutes === 0 || minutesOfDay(restTo) - minutesOfDay(restFrom) >= restMinutes, { path: ["restTo"], message: "too_short" });
export type PlannerRules = z.output<typeof plannerRulesSchema>;
export const DEFAULT_PLANNER_RULES: PlannerRules = plannerRulesSchema.parse({});

/** The rules as a form; `code` is the hall's. */
export const plannerRulesInput = plannerRulesSchema.and(z.object({ code: z.string() }));
export type PlannerRulesInput = z.output<typeof plannerRulesInput>;
