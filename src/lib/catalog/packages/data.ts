/** What citizens see of packages. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";

export interface PackageSummary {
  code: string; name: string; nameEn: string; source: string; sourceName: string; sourceNameEn: string; categoryName: string; categoryNameEn: string; items: number;
}

const codeName = (table: string, code: ReturnType<typeof sql>) => sql`(select jsonb_build_object('zh', c.name, 'en', c.name_en) from codes c where c.table_name = ${table} and c.code = ${code})`;
type Name = { zh: string; en: string } | null;

/** Packages in use, those of the state first, then province and place, each by stage of life (JY-7.1.3b). */
export async function packagesOf(db: Database, hallId: number): Promise<PackageSummary[]> {
  const { rows } = await sql<{ code: string; name: string; nameEn: string; source: string; sourceName: Name; categoryName: Name; items: number }>`
    select p.code, p.name, p.name_en as "nameEn", p.source, ${codeName("package_source", sql`p.source`)} as "sourceName", ${codeName("package_category", sql`p.category`)} as "categoryName",
           (select count(*) from package_items x where x.hall_id = p.hall_id and x.package_id = p.id)::int as items
      from packages p left join codes s on s.table_name = 'package_source' and s.code = p.source where p.hall_id = ${hallId} and p.active order by s.sort, p.sort, p.code`.execute(db);
  return rows.map(({ sourceName, categoryName, ...row }) => ({ ...row, sourceName: sourceName?.zh ?? row.source, sourceNameEn: sourceName?.en ?? row.source, categoryName: categoryName?.zh ?? "", categoryNameEn: categoryName?.en ?? "" }));
}

export interface PackageGuide {
  code: string; name: string; nameEn: string; batch: string; guide: string; guideEn: string; leadName: string | null; leadNameEn: string | null; phone: string;
  daysBefore: number | null; days: number | null; materialsBefore: number | null; materials: number | null; visitsBefore: number | null; visits: number | null;
  items: { code: string; name: string; nameEn: string; unit: string; unitEn: string; resident: boolean }[];
  windows: { code: string; name: string; nameEn: string; zone: string; zoneEn: string; floor: number; state: string }[];
}

/** The guide of a package: its items with their units, where to go, and what it saves (GD-5.6.3). */
export async function packageGuide(db: Database, hallId: number, code: string): Promise<PackageGuide | undefined> {
  const { rows } = await sql<PackageGuide>`
    select p.code, p.name, p.name_en as "nameEn", p.batch, p.guide, p.guide_en as "guideEn", d.name as "leadName", d.name_en as "leadNameEn", coalesce(d.chief_phone, '') as phone,
           p.days_before as "daysBefore", p.days, p.materials_before as "materialsBefore", p.materials, p.visits_before as "visitsBefore", p.visits,
           coalesce((select jsonb_agg(jsonb_build_object('code', i.code, 'name', i.name, 'nameEn', i.name_en, 'unit', u.name, 'unitEn', u.name_en, 'resident', i.active and i.residency = 'resident') order by x.sort)
             from package_items x join items i on i.hall_id = x.hall_id and i.id = x.item_id join departments u on u.hall_id = i.hall_id and u.id = i.department_id where x.hall_id = p.hall_id and x.package_id = p.id), '[]') as items,
           coalesce((select jsonb_agg(jsonb_build_object('code', w.code, 'name', w.name, 'nameEn', w.name_en, 'zone', z.name, 'zoneEn', z.name_en, 'floor', z.floor, 'state', w.state) order by w.sort, w.code)
             from package_windows x join windows w on w.hall_id = x.hall_id and w.id = x.window_id and w.active join zones z on z.hall_id = w.hall_id and z.id = w.zone_id where x.hall_id = p.hall_id and x.package_id = p.id), '[]') as windows
      from packages p left join departments d on d.hall_id = p.hall_id and d.id = p.lead_department_id where p.hall_id = ${hallId} and p.code = ${code} and p.active`.execute(db);
  return rows[0];
}
