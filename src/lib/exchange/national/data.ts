/** What translates between us and another system, and our items in its form. Reads only. */
import { sql } from "kysely";
import { codeMaps } from "@/lib/catalog/codes/data";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { badInput } from "@/lib/kernel/errors";
import { readRecords } from "../data-export";
import { type FieldMap, toNational, type Translation } from "./model";
import type { NationalExport } from "./schema";

/** Names and codes of a system for items of a hall; 400 when nothing is known of it. */
export async function translationFor(db: Database | Tx, hallId: number, system: string): Promise<Translation> {
  const { rows: fields } = await sql<FieldMap>`select field, target, code_table as "codeTable", direction, fallback from field_maps where system = ${system} and kind = 'items' order by sort`.execute(db);
  if (fields.length === 0) throw badInput("system_unknown", "system");
  const names = async (table: "departments" | "fields") => new Map((await db.selectFrom(table).select(["code", "name"]).where("hall_id", "=", hallId).execute()).map(({ code, name }) => [code, name]));
  return { system, fields, codes: await codeMaps(db, system), names: { "@departments": await names("departments"), "@fields": await names("fields") } };
}

/** Items in the other system's form, in the order of their codes, from behind `cursor`. */
export async function exportNational(db: Database, hallId: number, { system, cursor, limit }: { system: string; cursor?: string | undefined; limit: number }): Promise<NationalExport> {
  const translation = await translationFor(db, hallId, system);
  const page = await db.selectFrom("items").select("code").where("hall_id", "=", hallId).where("code", ">", cursor ?? "").orderBy("code").limit(limit + 1).execute();
  const codes = page.slice(0, limit).map(({ code }) => code);
  const records = await readRecords(db, "items", hallId, codes);
  return { system, items: codes.map((code) => records.get(code)).filter((record) => record !== undefined).map((record) => toNational(record, translation)), ...(page.length > limit ? { nextCursor: codes.at(-1)! } : {}) };
}
