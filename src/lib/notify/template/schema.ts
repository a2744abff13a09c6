import { z } from "zod";
import { isKind, type MessageKind } from "../model";

const text = z.string().trim().min(1).max(600);
const title = z.string().trim().min(1).max(60);
const known = z.string().trim().max(64).default("");

/** A hall's own text of a kind; `code` is the kind. */
export const templateInput = z.object({ code: z.string().refine(isKind).transform((kind) => kind as MessageKind), title, text, template: known, titleEn: title, textEn: text, templateEn: known });
export type TemplateInput = z.output<typeof templateInput>;

const clock = z.string().trim().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Quiet hours of a hall; `code` is the hall's. */
export const quietHoursInput = z.object({ code: z.string(), quietFrom: clock, quietUntil: clock });
export type QuietHoursInput = z.output<typeof quietHoursInput>;
