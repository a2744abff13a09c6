import { sql } from "kysely";
import type { z } from "zod";
import type { Database } from "@/lib/db/database";
import type { Item, itemQuery } from "./schema";

const itemRows = (db: Database, hallId: number) =>
  db.selectFrom("items as i")
    .innerJoin("departments as d", (join) => join.onRef("d.hall_id", "=", "i.hall_id").onRef("d.id", "=", "i.department_id"))
    .innerJoin("fields as f", (join) => join.onRef("f.hall_id", "=", "i.hall_id").onRef("f.id", "=", "i.field_id"))
    .innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "i.hall_id").onRef("l.id", "=", "i.line_id"))
    .leftJoin("codes as c", (join) => join.on("c.table_name", "=", "item_kind").onRef("c.code", "=", "i.kind"))
    .select(["i.id", "i.code", "i.name", "i.name_en", "i.kind", "c.name as kind_name", "c.name_en as kind_name_en", "d.code as department", "d.name as department_name", "d.name_en as department_name_en",
      "f.code as field", "l.code as line", "l.name as line_name", "l.name_en as line_name_en", "i.minutes", "i.case_kind", "i.promised_days", "i.audience", "i.popular", "i.aliases"])
    .where("i.hall_id", "=", hallId).where("i.active", "=", true);

type ItemRow = Awaited<ReturnType<ReturnType<typeof itemRows>["executeTakeFirstOrThrow"]>>;

const toItem = (row: ItemRow): Item => ({
  code: row.code, name: row.name, nameEn: row.name_en, kind: row.kind, kindName: row.kind_name ?? row.kind, kindNameEn: row.kind_name_en ?? row.kind,
  department: row.department, departmentName: row.department_name, departmentNameEn: row.department_name_en, field: row.field, line: row.line, lineName: row.line_name, lineNameEn: row.line_name_en,
  minutes: row.minutes, caseKind: row.case_kind, promisedDays: row.promised_days, audience: row.audience, popular: row.popular, aliases: row.aliases,
});

/**
 * Items that can be handled in a hall. `q` is matched against names, colloquial names and pinyin (full or initials); hits at
 * the start of a name come first, then popular items. Pages by cursor.
 */
export async function searchItems(db: Database, hallId: number, query: z.output<typeof itemQuery>): Promise<{ items: Item[]; nextCursor?: string }> {
  const offset = /^\d{1,6}$/.test(query.cursor ?? "") ? Number(query.cursor) : 0;
  let rows = itemRows(db, hallId);
  if (query.field) rows = rows.where("f.code", "=", query.field);
  if (query.line) rows = rows.where("l.code", "=", query.line);
  if (query.popular) rows = rows.where("i.popular", "=", query.popular === "1");
  if (query.q) {
    const words = query.q.toLowerCase().split(/\s+/).map((word) => word.replace(/[\\%_]/g, "\\$&"));
    for (const word of words) rows = rows.where("i.search", "like", `%${word}%`);
    rows = rows.orderBy(sql`case when i.search || E'\n' like ${`%\n${words[0]}\n%`} or i.search like ${`${words[0]}%`} then 0 when i.search like ${`%\n${words[0]}%`} then 1 else 2 end`);
  }
  const found = await rows.orderBy("i.popular", "desc").orderBy("f.sort").orderBy("i.code").offset(offset).limit(query.limit + 1).execute();
  const items = found.slice(0, query.limit).map(toItem);
  return found.length > query.limit ? { items, nextCursor: String(offset + query.limit) } : { items };
}

export async function itemByCode(db: Database, hallId: number, code: string): Promise<Item | undefined> {
  const row = await itemRows(db, hallId).where("i.code", "=", code).executeTakeFirst();
  return row && toItem(row);
}

