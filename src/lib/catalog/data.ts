import { type RawBuilder, sql } from "kysely";
import type { z } from "zod";
import type { Database } from "@/lib/db/database";
import { gramsOf } from "./model";
import type { Item, itemQuery } from "./schema";
import { currentVersion } from "./sql";

type Query = Partial<z.output<typeof itemQuery>> & { limit: number };

/** A found item with the hall that it belongs to. */
export interface HallItem extends Item {
  hall: string;
}

/** Items found, and whether some are only similar to what was asked for. */
export interface Found<Row> {
  items: Row[];
  nextCursor?: string;
  /** From here on the items only resemble what was typed: nothing held all its words. */
  similarFrom?: number;
}

/** As many items are named whose texts look or sound similar. */
const SIMILAR = 8;

/** Reads the items that `hits` names, in its order; the rest of their facts is looked up for these few only. */
async function read(db: Database, hits: RawBuilder<unknown>): Promise<HallItem[]> {
  const { rows } = await sql<HallItem & { guide: { version: number; promised: number | null } | null }>`
    with hit as materialized (${hits})
    select h.code as hall, i.code, i.name, i.name_en as "nameEn", i.kind, coalesce(c.name, i.kind) as "kindName", coalesce(c.name_en, i.kind) as "kindNameEn",
           d.code as department, d.name as "departmentName", d.name_en as "departmentNameEn", f.code as field, coalesce(l.code, '') as line, coalesce(l.name, '') as "lineName", coalesce(l.name_en, '') as "lineNameEn",
           i.minutes, i.case_kind as "caseKind", i.promised_days as "promisedDays", i.audience, i.popular, i.aliases, i.category, i.level, i.residency,
           case when i.residency = 'not_resident' then coalesce(nullif(r.place, ''), g.place->>'zh', '') else '' end as place,
           case when i.residency = 'not_resident' then coalesce(nullif(r.place_en, ''), g.place->>'en', '') else '' end as "placeEn",
           case when g.version is null then null else jsonb_build_object('version', g.version, 'promised', g.promised) end as guide
      from hit join items i on i.hall_id = hit.hall_id and i.id = hit.id join halls h on h.id = i.hall_id
      join departments d on d.hall_id = i.hall_id and d.id = i.department_id join fields f on f.hall_id = i.hall_id and f.id = i.field_id
      left join lines l on l.hall_id = i.hall_id and l.id = i.line_id left join codes c on c.table_name = 'item_kind' and c.code = i.kind
      left join item_residency r on r.hall_id = i.hall_id and r.item_id = i.id
      left join lateral ${currentVersion(sql`v.version, (v.document#>>'{limits,promised}')::int as promised, v.document->'place' as place`)} g on true
     order by hit.position`.execute(db);
  // The published guide has the last word about the promise.
  return rows.map(({ guide, ...item }) => (guide ? { ...item, promisedDays: guide.promised ?? item.promisedDays, guideVersion: guide.version } : item));
}

/** Where to look: one hall or all. Only what a number can be taken for (GD-3.1), unless everything is asked for. */
function conditions(hallId: number | undefined, query: Query): RawBuilder<unknown> {
  const parts = [sql`i.active`, hallId === undefined ? sql`h.active` : sql`i.hall_id = ${hallId}`];
  if (query.scope !== "all") parts.push(sql`i.residency <> 'not_resident' and i.on_application`);
  if (query.field) parts.push(sql`f.code = ${query.field}`);
  if (query.line) parts.push(sql`l.code = ${query.line}`);
  if (query.popular) parts.push(sql`i.popular = ${query.popular === "1"}`);
  return sql.join(parts, sql` and `);
}

const SOURCE = sql`items i join halls h on h.id = i.hall_id join fields f on f.hall_id = i.hall_id and f.id = i.field_id left join lines l on l.hall_id = i.hall_id and l.id = i.line_id`;

/** Items whose texts hold every word; hits at the start of a name first, then popular ones. */
function exact(hallId: number | undefined, query: Query, offset: number): RawBuilder<unknown> {
  const words = (query.q ?? "").toLowerCase().split(/\s+/).filter(Boolean).map((word) => word.replace(/[\\%_]/g, "\\$&"));
  const match = words.map((word) => sql`i.search like ${`%${word}%`}`);
  const first = words[0];
  const rank = first === undefined ? sql`2` : sql`case when i.search || E'\n' like ${`%\n${first}\n%`} or i.search like ${`${first}%`} then 0 when i.search like ${`%\n${first}%`} then 1 else 2 end`;
  return sql`
    select i.hall_id, i.id, row_number() over (order by ${rank}, i.popular desc, f.sort, i.code, i.hall_id) as position from ${SOURCE}
     where ${sql.join([conditions(hallId, query), ...match], sql` and `)} order by position offset ${offset} limit ${query.limit + 1}`;
}

/** Share of the pairs of a misspelt search that a name must have: fewer find what nobody meant. */
const ALIKE = 0.4;

/** Items that share pairs of characters or sounds with what was typed, the most similar first. */
function similar(hallId: number | undefined, query: Query, grams: string[]): RawBuilder<unknown> {
  const enough = Math.max(1, Math.ceil(grams.length * ALIKE));
  return sql`
    select s.hall_id, s.id, row_number() over (order by s.shared desc, s.size, s.popular desc, s.code, s.hall_id) as position
      from (select i.hall_id, i.id, i.code, i.popular, cardinality(i.grams) as size, (select count(*) from unnest(i.grams) g where g = any(${grams}::text[])) as shared
              from ${SOURCE} where ${conditions(hallId, query)} and i.grams && ${grams}::text[]) s
     where s.shared >= ${enough} order by position limit ${SIMILAR}`;
}

async function find(db: Database, hallId: number | undefined, query: Query): Promise<Found<HallItem>> {
  const offset = /^\d{1,6}$/.test(query.cursor ?? "") ? Number(query.cursor) : 0;
  const found = await read(db, exact(hallId, query, offset));
  const items = found.slice(0, query.limit);
  if (found.length > query.limit) return { items, nextCursor: String(offset + query.limit) };
  const grams = query.q && offset === 0 && items.length === 0 ? gramsOf([query.q]) : [];
  if (grams.length === 0) return { items };
  const alike = (await read(db, similar(hallId, query, grams))).slice(0, query.limit);
  return alike.length === 0 ? { items } : { items: alike, similarFrom: 0 };
}

/**
 * Items that can be handled in a hall. `q` is matched against names, colloquial names, names of situations and pinyin
 * (full or initials); when nothing is found, items that look or sound similar are. Pages by cursor.
 */
export async function searchItems(db: Database, hallId: number, query: Query): Promise<Found<Item>> {
  const found = await find(db, hallId, query);
  return { ...found, items: found.items.map(({ hall: _, ...item }) => item) };
}

/** The same over every hall that is in use (GD-5.1.3w). */
export const searchAllHalls = (db: Database, query: Query): Promise<Found<HallItem>> => find(db, undefined, query);

/** One item that is in use, resident or not. */
export async function itemByCode(db: Database, hallId: number, code: string): Promise<Item | undefined> {
  const [row] = await read(db, sql`select i.hall_id, i.id, 1 as position from items i where i.hall_id = ${hallId} and i.code = ${code} and i.active`);
  if (!row) return undefined;
  const { hall: _, ...item } = row;
  return item;
}
