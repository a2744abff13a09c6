import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";
import { AppError } from "@/lib/kernel/errors";
import type { CodeMap } from "./model";

export interface CodeName {
  code: string;
  name: string;
  nameEn: string;
  active: boolean;
}

/** Entries of several code tables, each in its order. */
export async function codeTables(db: Database | Tx, tables: readonly string[]): Promise<Map<string, CodeName[]>> {
  const { rows } = await sql<CodeName & { table: string }>`
    select table_name as "table", code, name, name_en as "nameEn", active from codes where table_name = any(${[...tables]}) order by sort, code`.execute(db);
  return new Map(tables.map((table) => [table, rows.filter((row) => row.table === table).map(({ table: _, ...entry }) => entry)]));
}

export const codeMaps = async (db: Database | Tx, system: string): Promise<CodeMap[]> =>
  (await sql<CodeMap>`select system, table_name as "table", code, target, direction from code_maps where system = ${system} order by table_name, code, target`.execute(db)).rows;

const known = new WeakMap<Tx, Promise<Set<string>>>();

/** Every code there is, read once in a transaction: an import asks thousands of times. */
export function knownCodes(tx: Tx): Promise<Set<string>> {
  const read = known.get(tx) ?? sql<{ key: string }>`select table_name || '.' || code as key from codes`.execute(tx).then(({ rows }) => new Set(rows.map(({ key }) => key)));
  known.set(tx, read);
  return read;
}

/** 400 `reference_missing` with the field when a code is in none of our tables. */
export async function requireCodes(tx: Tx, wanted: readonly { field: string; table: string; codes: readonly string[] }[]): Promise<void> {
  const all = await knownCodes(tx);
  for (const { field, table, codes } of wanted) {
    const code = codes.find((each) => !all.has(`${table}.${each}`));
    if (code !== undefined) throw new AppError(400, "reference_missing", { field, details: { code } });
  }
}

export interface CodeRow {
  key: string; table: string; code: string; name: string; nameEn: string; sort: number; maps: string[]; active: boolean; version: number;
}

/** All code tables as the administration lists them, with what other systems call each entry. */
export const listCodes = (db: Database | Tx, query: ListQuery): Promise<List<CodeRow>> =>
  readList<CodeRow>(db, sql`
    select c.table_name || '.' || c.code as key, c.table_name as "table", c.code, c.name, c.name_en as "nameEn", c.sort, c.active, c.version,
           array(select m.system || ' ' || m.target from code_maps m where m.table_name = c.table_name and m.code = c.code order by m.system, m.target) as maps
      from codes c`,
  { search: ["table", "code", "name", "nameEn"], order: ["table", "sort", "code"], names: ["name"], arrays: ["maps"] }, query);

/** Code tables by what they are called: names are data too, in the table `code_table`. */
export const codeTableNames = async (db: Database): Promise<{ code: string; name: string; nameEn: string }[]> =>
  (await sql<{ code: string; name: string; nameEn: string }>`
    select distinct c.table_name as code, coalesce(n.name, c.table_name) as name, coalesce(n.name_en, c.table_name) as "nameEn"
      from codes c left join codes n on n.table_name = 'code_table' and n.code = c.table_name order by 1`.execute(db)).rows;
