/**
 * A hall for browser tests: a PostgreSQL of its own with the demo halls, and the real production server on it. Writes the
 * state file, prints "ready" and lives until its standard input ends, so that nothing is left behind when the test run is
 * killed. By hand: `node --import tsx e2e/support/stack.ts --keep`, then `E2E_REUSE=1 npx playwright test`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "@/lib/db/database";
import { startEmbedded } from "@/lib/db/embedded";
import { randomToken } from "@/lib/kernel/ids";
import type { HallRef } from "@/lib/ledger/commands";
import { makeBookingHall } from "./booking-hall";
import { startServerProcess } from "./server-process";
import { type Account, type State, STATE_FILE } from "./state";

/** Accounts that need no change of password first: one per journey, so that journeys do not meet at a window. */
const READY = ["pengyulan", "zengzimo", "xiaojianping", "tiantian", "yeqing", "chenghongwei", "donghaiyan", "yuanchenxi", "guide2", "guide3", "chief1", "region", "yushufen", "jiangyiming", "auditor", "admin2", "manager", "bookguide", "bookclerk"];
/** A second administrator of the hall: the first one's first sign-in is a journey of its own. */
const MANAGER = { username: "manager", name: "韩亦清", role: "hall_admin" } as const;
/** Windows that tests drive through the API, one clerk's token each. */
const WINDOWS = { demo: ["C01", "A02", "A03", "B01", "F01", "F02", "F03", "N02", "Q03", "Q04", "S01", "D01", "E01"], demo2: ["A01", "B01"], booking: ["A01"] } as const;
/** Items of the agriculture bureau that are not in the hall: an application for them is under way. */
const OUTSIDE = ["990101019000", "990101021000"];
const DEVICES = { demo: ["kiosk1", "kiosk2", "kiosk3", "board1", "board2", "board5"], demo2: ["kiosk1"], booking: ["kiosk1"] } as const;

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "yiting-e2e-"));
  mkdirSync(path.dirname(STATE_FILE), { recursive: true });
  const postgres = await startEmbedded(folder, ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
  Object.assign(process.env, { DATABASE_URL: postgres.url, SECRET: randomToken(32), LOG_LEVEL: "silent", NODE_ENV: "production" });
  let stopServer = async () => undefined as void;
  const stop = async () => {
    rmSync(STATE_FILE, { force: true });
    await stopServer();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  let stopping: Promise<void> | undefined;
  const end = (code: number) => void (stopping ??= stop()).then(() => process.exit(code), () => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0));
  if (!process.argv.includes("--keep")) process.stdin.on("end", () => end(0)).resume();

  try {
    const accessories = await fill();
    const server = await startServerProcess({ databaseUrl: postgres.url, secret: process.env.SECRET! }, { patience: 180_000, log: ".data/test/server.log" });
    stopServer = () => server.kill();
    const state: State = { url: server.url, pid: server.pid, databaseUrl: postgres.url, secret: process.env.SECRET!, ...accessories };
    writeFileSync(STATE_FILE, JSON.stringify(state, undefined, 1), { mode: 0o600 });
    console.log("ready");
  } catch (error) {
    console.error(error);
    end(1);
  }
}

/** Demo halls as a first start makes them, and accounts and tokens for the journeys. */
async function fill(): Promise<Pick<State, "accounts" | "tokens">> {
  const [{ closeDatabase, database }, { migrate }, { loadDemo }, { createToken, setPassword }, { changeHall }, { saveStaff }, { staffInput }] = await Promise.all([import("@/lib/db/database"), import("@/lib/db/migrate"), import("@/setup/demo"), import("@/lib/auth/commands"), import("@/lib/ledger/commands"), import("@/lib/staff/commands"), import("@/lib/staff/schema")]);
  const db = database();
  await migrate(db);
  const accounts: Record<string, Account> = {};
  for (const { username, hall, role, password } of (await loadDemo(db)) ?? []) accounts[username] = { hall, role, password, first: true };
  const demo = await db.selectFrom("halls").select(["id", "code"]).where("code", "=", "demo").executeTakeFirstOrThrow();
  await changeHall(db, { hall: demo, actor: "import" }, (ctx) => saveStaff(ctx, staffInput.parse(MANAGER)));
  await makeBookingHall(db);
  const staff = await db.selectFrom("staff").leftJoin("halls", "halls.id", "staff.hall_id").select(["staff.id", "staff.username", "staff.role", "halls.code as hall"]).where("staff.username", "in", READY).execute();
  for (const person of staff) {
    const password = `Zx9-${randomToken(9)}`;
    await setPassword(db, person.id, password, false);
    accounts[person.username] = { hall: person.hall ?? "", role: person.role, password, first: false };
  }
  const tokens: State["tokens"] = { api: {}, device: {} };
  for (const hall of ["demo", "demo2", "booking"] as const) {
    const { id } = await db.selectFrom("halls").select("id").where("code", "=", hall).executeTakeFirstOrThrow();
    for (const role of ["guide", "hall_admin", "auditor"] as const) tokens.api[`${hall}:${role}`] = await createToken(db, { role, label: "e2e", hallId: id });
    for (const row of await db.selectFrom("windows").select(["id", "code"]).where("hall_id", "=", id).where("code", "in", [...WINDOWS[hall]]).execute()) {
      tokens.api[`${hall}:${row.code}`] = await createToken(db, { role: "clerk", label: "e2e", hallId: id, windowId: row.id });
    }
    for (const row of await db.selectFrom("devices").select(["id", "code"]).where("hall_id", "=", id).where("code", "in", [...DEVICES[hall]]).execute()) {
      tokens.device[`${hall}:${row.code}`] = await createToken(db, { role: "device", label: `device:${row.id}`, hallId: id, deviceId: row.id });
      await db.updateTable("devices").set({ paired_at: new Date().toISOString() }).where("hall_id", "=", id).where("id", "=", row.id).execute();
    }
  }
  await fillPages(db, demo);
  await closeDatabase();
  return { accounts, tokens };
}

/** Records that pages show only when somebody has worked: an import with a wrong row, an application under review, an item of another hall. */
async function fillPages(db: Database, demo: HallRef): Promise<void> {
  const [{ changeHall }, { createImport }, { runImport }, { readUpload }, { applyForResidency }] = await Promise.all([import("@/lib/ledger/commands"), import("@/lib/exchange/commands"), import("@/lib/exchange/run/commands"), import("@/lib/exchange/upload"), import("@/lib/catalog/residency/commands")]);
  const sheet = await readUpload(new TextEncoder().encode("code,name,nameEn,floor,kind\nE2E1,新区域,New zone,1,waiting\nE2E2,错误的区域,Wrong zone,一楼,waiting\n"));
  const columns = ["code", "name", "nameEn", "floor", "kind"].map((key) => ({ key, label: key, labels: [key], kind: "text" as const }));
  const created = sheet.ok ? await createImport(db, demo, "import", { kind: "zones", fileName: "2026年度功能区调整一览表（第二次修订稿）-final-version-20260318.csv", sheet: sheet.value, columns }) : sheet;
  if (!created.ok) throw new Error(created.code);
  await runImport(db, created.value);
  const applied = await changeHall(db, { hall: demo, actor: "import" }, (ctx) => applyForResidency(ctx, { kind: "enter", department: "nyj", items: OUTSIDE, reason: "应进必进", documents: ["气办函〔2026〕2号"], mode: undefined }));
  if (!applied.ok) throw new Error(applied.code);
}

void main();
