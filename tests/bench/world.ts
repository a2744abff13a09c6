import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { createToken } from "@/lib/auth/commands";
import { closeDatabase, database } from "@/lib/db/database";
import { startEmbedded } from "@/lib/db/embedded";
import { migrate } from "@/lib/db/migrate";
import type { HallRef } from "@/lib/ledger/commands";
import { loadShared } from "@/setup/demo";
import { type HallTables, importHall, readHallFolder } from "@/setup/import";

export interface BenchHall extends HallRef {
  clerk: string;
  kiosk: string;
  windows: { id: number; code: string }[];
  lines: { id: number; code: string }[];
}

export interface World {
  url: string;
  db: pg.Pool;
  halls: BenchHall[];
  origin: string;
  /** Id of the server program, for its use of memory and time. */
  pid: number;
  stop(): Promise<void>;
}

const LINES = ["A", "B", "C"];

/** Halls of three lines, all served by every window, on a PostgreSQL of its own with the settings of production. */
export async function buildWorld(halls: number, windowsPerHall: number, program = "tests/support/serve.ts"): Promise<World> {
  const folder = mkdtempSync(path.join(tmpdir(), "yiting-bench-"));
  const server = await startEmbedded(folder);
  process.env.DATABASE_URL = server.url;
  process.env.SECRET = "a secret for benchmarks only, long enough";
  process.env.LOG_LEVEL = "error";
  await migrate(database());
  await loadShared(database(), path.resolve("data"));
  const tables = await readHallFolder(path.resolve("data/halls/demo2"));
  const made: BenchHall[] = [];
  for (let index = 1; index <= halls; index++) made.push(await buildHall(tables, `bench${index}`, windowsPerHall));
  const db = new pg.Pool({ connectionString: server.url, max: 4 });
  await db.query("analyze");
  const child = spawn(process.execPath, ["--import", "tsx", program], { env: { ...process.env, PORT: "0", HOST: "127.0.0.1" }, stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout!.on("data", (chunk) => { const match = /\{"port":(\d+)\}/.exec(String(chunk)); if (match) resolve(Number(match[1])); });
    child.once("exit", () => reject(new Error("the server did not start")));
  });
  return {
    url: server.url, db, halls: made, origin: `http://127.0.0.1:${port}`, pid: child.pid!,
    async stop() {
      await new Promise((resolve) => { child.once("exit", resolve); child.kill("SIGTERM"); });
      await db.end();
      await closeDatabase();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function buildHall(tables: HallTables, code: string, windows: number): Promise<BenchHall> {
  const { rows } = tables;
  const line = rows.lines[0]!;
  const none = Object.fromEntries(Object.keys(rows).map((kind) => [kind, []])) as unknown as HallTables["rows"];
  const hall = await importHall(database(), {
    ...tables, source: code,
    rows: {
      ...none, opening: rows.opening, fields: rows.fields, zones: rows.zones, departments: rows.departments.map((row) => ({ ...row, chief: "" })), hall: [{ ...rows.hall[0]!, code }], lines: LINES.map((letter) => ({ ...line, code: letter })),
      windows: Array.from({ length: windows }, (_, index) => ({ ...rows.windows[0]!, code: `W${index + 1}`, own: LINES.join(" "), helping: "" })),
    },
  });
  const list = <T extends "windows" | "lines">(table: T) => database().selectFrom(table as "windows").select(["id", "code"]).where("hall_id", "=", hall.id).orderBy("id").execute();
  return { ...hall, windows: await list("windows"), lines: await list("lines"), clerk: await createToken(database(), { role: "clerk", hallId: hall.id }), kiosk: await createToken(database(), { role: "device", hallId: hall.id }) };
}

/** Fills every line with waiting tickets and opens every window, behind the program's back: only what is timed runs through it. */
export async function refill(world: World, ticketsPerHall: number): Promise<void> {
  await world.db.query("update tickets set state = 'finished', ended_at = app_now() where state in ('waiting', 'called', 'serving')");
  await world.db.query("update windows set state = 'open', operator = null");
  await world.db.query(`
    insert into tickets (hall_id, token, day, number_line_id, number_seq, number, line_id, class, channel, state, rank, rank_rule, policy_version, issued_at)
    select h.id, h.id || '-' || md5(random()::text || n) , (app_now() at time zone h.time_zone)::date, l.id, coalesce(c.last, 0) + n, l.code || lpad((coalesce(c.last, 0) + n)::text, 3, '0'), l.id, 'normal', 'kiosk', 'waiting',
           app_now() - interval '1 hour' + n * interval '1 second', 'arrival', 1, app_now() - interval '1 hour'
      from halls h join lines l on l.hall_id = h.id left join number_counters c on c.hall_id = h.id and c.line_id = l.id and c.day = (app_now() at time zone h.time_zone)::date
      cross join generate_series(1, $1) n`, [Math.ceil(ticketsPerHall / LINES.length)]);
  await world.db.query(`
    insert into number_counters (hall_id, line_id, day, last) select hall_id, number_line_id, day, max(number_seq) from tickets group by 1, 2, 3
    on conflict (hall_id, line_id, day) do update set last = excluded.last`);
  await world.db.query("vacuum analyze tickets");
}

export const freeWindows = (world: World): Promise<unknown> => world.db.query("update tickets set state = 'finished', ended_at = app_now() where state = 'called'");
