import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { asAppError } from "@/lib/db/faults";
import { inTransaction, type Tx } from "@/lib/db/transaction";
import { AppError } from "@/lib/kernel/errors";
import { ok, refuse, type Refusal, type Result } from "@/lib/kernel/result";
import { shared } from "@/lib/kernel/shared";
import type { LedgerEvent } from "./model";
import { usesOf } from "./sql";

export interface HallRef {
  id: number;
  code: string;
}

/** What a command of a hall works with. The hall's lock is held: nobody else decides anything in it meanwhile. */
export interface HallContext {
  tx: Tx;
  hall: HallRef;
  actor: string;
  /** Time of the decision by the database's clock, never earlier than the hall's last event. */
  now: string;
  /** Business date of the hall. */
  today: string;
  /** `seq` of the last event before this command. */
  seq: number;
  append(type: string, subject: string, data: Record<string, unknown>): Promise<LedgerEvent>;
  /** Runs a part that may fail by itself: a refusal or an error leaves nothing of it behind, neither rows nor events. */
  attempt<T>(work: () => Promise<Result<T>>): Promise<Result<T>>;
  /** Runs many small changes and writes their events together at the end: until then those have no `seq`. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Everything will be taken back: columns that only follow from others need not be worked out. */
  rehearsal?: boolean;
  /** Notes an event that a database function appended in this transaction, so that it is announced after commit. */
  appended(event: LedgerEvent): void;
}

export interface HallRequest {
  hall: HallRef;
  actor: string;
  /** The caller's Idempotency-Key with a hash of the request: the same pair gives the first answer again for 24 h. */
  once?: { key: string; request: string; scope?: string };
}

type Listener = (hall: HallRef, events: LedgerEvent[]) => void;
const listeners = () => shared("ledger-listeners", () => new Set<Listener>());

/** Calls `listener` in this process after each commit that appended events. A hint: the ledger is the truth. */
export function onCommitted(listener: Listener): () => void {
  listeners().add(listener);
  return () => listeners().delete(listener);
}

export function announce(hall: HallRef, events: LedgerEvent[]): void {
  if (events.length > 0) for (const listener of listeners()) listener(hall, events);
}

/** Leaves a transaction without a trace and carries the refusal out. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
  }
}

/**
 * Runs one command of a hall: one transaction under the hall's lock, events after commit, a refusal changes nothing.
 * With `once` the outcome is stored in the same transaction, so a lost answer can be asked for again.
 */
export async function changeHall<T>(db: Database, request: HallRequest, work: (ctx: HallContext) => Promise<Result<T>>): Promise<Result<T>> {
  const events: LedgerEvent[] = [];
  try {
    const result = await inTransaction(db, async (tx) => {
      const ctx = await lockHall(tx, request, events);
      if (!request.once) {
        const outcome = await work(ctx);
        if (!outcome.ok) throw new Refused(outcome);
        return outcome;
      }
      return runOnce(ctx, request, events, work);
    });
    announce(request.hall, events);
    return result;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw asAppError(error);
  }
}

/** A part of a transaction behind a savepoint. Of the events noted meanwhile those of a part that failed are dropped. */
export async function attempt<T>(tx: Tx, work: () => Promise<Result<T>>, noted: readonly { length: number }[] = []): Promise<Result<T>> {
  const marks = noted.map((events) => events.length);
  const undo = async () => {
    await sql`rollback to savepoint attempt; release savepoint attempt`.execute(tx);
    noted.forEach((events, index) => { events.length = marks[index]!; });
    // What was read of the part is not there any more.
    foundIds.delete(tx);
    readAhead.delete(tx);
  };
  await sql`savepoint attempt`.execute(tx);
  const result = await work().catch(async (error: unknown) => {
    await undo();
    throw error;
  });
  if (result.ok) await sql`release savepoint attempt`.execute(tx);
  else await undo();
  return result;
}

type Draft = Omit<LedgerEvent, "seq" | "at">;

