import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { createDatabase, createPool } from "@/lib/db/database";
import { startEmbedded } from "@/lib/db/embedded";
import { migrate } from "@/lib/db/migrate";
import { TEMPLATE } from "./names";

declare module "vitest" {
  interface ProvidedContext {
    serverUrl: string;
  }
}

/** One real PostgreSQL for the run; a template with the demo halls is made once and cloned for every test file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  mkdirSync(".data/test", { recursive: true });
  const folder = mkdtempSync(path.join(tmpdir(), "yiting-test-"));
  const server = await startEmbedded(folder, ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
  const admin = createPool(server.url, 1);
  await admin.query(`create database ${TEMPLATE}`);
  const url = server.url.replace(/[^/]*$/, TEMPLATE);
  process.env.DATABASE_URL = url;
  process.env.SECRET = "a secret for tests only, long enough for the rule";
  const pool = createPool(url, 2);
  await migrate(createDatabase(pool));
  const { loadTestHalls } = await import("./halls");
  await loadTestHalls(createDatabase(pool));
  await pool.end();
  await admin.end();
  project.provide("serverUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
