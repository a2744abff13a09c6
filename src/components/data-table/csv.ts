import { stringify } from "csv-stringify/sync";

/** Excel and LibreOffice run a cell that starts like this as a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** CSV with a byte order mark, so that Excel reads it as UTF-8; cells that look like formulas get an apostrophe. */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const safe = (cell: string) => (FORMULA.test(cell) ? `'${cell}` : cell);
  return stringify([header, ...rows].map((row) => row.map(safe)), { bom: true, record_delimiter: "windows" });
}
