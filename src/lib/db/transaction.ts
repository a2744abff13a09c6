import type { Transaction } from "kysely";
import type { Database } from "./database";
import type { DB } from "./types";

declare const branded: unique symbol;

/** A transaction minted by `inTransaction` only, so that a write cannot happen outside of one. */
export type Tx = Transaction<DB> & { readonly [branded]: true };

/** Runs `work` in one transaction: it commits when `work` resolves and leaves nothing behind when it throws. */
export const inTransaction = <T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().execute((tx) => work(tx as Tx));
