/** Imports as the administration shows them. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { notFound } from "@/lib/kernel/errors";
import type { CellFault, TextRecord } from "./model";
import type { ImportFacts, RowResult } from "./schema";

/** A run gives a sign of life with every chunk; one that is silent for longer has ended with its program. */
export const SILENT_SECONDS = 20;

const inHall = (hallId: number | undefined) => sql`i.hall_id is not distinct from ${hallId ?? null}`;

const facts = (where: ReturnType<typeof sql>) => sql<Omit<ImportFacts, "found" | "outcomes" | "undos"> & { counts: Record<string, number> }>`
  select i.id, i.hall_id as "hallId", i.kind, i.file_name as "fileName", i.columns, i.ignored, i.state, i.only_right as "onlyRight", i.rows, i.created_at as "createdAt", coalesce(s.name, i.created_by) as "createdBy",
         i.applied_at as "appliedAt", i.undone_at as "undoneAt",
         i.state in ('checking', 'applying', 'undoing') and coalesce(i.beat_at, i.created_at) < app_now() - make_interval(secs => ${SILENT_SECONDS}) as interrupted,
         coalesce(c.checked, 0)::int as checked, coalesce(c.counts, '{}') as counts
    from imports i left join staff s on i.created_by = 'staff:' || s.id
    left join lateral (
      select sum(n) filter (where key like 'r:%') as checked, jsonb_object_agg(key, n) as counts
        from (select key, count(*) as n from import_rows r cross join lateral (values ('r:' || r.result), ('o:' || r.outcome), ('u:' || r.undo)) as v (key) where r.import_id = i.id and key is not null group by key) g) c on true
   where ${where}`;

function toFacts({ counts, ...row }: Awaited<ReturnType<ReturnType<typeof facts>["execute"]>>["rows"][number]): ImportFacts {
  const count = <K extends string>(prefix: string, keys: readonly K[]) => Object.fromEntries(keys.map((key) => [key, counts[`${prefix}:${key}`] ?? 0])) as Record<K, number>;
  return { ...row, found: count("r", ["new", "changed", "same", "wrong"]), outcomes: count("o", ["created", "changed", "same", "refused"]), undos: count("u", ["restored", "removed", "retired", "refused"]) };
}

/** The newest imports of a hall, or of the platform without one. */
export async function listImports(db: Database, hallId: number | undefined, limit = 30): Promise<ImportFacts[]> {
  const { rows } = await facts(sql`i.id in (select i.id from imports i where ${inHall(hallId)} order by i.id desc limit ${limit})`).execute(db);
  return rows.map(toFacts).sort((a, b) => b.id - a.id);
}

/** One import of the hall, or of the platform without one; 404 for another's. */
export async function importFacts(db: Database | Tx, hallId: number | undefined, id: number): Promise<ImportFacts> {
  const { rows } = await facts(sql`i.id = ${id} and ${inHall(hallId)}`).execute(db);
  if (!rows[0]) throw notFound("not_found");
  return toFacts(rows[0]);
}

export interface ImportRow {
  row: number;
  code: string;
  cells: TextRecord;
  result: RowResult | null;
  errors: CellFault[];
  before: TextRecord | null;
  wanted: TextRecord | null;
  outcome: "created" | "changed" | "same" | "refused" | null;
  undo: "restored" | "removed" | "retired" | "refused" | null;
}

export type RowFilter = RowResult | "refused" | "kept";

const filtered = (filter: RowFilter | undefined) =>
  filter === undefined ? sql`true` : filter === "refused" ? sql`r.outcome = 'refused'` : filter === "kept" ? sql`r.undo = 'refused'` : sql`r.result = ${filter}`;

/** Rows of an import with what was found, page by page. `q` is looked for in what was uploaded. */
export async function importRows(db: Database, importId: number, { filter, q, offset = 0, limit = 50 }: { filter?: RowFilter | undefined; q?: string | undefined; offset?: number; limit?: number } = {}): Promise<{ rows: ImportRow[]; total: number }> {
  const where = sql`r.import_id = ${importId} and ${filtered(filter)} and ${q ? sql`r.cells::text ilike ${`%${q.replace(/[\\%_]/g, "\\$&")}%`}` : sql`true`}`;
  const [page, count] = await Promise.all([
    sql<ImportRow>`select r.row, r.code, r.cells, r.result, r.errors, r.before, r.wanted, r.outcome, r.undo from import_rows r where ${where} order by r.row limit ${limit} offset ${offset}`.execute(db),
    sql<{ n: number }>`select count(*) as n from import_rows r where ${where}`.execute(db),
  ]);
  return { rows: page.rows, total: count.rows[0]!.n };
}
