import { z } from "zod";

/** The rules of advice for now and of wait alerts; minutes. */
export const tidalRulesInput = z.object({
  costMinutes: z.coerce.number().min(0).max(120), quietMinutes: z.coerce.number().int().min(0).max(240),
  horizonMinutes: z.coerce.number().int().min(20).max(180),
  longMinutes: z.coerce.number().int().min(1).max(240), tooLongMinutes: z.coerce.number().int().min(2).max(480), escalateMinutes: z.coerce.number().int().min(1).max(240),
}).refine(({ longMinutes, tooLongMinutes }) => tooLongMinutes > longMinutes, { path: ["tooLongMinutes"], message: "too_short" });
export type TidalRules = z.output<typeof tidalRulesInput>;
export const TIDAL_RULES: TidalRules = { costMinutes: 3, quietMinutes: 20, horizonMinutes: 60, longMinutes: 20, tooLongMinutes: 30, escalateMinutes: 10 };

/** What is kept with a piece of advice: line codes, minutes of a step, and the 90 % waits by time of arrival. */
export interface Forecast {
  lines: string[];
  waiting: number;
  step: number;
  horizon: number;
  without: { p90: number; curve: (number | null)[] };
  with: { p90: number; curve: (number | null)[] };
}

export interface AdviceView {
  id: number;
  at: string;
  kind: "open" | "close" | "move" | "restore";
  window: string;
  /** Who would sit there; given for openings. */
  staff: string | null;
  own: string[];
  helping: string[];
  forecast: Forecast;
  gain: number;
  state: "open" | "done" | "dismissed" | "expired";
  decidedAt: string | null;
  decidedBy: string | null;
  outcome: { p90: number; curve: (number | null)[] } | null;
}
