/** The calendar as the administration lists it. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";

export interface HallDayRow {
  code: string; spans: string; name: string; nameEn: string; active: boolean; version: number;
}

export const listHallDays = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<HallDayRow>> =>
  readList<HallDayRow>(db, sql`
    select code, array_to_string(spans, ' ') as spans, name, name_en as "nameEn", active, version
      from hall_days where hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn"], order: ["code"], names: ["name"] }, query);
