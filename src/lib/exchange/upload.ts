/** Reading an uploaded file: CSV in the encodings that offices use, and Excel workbooks. Nothing of it is believed. */
import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { parse as parseCsv } from "csv-parse/sync";
import { streamXlsxRows } from "hucre/xlsx";
import { refuse, type Result } from "@/lib/kernel/result";
import type { Sheet } from "./model";

export const LIMITS = { bytes: 8 * 1024 * 1024, unpacked: 100 * 1024 * 1024, entries: 500, rows: 20_000, columns: 100, cell: 8_000 } as const;

export type UploadFault = "file_empty" | "file_too_large" | "file_type" | "file_old_excel" | "file_encoding" | "file_broken" | "file_unpacked_too_large" | "file_too_many_rows" | "file_too_many_columns" | "file_cell_too_long";

/** The first sheet of a file. What the file is, is told by its bytes, not by its name. */
export async function readUpload(bytes: Uint8Array): Promise<Result<Sheet, UploadFault>> {
  if (bytes.length === 0) return refuse("file_empty");
  if (bytes.length > LIMITS.bytes) return refuse("file_too_large", { megabytes: LIMITS.bytes / 1024 / 1024 });
  const rows = startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) ? await readWorkbook(bytes) : startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]) ? refuse("file_old_excel") : readText(bytes);
  return rows.ok ? toSheet(rows.value) : rows;
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean => signature.every((byte, index) => bytes[index] === byte);

function toSheet(rows: string[][]): Result<Sheet, UploadFault> {
  const filled = rows.map((cells, index) => ({ row: index + 1, cells })).filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const first = filled.shift();
  if (!first) return refuse("file_empty");
  const headings = first.cells.map((cell) => cell.trim());
  while (headings.at(-1) === "") headings.pop();
  if (headings.length > LIMITS.columns) return refuse("file_too_many_columns", { max: LIMITS.columns });
  if (filled.length > LIMITS.rows) return refuse("file_too_many_rows", { max: LIMITS.rows });
  for (const { row, cells } of filled) if (cells.some((cell) => cell.length > LIMITS.cell)) return refuse("file_cell_too_long", { row, max: LIMITS.cell });
  return filled.length === 0 ? refuse("file_empty") : { ok: true, value: { headings, rows: filled } };
}

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** UTF-8 with or without a byte order mark, UTF-16 as Excel's "Unicode text", else GB18030, which holds GBK and GB 2312. */
function readText(bytes: Uint8Array): Result<string[][], UploadFault> {
  const wide = startsWith(bytes, [0xff, 0xfe]);
  if (!wide && bytes.includes(0)) return refuse("file_type");
  const text = wide ? decode(bytes, "utf-16le") : (decode(bytes, "utf-8") ?? decode(bytes, "gb18030"));
  if (text === undefined) return refuse("file_encoding");
  const line = text.slice(0, 4_000).split(/\r?\n/, 1)[0]!;
  const delimiter = [",", "\t", ";", "，"].map((sign) => ({ sign, n: line.split(sign).length })).sort((a, b) => b.n - a.n)[0]!.sign;
  try {
    return { ok: true, value: parseCsv(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: false, max_record_size: LIMITS.cell * LIMITS.columns, to: LIMITS.rows + 50 }) as string[][] };
  } catch {
    return refuse("file_broken");
  }
}

async function readWorkbook(bytes: Uint8Array): Promise<Result<string[][], UploadFault>> {
  const size = await unpackedSize(bytes);
  if (size === "broken") return refuse("file_broken");
  if (size === "too_large") return refuse("file_unpacked_too_large", { megabytes: LIMITS.unpacked / 1024 / 1024 });
  const rows: string[][] = [];
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: 0 })) {
      if (index > LIMITS.rows + 50 || values.length > 16_384) return refuse("file_too_many_rows", { max: LIMITS.rows });
      while (rows.length < index) rows.push([]);
      rows[index] = values.slice(0, LIMITS.columns + 1).map(cellText);
      // Screens and calls of the same process go on meanwhile.
      if (rows.length % 200 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  } catch {
    return refuse("file_broken");
  }
  return { ok: true, value: rows };
}

const two = (number: number): string => String(number).padStart(2, "0");

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (!(value instanceof Date)) return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
  const day = `${value.getUTCFullYear()}-${two(value.getUTCMonth() + 1)}-${two(value.getUTCDate())}`;
  return value.getUTCHours() + value.getUTCMinutes() === 0 ? day : `${day} ${two(value.getUTCHours())}:${two(value.getUTCMinutes())}`;
}

const inflate = promisify(inflateRaw);

/** Unpacks every part of a zip file against one limit: what the file says about its sizes is not believed. */
async function unpackedSize(bytes: Uint8Array): Promise<number | "broken" | "too_large"> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 20 > view.length) return "broken";
  const entries = view.readUInt16LE(end + 10);
  if (entries > LIMITS.entries) return "too_large";
  let at = view.readUInt32LE(end + 16);
  let total = 0;
  try {
    for (let entry = 0; entry < entries; entry++) {
      if (view.readUInt32LE(at) !== 0x02014b50) return "broken";
      const [method, packed, local] = [view.readUInt16LE(at + 10), view.readUInt32LE(at + 20), view.readUInt32LE(at + 42)];
      const start = local + 30 + view.readUInt16LE(local + 26) + view.readUInt16LE(local + 28);
      total += method === 0 ? packed : (await inflate(view.subarray(start, start + packed), { maxOutputLength: Math.max(1, LIMITS.unpacked - total) })).length;
      if (total > LIMITS.unpacked) return "too_large";
      at += 46 + view.readUInt16LE(at + 28) + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
    }
  } catch (error) {
    return (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? "too_large" : "broken";
  }
  return total;
}
