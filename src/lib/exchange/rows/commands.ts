/** Rows of a table through the command of their kind, some of which may fail alone. */
import type { Tx } from "@/lib/db/transaction";
import { AppError } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { attempt, type HallContext, readRecordsAhead, type RecordTable } from "@/lib/ledger/commands";
import { GLOBAL_KINDS, HALL_KINDS, isGlobalKind, isHallKind } from "../kinds";
import { type CellFault, parseRecord, type TextRecord } from "../model";

export interface Wanted {
  row: number;
  record: TextRecord;
  cleared: ReadonlySet<string>;
}

/** Kinds whose command goes through `saveRecord` in the table of the same name. */
const RECORDS = ["fields", "zones", "departments", "lines", "items", "devices", "notices", "packages", "disclosures"] as const satisfies readonly RecordTable[];

async function readAhead(kind: string, ctx: HallContext | undefined, codes: readonly string[]): Promise<void> {
  const table = RECORDS.find((each) => each === kind);
  if (ctx && table && codes.length > 0) await readRecordsAhead(ctx, table, codes);
}

/** What an uploaded row wants: its cells over the record that there is; a column that is not in the file stays as it is. */
export const wantedOf = (cells: TextRecord, current: TextRecord | null): { record: TextRecord; cleared: Set<string> } =>
  ({ record: { ...current, ...cells }, cleared: new Set(Object.entries(cells).filter(([field, text]) => text === "" && (current?.[field] ?? "") !== "").map(([field]) => field)) });

/** Faults by row. Right rows are the rule: all go behind one savepoint, and only when one fails each gets its own. */
export async function saveAll(tx: Tx, kind: string, rows: readonly Wanted[], ctx: HallContext | undefined): Promise<Map<number, CellFault[]>> {
  const faults = new Map<number, CellFault[]>();
  if (rows.length === 0) return faults;
  const ahead = () => readAhead(kind, ctx, rows.map(({ record }) => record.code ?? ""));
  const trial = async () => {
    await ahead();
    for (const { record, cleared } of rows) if ((await trySave(tx, kind, record, cleared, ctx)).length > 0) return refuse("row_failed");
    return ok(true);
  };
  if ((await partly(tx, ctx, trial)).ok) return faults;
  await ahead();
  const save = saver(tx, kind, ctx);
  for (const { row, record, cleared } of rows) {
    const found = await save(record, cleared);
    if (found.length > 0) faults.set(row, found);
  }
  return faults;
}

export const schemaOf = (kind: string) => (isGlobalKind(kind) ? GLOBAL_KINDS[kind] : isHallKind(kind) ? HALL_KINDS[kind] : undefined)!.schema;

/** One row through its command. Whatever is wrong comes back as faults, and the row leaves nothing behind. */
export type SaveRow = (record: TextRecord, cleared: ReadonlySet<string>) => Promise<CellFault[]>;

const partly = <T>(tx: Tx, ctx: HallContext | undefined, work: () => Promise<Result<T>>): Promise<Result<T>> => (ctx ? ctx.attempt(work) : attempt(tx, work));

/** The command of a kind, row by row: a refused or impossible row leaves nothing behind. */
export function saver(tx: Tx, kind: string, ctx: HallContext | undefined): SaveRow {
  return async (record, cleared) => {
    let faults: CellFault[] = [];
    await partly(tx, ctx, async () => {
      faults = await trySave(tx, kind, record, cleared, ctx);
      return faults.length > 0 ? refuse("row_failed") : ok(true);
    });
    return faults;
  };
}

/** Codes of PostgreSQL's complaints about a value: constraints, lengths, formats. */
const VALUE_FAULT = /^(22|23)/;

async function trySave(tx: Tx, kind: string, record: TextRecord, cleared: ReadonlySet<string>, ctx: HallContext | undefined): Promise<CellFault[]> {
  const parsed = parseRecord(schemaOf(kind), record, cleared);
  if (!parsed.ok) return parsed.faults;
  try {
    if (isGlobalKind(kind)) {
      await GLOBAL_KINDS[kind].save(tx, parsed.input);
      return [];
    }
    const result = await HALL_KINDS[kind as keyof typeof HALL_KINDS].save(ctx!, parsed.input);
    return result.ok ? [] : [{ field: result.field ?? "", code: result.code, details: result.details }];
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return [{ field: error.options.field ?? "", code: error.code, details: error.options.details ?? {}, ...(error.options.details?.code ? { value: String(error.options.details.code) } : {}) }];
    if (VALUE_FAULT.test(String((error as { code?: unknown }).code))) return [{ field: "", code: "value_refused" }];
    throw error;
  }
}