/** Appends events in their order, in one trip; answers in the same order. */
async function appendAll(tx: Tx, hall: HallRef, actor: string, drafts: readonly Draft[]): Promise<LedgerEvent[]> {
  if (drafts.length === 0) return [];
  const { rows } = await sql<{ seq: number; at: string }>`
    select a.seq, a.at from jsonb_array_elements(${JSON.stringify(drafts)}::jsonb) with ordinality as d (event, place)
    cross join lateral append_event(${hall.id}, d.event->>'type', ${actor}, d.event->>'subject', d.event->'data') a order by d.place`.execute(tx);
  return drafts.map((draft, index) => ({ ...draft, ...rows[index]! }));
}

async function lockHall(tx: Tx, { hall, actor }: HallRequest, events: LedgerEvent[]): Promise<HallContext> {
  const { rows } = await sql<{ now: string; today: string; seq: number }>`select now, today, seq from lock_hall(${hall.id})`.execute(tx);
  const head = rows[0]!;
  const waiting: Draft[] = [];
  let gathering = false;
  return {
    tx, hall, actor, ...head,
    appended: (event) => void events.push(event),
    attempt: (work) => attempt(tx, work, [events, waiting]),
    async together(work) {
      gathering = true;
      const value = await work();
      gathering = false;
      events.push(...(await appendAll(tx, hall, actor, waiting.splice(0))));
      return value;
    },
    async append(type, subject, data) {
      const draft: Draft = { hallId: hall.id, type, actor, subject, data };
      if (gathering) {
        waiting.push(draft);
        return { ...draft, seq: 0, at: head.now };
      }
      const appended = await sql<{ seq: number; at: string }>`
        select seq, at from append_event(${hall.id}, ${type}, ${actor}, ${subject}, ${JSON.stringify(data)}::jsonb)`.execute(tx);
      const event: LedgerEvent = { ...draft, ...appended.rows[0]! };
      events.push(event);
      return event;
    },
  };
}

async function runOnce<T>(ctx: HallContext, request: HallRequest, events: LedgerEvent[], work: (ctx: HallContext) => Promise<Result<T>>): Promise<Result<T>> {
  const { key, request: hash, scope } = request.once!;
  const actor = scope ?? request.actor;
  const own = { hall_id: ctx.hall.id, actor, key };
  const first = await ctx.tx.insertInto("idempotency").values({ ...own, request: hash }).onConflict((conflict) => conflict.doNothing()).returning("key").executeTakeFirst();
  const record = ctx.tx.updateTable("idempotency").where("hall_id", "=", ctx.hall.id).where("actor", "=", actor).where("key", "=", key);
  if (!first) {
    const stored = await ctx.tx.selectFrom("idempotency").select(["request", "response"]).where("hall_id", "=", ctx.hall.id).where("actor", "=", actor).where("key", "=", key).executeTakeFirstOrThrow();
    if (stored.request !== hash) throw new AppError(409, "idempotency_mismatch");
    return stored.response as unknown as Result<T>;
  }
  await sql`savepoint command`.execute(ctx.tx);
  const outcome = await work(ctx);
  if (!outcome.ok) {
    await sql`rollback to savepoint command`.execute(ctx.tx);
    events.length = 0;
  }
  await record.set({ response: JSON.stringify(outcome) }).execute();
  return outcome;
}

/** Tables of a hall whose rows are known by a code, edited with a version and never deleted, only put out of use. */
export type RecordTable = "zones" | "notices" | "fields" | "departments" | "lines" | "items" | "windows" | "devices" | "packages" | "disclosures" | "hall_days" | "consolidations" | "item_residency" | "negative_list" | "capacity_exemptions" | "agreements" | "sinks" | "shared_services" | "stocks" | "message_channels";

export interface Saved {
  id: number;
  created: boolean;
}

export type SaveRefusal = "edited_elsewhere" | "in_use";

/**
 * Creates or changes the record of a code and writes what changed into the ledger. With `version` it is an edit of that
 * version: 409 `edited_elsewhere` when somebody else was faster. Without it the record is brought to the given values
 * (import); nothing is written when nothing differs. `subject` is the singular name, e.g. "zone"; `derived` gives columns
 * that follow from the values, written with them and not told in the ledger. A record that others use is not put out of use.
 */
