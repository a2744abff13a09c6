/** Items between our fields and those of another system. Both names and codes are data (domain.md 1.2, 1.4). Pure. */
import { type CodeMap, fromSystem, toSystem } from "@/lib/catalog/codes/model";
import type { CellFault, TextRecord } from "../model";
import type { NationalRecord } from "./schema";

export interface FieldMap {
  field: string;
  target: string;
  codeTable: string;
  direction: "both" | "in" | "out";
  fallback: string;
}

/** What a record is named by elsewhere: code to name of units and fields of the hall. */
export type Names = Readonly<Record<string, ReadonlyMap<string, string>>>;

export interface Translation {
  system: string;
  fields: readonly FieldMap[];
  codes: readonly CodeMap[];
  names: Names;
}

const SEVERAL = /[、，,;；|\s]+/;
/** Fields of ours that hold several codes, with blanks between them. */
const LISTS = new Set(["audience"]);

const textOf = (value: NationalRecord[string] | undefined): string => (value === null || value === undefined ? "" : Array.isArray(value) ? value.join(" ") : typeof value === "boolean" ? (value ? "yes" : "no") : String(value).trim());

/** Our text record of theirs. The first field with a value wins; a field that they do not send is not in the record. */
export function fromNational(row: NationalRecord, { system, fields, codes, names }: Translation): { record: Record<string, string>; faults: CellFault[]; sources: Map<string, string> } {
  const record: Record<string, string> = {};
  const faults: CellFault[] = [];
  const sources = new Map<string, string>();
  for (const { field, target, codeTable, direction } of fields) {
    if (direction === "out" || !Object.hasOwn(row, field) || (record[target] ?? "") !== "") continue;
    const text = textOf(row[field]);
    sources.set(target, field);
    const parts = LISTS.has(target) ? text.split(SEVERAL).filter(Boolean) : [text];
    const known = parts.map((part) => (part === "" || codeTable === "" ? part : codeTable.startsWith("@") ? byName(names[codeTable], part) : fromSystem(codes, system, codeTable, part)));
    const unknown = parts.find((_, index) => known[index] === undefined);
    if (unknown !== undefined) faults.push({ field, code: "unknown_code", value: unknown });
    record[target] = known.map((part) => part ?? "").join(" ");
  }
  for (const field of Object.keys(row)) if (!fields.some((map) => map.field === field && map.direction !== "out")) faults.push({ field, code: "field_unknown" });
  return { record, faults, sources };
}

const byName = (names: ReadonlyMap<string, string> | undefined, text: string): string | undefined => (names?.has(text) ? text : [...(names ?? [])].find(([, name]) => name === text)?.[0]);

/** Fields that a new record gets when they said nothing of them. */
export const fallbacks = (fields: readonly FieldMap[]): Record<string, string> => Object.fromEntries(fields.filter((map) => map.fallback !== "").map((map) => [map.target, map.fallback]));

/** Their record of ours. A code that they do not know is left out: a wrong one would be worse. */
export function toNational(record: TextRecord, { system, fields, codes, names }: Translation): Record<string, string> {
  const row: Record<string, string> = {};
  for (const { field, target, codeTable, direction } of fields) {
    const text = record[target] ?? "";
    if (direction === "in" || text === "") continue;
    const parts = LISTS.has(target) ? text.split(" ") : [text];
    row[field] = parts.map((part) => (codeTable === "" ? part : codeTable.startsWith("@") ? (names[codeTable]?.get(part) ?? part) : (toSystem(codes, system, codeTable, part) ?? ""))).filter(Boolean).join(" ");
    if (target === "active" || target === "popular") row[field] = text === "yes" ? "是" : "否";
  }
  return row;
}
