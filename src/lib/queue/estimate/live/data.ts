import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { eachHall } from "@/lib/db/faults";
import type { Tx } from "@/lib/db/transaction";
import { log } from "@/lib/env/log";
import { shared } from "@/lib/kernel/shared";
import { onCommitted } from "@/lib/ledger/commands";
import { inThread } from "@/lib/kernel/threads";
import type { Estimate } from "../../ticket/schema";
import { calibrationsOf } from "../calibrate/data";
import { factorsFor } from "../calibrate/model";
import { estimateFor, hallLoad } from "../data";
import { presentHall } from "./data-hall";
import { calibrated, type Curve, curveOf, type Factors, foresee, inWholeMinutes, type Range, rangeAt, runsFor } from "./model";

/** What the last simulation said of a hall. */
export interface Foresight {
  seq: number;
  at: number;
  /** Milliseconds that it took; the next one waits ten times as long at least, so that a hall never takes more than a tenth of a core. */
  took: number;
  curves: Map<number, Curve>;
}

/** Older than this is never shown. */
export const FRESH_MS = 30_000;
/** Changes within this time are answered from the last simulation, by the people ahead as they are now. */
const LEAST_MS = 1_000;
/** Visits × futures that are played at once; more go to a thread. */
const AT_ONCE = 25_000;

interface Kept {
  last?: Foresight;
  running?: Promise<Foresight>;
}
const kept = () => shared("foresight", () => new Map<number, Kept>());

/** Windows that open, close or change their lines, and a new policy, make every curve of the hall a thing of the past. */
const watch = () => shared("foresight-watch", () => onCommitted((hall, events) => {
  if (events.some(({ type }) => /^(window|line|policy|hall)\./.test(type))) delete kept().get(hall.id)?.last;
}));

/** The waits of a hall as they look now; one simulation serves all who ask, until something changes or half a minute has passed. */
export async function foresightOf(db: Database, hallId: number, seq?: number): Promise<Foresight> {
  watch();
  const entry = kept().get(hallId) ?? {};
  kept().set(hallId, entry);
  const { last } = entry;
  const age = last ? Date.now() - last.at : Infinity;
  if (last && age < FRESH_MS && (last.seq === seq || age < Math.max(LEAST_MS, 10 * last.took))) return last;
  entry.running ??= look(db, hallId).then((found) => (entry.last = found)).finally(() => { delete entry.running; });
  return entry.running;
}

async function look(db: Database, hallId: number): Promise<Foresight> {
  const { seq, hall, lines, tickets } = await presentHall(db, hallId);
  const begun = Date.now();
  const few = tickets.length * runsFor(tickets.length) <= AT_ONCE;
  const quantiles = few ? foresee(hall) : await inThread<typeof foresee>("src/lib/queue/estimate/live/model.ts", "foresee", hall);
  const ranges = new Map<number, Range[]>(lines.map((id) => [id, []]));
  tickets.forEach((ticket, visit) => {
    if (ticket?.ahead === null) return;
    const own = ranges.get(lines[hall.visits![visit]!.line]!)!;
    own[ticket?.ahead ?? own.length] = { p10: quantiles[3 * visit]!, p50: quantiles[3 * visit + 1]!, p90: quantiles[3 * visit + 2]! };
  });
  const found: Foresight = { seq, at: Date.now(), took: Date.now() - begun, curves: new Map([...ranges].map(([id, list]) => [id, curveOf(list)])) };
  await keepWaits(db, hallId, found);
  return found;
}

/** What the conditions of the calling policy look at: the wait of who takes a number now. */
async function keepWaits(db: Database, hallId: number, { curves }: Foresight): Promise<void> {
  const waits = [...curves].flatMap(([id, curve]) => {
    const range = rangeAt(curve, curve.length - 1);
    return range ? [{ id, p50: range.p50, p90: range.p90 }] : [];
  });
  await sql`
    insert into line_waits (hall_id, line_id, p50, p90, at)
    select ${hallId}, w.id, w.p50, w.p90, app_now() from jsonb_to_recordset(${JSON.stringify(waits)}::jsonb) as w(id int, p50 real, p90 real)
    on conflict (hall_id, line_id) do update set p50 = excluded.p50, p90 = excluded.p90, at = excluded.at`.execute(db);
}

export interface Asked {
  lineId: number;
  ahead: number;
  itemId?: number | null;
}

/** As people are told it; undefined when no window serves the line. */
export const shown = (told: Range | undefined): Estimate | undefined => told && { p50: told.p50, p90: told.p90 };

const tell = (raw: Range, factors: Factors): Range => inWholeMinutes(calibrated(raw, factors));

/** The range of a place in a line: as simulated, and calibrated as it is told. */
export async function rangeOf(db: Database | Tx, hallId: number, { curves }: Foresight, { lineId, ahead, itemId }: Asked): Promise<{ raw: Range; told: Range } | undefined> {
  const raw = rangeAt(curves.get(lineId) ?? [], ahead);
  if (!raw) return undefined;
  return { raw, told: tell(raw, factorsFor(await calibrationsOf(db, hallId), { lineId, itemId: itemId ?? null })) };
}

/** For a page: waits for the simulation; where that fails, the plain estimate answers. `seq` is the newest event that the reader knows of. */
export async function estimatesNow(db: Database, hallId: number, today: string, asked: readonly Asked[], seq?: number): Promise<(Estimate | undefined)[]> {
  try {
    const foresight = await foresightOf(db, hallId, seq);
    return await Promise.all(asked.map(async (each) => shown((await rangeOf(db, hallId, foresight, each))?.told)));
  } catch (error) {
    log().error({ err: error, hall: hallId }, "no simulation of the present state");
    const load = await hallLoad(db, hallId, today);
    return asked.map(({ lineId, ahead }) => estimateFor(load, lineId, ahead));
  }
}

export interface Issued {
  told?: Range;
  raw?: Range;
  source: "simulation" | "queue";
}

/** At issue, under the hall's lock: never waits for a simulation. From the last one while it is fresh, else from the queue alone. */
export async function rangeAtIssue(tx: Tx, hallId: number, today: string, asked: Asked): Promise<Issued> {
  const last = kept().get(hallId)?.last;
  if (last && Date.now() - last.at < FRESH_MS) {
    const found = await rangeOf(tx, hallId, last, asked);
    return { ...found, source: "simulation" };
  }
  const plain = estimateFor(await hallLoad(tx, hallId, today), asked.lineId, asked.ahead);
  if (!plain) return { source: "queue" };
  const raw = { p10: plain.p50 / 3, p50: plain.p50, p90: plain.p90 };
  return { raw, told: tell(raw, factorsFor(await calibrationsOf(tx, hallId), { lineId: asked.lineId, itemId: asked.itemId ?? null })), source: "queue" };
}

/** The jobs' turn: halls where somebody waits have a simulation of the last half minute, for numbers to come and for the policy's conditions. */
export async function foreseeHalls(db: Database): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select h.id from halls h where h.active and exists (select 1 from tickets t where t.hall_id = h.id and t.day = (app_now() at time zone h.time_zone)::date and t.state = 'waiting')`.execute(db);
  await eachHall(rows, "foresight", ({ id }) => foresightOf(db, id));
}
