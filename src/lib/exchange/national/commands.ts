import { ok, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { readRecords } from "../data-export";
import { type CellFault, changesOf, parseRecord } from "../model";
import { saveAll, schemaOf, type Wanted, wantedOf } from "../rows/commands";
import { translationFor } from "./data";
import { fallbacks, fromNational } from "./model";
import type { NationalImportInput, NationalReport } from "./schema";

/**
 * Brings items of the platform above to the values that it sends, with an answer per row: right rows are written, wrong
 * ones are not, and the same request again changes nothing. What it does not send stays as it is.
 */
export async function importNational(ctx: HallContext, { system, items }: NationalImportInput): Promise<Result<NationalReport>> {
  const translation = await translationFor(ctx.tx, ctx.hall.id, system);
  const read = items.map((row, index) => ({ index, ...fromNational(row, translation) }));
  const codes = read.map(({ record }) => record.code ?? "");
  const before = await readRecords(ctx.tx, "items", ctx.hall.id, codes);
  const faults = new Map<number, CellFault[]>();
  const wanted: Wanted[] = [];
  const added = fallbacks(translation.fields);
  for (const { index, record, faults: wrong } of read) {
    const code = record.code ?? "";
    const current = before.get(code) ?? null;
    const given = current ? record : { ...added, ...Object.fromEntries(Object.entries(record).filter(([field, text]) => text !== "" || !(field in added))) };
    const want = wantedOf(given, current);
    const parsed = parseRecord(schemaOf("items"), want.record, want.cleared);
    const found = [...wrong, ...(code === "" ? [{ field: "code", code: "required" }] : []), ...(code !== "" && codes.indexOf(code) !== index ? [{ field: "code", code: "row_twice", value: code }] : []), ...(parsed.ok ? [] : parsed.faults)];
    if (found.length > 0) faults.set(index, found);
    else wanted.push({ row: index, ...want });
  }
  for (const [index, found] of await saveAll(ctx.tx, "items", wanted, ctx)) faults.set(index, found);
  const after = await readRecords(ctx.tx, "items", ctx.hall.id, codes);
  const rows = read.map(({ index, record, sources }) => {
    const code = record.code ?? "";
    const found = faults.get(index) ?? [];
    const stored = after.get(code);
    const outcome = found.length > 0 || !stored ? "refused" as const : !before.has(code) ? "created" as const : changesOf(before.get(code)!, stored).length > 0 ? "changed" as const : "same" as const;
    return { index, code, outcome, errors: found.map(({ field, code: fault, value }) => ({ field: sources.get(field) ?? field, code: fault, ...(value ? { value } : {}) })) };
  });
  const counts = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  if (counts("created") + counts("changed") > 0) await ctx.append("import.received", "hall:" + ctx.hall.id, { system, kind: "items", rows: { created: counts("created"), changed: counts("changed"), refused: counts("refused") } });
  return ok({ rows });
}
