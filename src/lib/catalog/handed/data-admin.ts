/** What halls above handed down to the place of a hall, and what became of it in the hall's own catalogue. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";
import { currentVersion } from "../sql";

export interface ReceivedRow {
  code: string; name: string; nameEn: string; source: string; sourceName: string; sourceNameEn: string; mode: string; receiver: string; fromOn: string; toOn: string | null;
  /** Guide of the source in force, and the one of it that was taken. */
  sourceGuide: number | null; guide: number | null;
  /** Of the hall's own item; before there is one, those of the same code as at the source. */
  department: string | null; field: string | null; line: string | null;
  /** offered: not in the catalogue yet · newer_guide: the source has published since · ended: handed down no longer, but still in use here */
  state: "offered" | "taken" | "newer_guide" | "ended" | "retired";
  /** In use in the hall's catalogue. */
  active: boolean; version: number;
}

/** Items handed down to the place of the hall (HN-7.1.2); what was taken stays on the list when the handing down ends. The newest counts where several halls hand down the same. */
export const listReceived = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<ReceivedRow>> =>
  readList<ReceivedRow>(db, sql`
    select distinct on (i.code) i.code, i.name, i.name_en as "nameEn", h.code as source, h.name as "sourceName", h.name_en as "sourceNameEn", s.mode, s.receiver, s.from_on as "fromOn", s.to_on as "toOn", g.version as "sourceGuide", t.guide_version as guide,
           coalesce(d.code, sd.code) as department, coalesce(f.code, sf.code) as field, l.code as line, t.item_id is not null and o.active as active, coalesce(o.version, 0) as version,
           case when t.item_id is null then 'offered' when not o.active then 'retired' when not s.current then 'ended' when g.version > coalesce(t.guide_version, 0) then 'newer_guide' else 'taken' end as state
      from halls own
      cross join lateral (select s.*, s.active and (app_now() at time zone own.time_zone)::date between s.from_on and coalesce(s.to_on, 'infinity'::date) as current from sinks s where own.region = any(s.regions) and s.hall_id <> own.id) s
      join halls h on h.id = s.hall_id join items i on i.hall_id = s.hall_id and i.id = s.item_id
      join departments ud on ud.hall_id = i.hall_id and ud.id = i.department_id join fields uf on uf.hall_id = i.hall_id and uf.id = i.field_id
      left join handed_items t on t.hall_id = own.id and t.source_hall_id = s.hall_id and t.source_item_id = s.item_id
      left join items o on o.hall_id = own.id and o.code = i.code
      left join departments d on d.hall_id = o.hall_id and d.id = o.department_id left join fields f on f.hall_id = o.hall_id and f.id = o.field_id left join lines l on l.hall_id = o.hall_id and l.id = o.line_id
      left join departments sd on sd.hall_id = own.id and sd.code = ud.code and sd.active left join fields sf on sf.hall_id = own.id and sf.code = uf.code and sf.active
      left join lateral ${currentVersion(sql`v.version`)} g on true
     where own.id = ${hallId} and (s.current or t.item_id is not null) order by i.code, s.current desc, s.from_on desc, h.code`,
  { search: ["code", "name", "nameEn", "sourceName"], order: ["code"], names: ["name", "sourceName"] }, query);
