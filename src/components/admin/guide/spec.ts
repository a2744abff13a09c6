/** The parts of a guide as the editor shows them: one declaration for all controls. Pure, shared by browser and server. */
import { CODED } from "@/lib/catalog/document";

export type Spec =
  | { key: string; kind: "words" | "text"; long?: boolean; max: number }
  | { key: string; kind: "address" | "flag" | "situations" | "entryCode" }
  /** days: empty is not said; count: empty is 0. */
  | { key: string; kind: "days" | "count"; max: number }
  | { key: string; kind: "code" | "codes"; table: string }
  | { key: string; kind: "group" | "list"; of: readonly Spec[] };

const words = (key: string, max: number, long = false): Spec => ({ key, kind: "words", max, ...(long ? { long } : {}) });
const text = (key: string, max: number, long = false): Spec => ({ key, kind: "text", max, ...(long ? { long } : {}) });
const days = (key: string): Spec => ({ key, kind: "days", max: 1_000 });
const count = (key: string): Spec => ({ key, kind: "count", max: 99 });
const simple = (key: string, kind: "address" | "flag"): Spec => ({ key, kind });
const code = (key: string, table: string): Spec => ({ key, kind: "code", table });
const group = (key: string, ...of: Spec[]): Spec => ({ key, kind: "group", of });
const list = (key: string, ...of: Spec[]): Spec => ({ key, kind: "list", of });
const own: Spec = { key: "code", kind: "entryCode" };
const situations: Spec = { key: "situations", kind: "situations" };
const sample = (key: string): Spec => group(key, words("text", 500, true), simple("url", "address"));

export const SECTIONS: readonly { key: string; of: readonly Spec[] }[] = [
  { key: "basis", of: [
    list("legalBasis", text("title", 200), text("number", 100), text("text", 2_000, true), simple("url", "address")),
    code("powerSource", CODED.powerSource),
    group("implementer", words("name", 200), text("code", 40), code("nature", CODED["implementer.nature"]), text("entrusting", 200)),
  ] },
  { key: "conditions", of: [words("conditions", 4_000, true), words("quantityLimit", 500), list("steps", words("name", 100), words("text", 1_000, true), days("days"))] },
  { key: "limits", of: [
    group("limits", days("statutory"), words("statutoryNote", 500), days("promised"), words("promisedNote", 500)),
    { key: "forms", kind: "codes", table: CODED.forms }, { key: "visits", kind: "days", max: 20 },
    list("specialProcedures", code("kind", CODED["specialProcedures.kind"]), words("text", 500), days("days")),
    simple("charged", "flag"), list("fees", words("name", 200), words("standard", 500), text("basis", 500)),
  ] },
  { key: "result", of: [group("result", code("kind", CODED["result.kind"]), words("name", 200), sample("sample"))] },
  { key: "where", of: [words("place", 500), words("hours", 300), words("consult", 500), words("complaint", 500), simple("onlineUrl", "address"), simple("mobileUrl", "address")] },
  { key: "situations", of: [
    list("situations", own, words("name", 200), text("aliases", 200), words("note", 1_000, true), words("conditions", 2_000, true), days("promised")),
    list("questions", own, words("text", 300), list("answers", own, words("text", 200), situations)),
  ] },
  { key: "materials", of: [
    simple("noMaterials", "flag"),
    list("materials", own, words("name", 200), code("kind", CODED["materials.kind"]), simple("main", "flag"), simple("tolerable", "flag"), days("tolerableDays"), simple("required", "flag"), code("source", CODED["materials.source"]), words("issuer", 200),
      count("originals"), count("copies"), code("trust", CODED["materials.trust"]), words("note", 500, true), sample("sample"), sample("wrongSample"), situations, list("checks", words("text", 500, true), text("basis", 300))),
  ] },
  { key: "fields", of: [list("fields", own, words("name", 100), code("kind", CODED["fields.kind"]), simple("required", "flag"), words("hint", 300), text("options", 1_000), situations)] },
  { key: "notes", of: [words("notes", 2_000, true)] },
];

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Entry = { [key: string]: Value };
export type Path = readonly (string | number)[];

/** Value of a part that was just added; `number` makes its code. */
export function freshValue(spec: Spec, number: number): Value {
  switch (spec.kind) {
    case "words": return { zh: "", en: "" };
    case "list": case "codes": case "situations": return [];
    case "flag": return spec.key === "main" || spec.key === "required";
    case "days": return null;
    case "count": return 0;
    case "group": return freshEntry(spec.of, number);
    case "entryCode": return String(number);
    default: return "";
  }
}

export const freshEntry = (of: readonly Spec[], number: number): Entry => Object.fromEntries(of.map((spec) => [spec.key, freshValue(spec, number)]));

/** The smallest free number for the code of a new entry. */
export function freeNumber(entries: readonly Value[]): number {
  const taken = new Set(entries.map((entry) => String((entry as Entry).code ?? "")));
  let number = entries.length + 1;
  while (taken.has(String(number))) number++;
  return number;
}

/** A copy of the value with one place in it changed. */
export function setAt(value: Value, path: Path, next: Value): Value {
  const [head, ...rest] = path;
  if (head === undefined) return next;
  if (Array.isArray(value)) return value.map((each, index) => (index === head ? setAt(each, rest, next) : each));
  const entry = value as Entry;
  return { ...entry, [head]: setAt(entry[head] as Value, rest, next) };
}
