import { z } from "zod";
import { documentSchema } from "../document";

export const draftInput = z.object({ document: documentSchema, note: z.string().trim().max(300).default("") });
export type DraftInput = z.output<typeof draftInput>;

export const publishInput = z.object({ revision: z.number().int(), effectiveOn: z.iso.date(), note: z.string().trim().max(300).default("") });
export type PublishInput = z.output<typeof publishInput>;

/** "There is an error in this guide", by anybody. */
export const reportInput = z.object({ text: z.string().trim().min(1).max(1_000), element: z.string().trim().max(60).default(""), contact: z.string().trim().max(100).default(""), version: z.number().int().min(1).optional() });
export type ReportInput = z.output<typeof reportInput>;

export const REPORT_STATES = ["open", "mended", "no_error"] as const;
/** `code` is the number of the report. */
export const answerInput = z.object({ code: z.string().regex(/^\d{1,9}$/), state: z.enum(REPORT_STATES), answer: z.string().trim().max(1_000).default("") });
export type AnswerInput = z.output<typeof answerInput>;

export const lawChangeInput = z.object({ law: z.string().trim().min(2).max(200), note: z.string().trim().max(500).default("") });
export type LawChangeInput = z.output<typeof lawChangeInput>;
