import { codeTables } from "@/lib/catalog/codes/data";
import { CODED } from "@/lib/catalog/document";
import { database } from "@/lib/db/database";
import { type Locale, localName } from "@/lib/i18n/locale";

/** Name of a code in a table; empty for an empty code. */
export type CodeNames = (table: string, code: string) => string;

export async function readCodeNames(locale: Locale): Promise<CodeNames> {
  const tables = await codeTables(database(), [...new Set(Object.values(CODED))]);
  return (table, code) => {
    const entry = tables.get(table)?.find((each) => each.code === code);
    return entry ? localName(locale, entry) : code;
  };
}
