/** Accounts as the administration lists them: never a password hash. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";

export interface StaffRow {
  id: number; username: string; name: string; role: string; hall: string | null; region: string | null; department: string | null; departmentName: string | null; departmentNameEn: string | null; window: string | null; level: string | null;
  /** Newest sign of life of any of the person's sessions. */
  seenAt: string | null;
  state: "active" | "first_password" | "no_password" | "disabled";
  active: boolean; version: number;
}

/** Accounts of one hall; of every hall and the platform when `hallId` is absent. */
export const listStaff = (db: Database | Tx, hallId: number | undefined, query: ListQuery): Promise<List<StaffRow>> =>
  readList<StaffRow>(db, sql`
    select s.id, s.username, s.name, s.role, h.code as hall, s.region, d.code as department, d.name as "departmentName", d.name_en as "departmentNameEn", w.code as window, s.level, s.active, s.version,
           (select max(x.seen_at) from staff_sessions x where x.staff_id = s.id) as "seenAt",
           case when not s.active then 'disabled' when s.password_hash is null then 'no_password' when s.must_change then 'first_password' else 'active' end as state
      from staff s left join halls h on h.id = s.hall_id
      left join departments d on d.hall_id = s.hall_id and d.id = s.department_id
      left join windows w on w.hall_id = s.hall_id and w.id = s.usual_window_id
     where ${hallId === undefined ? sql`true` : sql`s.hall_id = ${hallId}`}`,
  { search: ["username", "name", "departmentName", "departmentNameEn", "window"], order: ["username"], names: ["name"] }, query);
