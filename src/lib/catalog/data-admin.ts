/** The catalogue as the administration lists it. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";

interface Named {
  code: string; name: string; nameEn: string; active: boolean; version: number;
}

export interface FieldRow extends Named {
  icon: string; items: number; sort: number;
}

export const listFields = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<FieldRow>> =>
  readList<FieldRow>(db, sql`
    select f.code, f.name, f.name_en as "nameEn", f.icon, f.sort, f.active, f.version,
           (select count(*) from items i where i.hall_id = f.hall_id and i.field_id = f.id and i.active)::int as items
      from fields f where f.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn"], order: ["sort", "code"], names: ["name"] }, query);

export interface DepartmentRow extends Named {
  shortName: string; vertical: boolean; items: number;
}

export const listDepartments = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<DepartmentRow>> =>
  readList<DepartmentRow>(db, sql`
    select d.code, d.name, d.name_en as "nameEn", d.short_name as "shortName", d.vertical, d.active, d.version,
           (select count(*) from items i where i.hall_id = d.hall_id and i.department_id = d.id and i.active)::int as items
      from departments d where d.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn", "shortName"], order: ["code"], names: ["name", "shortName"] }, query);

export interface LineRow extends Named {
  field: string; zone: string | null; minutes: number; windows: number; sort: number;
}

export const listLines = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<LineRow>> =>
  readList<LineRow>(db, sql`
    select l.code, l.name, l.name_en as "nameEn", f.code as field, z.code as zone, l.minutes, l.sort, l.active, l.version,
           (select count(*) from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active
             where wl.hall_id = l.hall_id and wl.line_id = l.id and wl.tier = 1)::int as windows
      from lines l join fields f on f.hall_id = l.hall_id and f.id = l.field_id
      left join zones z on z.hall_id = l.hall_id and z.id = l.zone_id where l.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn"], order: ["sort", "code"], names: ["name"] }, query);

export interface ItemRow extends Named {
  kind: string; department: string; field: string; line: string; minutes: number; audience: string[]; caseKind: string; promisedDays: number; aliases: string[]; popular: boolean; search: string;
}

/** `search` holds names, colloquial names and pinyin in full and as initials. */
export const listItems = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<ItemRow>> =>
  readList<ItemRow>(db, sql`
    select i.code, i.name, i.name_en as "nameEn", i.kind, d.code as department, f.code as field, l.code as line, i.minutes, i.audience, i.case_kind as "caseKind",
           i.promised_days as "promisedDays", i.aliases, i.popular, i.search, i.active, i.version
      from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id
      join fields f on f.hall_id = i.hall_id and f.id = i.field_id
      join lines l on l.hall_id = i.hall_id and l.id = i.line_id where i.hall_id = ${hallId}`,
  { search: ["code", "search"], order: ["code"], names: ["name"], arrays: ["audience", "aliases"] }, query);
