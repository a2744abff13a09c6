import { z } from "zod";
import { phoneInput } from "@/lib/notify/schema";
import { CODE } from "./model";

/** As people write it: spaces, dashes and the country's code do not matter. */
const phone = z.string().trim().max(24).transform((text) => text.replace(/[\s-]/g, "").replace(/^(\+?86)(?=1)/, "")).pipe(phoneInput);

export const askCodeInput = z.object({ phone, locale: z.enum(["zh", "en"]).default("zh") });
export type AskCodeInput = z.output<typeof askCodeInput>;

export const enterCodeInput = z.object({ phone, code: z.string().trim().transform((text) => text.replace(/\s/g, "")).refine((text) => new RegExp(`^\\d{${CODE.digits}}$`).test(text)), own: z.boolean().default(false) });
export type EnterCodeInput = z.output<typeof enterCodeInput>;
