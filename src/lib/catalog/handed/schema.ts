import { z } from "zod";
import { codeInput, flag, optionalText } from "@/lib/kernel/input";

/** Takes an item that was handed down into the hall's own catalogue, or, with `active` no, out of use again. */
export const receivedInput = z.object({ code: codeInput, department: codeInput, field: codeInput, line: optionalText, active: flag });
export type ReceivedInput = z.output<typeof receivedInput>;
