/** Taking an import back, row by row; what has changed since is left alone and named. */
import { sql } from "kysely";
import type { Tx } from "@/lib/db/transaction";
import { violated } from "@/lib/db/faults";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { attempt, type HallContext } from "@/lib/ledger/commands";
import { readRecords } from "../data-export";
import { changesOf, type TextRecord } from "../model";
import type { SaveRow } from "../rows/commands";
import type { Job, RowUpdate } from "../run/commands";

interface AppliedRow {
  row: number;
  code: string;
  before: TextRecord | null;
  after: TextRecord | null;
  outcome: string | null;
}

/** Kinds whose new records go again when nothing uses them; others are put out of use, because a ledger, an account or a device may know them. */
const REMOVABLE = { zones: "zone", notices: "notice", fields: "field", departments: "department", lines: "line", items: "item", packages: "package", disclosures: "disclosure" } as const;
type Removable = keyof typeof REMOVABLE;

export async function takeBack(tx: Tx, job: Job, rows: readonly AppliedRow[], save: SaveRow, ctx: HallContext | undefined): Promise<RowUpdate[]> {
  const current = await readRecords(tx, job.kind, job.hall?.id, rows.map(({ code }) => code));
  const updates: RowUpdate[] = [];
  for (const { row, code, before, after, outcome } of rows) {
    const now = current.get(code) ?? null;
    if (!now || !after || changesOf(after, now).length > 0) updates.push({ row, undo: "refused", errors: [{ field: "", code: "changed_since_import" }] });
    else if (outcome === "created") updates.push({ row, ...(await takeAway(tx, job, code, now, save, ctx)) });
    else updates.push({ row, ...(await restore(tx, job, code, before!, save)) });
  }
  return updates;
}

async function restore(tx: Tx, { kind, hall }: Job, code: string, before: TextRecord, save: SaveRow): Promise<Pick<RowUpdate, "undo" | "errors">> {
  // Fields that were empty before are given as empty, for schemas in which an absent value means "as it is".
  const faults = await save(before, new Set(Object.keys(before).filter((field) => before[field] === "")));
  if (faults.length > 0) return { undo: "refused", errors: faults };
  const now = (await readRecords(tx, kind, hall?.id, [code])).get(code);
  const left = now ? changesOf(before, now) : [];
  return left.length > 0 ? { undo: "refused", errors: left.map(({ field }) => ({ field, code: "not_restored" })) } : { undo: "restored" };
}

async function takeAway(tx: Tx, { kind, hall }: Job, code: string, now: TextRecord, save: SaveRow, ctx: HallContext | undefined): Promise<Pick<RowUpdate, "undo" | "errors">> {
  const remove = async (): Promise<Result<true>> => ((hall ? kind in REMOVABLE && (await removeRecord(ctx!, kind as Removable, code)) : await removeShared(tx, kind, code)) ? ok(true) : refuse("not_removable"));
  const removed = await (ctx ? ctx.attempt(remove) : attempt(tx, remove)).catch((error: unknown) => {
    if (!violated(error)) throw error;
    return refuse("in_use");
  });
  if (removed.ok) return { undo: "removed" };
  if (!("active" in now)) return { undo: "refused", errors: [{ field: "", code: "still_used" }] };
  const faults = await save({ ...now, active: "no" }, new Set());
  return faults.length > 0 ? { undo: "refused", errors: faults } : { undo: "retired" };
}

async function removeRecord(ctx: HallContext, table: Removable, code: string): Promise<boolean> {
  const own = sql`hall_id = ${ctx.hall.id} and code = ${code}`;
  // Every item gets these two by itself; changed since, they count as use and hold the item.
  const { rows: [row] } = await (table === "items" ? sql<{ id: number }>`
    with i as (select id from items where ${own}), history as (delete from residency_history h using i where h.hall_id = ${ctx.hall.id} and h.item_id = i.id and h.reference = 'initial'),
         known as (delete from item_residency x using i where x.hall_id = ${ctx.hall.id} and x.item_id = i.id and x.version = 1)
    delete from items where ${own} returning id` : sql<{ id: number }>`delete from ${sql.table(table)} where ${own} returning id`).execute(ctx.tx);
  if (row) await ctx.append(`${REMOVABLE[table]}.removed`, `${REMOVABLE[table]}:${row.id}`, { code });
  return row !== undefined;
}

/** Shared tables: days and regions go when nothing refers to them; a code may stand in any record, so it stays. */
async function removeShared(tx: Tx, kind: string, code: string): Promise<boolean> {
  if (kind === "calendar") return (await tx.deleteFrom("calendar_days").where("date", "=", code).executeTakeFirst()).numDeletedRows > 0n;
  if (kind === "regions") return (await tx.deleteFrom("regions").where("code", "=", code).executeTakeFirst()).numDeletedRows > 0n;
  return false;
}
