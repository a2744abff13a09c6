import { codeTables } from "@/lib/catalog/codes/data";
import { CODED } from "@/lib/catalog/document";
import { database } from "@/lib/db/database";
import { type Locale, localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import type { CodeNames } from "./element-name";

/** Code tables of the item's own record, by element. */
export const RECORD_TABLES: Readonly<Record<string, string>> = {
  "record.kind": "item_kind", "record.category": "item_category", "record.level": "level", "record.audience": "audience", "record.caseKind": "case_kind", "record.mode": "residency_mode",
  "record.channels": "channel", "record.shareScope": "share_scope", "record.intakeSystem": "intake_system",
  "record.residency": "residency", "record.onApplication": "flag",
};

/** States of the program, whose names are texts: `admin.values.<table>`. */
const STATES = { residency: ["resident", "leaving", "not_resident"], flag: ["true", "false"] } as const;

/** Names of every code that an element of a guide or an item can hold. */
export async function codeNames(locale: Locale): Promise<CodeNames> {
  const tables = await codeTables(database(), [...new Set([...Object.values(CODED), ...Object.values(RECORD_TABLES)])].filter((table) => !Object.hasOwn(STATES, table)));
  const t = translator(locale, "admin");
  const states = Object.entries(STATES).map(([table, values]) => [table, new Map(values.map((value) => [value, t(`values.${table}.${value}`)]))] as [string, Map<string, string>]);
  return new Map([...[...tables].map(([table, entries]) => [table, new Map(entries.map((entry) => [entry.code, localName(locale, entry)]))] as [string, Map<string, string>]), ...states]);
}
