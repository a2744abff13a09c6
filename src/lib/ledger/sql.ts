/** What keeps a record in use, per table: declared here once, counted before a record is put out of use. */
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "@/lib/db/transaction";
import type { RecordTable } from "./commands";

/** Kinds of users; their texts stand under `refusals.uses.<kind>`. */
type UseKind = "items" | "lines" | "windows" | "staff" | "devices" | "notices" | "packages" | "disclosures" | "tickets" | "applications" | "shared" | "openWindows";

export interface Use {
  kind: UseKind;
  count: number;
  /** The first few, as lists show them. */
  names: string[];
  namesEn: string[];
}

/** Selects `(name, name_en)` of whatever uses the record with this id. */
type Users = (hall: number, id: number, today: string) => RawBuilder<unknown>;

/** Records in use that refer to it in a column; shown by code where people know them by it. */
const records = (table: string, column: string, shown: "name" | "code" | "username" = "name"): Users => (hall, id) => {
  const english = shown === "name" ? "name_en" : shown;
  return sql`select ${sql.ref(shown)} as name, ${sql.ref(english)} as name_en from ${sql.table(table)} where hall_id = ${hall} and ${sql.ref(column)} = ${id} and active`;
};

/** Tickets of today that are not at an end. */
const tickets = (column: string): Users => (hall, id, today) =>
  sql`select number as name, number as name_en from tickets where hall_id = ${hall} and ${sql.ref(column)} = ${id} and day = ${today}::date and state in ('waiting', 'called', 'serving', 'held', 'missed')`;

/** Applications that will put their items there once they are opened. */
const applications = (column: string): Users => (hall, id) =>
  sql`select code as name, code as name_en from residency_applications where hall_id = ${hall} and ${sql.ref(column)} = ${id} and state = 'placed'`;

/** Packages in use that contain it. */
const packages = (table: string, column: string): Users => (hall, id) =>
  sql`select p.name, p.name_en from ${sql.table(table)} x join packages p on p.hall_id = x.hall_id and p.id = x.package_id where x.hall_id = ${hall} and ${sql.ref(`x.${column}`)} = ${id} and p.active`;

const USES: Partial<Record<RecordTable, readonly (readonly [UseKind, Users])[]>> = {
  departments: [
    ["items", records("items", "department_id")], ["windows", records("windows", "department_id", "code")], ["staff", records("staff", "department_id", "username")], ["packages", records("packages", "lead_department_id")], ["disclosures", records("disclosures", "department_id")],
  ],
  fields: [["lines", records("lines", "field_id")], ["items", records("items", "field_id")], ["windows", records("windows", "field_id", "code")]],
  zones: [
    ["windows", records("windows", "zone_id", "code")], ["lines", records("lines", "zone_id")], ["devices", records("devices", "zone_id", "code")],
    ["notices", (hall, id) => sql`select code as name, code as name_en from notices where hall_id = ${hall} and zone_id = ${id} and active and (ends_at is null or ends_at > app_now())`], ["applications", applications("zone_id")],
  ],
  lines: [
    ["items", records("items", "line_id")], ["tickets", tickets("line_id")], ["applications", applications("line_id")],
    ["windows", (hall, id) => sql`select w.code as name, w.code as name_en from window_lines l join windows w on w.hall_id = l.hall_id and w.id = l.window_id where l.hall_id = ${hall} and l.line_id = ${id} and w.active`],
  ],
  items: [
    ["packages", packages("package_items", "item_id")], ["tickets", tickets("item_id")],
    ["applications", (hall, id) => sql`select a.code as name, a.code as name_en from residency_application_items x join residency_applications a on a.hall_id = x.hall_id and a.id = x.application_id where x.hall_id = ${hall} and x.item_id = ${id} and x.under_way`],
  ],
  windows: [
    ["openWindows", (hall, id) => sql`select code as name, code as name_en from windows where hall_id = ${hall} and id = ${id} and state <> 'closed'`], ["tickets", tickets("target_window_id")], ["packages", packages("package_windows", "window_id")],
    ["shared", (hall, id) => sql`select i.name, i.name_en from windows w join shared_services s on s.hall_id = w.hall_id and w.code = any(s.windows) join items i on i.hall_id = s.hall_id and i.id = s.item_id where w.hall_id = ${hall} and w.id = ${id} and s.active`],
  ],
};

const SHOWN = 3;

/** What uses this record now, with the names of the first few; empty when nothing does. One statement. */
export async function usesOf(tx: Tx, table: RecordTable, hall: number, id: number, today: string): Promise<Use[]> {
  const declared = USES[table];
  if (!declared) return [];
  const each = declared.map(([kind, users], place) => sql`select ${place}::int as place, ${kind}::text as kind, u.name, u.name_en from (${users(hall, id, today)}) u`);
  const { rows } = await sql<Use>`
    select kind, count(*)::int as count, (array_agg(name order by name))[:${sql.lit(SHOWN)}] as names, (array_agg(name_en order by name))[:${sql.lit(SHOWN)}] as "namesEn"
      from (${sql.join(each, sql` union all `)}) u group by place, kind order by place`.execute(tx);
  return rows;
}
