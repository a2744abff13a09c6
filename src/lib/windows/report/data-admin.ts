import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";

export interface ConsolidationRow {
  code: string; name: string; nameEn: string; onDate: string; departmentsBefore: number | null; departmentsAfter: number | null; windowsBefore: number | null; windowsAfter: number | null; staffBefore: number | null; staffAfter: number | null;
  /** Reduction in per cent, rounded; null without both figures. */
  departmentsReduced: number | null; windowsReduced: number | null; staffReduced: number | null; note: string; active: boolean; version: number;
}

const reduced = (before: string, after: string) => sql`round(100.0 * (${sql.ref(before)} - ${sql.ref(after)}) / nullif(${sql.ref(before)}, 0))::int`;

export const listConsolidations = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<ConsolidationRow>> =>
  readList<ConsolidationRow>(db, sql`
    select code, name, name_en as "nameEn", on_date as "onDate", departments_before as "departmentsBefore", departments_after as "departmentsAfter", windows_before as "windowsBefore", windows_after as "windowsAfter",
           staff_before as "staffBefore", staff_after as "staffAfter", ${reduced("departments_before", "departments_after")} as "departmentsReduced", ${reduced("windows_before", "windows_after")} as "windowsReduced",
           ${reduced("staff_before", "staff_after")} as "staffReduced", note, active, version
      from consolidations where hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn", "note"], order: ["onDate", "code"], names: ["name"] }, query);
