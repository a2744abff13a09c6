/** Writing tables: CSV that Excel reads as UTF-8, and workbooks. Every cell is safe against formulas in both. */
import { stringify } from "csv-stringify/sync";
import { writeXlsx } from "hucre/xlsx";
import { type Column, safeCell } from "./model";

export const FORMATS = ["xlsx", "csv"] as const;
export type Format = (typeof FORMATS)[number];

export interface Download {
  body: BodyInit;
  type: string;
}

const CSV_TYPE = "text/csv; charset=utf-8";
const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const WIDTH = { least: 10, most: 48 } as const;
/** A Chinese character is as wide as two Latin ones. */
const width = (text: string): number => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 255 ? 2 : 1), 2);
const widths = (headings: readonly string[], rows: readonly (readonly string[])[]) =>
  headings.map((heading, index) => ({ width: Math.min(WIDTH.most, Math.max(WIDTH.least, width(heading), ...rows.slice(0, 200).map((row) => width(row[index] ?? "")))) }));

/** A table as a file. Cells of a workbook are texts, so that codes keep their zeros and nothing is taken for a formula. */
export async function writeTable(format: Format, name: string, headings: readonly string[], rows: readonly (readonly string[])[]): Promise<Download> {
  const safe = [headings, ...rows].map((row) => row.map(safeCell));
  if (format === "csv") return { body: stringify(safe, { bom: true, record_delimiter: "windows" }), type: CSV_TYPE };
  return workbook([{ name, rows: safe, columns: widths(headings, rows), freezePane: { rows: 1 } }]);
}

type WorkbookSheet = Parameters<typeof writeXlsx>[0]["sheets"][number];
const workbook = async (sheets: WorkbookSheet[]): Promise<Download> => ({ body: new Blob([(await writeXlsx({ sheets })) as Uint8Array<ArrayBuffer>]), type: XLSX_TYPE });

export interface TemplateTexts {
  sheet: string;
  explanation: string;
  allowed: string;
  column: string;
  field: string;
  required: string;
  yes: string;
  meaning: string;
  values: string;
}

/** Rows of a workbook's template in which the lists of allowed values work. */
const LIST_ROWS = 2_000;
/** More names than this are looked up in their register instead. */
const LIST_MOST = 500;

/**
 * An empty table to fill in: Chinese headings with the field keys, a sheet that explains each column, a sheet with the
 * allowed codes, and choices in the cells. As CSV the headings only.
 */
export async function writeTemplate(format: Format, columns: readonly Column[], texts: TemplateTexts): Promise<Download> {
  const headings = columns.map((column) => `${column.required ? "*" : ""}${column.label}[${column.key}]`);
  if (format === "csv") return writeTable("csv", texts.sheet, headings, []);
  const listed = columns.filter((column) => column.options && column.options.length > 0 && column.options.length <= LIST_MOST);
  const shown = (column: Column) => column.options!.map((option) => option.labels[0] ?? option.value);
  const depth = Math.max(0, ...listed.map((column) => column.options!.length));
  const explained = columns.map((column) => [column.label, column.key, column.required ? texts.yes : "", column.hint ?? "", column.options?.slice(0, 60).map((option) => (option.labels[0] === option.value ? option.value : `${option.value} ${option.labels[0] ?? ""}`)).join("；") ?? ""]);
  const letter = (index: number): string => (index < 26 ? "" : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26));
  return workbook([
    {
      name: texts.sheet, rows: [headings.map(safeCell)], columns: widths(headings, []), freezePane: { rows: 1 },
      // Several values share a cell: a list of choices would forbid them.
      dataValidations: listed.filter((column) => column.kind === "choice" || column.kind === "flag").map((column) => {
        const [at, list] = [letter(columns.indexOf(column)), letter(listed.indexOf(column))];
        return { type: "list" as const, range: `${at}2:${at}${LIST_ROWS}`, formula1: `'${texts.allowed}'!$${list}$2:$${list}$${column.options!.length + 1}`, allowBlank: true, showErrorMessage: false };
      }),
    },
    { name: texts.explanation, rows: [[texts.column, texts.field, texts.required, texts.meaning, texts.values], ...explained].map((row) => row.map(safeCell)), columns: [{ width: 24 }, { width: 18 }, { width: 8 }, { width: 48 }, { width: 80 }], freezePane: { rows: 1 } },
    { name: texts.allowed, rows: [listed.map((column) => column.label), ...Array.from({ length: depth }, (_, row) => listed.map((column) => safeCell(shown(column)[row])))], columns: listed.map(() => ({ width: 24 })) },
  ]);
}
