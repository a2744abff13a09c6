import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase } from "@/lib/db/database";
import { later } from "./clock";
import { TEMPLATE } from "./names";

const name = `yiting_test_${randomBytes(6).toString("hex")}`;
const adminUrl = () => inject("serverUrl").replace(/[^/]*$/, "postgres");

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  await client.query(statement);
  await client.end();
}

beforeAll(async () => {
  await admin(`create database ${name} template ${TEMPLATE}`);
  process.env.DATABASE_URL = inject("serverUrl").replace(/[^/]*$/, name);
  process.env.SECRET = "a secret for tests only, long enough for the rule";
  process.env.PORT = "0";
  process.env.LOG_LEVEL = "silent";
  await later(secondsUntilMorning());
});

/** Tests happen at ten in the morning of the hall, so that no run meets the change of the day by chance. */
function secondsUntilMorning(): number {
  const shanghai = new Date(Date.now() + 8 * 3_600_000);
  const seconds = shanghai.getUTCHours() * 3600 + shanghai.getUTCMinutes() * 60;
  return (34 * 3600 - seconds) % 86_400;
}

afterAll(async () => {
  await closeDatabase();
  await admin(`drop database if exists ${name} with (force)`);
});
