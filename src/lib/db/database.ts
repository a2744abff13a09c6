import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { env } from "@/lib/env/env";
import { shared } from "@/lib/kernel/shared";
import type { DB } from "./types";

// int8 arrives as text by default; every int8 of ours (seq, ids, counts) stays far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
// A business date has no time zone: keep it the text that it is.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
// Instants stay text, ISO 8601 in UTC with six digits: a rank is finer than a JavaScript Date, and texts sort as times do.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text);
  return match ? `${match[1]}T${match[2]}.${(match[3] ?? "").padEnd(6, "0")}Z` : text;
});

export type Database = Kysely<DB>;

/** How long one statement or one wait for a lock may take before the request gets a 503, in milliseconds. */
const STATEMENT_TIMEOUT = 15_000;
const LOCK_TIMEOUT = 5_000;

export function createPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5_000,
    statement_timeout: STATEMENT_TIMEOUT,
    lock_timeout: LOCK_TIMEOUT,
    idle_in_transaction_session_timeout: 30_000,
    application_name: "yiting",
    options: "-c TimeZone=UTC",
  });
  // An idle connection that the server ends (restart, kill) must not end the process; the next query reconnects.
  pool.on("error", () => undefined);
  // Nor one that is in use: its query fails with the reason, and the pool throws the connection away.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}

export const createDatabase = (pool: pg.Pool): Database => new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });

/** The pool for hot, prepared statements. */
export const pool = (): pg.Pool => shared("pool", () => createPool(env().DATABASE_URL, env().DATABASE_POOL));

/** Typed queries over the same pool. */
export const database = (): Database => shared("database", () => createDatabase(pool()));

/** Lets all connections go, at the end of the program. */
export async function closeDatabase(): Promise<void> {
  await pool().end().catch(() => undefined);
}
