/** Lists of the administration: search, filter, sort and page of any reading, the same way everywhere. */
import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database";
import type { Tx } from "./transaction";

export interface ListQuery {
  /** Words that must all occur. */
  q?: string;
  /** Column to value; a column with an array must contain the value. */
  filters?: Readonly<Record<string, string>>;
  sort?: string;
  desc?: boolean;
  offset?: number;
  limit?: number;
}

export interface List<Row> {
  rows: Row[];
  /** Rows that match, on all pages. */
  total: number;
}

export interface ListShape<Row> {
  /** Columns in which words are looked for. */
  search: readonly (keyof Row & string)[];
  /** Order without a wish, and the last word where the wished order is equal: must be unique in the end. */
  order: readonly (keyof Row & string)[];
  /** Columns with Chinese text, sorted by pinyin. */
  names?: readonly (keyof Row & string)[];
  /** Columns that hold arrays. */
  arrays?: readonly (keyof Row & string)[];
}

const column = (name: string) => sql.ref(`r.${name}`);
const pattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

function condition<Row>(shape: ListShape<Row>, { q, filters = {} }: ListQuery): RawBuilder<unknown> {
  const words = (q ?? "").toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
  const parts = words.map((word) => {
    const hits = shape.search.map((name) => sql`lower(${column(name)}::text) like ${pattern(word)}`);
    return sql`(${sql.join(hits, sql` or `)})`;
  });
  const arrays = (shape.arrays ?? []) as readonly string[];
  for (const [name, value] of Object.entries(filters)) {
    parts.push(arrays.includes(name) ? sql`${value} = any(${column(name)})` : sql`${column(name)}::text = ${value}`);
  }
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``;
}

/**
 * Reads one page of `base` (a select whose columns are the row). Filters and sort must name columns of the row: the
 * caller lets only declared ones through.
 */
export async function readList<Row>(db: Database | Tx, base: RawBuilder<unknown>, shape: ListShape<Row>, query: ListQuery): Promise<List<Row>> {
  const where = condition(shape, query);
  const names = (shape.names ?? []) as readonly string[];
  const direction = query.desc ? sql`desc nulls last` : sql`asc nulls last`;
  const wished = query.sort ? [sql`${column(query.sort)} ${names.includes(query.sort) ? sql`collate "zh-Hans-x-icu"` : sql``} ${direction}`] : [];
  const order = sql.join([...wished, ...shape.order.map((name) => sql`${column(name)}`)]);
  const limit = query.limit ?? 50;
  const [page, count] = await Promise.all([
    sql<Row>`select r.* from (${base}) r ${where} order by ${order} limit ${limit} offset ${query.offset ?? 0}`.execute(db),
    sql<{ n: number }>`select count(*) as n from (${base}) r ${where}`.execute(db),
  ]);
  return { rows: page.rows, total: count.rows[0]!.n };
}
