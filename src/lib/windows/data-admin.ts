/** Windows as the administration lists them. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";

export interface WindowRow {
  code: string; name: string; nameEn: string; zone: string; kind: string; own: string[]; helping: string[]; tidal: string[]; department: string | null; state: string; sort: number; active: boolean; version: number;
  moreKinds: string[]; breadth: string; field: string | null; staffing: string; postKind: string; assistants: number; honours: string[]; icon: string; skills: string[]; powers: string[]; itemPowers: string[]; office: string;
  partnerRegions: string[]; remote: boolean; oneMetreLine: boolean | null; deskHeightCm: number | null; deskWidthCm: number | null; ownHours: boolean; moved: boolean; chief: string | null; level: string | null;
}

const linesOf = (tier: number) => sql`
  array(select l.code from window_lines wl join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id
         where wl.hall_id = w.hall_id and wl.window_id = w.id and wl.tier = ${tier}::int order by l.sort, l.code)`;

export const listWindows = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<WindowRow>> =>
  readList<WindowRow>(db, sql`
    select w.code, w.name, w.name_en as "nameEn", z.code as zone, w.kind, ${linesOf(1)} as own, ${linesOf(2)} as helping, ${linesOf(3)} as tidal, d.code as department, w.state, w.sort, w.active, w.version,
           w.more_kinds as "moreKinds", w.breadth, f.code as field, w.staffing, w.post_kind as "postKind", w.assistants, w.honours, w.icon, w.skills, w.powers, w.item_powers as "itemPowers", w.office, w.partner_regions as "partnerRegions", w.remote,
           w.one_metre_line as "oneMetreLine", w.desk_height_cm as "deskHeightCm", w.desk_width_cm as "deskWidthCm", w.own_hours as "ownHours", w.usual_lines is not null as moved, nullif(d.chief_name, '') as chief, w.level
      from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id
      left join departments d on d.hall_id = w.hall_id and d.id = w.department_id
      left join fields f on f.hall_id = w.hall_id and f.id = w.field_id where w.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn"], order: ["sort", "code"], names: ["name"], arrays: ["own", "helping", "tidal", "moreKinds", "honours", "skills", "powers", "itemPowers", "partnerRegions"] }, query);
