import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { closeDatabase, database } from "@/lib/db/database";
import { startEmbedded } from "@/lib/db/embedded";
import { migrate } from "@/lib/db/migrate";
import { env } from "@/lib/env/env";
import { OperatorError } from "@/lib/kernel/errors";
import { randomToken } from "@/lib/kernel/ids";
import { sql } from "kysely";
import { type DemoAccount, loadDemo } from "./demo";

export interface Prepared {
  /** Demo accounts made now, with their first passwords. */
  accounts?: DemoAccount[] | undefined;
  /** Lets the database go, and stops the embedded server when this program started it. */
  stop(): Promise<void>;
}

/** Makes the database ready: embedded server when DATABASE_URL is unset, newest migration, demo halls in an empty one. */
export async function prepareDatabase({ dataFolder, demo, log = () => undefined }: { dataFolder: string; demo: boolean; log?: (line: string) => void }): Promise<Prepared> {
  let stopServer = async () => undefined as void;
  if (!process.env.DATABASE_URL) {
    const server = await startEmbedded(dataFolder);
    process.env.DATABASE_URL = server.url;
    stopServer = server.stop;
  }
  process.env.SECRET ??= ownSecret(dataFolder);
  const stop = async () => {
    await closeDatabase();
    await stopServer();
  };
  try {
    env();
    await sql`select 1`.execute(database()).catch((error: Error) => {
      throw new OperatorError(`The database in DATABASE_URL cannot be reached: ${error.message || (error as { code?: string }).code}. Is it running, and are name and password right?`);
    });
    const applied = await migrate(database());
    if (applied.length > 0) log(`Database brought up to date: ${applied.join(", ")}`);
    const accounts = demo ? await loadDemo(database()) : undefined;
    if (accounts) log("Demo halls loaded.");
    return { accounts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without SECRET in the environment one is made once and kept beside the data, readable by its owner only. */
function ownSecret(dataFolder: string): string {
  const file = path.join(dataFolder, "secret");
  if (!existsSync(file)) writeFileSync(file, randomToken(32), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}
