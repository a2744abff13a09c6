/** An uploaded table is stored first and checked row by row; nothing of it is written before somebody says so. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/transaction";
import { refuse, type Result } from "@/lib/kernel/result";
import { changeHall, type HallRef } from "@/lib/ledger/commands";
import { identityOf } from "./data-export";
import { GLOBAL_KINDS, HALL_KINDS, type HallKind, isGlobalKind, isHallKind } from "./kinds";
import { type CellFault, type Column, matchHeadings, readCell, type Sheet } from "./model";

export interface Upload {
  kind: string;
  fileName: string;
  sheet: Sheet;
  columns: readonly Column[];
  /** The import whose wrong rows this file brings again. */
  corrects?: number;
}

export type UploadRefusal = "kind_unknown" | "heading_twice" | "heading_missing" | "no_known_heading";

interface StoredRow {
  row: number;
  code: string;
  cells: Record<string, string>;
  errors: CellFault[];
}

/** Stores an upload with its rows. What each cell means is decided here, what each row does by `checkImport`. */
export async function createImport(db: Database, hall: HallRef | undefined, actor: string, upload: Upload): Promise<Result<number, UploadRefusal>> {
  if (hall ? !isHallKind(upload.kind) : !isGlobalKind(upload.kind)) return refuse("kind_unknown");
  const { keys, ignored, twice } = matchHeadings(upload.sheet.headings, upload.columns);
  const label = (key: string) => upload.columns.find((column) => column.key === key)?.label ?? key;
  if (keys.every((key) => key === undefined)) return refuse("no_known_heading");
  if (twice.length > 0) return refuse("heading_twice", { columns: twice.map(label).join("、") });
  const identity = (isGlobalKind(upload.kind) ? GLOBAL_KINDS[upload.kind] : HALL_KINDS[upload.kind as HallKind]).identity;
  const missing = identity.filter((field) => !keys.includes(field));
  if (missing.length > 0) return refuse("heading_missing", { columns: missing.map(label).join("、") });

  const rows = readRows(upload, keys, identity);
  return inTransaction(db, async (tx) => {
    const { id } = await tx.insertInto("imports").values({
      hall_id: hall?.id ?? null, kind: upload.kind, file_name: upload.fileName.slice(0, 200), columns: keys.filter((key): key is string => key !== undefined), ignored, rows: rows.length, created_by: actor,
      corrects: upload.corrects ?? null,
    }).returning("id").executeTakeFirstOrThrow();
    await sql`insert into import_rows (import_id, row, code, cells, errors)
      select ${id}, r.row, r.code, r.cells, r.errors from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (row int, code text, cells jsonb, errors jsonb)`.execute(tx);
    return { ok: true, value: id };
  });
}

function readRows({ kind, sheet, columns }: Upload, keys: readonly (string | undefined)[], identity: readonly string[]): StoredRow[] {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const first = new Map<string, number>();
  return sheet.rows.map(({ row, cells: texts }) => {
    const cells: Record<string, string> = {};
    const errors: CellFault[] = [];
    texts.forEach((text, index) => {
      const key = keys[index];
      if (key === undefined) {
        if (index >= sheet.headings.length && text.trim() !== "") errors.push({ field: "", code: "cell_without_heading", value: text.slice(0, 80) });
        return;
      }
      const column = byKey.get(key)!;
      const { text: value, fault } = readCell(column, text);
      cells[key] = value;
      if (fault) errors.push({ field: key, ...fault });
      else if (value === "" && column.required) errors.push({ field: key, code: "required" });
    });
    for (const key of keys) if (key !== undefined) cells[key] ??= "";
    const code = identityOf(kind, cells);
    const earlier = first.get(code);
    if (earlier !== undefined) errors.push({ field: identity.at(-1)!, code: "row_twice", value: code, details: { row: earlier } });
    else first.set(code, row);
    return { row, code, cells, errors };
  });
}

const STARTS = { apply: { from: "ready", to: "applying" }, undo: { from: "applied", to: "undoing" } } as const;

/**
 * Begins to apply a checked import, or to take an applied one back; the rows follow in `runImport`. With wrong rows it is
 * applied only when the right ones alone are wanted.
 */
export async function startImport(db: Database, hall: HallRef | undefined, actor: string, id: number, step: keyof typeof STARTS, onlyRight = false): Promise<Result<number, "import_state" | "import_has_wrong_rows">> {
  const { from, to } = STARTS[step];
  const begin = async (tx: Database): Promise<Result<{ kind: string; rows: number }, "import_state" | "import_has_wrong_rows">> => {
    const wrong = step === "apply" && !onlyRight && (await tx.selectFrom("import_rows").select("row").where("import_id", "=", id).where("result", "=", "wrong").limit(1).executeTakeFirst());
    if (wrong) return refuse("import_has_wrong_rows");
    const mark = step === "apply" ? { only_right: onlyRight, applied_by: actor } : { undone_by: actor };
    const row = await tx.updateTable("imports").set({ state: to, ...mark, runner: null, beat_at: sql<string>`app_now()` }).where("id", "=", id).where("state", "=", from)
      .where(sql<boolean>`hall_id is not distinct from ${hall?.id ?? null}`).returning(["kind", "rows"]).executeTakeFirst();
    return row ? { ok: true, value: row } : refuse("import_state");
  };
  if (!hall) {
    const begun = await begin(db);
    return begun.ok ? { ok: true, value: id } : begun;
  }
  return changeHall(db, { hall, actor }, async (ctx) => {
    const begun = await begin(ctx.tx);
    if (!begun.ok) return begun;
    await ctx.append(step === "apply" ? "import.started" : "import.undo_started", `import:${id}`, { kind: begun.value.kind, rows: begun.value.rows });
    return { ok: true, value: id };
  }) as Promise<Result<number, "import_state" | "import_has_wrong_rows">>;
}

/** Throws an import away that was not applied. */
export async function cancelImport(db: Database, hall: HallRef | undefined, id: number): Promise<Result<true, "import_state">> {
  const row = await db.updateTable("imports").set({ state: "cancelled", runner: null }).where("id", "=", id).where("state", "in", ["checking", "ready"])
    .where(sql<boolean>`hall_id is not distinct from ${hall?.id ?? null}`).returning("id").executeTakeFirst();
  return row ? { ok: true, value: true } : refuse("import_state");
}