export async function saveRecord(ctx: HallContext, table: RecordTable, subject: string, code: string, values: Record<string, unknown>, version?: number, derived?: () => Promise<Record<string, unknown>>): Promise<Result<Saved, SaveRefusal>> {
  const existing = await recordOf(ctx, table, code);
  if (!existing) {
    if (version !== undefined) return refuse("edited_elsewhere", { code });
    const row = await ctx.tx.insertInto(table).values({ hall_id: ctx.hall.id, code, ...values, ...(ctx.rehearsal ? {} : await derived?.()) } as never).returning("id").executeTakeFirstOrThrow();
    readAhead.get(ctx.tx)?.delete(`${table}/${code}`);
    await ctx.append(`${subject}.created`, `${subject}:${row.id}`, { code, values });
    return ok({ id: row.id, created: true });
  }
  const id = existing.id as number;
  if (version !== undefined && existing.version !== version) return refuse("edited_elsewhere", { code });
  const changed = Object.entries(values).filter(([key, value]) => JSON.stringify(existing[key] ?? null) !== JSON.stringify(value ?? null));
  if (changed.length === 0) return ok({ id, created: false });
  const uses = existing.active === true && values.active === false ? await usesOf(ctx.tx, table, ctx.hall.id, id, ctx.today) : [];
  if (uses.length > 0) return refuse("in_use", { code, uses }, "active");
  await ctx.tx.updateTable(table).set({ ...Object.fromEntries(changed), ...(ctx.rehearsal ? {} : await derived?.()), version: (existing.version as number) + 1 } as never).where("hall_id", "=", ctx.hall.id).where("id", "=", id).execute();
  readAhead.get(ctx.tx)?.delete(`${table}/${code}`);
  await ctx.append(`${subject}.changed`, `${subject}:${id}`, { code, before: Object.fromEntries(changed.map(([key]) => [key, existing[key]])), values: Object.fromEntries(changed) });
  return ok({ id, created: false });
}

type RecordRow = Record<string, unknown>;

/** Records read ahead in a transaction, by table and code; null where there is none. A write forgets its record. */
const readAhead = new WeakMap<Tx, Map<string, RecordRow | null>>();

/** Reads the records of many codes at once, for the commands that follow in this transaction: a table of thousands of rows would ask for each. */
export async function readRecordsAhead(ctx: HallContext, table: RecordTable, codes: readonly string[]): Promise<void> {
  const known = readAhead.get(ctx.tx) ?? new Map<string, RecordRow | null>();
  readAhead.set(ctx.tx, known);
  for (const code of codes) known.set(`${table}/${code}`, null);
  const rows = await ctx.tx.selectFrom(table).selectAll().where("hall_id", "=", ctx.hall.id).where("code", "in", [...codes]).execute();
  for (const row of rows) known.set(`${table}/${row.code}`, row);
}

/** The record of a code as it is now, if there is one. */
export async function recordOf(ctx: HallContext, table: RecordTable, code: string): Promise<RecordRow | undefined> {
  const known = readAhead.get(ctx.tx)?.get(`${table}/${code}`);
  if (known !== undefined) return known ?? undefined;
  return (await ctx.tx.selectFrom(table).selectAll().where("hall_id", "=", ctx.hall.id).where("code", "=", code).executeTakeFirst()) as RecordRow | undefined;
}

/** Ids found in a transaction: a table of thousands of rows names the same few records again and again, and an id never changes. */
const foundIds = new WeakMap<Tx, Map<string, number>>();

/** Id of a record by its code; 400 with the field when there is none. */
export async function recordId(ctx: HallContext, table: RecordTable, code: string, field: string): Promise<number> {
  const found = foundIds.get(ctx.tx) ?? new Map<string, number>();
  foundIds.set(ctx.tx, found);
  const key = `${table}/${ctx.hall.id}/${code}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const row = await ctx.tx.selectFrom(table).select("id").where("hall_id", "=", ctx.hall.id).where("code", "=", code).executeTakeFirst();
  if (!row) throw new AppError(400, "reference_missing", { field, details: { code } });
  found.set(key, row.id);
  return row.id;
}

/** As `recordId`, for a reference that may be empty. */
export const optionalId = async (ctx: HallContext, table: RecordTable, code: string | undefined, field: string): Promise<number | null> =>
  code ? recordId(ctx, table, code, field) : null;
