/** Documents taken apart into elements, and two or more of them side by side. Pure. */
import { CODED, type ItemDocument } from "../document";

/** A step of the way to an element: a key of the document, or one entry of a list by its name or position. */
export type Segment = { key: string } | { entry: string };

export interface Element {
  /** Stable way to it: entries of a list by their code, else by their position. */
  id: string;
  way: readonly Segment[];
  value: string | number | boolean;
  /** Code table of the value. */
  table?: string;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
const isRecord = (value: Json): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value);

const tableOf = (way: readonly Segment[]): string | undefined =>
  (CODED as Record<string, string>)[way.flatMap((segment) => ("key" in segment ? [segment.key] : [])).join(".")];

/** Every filled element in the order of the document; empty ones are left out. */
export function elementsOf(document: ItemDocument): Element[] {
  const found: Element[] = [];
  const visit = (value: Json, id: string, way: readonly Segment[]): void => {
    if (value === null || value === "" || value === false) return;
    if (Array.isArray(value) && value.every((each) => typeof each === "string")) {
      value.forEach((each) => visit(each, `${id}/${String(each)}`, way));
    } else if (Array.isArray(value)) {
      value.forEach((each: Json, index) => {
        const entry = entryName(each, index);
        visit(each, `${id}/${isRecord(each) && each.code ? String(each.code) : index + 1}`, [...way, { entry }]);
      });
    } else if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, `${id}/${key}`, key === "zh" ? way : [...way, { key }]);
    } else {
      const table = tableOf(way);
      found.push({ id, way, value: value as string | number | boolean, ...(table ? { table } : {}) });
    }
  };
  for (const [key, value] of Object.entries(document)) visit(value as Json, key, [{ key }]);
  return found;
}

const entryName = (entry: Json, index: number): string => {
  if (!isRecord(entry)) return String(index + 1);
  const name = entry.name ?? entry.title ?? entry.text;
  const text = name !== undefined && isRecord(name) ? name.zh : name;
  return typeof text === "string" && text !== "" && text.length <= 60 ? text : String(entry.code || index + 1);
};

/** Each code in the document with its table and its place by positions, as the editor names places. */
export function codesOf(document: ItemDocument): { path: string; table: string; code: string }[] {
  return Object.entries(CODED).flatMap(([way, table]) => {
    let places: { path: string; value: unknown }[] = [{ path: "", value: document }];
    for (const key of way.split(".")) {
      places = places.flatMap(({ path, value }) => {
        const inner = (value as Record<string, unknown>)[key];
        const at = path ? `${path}.${key}` : key;
        return Array.isArray(inner) && typeof inner[0] !== "string" ? inner.map((each, index) => ({ path: `${at}.${index}`, value: each })) : [{ path: at, value: inner }];
      });
    }
    return places.flatMap(({ path, value }) => [value].flat().filter((code) => typeof code === "string" && code !== "").map((code) => ({ path, table, code: String(code) })));
  });
}

export interface Difference {
  id: string;
  way: readonly Segment[];
  table?: string;
  change: "same" | "added" | "removed" | "changed";
  before?: Element["value"];
  after?: Element["value"];
}

/** Two versions element by element, in the order of the newer one; what only the older has stands where it stood. */
export function compareDocuments(older: ItemDocument, newer: ItemDocument): Difference[] {
  const before = elementsOf(older);
  const after = elementsOf(newer);
  const old = new Map(before.map((element) => [element.id, element]));
  const rows: Difference[] = after.map(({ value, ...rest }) => {
    const was = old.get(rest.id);
    return was === undefined ? { ...rest, change: "added", after: value } : { ...rest, change: was.value === value ? "same" : "changed", before: was.value, after: value };
  });
  const kept = new Set(after.map(({ id }) => id));
  before.forEach(({ value, ...rest }, index) => {
    if (kept.has(rest.id)) return;
    const previous = index === 0 ? -1 : rows.findIndex((row) => row.id === before[index - 1]!.id);
    rows.splice(previous + 1, 0, { ...rest, change: "removed", before: value });
  });
  return rows;
}

/** Elements that follow from the place: they may differ between halls and levels of the same item. */
export const LOCAL_ELEMENTS: readonly string[] = [
  "record.department", "record.implCode", "record.handlingCode", "record.level", "record.mode", "record.residency", "implementer.name", "implementer.code", "implementer.entrusting", "powerSource",
  "place", "hours", "consult", "complaint", "onlineUrl", "mobileUrl", "record.shareRegions",
];

export interface StandardElement {
  /** Keys of the way without entries and languages, e.g. `materials.copies`. */
  id: string;
  table?: string;
  /** One text per hall, in their order; empty where the hall says nothing. */
  values: string[];
  /** local: may differ. */
  verdict: "equal" | "differs" | "local";
}

export interface LevelSubject {
  /** Elements of the item's own record. */
  record: Readonly<Record<string, string>>;
  document: ItemDocument | undefined;
}

/** The same item at several halls, element by element (五级六十同): what should be equal and is not. Chinese texts only. */
export function compareLevels(subjects: readonly LevelSubject[]): StandardElement[] {
  const columns = subjects.map(({ record, document }) => {
    const column = new Map<string, { table?: string; parts: string[] }>(Object.entries(record).map(([key, value]) => [`record.${key}`, { parts: [value] }]));
    for (const { way, value, table } of document ? elementsOf(document) : []) {
      const keys = way.flatMap((segment) => ("key" in segment ? [segment.key] : []));
      if (keys.at(-1) === "en") continue;
      const id = keys.join(".");
      const known = column.get(id) ?? { ...(table ? { table } : {}), parts: [] };
      known.parts.push(String(value));
      column.set(id, known);
    }
    return column;
  });
  const ids = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  return ids.map((id) => {
    const values = columns.map((column) => (column.get(id)?.parts ?? []).join("；"));
    const table = columns.map((column) => column.get(id)?.table).find(Boolean);
    const verdict = LOCAL_ELEMENTS.includes(id) ? "local" : new Set(values).size === 1 ? "equal" : "differs";
    return { id, ...(table ? { table } : {}), values, verdict };
  });
}
