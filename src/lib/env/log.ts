import pino from "pino";
import { shared } from "@/lib/kernel/shared";

/** Structured log, one line per record, without personal data; secrets that slip in are blanked. */
export const log = (): pino.Logger =>
  shared("log", () => pino({ level: process.env.LOG_LEVEL || "info", base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ["*.password", "*.token", "*.authorization", "*.cookie", "*.idNumber", "*.phone"] }));
