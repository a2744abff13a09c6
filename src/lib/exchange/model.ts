/** Tables as people write them: headings, cells, and what is wrong with a row. Pure. */
import type { ZodType } from "zod";

/** A record as text, by field: what an export writes and an import reads. */
export type TextRecord = Readonly<Record<string, string>>;

/** What is wrong with one cell. `issue` keeps what a schema said, so that it can be told in the reader's language. */
export interface CellFault {
  field: string;
  code: string;
  value?: string;
  details?: Record<string, unknown>;
}

export interface ColumnOption {
  value: string;
  /** Names in both languages, as lists and exports show them. */
  labels: readonly string[];
}

/** One column of a kind of table, with everything that a heading or cell of it may be called. */
export interface Column {
  key: string;
  /** Heading of templates: the Chinese name. */
  label: string;
  /** All headings that mean it, the key included. */
  labels: readonly string[];
  kind: "text" | "longtext" | "number" | "choice" | "choices" | "flag" | "date" | "datetime" | "tags";
  required?: boolean;
  hint?: string;
  /** Separator of several values in the schema. */
  separator?: string;
  options?: readonly ColumnOption[];
  /** Only the options are allowed; otherwise they are names of records, which the command looks up itself. */
  closed?: boolean;
  /** Which text a wrong format shows, as in forms. */
  format?: string;
}

/** Rows and columns of an uploaded file; the heading is the first row. */
export interface Sheet {
  headings: readonly string[];
  rows: readonly { row: number; cells: readonly string[] }[];
}

/** Heading of the column that a download of wrong rows adds; it is passed over when the file comes back. */
export const FAULT_HEADINGS = ["错误说明", "What is wrong"] as const;

/** Excel and LibreOffice run a cell that starts like this as a formula (OWASP, CSV injection; ASVS 1.2.10). */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell that no spreadsheet runs; plain negative numbers stay. */
export const safeCell = (value: unknown): string => {
  const text = value === null || value === undefined ? "" : String(value);
  return FORMULA.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
};

/** Takes back what `safeCell` added, so that an export can be loaded again. */
export const plainCell = (text: string): string => (text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text);

const heading = (text: string): string => text.trim().replace(/^[*＊]|[*＊]$/g, "").replace(/\s+/g, "").toLowerCase();

/** Which column each heading is; a template's heading carries its key in brackets. */
export function matchHeadings(headings: readonly string[], columns: readonly Column[]): { keys: (string | undefined)[]; ignored: string[]; twice: string[] } {
  const known = new Map(columns.flatMap((column) => [column.key, ...column.labels].map((label) => [heading(label), column.key] as const)));
  const keys = headings.map((text) => known.get(heading(text)) ?? known.get(heading(/[[［]([^\]］]+)[\]］]\s*$/.exec(text)?.[1] ?? "")));
  const ignored = headings.filter((text, index) => !keys[index] && text.trim() !== "" && !(FAULT_HEADINGS as readonly string[]).includes(text.trim()));
  const twice = [...new Set(keys.filter((key, index): key is string => key !== undefined && keys.indexOf(key) !== index))];
  return { keys, ignored, twice };
}

const named = (column: Column, text: string): string | undefined =>
  column.options?.find((option) => option.value === text)?.value ?? column.options?.find((option) => option.labels.some((label) => label.toLowerCase() === text.toLowerCase()))?.value;

const NUMBER_AS_CODE = /^\d(\.\d+)?e\+\d+$/i;
const SEVERAL = /[、，,;；|\n]+/;

/** A cell in the form that the schema reads: names become codes, several values get the schema's separator. */
export function readCell(column: Column, cell: string): { text: string; fault?: Omit<CellFault, "field"> } {
  const text = plainCell(cell.trim());
  if (text === "") return { text };
  if (column.kind !== "number" && NUMBER_AS_CODE.test(text)) return { text, fault: { code: "number_as_code", value: text } };
  if (column.kind === "choice" || column.kind === "flag") {
    const value = named(column, text);
    if (value === undefined && column.kind === "choice" && column.closed) return { text, fault: { code: "unknown_code", value: text } };
    return { text: value ?? text };
  }
  if (column.kind !== "choices") return { text: column.kind === "tags" ? text.split(/\n|\|/).map((part) => part.trim()).filter(Boolean).join(column.separator ?? "|") : text };
  const split = (by: RegExp) => text.split(by).map((part) => part.trim()).filter(Boolean);
  const parts = split(SEVERAL).every((part) => named(column, part)) ? split(SEVERAL) : split(/[、，,;；|\s]+/);
  const unknown = column.closed ? parts.find((part) => named(column, part) === undefined) : undefined;
  return { text: parts.map((part) => named(column, part) ?? part).join(column.separator ?? " "), ...(unknown ? { fault: { code: "unknown_code", value: unknown } } : {}) };
}

/** Fields that differ, with both values. */
export const changesOf = (before: TextRecord | null, after: TextRecord): { field: string; before: string; after: string }[] =>
  Object.keys(after).filter((field) => (before?.[field] ?? "") !== (after[field] ?? "")).map((field) => ({ field, before: before?.[field] ?? "", after: after[field] ?? "" }));

export type ParsedRecord = { ok: true; input: unknown } | { ok: false; faults: CellFault[] };

/**
 * A text record by its schema. An empty cell is an absent value, so that defaults apply; the fields of `cleared` are
 * given as empty text first, for values that are to be taken away.
 */
export function parseRecord(schema: ZodType, record: TextRecord, cleared: ReadonlySet<string> = new Set()): ParsedRecord {
  const filled = Object.entries(record).filter(([, value]) => value !== "");
  const explicit = schema.safeParse(Object.fromEntries([...filled, ...[...cleared].map((field) => [field, ""])]));
  const parsed = explicit.success || cleared.size === 0 ? explicit : schema.safeParse(Object.fromEntries(filled));
  if (parsed.success) return { ok: true, input: parsed.data };
  return {
    ok: false,
    faults: parsed.error.issues.map((issue) => {
      const field = issue.path.join(".");
      const value = record[String(issue.path[0])];
      return { field, code: issue.code === "custom" ? issue.message : issue.code, ...(value ? { value } : {}), details: { issue: { ...issue, path: undefined, input: undefined } } };
    }),
  };
}
