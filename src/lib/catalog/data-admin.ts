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
  shortName: string; unitKind: string; management: string; chiefName: string; chief: string | null; chiefPhone: string; office: string; ownSystem: string; checksEvidence: string;
  functionsMerged: boolean; movedIn: boolean; itemsOnline: boolean;
  /** Which of the three checks of 三集中 are met (HN-7.1.1). */
  checks: "met" | "open";
  items: number;
  /** Kinds of the items that it brings (HN-3.6). */
  kinds: string[];
}

export const listDepartments = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<DepartmentRow>> =>
  readList<DepartmentRow>(db, sql`
    select d.code, d.name, d.name_en as "nameEn", d.short_name as "shortName", d.unit_kind as "unitKind", d.management, d.chief_name as "chiefName", s.username as chief, d.chief_phone as "chiefPhone", d.office, d.own_system as "ownSystem", d.checks_evidence as "checksEvidence",
           d.functions_merged as "functionsMerged", d.moved_in as "movedIn", d.items_online as "itemsOnline", case when d.functions_merged and d.moved_in and d.items_online then 'met' else 'open' end as checks, d.active, d.version,
           (select count(*) from items i where i.hall_id = d.hall_id and i.department_id = d.id and i.active)::int as items,
           array(select distinct i.kind from items i where i.hall_id = d.hall_id and i.department_id = d.id and i.active order by 1) as kinds
      from departments d left join staff s on s.id = d.chief_staff_id where d.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn", "shortName", "chiefName"], order: ["code"], names: ["name", "shortName"], arrays: ["kinds"] }, query);

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
  kind: string; category: string; categoryField: string | null; department: string; field: string; line: string | null; minutes: number; audience: string[]; caseKind: string; promisedDays: number; aliases: string[]; popular: boolean; search: string;
  baseCode: string; implCode: string; handlingCode: string; level: string; onApplication: boolean; residency: string; mode: string; channels: string[]; channelsPlanned: string[]; shareScope: string; shareRegions: string[]; intakeSystem: string;
}

/** `search` holds names, colloquial names and pinyin in full and as initials. */
export const listItems = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<ItemRow>> =>
  readList<ItemRow>(db, sql`
    select i.code, i.name, i.name_en as "nameEn", i.kind, i.category, i.category_field as "categoryField", d.code as department, f.code as field, l.code as line, i.minutes, i.audience, i.case_kind as "caseKind",
           i.promised_days as "promisedDays", i.aliases, i.popular, i.search, i.base_code as "baseCode", i.impl_code as "implCode", i.handling_code as "handlingCode", i.level, i.on_application as "onApplication", i.residency, i.mode,
           i.channels, i.channels_planned as "channelsPlanned", i.share_scope as "shareScope", i.share_regions as "shareRegions", i.intake_system as "intakeSystem", i.active, i.version
      from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id
      join fields f on f.hall_id = i.hall_id and f.id = i.field_id
      left join lines l on l.hall_id = i.hall_id and l.id = i.line_id where i.hall_id = ${hallId}`,
  { search: ["code", "search", "baseCode"], order: ["code"], names: ["name"], arrays: ["audience", "aliases", "channels", "channelsPlanned", "shareRegions"] }, query);
