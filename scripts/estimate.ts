/** `estimate backtest|series`: the estimates of waiting judged on a file; needs no database. Each prints one JSON document. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { parse as parseCsv } from "csv-parse/sync";
import { OperatorError } from "@/lib/kernel/errors";
import { backtest } from "@/lib/queue/estimate/backtest/model";
import type { TraceRow } from "@/lib/queue/estimate/backtest/schema";
import { HORIZONS, type Horizon, type HourRow, reportSeries } from "@/lib/queue/estimate/series/model";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Runs one subcommand with the words after `estimate`. */
export async function estimate(words: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: { trace: { type: "string" }, hourly: { type: "string" }, horizon: { type: "string" } } });
  if (positionals[0] === "backtest") return print(backtest(await readTrace(required(values.trace, "trace"))));
  if (positionals[0] === "series") {
    const horizon = required(values.horizon, "horizon");
    if (!HORIZONS.includes(horizon as Horizon)) throw new OperatorError(`--horizon needs one of: ${HORIZONS.join(", ")}.`);
    return print(reportSeries(await readHours(required(values.hourly, "hourly")), horizon as Horizon));
  }
  throw new OperatorError("estimate needs one of: backtest, series. See npm run hall -- --help");
}

const print = (report: object): void => console.log(JSON.stringify(report, null, 2));

function required(value: string | undefined, name: string): string {
  if (!value) throw new OperatorError(`--${name} is missing. See npm run hall -- --help`);
  return value;
}

async function readRows(file: string, columns: readonly string[]): Promise<Record<string, string>[]> {
  const text = await readFile(file, "utf8").catch(() => { throw new OperatorError(`${file} cannot be read.`); });
  let rows: Record<string, string>[];
  try {
    rows = parseCsv(text, { columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()), bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new OperatorError(`${file} is not a CSV table: ${(error as Error).message}`);
  }
  if (rows.length === 0) throw new OperatorError(`${file} has no rows.`);
  for (const column of columns) if (!(column in rows[0]!)) throw new OperatorError(`${file} has no column ${column}.`);
  return rows;
}

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2})(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const wrong = (row: number, column: string, text: string, why: string) => new OperatorError(`Row ${row + 2}, column ${column}: "${text}" ${why}.`);

/** Minutes since the epoch and the local day and hour as written; a time without an offset counts as UTC. */
function timeOf(text: string, row: number, column: string): { minutes: number; day: string; hour: number } {
  const parts = ISO.exec(text);
  const ms = parts ? Date.parse(/^\S+[T ]\d{2}$/.test(text) ? `${parts[1]}T${parts[2]}:00Z` : text.replace(" ", "T").replace(",", ".") + (parts[3] ? "" : "Z")) : NaN;
  if (!parts || Number.isNaN(ms)) throw wrong(row, column, text, "is not an ISO time");
  return { minutes: ms / MINUTE_MS, day: parts[1]!, hour: Number(parts[2]) };
}

/** Rows in order of issue; an empty called_at is a visitor who left, then finished_at (if any) is when. */
async function readTrace(file: string): Promise<TraceRow[]> {
  const rows = (await readRows(file, ["issued_at", "called_at", "finished_at"])).map((row, index): TraceRow => {
    const at = (column: string) => (row[column] ? timeOf(row[column], index, column).minutes : null);
    const { minutes, day, hour } = timeOf(row.issued_at ?? "", index, "issued_at");
    const [calledAt, finishedAt] = [at("called_at"), at("finished_at")];
    if (calledAt !== null && calledAt < minutes) throw wrong(index, "called_at", row.called_at!, "is before issued_at");
    if (finishedAt !== null && finishedAt < (calledAt ?? minutes)) throw wrong(index, "finished_at", row.finished_at!, `is before ${calledAt === null ? "issued_at" : "called_at"}`);
    return { issuedAt: minutes, calledAt, finishedAt, line: row.line ?? "", class: row.class ?? "", window: row.window ?? "", day, hour };
  });
  return rows.sort((a, b) => a.issuedAt - b.issuedAt);
}

/** One row per local hour as written, in order of time; hours without a value are gaps, an hour that occurs twice (end of summer time) counts by its mean. */
async function readHours(file: string): Promise<HourRow[]> {
  const sums = new Map<number, { sum: number; n: number }>();
  (await readRows(file, ["time", "mean_wait"])).forEach((row, index) => {
    const { day, hour } = timeOf(row.time ?? "", index, "time");
    if (!row.mean_wait) return;
    const wait = Number(row.mean_wait);
    if (!Number.isFinite(wait) || wait < 0) throw wrong(index, "mean_wait", row.mean_wait, "is not a number of minutes");
    const place = Date.parse(`${day}T00:00Z`) / HOUR_MS + hour;
    const known = sums.get(place) ?? { sum: 0, n: 0 };
    sums.set(place, { sum: known.sum + wait, n: known.n + 1 });
  });
  return [...sums].map(([hour, { sum, n }]) => ({ hour, wait: sum / n })).sort((a, b) => a.hour - b.hour);
}
