import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type Migration, type MigrationProvider, Migrator, sql } from "kysely";
import { OperatorError } from "@/lib/kernel/errors";
import type { Database } from "./database";

/** Plain SQL files, applied in the order of their names, each in the migrator's transaction. Works without internet. */
const provider = (folder: string): MigrationProvider => ({
  async getMigrations() {
    const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
    const entries = files.map(async (file): Promise<[string, Migration]> => {
      const text = await readFile(path.join(folder, file), "utf8");
      return [path.basename(file, ".sql"), { up: async (db) => void (await sql.raw(text).execute(db)) }];
    });
    return Object.fromEntries(await Promise.all(entries));
  },
});

/**
 * Brings the database to the newest migration and returns the names of those applied now. Two processes that start
 * together wait for each other. Throws an OperatorError when a migration that the database has is missing here.
 */
export async function migrate(db: Database, folder = path.resolve("migrations")): Promise<string[]> {
  const migrator = new Migrator({ db, provider: provider(folder) });
  const { error, results } = await migrator.migrateToLatest();
  const failed = results?.find((result) => result.status === "Error");
  if (failed) throw new OperatorError(`Migration ${failed.migrationName} failed: ${String((error as Error)?.message ?? error)}`);
  if (error) {
    const message = String((error as Error).message ?? error);
    const missing = /previously executed migration (\S+) is missing/.exec(message)?.[1];
    if (missing) throw new OperatorError(`The database has migration ${missing}, which this program does not have. Install the version that wrote it, or restore a backup.`);
    throw error;
  }
  return (results ?? []).map((result) => result.migrationName);
}
