/**
 * The work on an import's rows, in chunks of one short transaction each: checking (every row through its command, then
 * everything taken back), applying and undoing. A chunk holds the hall's lock, so that calls go on between chunks; what
 * is done stands in the rows, so that another process continues where one ended.
 */
import { sql } from "kysely";
import { randomToken } from "@/lib/kernel/ids";
import type { Database } from "@/lib/db/database";
import { inTransaction, type Tx } from "@/lib/db/transaction";
import { ok, refuse } from "@/lib/kernel/result";
import { changeHall, type HallContext, type HallRef } from "@/lib/ledger/commands";
import { readRecords } from "../data-export";
import { type CellFault, changesOf, parseRecord, type TextRecord } from "../model";
import { saveAll, saver, schemaOf, type Wanted, wantedOf } from "../rows/commands";
import { takeBack } from "../undo/commands";

/** A chunk holds the hall's lock for about this long, in milliseconds: it grows and shrinks with what rows cost here and now. */
const HOLD = 150;
const CHUNK = { first: 75, least: 50, most: 250 } as const;

export interface Job {
  id: number;
  kind: string;
  hall?: HallRef;
  actor: string;
  /** How long the last chunk held the lock, in milliseconds; waiting for it does not count. */
  held?: number;
}

interface PendingRow {
  row: number;
  code: string;
  cells: TextRecord;
  errors: CellFault[];
  before: TextRecord | null;
  after: TextRecord | null;
  outcome: string | null;
}

/** What became of a row, in the columns of import_rows. */
export interface RowUpdate {
  row: number;
  result?: string;
  errors?: CellFault[];
  before?: TextRecord | null;
  wanted?: TextRecord | null;
  outcome?: string;
  after?: TextRecord | null;
  undo?: string;
}

const STATES = {
  checking: { pending: sql`r.result is null`, then: "ready" },
  applying: { pending: sql`r.outcome is null and r.result in ('new', 'changed')`, then: "applied" },
  undoing: { pending: sql`r.undo is null and r.outcome in ('created', 'changed')`, then: "undone" },
} as const;
type Phase = keyof typeof STATES;

