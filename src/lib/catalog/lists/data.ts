/** Public lists that come from the catalogue. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Words } from "../document";
import { currentVersion } from "../sql";

export interface TolerableItem {
  code: string; name: string; nameEn: string; unit: string; unitEn: string;
  materials: { name: Words; days: number | null }[];
}

/** 容缺 list: items with the materials that may follow later and within how many working days, from the guides that are in force (GD-5.7.1). */
export async function tolerableItems(db: Database, hallId: number): Promise<TolerableItem[]> {
  const { rows } = await sql<TolerableItem>`
    select i.code, i.name, i.name_en as "nameEn", d.name as unit, d.name_en as "unitEn",
           (select jsonb_agg(jsonb_build_object('name', m->'name', 'days', m->'tolerableDays') order by o) from jsonb_array_elements(g.document->'materials') with ordinality as e (m, o) where (m->>'tolerable')::boolean) as materials
      from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id
      cross join lateral ${currentVersion(sql`v.document`)} g
     where i.hall_id = ${hallId} and i.active and jsonb_path_exists(g.document, '$.materials[*] ? (@.tolerable == true)') order by d.code, i.code`.execute(db);
  return rows;
}

export interface ServiceGroup {
  code: string; name: string; nameEn: string;
  services: { code: string; name: string; nameEn: string; unit: string; unitEn: string }[];
}

/** Kinds of a category with their services, also those without one: value-added services (JY-7.1.5) and utilities (JY-7.1.4, HN-7.2.6). */
export async function servicesByKind(db: Database, hallId: number, category: "value_added" | "utility"): Promise<ServiceGroup[]> {
  const table = category === "value_added" ? "value_kind" : "utility_line";
  const { rows } = await sql<ServiceGroup>`
    select c.code, c.name, c.name_en as "nameEn", coalesce((select jsonb_agg(jsonb_build_object('code', i.code, 'name', i.name, 'nameEn', i.name_en, 'unit', d.name, 'unitEn', d.name_en) order by i.code)
             from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id where i.hall_id = ${hallId} and i.active and i.category = ${category} and i.category_field = c.code), '[]') as services
      from codes c where c.table_name = ${table} order by c.sort, c.code`.execute(db);
  return rows;
}

export interface Disclosure {
  code: string; name: string; nameEn: string; owner: string; ownerEn: string; rule: string; ruleEn: string; reviewedOn: string | null; channels: { name: string; nameEn: string }[]; link: string;
}

/** What the hall publishes, with its owner and the rule of its updates (GD-5.4.1). */
export async function disclosuresOf(db: Database, hallId: number): Promise<Disclosure[]> {
  const { rows } = await sql<Disclosure>`
    select x.code, x.name, x.name_en as "nameEn", d.name as owner, d.name_en as "ownerEn", x.rule, x.rule_en as "ruleEn", x.reviewed_on as "reviewedOn", x.link,
           coalesce((select jsonb_agg(jsonb_build_object('name', c.name, 'nameEn', c.name_en) order by c.sort) from codes c where c.table_name = 'disclosure_channel' and c.code = any(x.channels)), '[]') as channels
      from disclosures x join departments d on d.hall_id = x.hall_id and d.id = x.department_id where x.hall_id = ${hallId} and x.active order by x.sort, x.code`.execute(db);
  return rows;
}
