import { createToken, revokeTokens } from "@/lib/auth/commands";
import type { Database } from "@/lib/db/database";
import { OperatorError } from "@/lib/kernel/errors";
import { randomToken } from "@/lib/kernel/ids";
import type { HallRef } from "@/lib/ledger/commands";
import { verifyHall } from "@/lib/queue/ledger/data";
import { hallRef } from "@/lib/regions/data";
import type { HallDetail } from "@/lib/regions/schema";
import type { Item } from "@/lib/catalog/schema";
import { importHall, readHallFolder } from "@/setup/import";
import { ApiClient } from "./client";
import { SimulatedDay, type DayResult } from "./day";
import { planDay, type SimWindow } from "./plan";
import { type Report, reportOf } from "./report";

export interface SimulateOptions {
  origin: string;
  hall: string;
  visits: number;
  /** Simulated minutes per real minute. */
  speed: number;
  /** More windows than the hall has: a reference hall of that size is made from its tables. */
  windows?: number | undefined;
  seed: number;
  progress: (line: string) => void;
}

export interface Simulation {
  report: Report;
  /** What the ledger shows: tickets lost, called twice or left hanging. Empty when all is well. */
  faults: string[];
}

/**
 * Plays a day on the running server through its public API only; the database is used to make the tokens and, at the
 * end, to replay the ledger. The tokens end with the simulation.
 */
export async function simulate(db: Database, options: SimulateOptions): Promise<Simulation> {
  const { origin } = options;
  const health = await fetch(`${origin}/api/v1/health`).catch(() => undefined);
  if (!health?.ok) throw new OperatorError(`No server answers at ${origin}. Start it with npm start, or name it with --url.`);
  const hall = options.windows ? await referenceHall(db, options.hall, options.windows) : await hallRef(options.hall, db);
  const client = new ApiClient(origin);
  const { body: detail } = await client.get<HallDetail>(`/halls/${hall.code}`);
  const windows = await simWindows(db, hall, detail);
  const items = await allItems(client, hall.code);
  const plan = planDay(items.map(({ code, line, minutes, popular }) => ({ code, line, minutes, popular })), windows, options.visits, options.seed);
  const label = `simulate ${randomToken(6)}`;
  const token = (role: "device" | "guide" | "clerk", windowId?: number) => createToken(db, { role, label, hallId: hall.id, ...(windowId === undefined ? {} : { windowId }) });
  const before = (await db.selectFrom("ledger_heads").select("seq").where("hall_id", "=", hall.id).executeTakeFirstOrThrow()).seq;
  try {
    const ids = new Map((await db.selectFrom("windows").select(["id", "code"]).where("hall_id", "=", hall.id).execute()).map((window) => [window.code, window.id]));
    const clerks = new Map(await Promise.all(windows.map(async ({ code }) => [code, await token("clerk", ids.get(code)!)] as const)));
    const day = new SimulatedDay({
      origin, hall: hall.code, speed: options.speed, plan, progress: options.progress,
      tokens: { kiosks: await Promise.all([1, 2, 3, 4].map(() => token("device"))), guides: await Promise.all([1, 2].map(() => token("guide"))), clerk: (code) => clerks.get(code)! },
    });
    const result = await day.run();
    return { report: reportOf(result), faults: await prove(db, hall, result, before) };
  } finally {
    await revokeTokens(db, { label });
  }
}

async function simWindows(db: Database, hall: HallRef, detail: HallDetail): Promise<SimWindow[]> {
  const own = await db.selectFrom("window_lines as wl").innerJoin("windows as w", (join) => join.onRef("w.hall_id", "=", "wl.hall_id").onRef("w.id", "=", "wl.window_id"))
    .innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "wl.hall_id").onRef("l.id", "=", "wl.line_id")).select(["w.code", "l.code as line"]).where("wl.hall_id", "=", hall.id).where("wl.tier", "=", 1).execute();
  return detail.windows.filter((window) => window.lines.length > 0).map(({ code, lines }) => ({ code, lines, own: own.filter((row) => row.code === code).map((row) => row.line) }));
}

async function allItems(client: ApiClient, hall: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const { body }: { body: { items: Item[]; nextCursor?: string } } = await client.get(`/halls/${hall}/items?limit=200&cursor=${cursor}`);
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return items;
}

/** A hall with the tables of `code` and as many windows as asked for, made once (a large city hall has 224, BG-C04p). */
async function referenceHall(db: Database, code: string, windows: number): Promise<HallRef> {
  const reference = `${code}-w${windows}`;
  const existing = await db.selectFrom("halls").select(["id", "code"]).where("code", "=", reference).executeTakeFirst();
  if (existing) return existing;
  const tables = await readHallFolder(`data/halls/${code}`);
  const { rows } = tables;
  const copies = Array.from({ length: windows }, (_, index) => {
    const from = rows.windows[index % rows.windows.length]!;
    return index < rows.windows.length ? from : { ...from, code: `${from.zone}${String(index + 1).padStart(3, "0")}` };
  });
  const hallRow = rows.hall[0]!;
  return importHall(db, { ...tables, source: reference, rows: { ...rows, hall: [{ ...hallRow, code: reference, name: `${hallRow.name}（${windows} 窗口参照）`, nameEn: `${hallRow.nameEn} (reference, ${windows} windows)` }], windows: copies, staff: [], devices: [] } });
}

/** What must be true of the day, from the ledger: nobody lost, called twice without cause, or left hanging. */
async function prove(db: Database, hall: HallRef, result: DayResult, before: number): Promise<string[]> {
  const { faults } = await verifyHall(db, hall.id);
  const events = await db.selectFrom("events").select(["type", "subject", "data"]).where("hall_id", "=", hall.id).where("seq", ">", before).where("subject", "like", "ticket:%").orderBy("seq").execute();
  const known = new Set(result.visits.map((visit) => visit.number));
  const lives = new Map<string, string[]>();
  for (const event of events) {
    const { number } = (event.data as { public: { number: string } }).public;
    if (known.has(number)) lives.set(number, [...(lives.get(number) ?? []), event.type]);
  }
  for (const { number } of result.visits) {
    const life = lives.get(number) ?? [];
    const count = (type: string) => life.filter((each) => each === `ticket.${type}`).length;
    if (count("issued") !== 1) faults.push(`${number}: issued ${count("issued")} times`);
    if (count("called") > 1 + count("returned") + count("transferred")) faults.push(`${number}: called ${count("called")} times without cause`);
    if (!["ticket.finished", "ticket.missed", "ticket.cancelled"].includes(life.at(-1) ?? "")) faults.push(`${number}: left hanging after ${life.at(-1)}`);
  }
  return [...faults, ...result.errors];
}

