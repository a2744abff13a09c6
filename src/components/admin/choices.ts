/** What can be chosen for an attribute, and how a record's values read. Server side. */
import type { Cell } from "@/components/data-table/data-table";
import type { Tone } from "@/components/ui/state";
import type { FormField } from "@/components/form/form-state";
import { toLocal } from "@/components/form/zoned-time";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";
import { codeList } from "@/lib/regions/data-admin";
import type { Place } from "./place";
import { type Attribute, isFixed, type Register, type Row } from "./register";

interface Option {
  value: string;
  label: string;
  /** Out of use: shown where it is chosen already, not offered. */
  offered: boolean;
}
export type OptionsByKey = ReadonlyMap<string, readonly Option[]>;

export const DEFAULT_ZONE = "Asia/Shanghai";
export const timeZoneOf = (place: Place): string => place.hall?.timeZone ?? DEFAULT_ZONE;

async function optionsOf({ key, label, kind, choices }: Attribute, place: Place, t: Translate): Promise<readonly Option[]> {
  if (kind === "flag") return ["true", "false"].map((value) => ({ value, label: t(`values.${key === "active" ? "active" : "flag"}.${value}`), offered: true }));
  if (!choices) return [];
  if ("values" in choices) {
    const offered = choices.offer?.(place) ?? choices.values;
    return choices.values.map((value) => ({ value, label: choices.text?.(place.locale, value) ?? t(`values.${label ?? key}.${value}`), offered: offered.includes(value) }));
  }
  const records = "codes" in choices ? await codeList(database(), choices.codes) : await choices.from(database(), place);
  const coded = "from" in choices && choices.coded;
  return records.map((record) => ({ value: record.code, label: coded ? `${record.code} ${localName(place.locale, record)}` : localName(place.locale, record), offered: !("active" in record) || record.active !== false }));
}

/** Options of every attribute that has some, read once per page. */
export async function loadOptions(register: Register, place: Place, t: Translate): Promise<OptionsByKey> {
  const wanted = register.attributes.filter((attribute) => attribute.choices || attribute.kind === "flag");
  const spread = register.attributes.flatMap(({ key, across }) => (across ? [{ key: acrossKey(key), kind: "choice", choices: { codes: across } } as const] : []));
  return new Map(await Promise.all([...wanted, ...spread].map(async (attribute) => [attribute.key, await optionsOf(attribute, place, t)] as const)));
}

const acrossKey = (key: string): string => `${key}.across`;

/** The columns that an attribute takes: one, or one per entry of its code table, each as an attribute of a flat row. */
export function columnsOfAttribute(attribute: Attribute, options: OptionsByKey): readonly { entry?: Option; valueOf: (row: Row) => Row }[] {
  if (!attribute.across) return [{ valueOf: (row) => row }];
  return (options.get(acrossKey(attribute.key)) ?? []).map((entry) => ({ entry, valueOf: (row) => ({ ...row, [attribute.key]: (row[attribute.key] as Record<string, string>)[entry.value] }) }));
}

const labelOf = (options: readonly Option[] | undefined, value: string): string => options?.find((option) => option.value === value)?.label ?? value;

function toneOf(choices: Attribute["choices"], value: string): { tone?: Tone } {
  const tone = choices && "values" in choices ? choices.tones?.[value] : undefined;
  return tone ? { tone } : {};
}

/** How one value of a record reads in the list, the export and the read-only view. */
export function cellOf(attribute: Attribute, row: Row, options: OptionsByKey, place: Place, t: Translate): Cell {
  const { key, kind, choices } = attribute;
  const english = row[`${key}En`];
  const value = place.locale === "en" && typeof english === "string" && english ? english : row[key];
  if (kind === "flag") return { text: labelOf(options.get(key), String(Boolean(value))), ...(key === "active" && !value ? { tone: "neutral" } : {}) };
  if (value === null || value === undefined || value === "") return { text: "" };
  // Records with a code that people know, e.g. windows, stand as codes; everything else by its name.
  const named = choices !== undefined && !("from" in choices && choices.coded);
  if (Array.isArray(value)) return { text: value.map((entry) => (named ? labelOf(options.get(key), String(entry)) : String(entry))).join(kind === "tags" || named ? t("listSeparator") : " ") };
  if (kind === "datetime") return { text: toLocal(String(value), timeZoneOf(place)).replace("T", " ") };
  if (kind === "choice") return { text: labelOf(options.get(key), String(value)), ...toneOf(choices, String(value)) };
  return { text: String(value) };
}

/** Controls of the form with their texts; a chosen value stays choosable even when it is out of use. */
export function formFields(register: Register, attributes: readonly Attribute[], row: Row | undefined, options: OptionsByKey, place: Place, t: Translate): FormField[] {
  return attributes.map((attribute) => {
    const chosen = new Set([row?.[attribute.key]].flat().map(String));
    const field: FormField = {
      name: attribute.key, kind: attribute.kind, label: t(`fields.${attribute.label ?? attribute.key}`),
      ...(attribute.hint ? { hint: t(`hints.${attribute.hint}`) } : {}), ...(attribute.unit ? { unit: t(`units.${attribute.unit}`) } : {}),
      ...(attribute.required ? { required: true } : {}), ...(row && isFixed(attribute, place) ? { fixed: true } : {}), ...(attribute.wide || attribute.kind === "choices" ? { wide: true } : {}),
      ...(attribute.maxLength ? { maxLength: attribute.maxLength } : {}), ...(attribute.group ? { group: t(`groups.${attribute.group}`) } : {}),
    };
    if (attribute.kind === "flag" || !attribute.choices) return field;
    return { ...field, options: (options.get(attribute.key) ?? []).filter((option) => (field.fixed ? chosen.has(option.value) : option.offered || chosen.has(option.value))).map(({ value, label }) => ({ value, label })) };
  });
}