/** Works at an import until it is done, taken over by another process, or the program ends. */
export async function runImport(db: Database, id: number): Promise<void> {
  const runner = randomToken(6);
  const row = await db.updateTable("imports as i").set({ runner, beat_at: sql<string>`app_now()` }).where("i.id", "=", id).where("i.state", "in", ["checking", "applying", "undoing"])
    .returning(["i.kind", "i.state", "i.hall_id", "i.created_by", "i.applied_by", "i.undone_by"]).executeTakeFirst();
  if (!row) return;
  const hall = row.hall_id === null ? undefined : await db.selectFrom("halls").select(["id", "code"]).where("id", "=", row.hall_id).executeTakeFirstOrThrow();
  const phase = row.state as Phase;
  const actor = phase === "undoing" ? row.undone_by! : phase === "applying" ? row.applied_by! : row.created_by;
  const job: Job = { id, kind: row.kind, actor, ...(hall ? { hall } : {}) };
  let size: number = CHUNK.first;
  while (await nextChunk(db, job, phase, runner, size)) {
    size = Math.min(CHUNK.most, Math.max(CHUNK.least, Math.round((size * HOLD) / Math.max(1, job.held ?? 1))));
    // Whoever waits for the hall's lock goes first.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** True when there may be more to do. */
async function nextChunk(db: Database, job: Job, phase: Phase, runner: string, size: number): Promise<boolean> {
  if (phase !== "checking") return withRows(db, job, async (tx, ctx) => chunk(tx, job, phase, runner, size, ctx));
  // Commands are rehearsed: a refusal takes everything back, then the findings are stored. A table that all halls share may refer to its own rows, so it is rehearsed in one piece.
  const rows = await claim(db, job.id, phase, runner, job.hall ? size : undefined);
  if (rows === undefined) return false;
  const found: RowUpdate[] = [];
  await withRows(db, job, async (tx, ctx) => { found.push(...(await rehearse(tx, job, rows, ctx))); return false; }, true);
  await store(db, job.id, found);
  return rows.length === 0 ? finish(db, job, phase, runner) : true;
}

async function chunk(tx: Tx, job: Job, phase: "applying" | "undoing", runner: string, size: number, ctx: HallContext | undefined): Promise<boolean> {
  const rows = await claim(tx, job.id, phase, runner, size);
  if (rows === undefined) return false;
  if (rows.length === 0) return finish(tx, job, phase, runner, ctx);
  await store(tx, job.id, phase === "applying" ? await apply(tx, job, rows, ctx) : await takeBack(tx, job, rows, saver(tx, job.kind, ctx), ctx));
  return true;
}

/** One transaction, under the hall's lock where there is a hall. With `back` nothing of it stays. */
async function withRows(db: Database, job: Job, work: (tx: Tx, ctx?: HallContext) => Promise<boolean>, back = false): Promise<boolean> {
  const { hall, actor } = job;
  if (hall) {
    let begun = 0;
    const result = await changeHall(db, { hall, actor }, async (ctx) => {
      begun = performance.now();
      // A rehearsal announces nothing, so it need not write the ledger either.
      const more = back ? await work(ctx.tx, { ...ctx, rehearsal: true, append: async (type, subject, data) => ({ hallId: hall.id, seq: ctx.seq, at: ctx.now, type, actor, subject, data }) }) : await ctx.together(() => work(ctx.tx, ctx));
      return back ? refuse("rehearsed") : ok(more);
    });
    job.held = performance.now() - begun;
    return result.ok && result.value;
  }
  const rehearsed = new Error("rehearsed");
  try {
    return await inTransaction(db, async (tx) => {
      const more = await work(tx);
      if (back) throw rehearsed;
      return more;
    });
  } catch (error) {
    if (error === rehearsed) return false;
    throw error;
  }
}

/** The next rows to work at, with a sign of life; undefined when another process has taken over. */
async function claim(db: Database | Tx, id: number, phase: Phase, runner: string, limit: number | undefined): Promise<PendingRow[] | undefined> {
  const mine = await db.updateTable("imports").set({ beat_at: sql<string>`app_now()` }).where("id", "=", id).where("state", "=", phase).where("runner", "=", runner).returning("id").executeTakeFirst();
  if (!mine) return undefined;
  // Taken back in the reverse order: what refers to another goes first.
  const order = phase === "undoing" ? sql`r.row desc` : sql`r.row`;
  const { rows } = await sql<PendingRow>`select r.row, r.code, r.cells, r.errors, r.before, r.after, r.outcome from import_rows r
    where r.import_id = ${id} and ${STATES[phase].pending} order by ${order} ${limit ? sql`limit ${limit}` : sql``}`.execute(db);
  return rows;
}

async function store(db: Database | Tx, id: number, updates: readonly RowUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  await sql`update import_rows r set result = coalesce(u.result, r.result), errors = coalesce(u.errors, r.errors), before = coalesce(u.before, r.before), wanted = coalesce(u.wanted, r.wanted),
      outcome = coalesce(u.outcome, r.outcome), after = coalesce(u.after, r.after), undo = coalesce(u.undo, r.undo)
    from jsonb_to_recordset(${JSON.stringify(updates)}::jsonb) as u (row int, result text, errors jsonb, before jsonb, wanted jsonb, outcome text, after jsonb, undo text)
    where r.import_id = ${id} and r.row = u.row`.execute(db);
}

/** No rows are left: the phase ends, with a line in the ledger of how many did what. */
async function finish(db: Database | Tx, { id, kind }: Job, phase: Phase, runner: string, ctx?: HallContext): Promise<boolean> {
  const { then } = STATES[phase];
  await db.updateTable("imports").set({ state: then, runner: null, ...(then === "applied" ? { applied_at: sql<string>`app_now()` } : then === "undone" ? { undone_at: sql<string>`app_now()` } : {}) })
    .where("id", "=", id).where("runner", "=", runner).execute();
  if (!ctx) return false;
  const { rows } = await sql<{ key: string; n: number }>`select coalesce(${then === "undone" ? sql`undo` : sql`outcome`}, 'left') as key, count(*) as n from import_rows where import_id = ${id} group by 1`.execute(db);
  await ctx.append(then === "undone" ? "import.undone" : "import.applied", `import:${id}`, { kind, rows: Object.fromEntries(rows.map(({ key, n }) => [key, n])) });
  return false;
}

async function rehearse(tx: Tx, job: Job, rows: readonly PendingRow[], ctx: HallContext | undefined): Promise<RowUpdate[]> {
  const codes = rows.map(({ code }) => code);
  const current = await readRecords(tx, job.kind, job.hall?.id, codes);
  const faults = new Map<number, CellFault[]>();
  const wanted: Wanted[] = [];
  for (const { row, code, cells, errors } of rows) {
    const want = wantedOf(cells, current.get(code) ?? null);
    const parsed = parseRecord(schemaOf(job.kind), want.record, want.cleared);
    // A wrong row is not tried, but everything that is wrong with it is told at once.
    if (errors.length > 0) faults.set(row, [...errors, ...(parsed.ok ? [] : parsed.faults.filter((fault) => !errors.some((error) => error.field === fault.field)))]);
    else if (!parsed.ok) faults.set(row, parsed.faults);
    else wanted.push({ row, ...want });
  }
  for (const [row, found] of await saveAll(tx, job.kind, wanted, ctx)) faults.set(row, found);
  const after = await readRecords(tx, job.kind, job.hall?.id, codes);
  return rows.map(({ row, code }) => {
    const [before, stored] = [current.get(code) ?? null, after.get(code) ?? null];
    const found = faults.get(row);
    if (found) return { row, result: "wrong", errors: found, before };
    return { row, result: !before ? "new" : changesOf(before, stored!).length > 0 ? "changed" : "same", before, wanted: stored };
  });
}

async function apply(tx: Tx, job: Job, rows: readonly PendingRow[], ctx: HallContext | undefined): Promise<RowUpdate[]> {
  const codes = rows.map(({ code }) => code);
  const current = await readRecords(tx, job.kind, job.hall?.id, codes);
  const moved = new Set(rows.filter(({ code, before }) => { const now = current.get(code) ?? null; return before === null ? now !== null : now === null || changesOf(before, now).length > 0; }).map(({ row }) => row));
  const wanted = rows.filter(({ row }) => !moved.has(row)).map(({ row, code, cells }) => ({ row, ...wantedOf(cells, current.get(code) ?? null) }));
  const faults = await saveAll(tx, job.kind, wanted, ctx);
  const after = await readRecords(tx, job.kind, job.hall?.id, codes);
  return rows.map(({ row, code, before }) => {
    const found = moved.has(row) ? [{ field: "", code: "changed_since_check" }] : faults.get(row);
    return found ? { row, outcome: "refused", errors: found } : { row, outcome: before ? "changed" : "created", after: after.get(code) ?? null };
  });
}
