import { readFile } from "node:fs/promises";
import { parse as parseCsv } from "csv-parse/sync";
import type { ZodType, output } from "zod";
import { makeSlots } from "@/lib/appointments/stock/commands";
import { documentSchema } from "@/lib/catalog/document";
import { loadGuide } from "@/lib/catalog/guide/commands";
import type { Database } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/transaction";
import { GLOBAL_KINDS, type GlobalKind, HALL_KINDS, type HallKind } from "@/lib/exchange/kinds";
import { plainCell } from "@/lib/exchange/model";
import { AppError, OperatorError } from "@/lib/kernel/errors";
import { ok } from "@/lib/kernel/result";
import { changeHall, type HallContext, type HallRef } from "@/lib/ledger/commands";
import { publishPolicy } from "@/lib/queue/policy/commands";
import { policyDocumentSchema } from "@/lib/queue/policy/schema";
import { createHall, saveOpenings } from "@/lib/regions/commands";
import { hallInput, openingInput } from "@/lib/regions/schema";

/** One wrong cell of an imported table. `row` counts from 2: the heading is row 1, as a spreadsheet shows it. */
export interface CellError {
  row: number;
  field: string;
  code: string;
  value?: string;
}

export interface ImportReport {
  kind: string;
  rows: number;
  created: number;
  errors: CellError[];
}

/** Kinds of tables are declared in @/lib/exchange/kinds, their columns for writing in @/lib/exchange/data-export. */
type Row = Record<string, string>;

/** Rows of a CSV text with a heading; a byte order mark and blank lines are ignored. */
export function readTable(text: string): Row[] {
  try {
    return parseCsv(text, { columns: true, bom: true, skip_empty_lines: true, trim: true, cast: plainCell }) as Row[];
  } catch (error) {
    throw new OperatorError(`The table cannot be read: ${(error as Error).message}`);
  }
}

function check<S extends ZodType>(schema: S, rows: Row[]): { inputs: output<S>[]; errors: CellError[] } {
  const errors: CellError[] = [];
  const inputs: output<S>[] = [];
  rows.forEach((row, index) => {
    // An empty cell is an absent value, so that defaults apply.
    const parsed = schema.safeParse(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")));
    if (parsed.success) inputs.push(parsed.data);
    else for (const issue of parsed.error.issues) errors.push({ row: index + 2, field: issue.path.join("."), code: issue.code === "custom" ? issue.message : issue.code, ...(row[String(issue.path[0])] === undefined ? {} : { value: row[String(issue.path[0])]! }) });
  });
  return { inputs, errors };
}

/** Loads a table into a hall: all rows or, when one is wrong, none, with every wrong cell named. */
export async function importHallTable(ctx: HallContext, kind: HallKind, rows: Row[]): Promise<ImportReport> {
  const { schema, save } = HALL_KINDS[kind];
  const { inputs, errors } = check(schema, rows);
  let created = 0;
  for (const [index, input] of errors.length > 0 ? [] : inputs.entries()) {
    try {
      const result = await save(ctx, input);
      if (!result.ok) errors.push({ row: index + 2, field: result.field ?? "", code: result.code });
      else if (result.value.created) created++;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      errors.push({ row: index + 2, field: error.options.field ?? "", code: error.code, value: String(error.options.details?.code ?? "") });
    }
  }
  return { kind, rows: rows.length, created, errors };
}

export async function importGlobalTable(db: Database, kind: GlobalKind, rows: Row[]): Promise<ImportReport> {
  const { schema, save } = GLOBAL_KINDS[kind];
  const { inputs, errors } = check(schema, rows);
  if (errors.length === 0) await inTransaction(db, async (tx) => { for (const [index, input] of inputs.entries()) await save(tx, input, index); });
  return { kind, rows: rows.length, created: 0, errors };
}

/** Throws one sentence that names the first wrong cells. */
export function requireClean(report: ImportReport, file: string): void {
  if (report.errors.length === 0) return;
  const shown = report.errors.slice(0, 5).map(({ row, field, code, value }) => `row ${row} ${field}: ${code}${value ? ` (${value})` : ""}`).join("; ");
  throw new OperatorError(`${file}: ${report.errors.length} errors, nothing was imported. ${shown}`);
}

/** The tables of one hall, as read from a folder. */
export interface HallTables {
  /** Where they come from, for messages. */
  source: string;
  policy: unknown;
  /** Documents of guides by the item's code; published when loaded. */
  guides: Record<string, unknown>;
  rows: Record<"hall" | "opening" | HallKind, Row[]>;
}

export async function readHallFolder(folder: string): Promise<HallTables> {
  const text = (file: string) => readFile(`${folder}/${file}`, "utf8").catch(() => { throw new OperatorError(`${folder}/${file} is missing.`); });
  // A hall need not have records of every kind.
  const table = async (kind: string) => readTable(kind === "hall" || kind === "opening" ? await text(`${kind}.csv`) : await readFile(`${folder}/${kind}.csv`, "utf8").catch(() => ""));
  const kinds = ["hall", "opening", ...(Object.keys(HALL_KINDS) as HallKind[])] as const;
  const rows = Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, await table(kind)]))) as HallTables["rows"];
  const guides = JSON.parse(await readFile(`${folder}/guides.json`, "utf8").catch(() => "{}")) as Record<string, unknown>;
  return { source: folder, policy: JSON.parse(await text("policy.json")), guides, rows };
}

/** Loads and publishes guides with the check that an administrator's publishing has. */
async function importGuides(ctx: HallContext, guides: Record<string, unknown>, source: string): Promise<void> {
  for (const [code, document] of Object.entries(guides)) {
    const parsed = documentSchema.safeParse(document);
    if (!parsed.success) throw new OperatorError(`${source}/guides.json: ${code} ${parsed.error.issues[0]!.path.join(".")}: ${parsed.error.issues[0]!.message}`);
    const loaded = await loadGuide(ctx, code, parsed.data);
    if (!loaded.ok) throw new OperatorError(`${source}/guides.json: ${code} was refused: ${loaded.code} ${JSON.stringify(loaded.details)}`);
  }
}

/** Loads a hall with all its tables: the same code path as an administrator's import. All or nothing. */
export async function importHall(db: Database, { source, policy, guides, rows }: HallTables): Promise<HallRef> {
  const checkedHall = check(hallInput, rows.hall.slice(0, 1));
  requireClean({ kind: "hall", rows: 1, created: 0, errors: checkedHall.errors }, `${source}/hall.csv`);
  const input = checkedHall.inputs[0]!;
  const openings = check(openingInput, rows.opening);
  requireClean({ kind: "opening", rows: openings.inputs.length, created: 0, errors: openings.errors }, `${source}/opening.csv`);
  const document = policyDocumentSchema.parse(policy);
  const hall: HallRef = { id: (await inTransaction(db, (tx) => createHall(tx, input))).id, code: input.code };

  const result = await changeHall(db, { hall, actor: "import" }, async (ctx) => {
    await ctx.append("hall.imported", `hall:${hall.id}`, { source: input.code });
    const published = await ctx.tx.selectFrom("policies").select("version").where("hall_id", "=", hall.id).executeTakeFirst();
    if (!published) await publishPolicy(ctx, document);
    await saveOpenings(ctx, openings.inputs);
    for (const kind of Object.keys(HALL_KINDS) as HallKind[]) requireClean(await importHallTable(ctx, kind, rows[kind]), `${source}/${kind}.csv`);
    await importGuides(ctx, guides, source);
    await makeSlots(ctx);
    return ok(hall);
  });
  if (!result.ok) throw new OperatorError(`${source}: ${result.code}`);
  return result.value;
}
