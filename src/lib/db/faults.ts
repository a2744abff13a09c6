import { log } from "@/lib/env/log";
import { AppError } from "@/lib/kernel/errors";

interface PgError {
  code?: string;
  constraint?: string;
  message?: string;
}

/** Name of the violated unique or foreign key constraint, if that is what happened. */
export function violated(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as PgError;
  return code === "23505" || code === "23503" || code === "23P01" ? (constraint ?? "unknown") : undefined;
}

const UNAVAILABLE = new Set(["57P01", "57P02", "57P03", "53300", "08000", "08003", "08006", "08001", "25006", "55P03", "57014", "53400", "25P03"]);
const NETWORK = /ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

/** True when the database is away, restarting, full or waits too long: the caller should try again soon. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as PgError;
  return (code !== undefined && (UNAVAILABLE.has(code) || NETWORK.test(code))) || NETWORK.test(message ?? "");
}

/** 503 for a database that is away; anything else is handed on as it is. */
export const asAppError = (error: unknown): unknown =>
  isUnavailable(error) ? new AppError(503, "database_unavailable", { retryAfterSeconds: 1 }) : error;

/** One hall after the other: one hall's fault is logged and is not the others'. A database that is away ends it. */
export async function eachHall<Hall extends { id: number }>(halls: readonly Hall[], what: string, work: (hall: Hall) => Promise<unknown>): Promise<void> {
  for (const hall of halls) await work(hall).catch((error: unknown) => {
    if (isUnavailable(error)) throw error;
    log().error({ err: error, hall: hall.id }, `${what} of a hall failed`);
  });
}
