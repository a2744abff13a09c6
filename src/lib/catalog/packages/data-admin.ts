/** Packages, their coverage and the published content as the administration lists them. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";
import { todayOf } from "../sql";

export interface PackageRow {
  code: string; name: string; nameEn: string; source: string; levels: string[]; category: string; batch: string; lead: string | null; items: string[]; windows: string[]; guide: string; guideEn: string; system: string;
  daysBefore: number | null; days: number | null; materialsBefore: number | null; materials: number | null; visitsBefore: number | null; visits: number | null; itemCount: number; residentCount: number; sort: number; active: boolean; version: number;
}

export const listPackages = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<PackageRow>> =>
  readList<PackageRow>(db, sql`
    select p.code, p.name, p.name_en as "nameEn", p.source, p.levels, p.category, p.batch, d.code as lead, p.guide, p.guide_en as "guideEn", p.system, p.days_before as "daysBefore", p.days, p.materials_before as "materialsBefore", p.materials,
           p.visits_before as "visitsBefore", p.visits, p.sort, p.active, p.version, c.items, c.n as "itemCount", c.resident as "residentCount",
           array(select w.code from package_windows x join windows w on w.hall_id = x.hall_id and w.id = x.window_id where x.hall_id = p.hall_id and x.package_id = p.id order by w.sort, w.code) as windows
      from packages p left join departments d on d.hall_id = p.hall_id and d.id = p.lead_department_id
      cross join lateral (select coalesce(array_agg(i.code order by x.sort), '{}') as items, count(*)::int as n, (count(*) filter (where i.active and i.residency = 'resident'))::int as resident
        from package_items x join items i on i.hall_id = x.hall_id and i.id = x.item_id where x.hall_id = p.hall_id and x.package_id = p.id) c
     where p.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn"], order: ["sort", "code"], names: ["name"], arrays: ["levels", "items", "windows"] }, query);

export interface CoverageRow {
  code: string; name: string; nameEn: string; source: string; batch: string; itemCount: number; residentCount: number;
  /** ready: here with all its items resident · incomplete: some are not, or it has none · missing: not here */
  state: "ready" | "incomplete" | "missing"; outside: string; version: number;
}

/** 重点事项 of the hall's level and whether they are here with every item resident (JY-7.1.3a). */
export const listCoverage = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<CoverageRow>> =>
  readList<CoverageRow>(db, sql`
    select g.code, g.name, g.name_en as "nameEn", g.source, g.batch, coalesce(c.n, 0) as "itemCount", coalesce(c.resident, 0) as "residentCount", coalesce(c.outside, '') as outside, 1 as version,
           case when p.id is null then 'missing' when c.n = 0 or c.resident < c.n then 'incomplete' else 'ready' end as state
      from package_targets g join halls h on h.id = ${hallId} and h.level = any(g.levels)
      left join packages p on p.hall_id = h.id and p.code = g.code and p.active
      left join lateral (select count(*)::int as n, (count(*) filter (where i.active and i.residency = 'resident'))::int as resident, string_agg(i.name, '、' order by x.sort) filter (where not i.active or i.residency <> 'resident') as outside
        from package_items x join items i on i.hall_id = x.hall_id and i.id = x.item_id where x.hall_id = p.hall_id and x.package_id = p.id) c on true`,
  { search: ["code", "name", "nameEn", "outside"], order: ["source", "code"], names: ["name"] }, query);

export interface DisclosureRow {
  code: string; name: string; nameEn: string; department: string; rule: string; ruleEn: string; reviewDays: number; reviewedOn: string | null; channels: string[]; link: string;
  state: "current" | "due" | "off"; sort: number; active: boolean; version: number;
}

export const listDisclosures = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<DisclosureRow>> =>
  readList<DisclosureRow>(db, sql`
    select x.code, x.name, x.name_en as "nameEn", d.code as department, x.rule, x.rule_en as "ruleEn", x.review_days as "reviewDays", x.reviewed_on as "reviewedOn", x.channels, x.link, x.sort, x.active, x.version,
           case when not x.active then 'off' when x.reviewed_on is null or x.reviewed_on + x.review_days < ${todayOf(hallId)} then 'due' else 'current' end as state
      from disclosures x join departments d on d.hall_id = x.hall_id and d.id = x.department_id where x.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn", "rule"], order: ["sort", "code"], names: ["name"], arrays: ["channels"] }, query);
