import { z } from "zod";
import { flag, nameInput } from "@/lib/kernel/input";

const clock = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;

/**
 * A day on which a hall differs from its week and the national calendar, known by its date. `spans` is written
 * "09:00-12:00 13:30-16:00"; empty means closed.
 */
export const hallDayInput = z.object({
  code: z.iso.date(), name: nameInput, nameEn: nameInput, active: flag,
  spans: z.string().optional().transform((text, ctx) => {
    const spans = (text ?? "").split(/[\s,，、]+/).filter(Boolean).map((part) => part.replace(/[–—~至]/, "-")).sort();
    const wrong = spans.some((span) => !clock.test(span)) ? "format_spans"
      : spans.some((span) => span.slice(0, 5) >= span.slice(6)) ? "end_before_start"
      : spans.some((span, index) => index > 0 && span.slice(0, 5) < spans[index - 1]!.slice(6)) ? "spans_overlap" : undefined;
    if (wrong) ctx.addIssue({ code: "custom", message: wrong });
    return wrong ? z.NEVER : spans;
  }),
});
export type HallDayInput = z.output<typeof hallDayInput>;
