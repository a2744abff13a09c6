import { z } from "zod";

/** Minutes since midnight from "09:30"; minutes from an ISO time; a number is minutes as it is. */
const time = z.union([z.number(), z.string()]).transform((value, ctx) => {
  if (typeof value === "number") return value;
  const clock = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(value);
  if (clock && Number(clock[1]) <= 24) return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3] ?? 0) / 60;
  const at = /^\d{4}-\d{2}-\d{2}[T ]/.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(at)) ctx.addIssue({ code: "custom", message: "a time is \"09:30\", an ISO date and time, or minutes as a number" });
  return at / 60_000;
});

const positive = z.number().positive();

/** Intervals in order that do not overlap. */
const intervals = <T extends z.ZodRawShape>(figures: T) => z.array(z.strictObject({ start: time, end: time, ...figures })).min(1).max(2_000).superRefine((rows, ctx) => {
  const spans = rows as unknown as { start: number; end: number }[];
  spans.forEach(({ start, end }, index) => {
    if (!(start < end)) ctx.addIssue({ code: "custom", path: [index, "end"], message: "an interval ends after its start" });
    if (index > 0 && start < spans[index - 1]!.end) ctx.addIssue({ code: "custom", path: [index, "start"], message: "intervals are in order and do not overlap" });
  });
});

const service = z.strictObject({ kind: z.enum(["exponential", "lognormal", "deterministic"]), mean: positive, cv: z.number().min(0).max(20).optional() });

/**
 * What `plan simulate` is told, as in shared/api.md. Times in minutes, rates an hour. `arrivals` of an interval is the number of
 * visitors in it; a `priority` counts like a rank: 1 goes before 2, none goes last; `credit` is minutes.
 */
export const scenarioSchema = z.strictObject({
  arrivalsPerHour: z.union([positive, intervals({ arrivals: z.number().min(0) })]),
  classes: z.array(z.strictObject({ name: z.string().min(1).max(80), share: z.number().min(0).max(1), credit: z.number().min(0).max(1_440).optional(), priority: z.number().optional() })).min(1).max(20)
    .refine((classes) => Math.abs(classes.reduce((sum, each) => sum + each.share, 0) - 1) < 1e-3, { message: "the shares of the classes add up to 1" }).default([{ name: "all", share: 1 }]),
  service,
  windows: z.union([z.number().int().min(1).max(5_000), intervals({ windows: z.number().int().min(0).max(5_000) })]),
  patience: z.strictObject({ mean: positive }).optional(),
  discipline: z.enum(["fifo", "priority", "policy"]).default("fifo"),
  customers: z.number().int().min(100).max(1_000_000_000).optional(),
  hours: positive.max(1_000_000).optional(),
}).superRefine(({ arrivalsPerHour }, ctx) => {
  if (typeof arrivalsPerHour !== "number" && arrivalsPerHour.every(({ arrivals }) => arrivals === 0)) ctx.addIssue({ code: "custom", path: ["arrivalsPerHour"], message: "somebody must come" });
});
export type Scenario = z.infer<typeof scenarioSchema>;

export interface SimulatedFigure {
  value: number;
  /** Ends of the 99 % interval; null after a single run of a day, which says nothing about chance. */
  low: number | null;
  high: number | null;
}

export interface ScenarioResult {
  /** Visitors that were simulated and counted. */
  customers: number;
  /** Minutes from arrival to the call, or to leaving: of all who came. */
  perClass: { name: string; meanWait: SimulatedFigure; p50: number; p90: number; pWait: number }[];
  /** Share of visitors who left without being called. */
  abandoned: number;
  /** Share of the open windows' time that was spent on services. */
  utilisation: number;
}
