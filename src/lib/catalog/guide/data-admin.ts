/** Guides, their versions and reported errors as the administration lists them. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";
import { documentSchema } from "../document";
import { currentVersion, todayOf } from "../sql";
import type { ItemFacts } from "./check";
import type { LevelSubject } from "./compare";

export interface GuideRow {
  code: string; name: string; nameEn: string; department: string; kind: string; level: string; popular: boolean;
  /** none: no version was ever published · coming: the first one is not valid yet. */
  state: "valid" | "coming" | "none";
  guideVersion: number | null; effectiveOn: string | null; draft: boolean;
  situations: number; materials: number; checks: number; fields: number;
  /** Where the guide and the item's record, or two channels, do not say the same (JY-7.2.1c, HN-7.2.6). */
  differences: string[];
  openReports: number; search: string; active: boolean; version: number;
}

/** Every item in use with the state of its guide and what differs between channels. */
export const listGuides = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<GuideRow>> =>
  readList<GuideRow>(db, sql`
    select i.code, i.name, i.name_en as "nameEn", d.code as department, i.kind, i.level, i.popular, g.version as "guideVersion", g.effective_on as "effectiveOn",
           case when g.version is not null then 'valid' when exists (select 1 from item_versions v where v.hall_id = i.hall_id and v.item_id = i.id and v.state = 'published') then 'coming' else 'none' end as state,
           exists (select 1 from item_versions v where v.hall_id = i.hall_id and v.item_id = i.id and v.state = 'draft') as draft,
           coalesce(g.situations, 0) as situations, coalesce(g.materials, 0) as materials, coalesce(g.checks, 0) as checks, coalesce(g.fields, 0) as fields,
           array_remove(array[
             case when (g.document#>>'{limits,promised}')::int <> i.promised_days then 'promised' end,
             case when g.document->'forms' ? '1' <> ('window' = any(i.channels)) then 'window' end,
             case when g.document->'forms' ? '2' <> ('web' = any(i.channels)) then 'web' end,
             case when g.document->'forms' ? '3' <> ('mobile' = any(i.channels)) then 'mobile' end,
             case when i.category = 'utility' and not i.channels @> '{window,web}' then 'utility' end], null) as differences,
           (select count(*) from guide_reports r where r.hall_id = i.hall_id and r.item_id = i.id and r.state = 'open')::int as "openReports", i.search, i.active, i.version
      from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id
      left join lateral ${currentVersion(sql`v.version, v.effective_on, v.document, v.situations, v.materials, v.checks, v.fields`)} g on true
     where i.hall_id = ${hallId} and i.active`,
  { search: ["code", "search"], order: ["code"], names: ["name"], arrays: ["differences"] }, query);

export interface VersionRow {
  version: number;
  state: "draft" | "valid" | "coming" | "replaced";
  effectiveOn: string; note: string; situations: number; materials: number; checks: number; revision: number;
  createdBy: string; createdAt: string; publishedBy: string | null; publishedAt: string | null;
}

/** All versions of an item's guide, the newest first; which one is valid follows from the date. */
export async function versionsOf(db: Database | Tx, hallId: number, code: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select x.version, x.effective_on as "effectiveOn", x.note, x.situations, x.materials, x.checks, x.revision, x.created_at as "createdAt", x.published_at as "publishedAt",
           coalesce(c.name, x.created_by) as "createdBy", coalesce(p.name, x.published_by) as "publishedBy",
           case when x.state = 'draft' then 'draft' when x.version = g.version then 'valid' when x.effective_on > ${todayOf(hallId)} and x.version > coalesce(g.version, 0) then 'coming' else 'replaced' end as state
      from item_versions x join items i on i.hall_id = x.hall_id and i.id = x.item_id left join lateral ${currentVersion(sql`v.version`)} g on true
      left join staff c on 'staff:' || c.id = x.created_by left join staff p on 'staff:' || p.id = x.published_by
     where x.hall_id = ${hallId} and i.code = ${code} order by x.version desc`.execute(db);
  return rows;
}

export interface GuideItem extends ItemFacts {
  code: string; name: string; nameEn: string; baseCode: string; today: string;
}

/** What the editor needs to know of the item's record. */
export async function guideItem(db: Database | Tx, hallId: number, code: string): Promise<GuideItem | undefined> {
  const { rows: [row] } = await sql<GuideItem>`
    select i.code, i.name, i.name_en as "nameEn", i.base_code as "baseCode", i.kind, i.category, i.promised_days as "promisedDays", i.channels, ${todayOf(hallId)} as today
      from items i where i.hall_id = ${hallId} and i.code = ${code}`.execute(db);
  return row;
}

/** A guide report as `guide_reports` has it; `code` is its number. */
export interface ReportRow {
  code: string; item: string; itemName: string; itemNameEn: string; guideVersion: number | null; element: string; source: string; text: string; contact: string; state: string; answer: string;
  createdAt: string; active: boolean; version: number;
}

export const listReports = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<ReportRow>> =>
  readList<ReportRow>(db, sql`
    select r.id::text as code, i.code as item, i.name as "itemName", i.name_en as "itemNameEn", r.guide_version as "guideVersion", r.element, r.source, r.text, r.contact, r.state, r.answer, r.created_at as "createdAt", true as active, r.version
      from guide_reports r join items i on i.hall_id = r.hall_id and i.id = r.item_id where r.hall_id = ${hallId}`,
  { search: ["item", "itemName", "text", "answer"], order: ["createdAt", "code"], names: ["itemName"] }, { ...query, ...(query.sort ? {} : { sort: "createdAt", desc: true }) });

export interface LevelColumn extends LevelSubject {
  hall: string; hallName: string; hallNameEn: string; item: string; version: number | null;
}

/** The same item (基本编码) in all halls with its valid guide, from the highest level down (BG-C02c). Guides are public, so nobody sees into another hall. */
export async function sameItems(db: Database, baseCode: string): Promise<LevelColumn[]> {
  if (baseCode === "") return [];
  const { rows } = await sql<Omit<LevelColumn, "document"> & { document: unknown }>`
    select h.code as hall, h.name as "hallName", h.name_en as "hallNameEn", i.code as item, g.version, g.document,
           jsonb_build_object('name', i.name, 'nameEn', i.name_en, 'kind', i.kind, 'category', i.category, 'categoryField', coalesce(i.category_field, ''), 'baseCode', i.base_code, 'implCode', i.impl_code, 'handlingCode', i.handling_code,
             'level', i.level, 'onApplication', i.on_application::text, 'audience', array_to_string(array(select a from unnest(i.audience) a order by 1), '；'), 'caseKind', i.case_kind, 'mode', i.mode, 'residency', i.residency,
             'channels', array_to_string(array(select a from unnest(i.channels) a order by 1), '；'), 'shareScope', i.share_scope, 'shareRegions', array_to_string(i.share_regions, '；'), 'intakeSystem', i.intake_system, 'department', d.name) as record
      from items i join halls h on h.id = i.hall_id join departments d on d.hall_id = i.hall_id and d.id = i.department_id left join lateral ${currentVersion(sql`v.version, v.document`)} g on true
     where i.base_code = ${baseCode} and i.active and h.active
     order by case h.level when 'province' then 1 when 'city' then 2 when 'county' then 3 when 'park' then 4 when 'town' then 5 else 6 end, h.region, h.code`.execute(db);
  return rows.map(({ document, ...row }) => ({ ...row, document: document === null ? undefined : documentSchema.parse(document) }));
}
