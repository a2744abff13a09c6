import { z } from "zod";

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** Which days, under which policy ("live": as on each day, "draft", or a version), with how many windows more or fewer by line code. */
export const whatIfInput = z.object({
  from: day, to: day, policy: z.union([z.literal("live"), z.literal("draft"), z.coerce.number().int().min(1)]),
  windows: z.record(z.string().regex(/^[A-Z]{1,2}$/), z.coerce.number().int().min(-50).max(50)).default({}),
}).refine(({ from, to }) => from <= to, { path: ["to"], message: "end_before_start" });
export type WhatIfInput = z.output<typeof whatIfInput>;
/** Most days of one run. */
export const MOST_DAYS = 62;

export interface WhatIfRow {
  /** meanWait · p90Wait (minutes; of a class, or of all), kept (per cent), windowHours (hours a day). */
  measure: "meanWait" | "p90Wait" | "kept" | "windowHours";
  class: string | null;
  before: number;
  after: number;
  /** After less before, with its 95 % interval; ends are absent when nothing varies by chance. */
  difference: { value: number; low: number | null; high: number | null };
}
export interface WhatIfResult {
  visits: number;
  within: number;
  rows: WhatIfRow[];
  days: { day: string; recorded: number | null; before: number; after: number }[];
}

export interface WhatIfRun {
  id: number;
  at: string;
  input: WhatIfInput;
  state: "running" | "done" | "failed";
  done: number;
  days: number;
  result: WhatIfResult | null;
  reason: string;
}
