import { stringify } from "csv-stringify/sync";
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { OperatorError } from "@/lib/kernel/errors";
import { hallRef } from "@/lib/regions/data";

type Query = (hallId: number) => ReturnType<typeof sql<Record<string, unknown>>>;

const yes = (column: string) => sql`case when ${sql.ref(column)} then 'yes' else 'no' end`;

/** The same columns that the import reads, so that an export can be loaded again. */
const HALL_EXPORTS: Record<string, Query> = {
  fields: (hall) => sql`select code, name, name_en as "nameEn", icon, sort, ${yes("active")} as active from fields where hall_id = ${hall} order by sort, code`,
  zones: (hall) => sql`select code, name, name_en as "nameEn", floor, kind, voice, sort, ${yes("active")} as active from zones where hall_id = ${hall} order by sort, code`,
  departments: (hall) => sql`select code, name, name_en as "nameEn", short_name as "shortName", ${yes("vertical")} as vertical, ${yes("active")} as active from departments where hall_id = ${hall} order by code`,
  lines: (hall) => sql`select l.code, l.name, l.name_en as "nameEn", f.code as field, z.code as zone, l.minutes, l.sort, ${yes("l.active")} as active from lines l join fields f on f.hall_id = l.hall_id and f.id = l.field_id left join zones z on z.hall_id = l.hall_id and z.id = l.zone_id where l.hall_id = ${hall} order by l.sort, l.code`,
  items: (hall) => sql`select i.code, i.name, i.name_en as "nameEn", i.kind, d.code as department, f.code as field, l.code as line, i.minutes, array_to_string(i.audience, ' ') as audience, i.case_kind as "caseKind", i.promised_days as "promisedDays", array_to_string(i.aliases, '|') as aliases, ${yes("i.popular")} as popular, ${yes("i.active")} as active
    from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id join fields f on f.hall_id = i.hall_id and f.id = i.field_id join lines l on l.hall_id = i.hall_id and l.id = i.line_id where i.hall_id = ${hall} order by i.code`,
  windows: (hall) => sql`select w.code, w.name, w.name_en as "nameEn", z.code as zone, w.kind,
      (select string_agg(l.code, ' ' order by l.sort) from window_lines x join lines l on l.hall_id = x.hall_id and l.id = x.line_id where x.hall_id = w.hall_id and x.window_id = w.id and x.tier = 1) as own,
      (select string_agg(l.code, ' ' order by l.sort) from window_lines x join lines l on l.hall_id = x.hall_id and l.id = x.line_id where x.hall_id = w.hall_id and x.window_id = w.id and x.tier = 2) as helping,
      d.code as department, w.sort, ${yes("w.active")} as active from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id left join departments d on d.hall_id = w.hall_id and d.id = w.department_id where w.hall_id = ${hall} order by w.sort, w.code`,
  staff: (hall) => sql`select s.username, s.name, s.role, d.code as department, w.code as window, ${yes("s.active")} as active from staff s left join departments d on d.hall_id = s.hall_id and d.id = s.department_id left join windows w on w.hall_id = s.hall_id and w.id = s.usual_window_id where s.hall_id = ${hall} order by s.username`,
  devices: (hall) => sql`select v.code, v.name, v.name_en as "nameEn", v.kind, z.code as zone, v.purpose, ${yes("v.active")} as active from devices v left join zones z on z.hall_id = v.hall_id and z.id = v.zone_id where v.hall_id = ${hall} order by v.code`,
  notices: (hall) => sql`select n.code, z.code as zone, n.text, n.text_en as "textEn", to_char(n.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "endsAt", ${yes("n.active")} as active from notices n left join zones z on z.hall_id = n.hall_id and z.id = n.zone_id where n.hall_id = ${hall} order by n.code`,
};

const GLOBAL_EXPORTS: Record<string, () => ReturnType<typeof sql<Record<string, unknown>>>> = {
  codes: () => sql`select table_name as table, code, name, name_en as "nameEn" from codes order by table_name, sort`,
  regions: () => sql`select code, name, name_en as "nameEn", level, parent from regions order by code`,
  calendar: () => sql`select date, kind, name, name_en as "nameEn" from calendar_days order by date`,
};

/** A spreadsheet runs a cell that begins with one of these (ASVS 1.2.10). */
export const safeCell = (value: unknown): string => {
  const text = value === null || value === undefined ? "" : String(value);
  return /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
};

/** CSV text of rows: first line the column names, cells safe against formula injection. */
export const toCsv = (rows: Record<string, unknown>[]): string =>
  stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, safeCell(value)]))), { header: true });

/** A table as CSV. Throws an OperatorError for an unknown kind or hall. */
export async function exportTable(db: Database, kind: string | undefined, hallCode: string | undefined): Promise<string> {
  if (kind && kind in GLOBAL_EXPORTS) return toCsv((await GLOBAL_EXPORTS[kind]!().execute(db)).rows);
  if (!kind || !(kind in HALL_EXPORTS)) throw new OperatorError(`export needs one of: ${[...Object.keys(GLOBAL_EXPORTS), ...Object.keys(HALL_EXPORTS)].join(", ")}.`);
  if (!hallCode) throw new OperatorError(`${kind} belong to a hall: add --hall <code>.`);
  const hall = await hallRef(hallCode, db).catch(() => { throw new OperatorError(`There is no hall ${hallCode}.`); });
  return toCsv((await HALL_EXPORTS[kind]!(hall.id).execute(db)).rows);
}
