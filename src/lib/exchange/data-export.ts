import { stringify } from "csv-stringify/sync";
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { OperatorError } from "@/lib/kernel/errors";
import { hallRef } from "@/lib/regions/data";
import { GLOBAL_KINDS, type GlobalKind, HALL_KINDS, type HallKind, isGlobalKind, isHallKind } from "./kinds";
import { safeCell, type TextRecord } from "./model";

type Query = (hallId: number) => ReturnType<typeof sql<Record<string, unknown>>>;

const yes = (column: string) => sql`case when ${sql.ref(column)} then 'yes' else 'no' end`;

/** The same columns that the import reads, so that an export can be loaded again. */
const HALL_EXPORTS: Record<HallKind, Query> = {
  fields: (hall) => sql`select code, name, name_en as "nameEn", icon, sort, ${yes("active")} as active from fields where hall_id = ${hall} order by sort, code`,
  zones: (hall) => sql`select code, name, name_en as "nameEn", floor, kind, voice, ${yes("always_open")} as "alwaysOpen", sort, ${yes("active")} as active from zones where hall_id = ${hall} order by sort, code`,
  departments: (hall) => sql`select code, name, name_en as "nameEn", short_name as "shortName", unit_kind as "unitKind", management, chief_name as "chiefName", (select username from staff s where s.id = chief_staff_id) as chief, chief_phone as "chiefPhone", office, own_system as "ownSystem",
      ${yes("functions_merged")} as "functionsMerged", ${yes("moved_in")} as "movedIn", ${yes("items_online")} as "itemsOnline", checks_evidence as "checksEvidence", ${yes("active")} as active from departments where hall_id = ${hall} order by code`,
  lines: (hall) => sql`select l.code, l.name, l.name_en as "nameEn", f.code as field, z.code as zone, l.minutes, l.sort, ${yes("l.active")} as active from lines l join fields f on f.hall_id = l.hall_id and f.id = l.field_id left join zones z on z.hall_id = l.hall_id and z.id = l.zone_id where l.hall_id = ${hall} order by l.sort, l.code`,
  items: (hall) => sql`select i.code, i.name, i.name_en as "nameEn", i.kind, i.category, i.category_field as "categoryField", d.code as department, f.code as field, l.code as line, i.minutes, array_to_string(i.audience, ' ') as audience, i.case_kind as "caseKind", i.promised_days as "promisedDays",
      i.base_code as "baseCode", i.impl_code as "implCode", i.handling_code as "handlingCode", i.level, ${yes("i.on_application")} as "onApplication", i.mode, array_to_string(i.channels, ' ') as channels, array_to_string(i.channels_planned, ' ') as "channelsPlanned",
      i.share_scope as "shareScope", array_to_string(i.share_regions, ' ') as "shareRegions", i.intake_system as "intakeSystem", array_to_string(i.aliases, '|') as aliases, ${yes("i.popular")} as popular, ${yes("i.active")} as active
    from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id join fields f on f.hall_id = i.hall_id and f.id = i.field_id left join lines l on l.hall_id = i.hall_id and l.id = i.line_id where i.hall_id = ${hall} order by i.code`,
  windows: (hall) => sql`select w.code, w.name, w.name_en as "nameEn", z.code as zone, w.kind,
      (select string_agg(l.code, ' ' order by l.sort) from window_lines x join lines l on l.hall_id = x.hall_id and l.id = x.line_id where x.hall_id = w.hall_id and x.window_id = w.id and x.tier = 1) as own,
      (select string_agg(l.code, ' ' order by l.sort) from window_lines x join lines l on l.hall_id = x.hall_id and l.id = x.line_id where x.hall_id = w.hall_id and x.window_id = w.id and x.tier = 2) as helping,
      (select string_agg(l.code, ' ' order by l.sort) from window_lines x join lines l on l.hall_id = x.hall_id and l.id = x.line_id where x.hall_id = w.hall_id and x.window_id = w.id and x.tier = 3) as tidal,
      d.code as department, f.code as field, array_to_string(w.more_kinds, ' ') as "moreKinds", w.breadth, w.staffing, w.post_kind as "postKind", w.assistants, array_to_string(w.honours, ' ') as honours, w.icon, array_to_string(w.skills, '|') as skills,
      array_to_string(w.powers, ' ') as powers, array_to_string(w.item_powers, '|') as "itemPowers", w.office, array_to_string(w.partner_regions, ' ') as "partnerRegions", ${yes("w.remote")} as remote, case w.one_metre_line when true then 'yes' when false then 'no' end as "oneMetreLine",
      w.desk_height_cm as "deskHeightCm", w.desk_width_cm as "deskWidthCm", w.level, w.sort, ${yes("w.active")} as active from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id left join departments d on d.hall_id = w.hall_id and d.id = w.department_id
      left join fields f on f.hall_id = w.hall_id and f.id = w.field_id where w.hall_id = ${hall} order by w.sort, w.code`,
  staff: (hall) => sql`select s.username, s.name, s.role, d.code as department, w.code as window, s.level, ${yes("s.active")} as active from staff s left join departments d on d.hall_id = s.hall_id and d.id = s.department_id left join windows w on w.hall_id = s.hall_id and w.id = s.usual_window_id where s.hall_id = ${hall} order by s.username`,
  devices: (hall) => sql`select v.code, v.name, v.name_en as "nameEn", v.kind, z.code as zone, v.purpose, ${yes("v.active")} as active from devices v left join zones z on z.hall_id = v.hall_id and z.id = v.zone_id where v.hall_id = ${hall} order by v.code`,
  notices: (hall) => sql`select n.code, z.code as zone, n.text, n.text_en as "textEn", to_char(n.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "endsAt", ${yes("n.active")} as active from notices n left join zones z on z.hall_id = n.hall_id and z.id = n.zone_id where n.hall_id = ${hall} order by n.code`,
  hallDays: (hall) => sql`select code, array_to_string(spans, ' ') as spans, name, name_en as "nameEn", ${yes("active")} as active from hall_days where hall_id = ${hall} order by code`,
  consolidations: (hall) => sql`select code, name, name_en as "nameEn", on_date as "onDate", departments_before as "departmentsBefore", departments_after as "departmentsAfter", windows_before as "windowsBefore", windows_after as "windowsAfter",
      staff_before as "staffBefore", staff_after as "staffAfter", note, ${yes("active")} as active from consolidations where hall_id = ${hall} order by on_date, code`,
  planShapes: (hall) => sql`select p.floor, s->>'kind' as kind, s->>'code' as code, s->>'name' as name, s->>'nameEn' as "nameEn",
      (select string_agg((c->>0) || ',' || (c->>1), ' ' order by n) from jsonb_array_elements(s->'points') with ordinality as corner (c, n)) as points
      from floor_plans p cross join jsonb_array_elements(p.shapes) with ordinality as shape (s, o) where p.hall_id = ${hall} order by p.floor, o`,
  residency: (hall) => sql`select i.code as item, case x.state when 'leaving' then 'resident' else x.state end as state, (x.since at time zone h.time_zone)::date as from, i.mode, array_to_string(i.channels, ' ') as channels, array_to_string(i.channels_planned, ' ') as "channelsPlanned", i.intake_system as "intakeSystem",
      r.place, r.place_en as "placeEn", r.hours, r.hours_en as "hoursEn", r.phone, r.demand, r.sink_field as "sinkField"
      from residency_history x join halls h on h.id = x.hall_id join items i on i.hall_id = x.hall_id and i.id = x.item_id join item_residency r on r.hall_id = i.hall_id and r.item_id = i.id where x.hall_id = ${hall} order by i.code, x.since`,
  negativeList: (hall) => sql`select code, reason, basis, approver, evidence, from_on as "fromOn", valid_to as "validTo", review_on as "reviewOn", ${yes("active")} as active from negative_list where hall_id = ${hall} order by code`,
  exemptions: (hall) => sql`select e.code, d.code as department, e.reason, e.approver, e.evidence, e.valid_to as "validTo", e.review_on as "reviewOn", ${yes("e.active")} as active from capacity_exemptions e left join departments d on d.hall_id = e.hall_id and d.id = e.department_id where e.hall_id = ${hall} order by e.code`,
  agreements: (hall) => sql`select a.code, a.name, a.kind, a.partner, d.code as department, array_to_string(a.items, ' ') as items, array_to_string(a.regions, ' ') as regions, a.mode, a.powers, a.from_on as "fromOn", a.to_on as "toOn", a.link, ${yes("a.active")} as active
      from agreements a left join departments d on d.hall_id = a.hall_id and d.id = a.department_id where a.hall_id = ${hall} order by a.code`,
  sinks: (hall) => sql`select s.code, i.code as item, s.level, array_to_string(s.regions, ' ') as regions, s.mode, s.receiver, s.from_on as "fromOn", s.to_on as "toOn", s.note, ${yes("s.active")} as active from sinks s join items i on i.hall_id = s.hall_id and i.id = s.item_id where s.hall_id = ${hall} order by s.code`,
  sharedServices: (hall) => sql`select s.code, i.share_scope as scope, array_to_string(i.share_regions, ' ') as regions, s.mode, array_to_string(s.windows, ' ') as windows, ${yes("s.active")} as active from shared_services s join items i on i.hall_id = s.hall_id and i.id = s.item_id where s.hall_id = ${hall} order by s.code`,
  packages: (hall) => sql`select p.code, p.name, p.name_en as "nameEn", p.source, array_to_string(p.levels, ' ') as levels, p.category, p.batch, d.code as lead,
      (select string_agg(i.code, ' ' order by x.sort) from package_items x join items i on i.hall_id = x.hall_id and i.id = x.item_id where x.hall_id = p.hall_id and x.package_id = p.id) as items,
      (select string_agg(w.code, ' ' order by w.sort, w.code) from package_windows x join windows w on w.hall_id = x.hall_id and w.id = x.window_id where x.hall_id = p.hall_id and x.package_id = p.id) as windows,
      p.guide, p.guide_en as "guideEn", p.system, p.days_before as "daysBefore", p.days, p.materials_before as "materialsBefore", p.materials, p.visits_before as "visitsBefore", p.visits, p.sort, ${yes("p.active")} as active
    from packages p left join departments d on d.hall_id = p.hall_id and d.id = p.lead_department_id where p.hall_id = ${hall} order by p.sort, p.code`,
  disclosures: (hall) => sql`select x.code, x.name, x.name_en as "nameEn", d.code as department, x.rule, x.rule_en as "ruleEn", x.review_days as "reviewDays", x.reviewed_on as "reviewedOn", array_to_string(x.channels, ' ') as channels, x.link, x.sort, ${yes("x.active")} as active
    from disclosures x join departments d on d.hall_id = x.hall_id and d.id = x.department_id where x.hall_id = ${hall} order by x.sort, x.code`,
  stocks: (hall) => sql`select s.code, s.name, s.name_en as "nameEn", s.kind, l.code as line, array_to_string(s.items, ' ') as items, array_to_string(s.windows, ' ') as windows, array_to_string(s.times, '|') as times,
      s.slot_minutes as "slotMinutes", s.minutes, round(s.share * 100, 1) as share, s.seats, s.team, ${yes("s.active")} as active from stocks s join lines l on l.hall_id = s.hall_id and l.id = s.line_id where s.hall_id = ${hall} order by s.code`,
};

const GLOBAL_EXPORTS: Record<GlobalKind, () => ReturnType<typeof sql<Record<string, unknown>>>> = {
  codes: () => sql`select table_name as table, code, name, name_en as "nameEn" from codes order by table_name, sort`,
  codemaps: () => sql`select system, table_name as "table", code, target, direction from code_maps order by system, table_name, code, target`,
  regions: () => sql`select code, name, name_en as "nameEn", level, parent from regions order by code`,
  layouts: () => sql`select code, level, name, name_en as "nameEn", kind, count from layout_templates order by sort`,
  targets: () => sql`select hall_level as "hallLevel", item_level as "itemLevel", percent, basis from residency_targets order by percent desc`,
  fieldMaps: () => sql`select system, kind, field, target, code_table as "codeTable", direction, fallback, sort from field_maps order by system, kind, sort`,
  packageTargets: () => sql`select code, name, name_en as "nameEn", source, array_to_string(levels, ' ') as levels, category, batch from package_targets order by code`,
  calendar: () => sql`select date, kind, name, name_en as "nameEn" from calendar_days order by date`,
};

const selectOf = (kind: string, hallId: number | undefined) => (isGlobalKind(kind) ? GLOBAL_EXPORTS[kind]() : HALL_EXPORTS[kind as HallKind](hallId!));

const toText = (row: Record<string, unknown>): TextRecord => Object.fromEntries(Object.entries(row).map(([field, value]) => [field, value === null || value === undefined ? "" : String(value)]));

/** What a record is known by, as one text. */
export const identityOf = (kind: string, record: TextRecord): string =>
  (isGlobalKind(kind) ? GLOBAL_KINDS[kind] : HALL_KINDS[kind as HallKind]).identity.map((field) => record[field] ?? "").join("/");

/** Records as an export writes them, by what they are known by; only those of `identities` when given. */
export async function readRecords(db: Database | Tx, kind: string, hallId: number | undefined, identities?: readonly string[]): Promise<Map<string, TextRecord>> {
  const fields = (isGlobalKind(kind) ? GLOBAL_KINDS[kind] : HALL_KINDS[kind as HallKind]).identity;
  const known = sql.join(fields.map((field) => sql`${sql.ref(`r.${field}`)}::text`), sql` || '/' || `);
  const { rows } = await (identities ? sql<Record<string, unknown>>`select r.* from (${selectOf(kind, hallId)}) r where ${known} = any(${[...identities]}::text[])` : selectOf(kind, hallId)).execute(db);
  return new Map(rows.map(toText).map((record) => [identityOf(kind, record), record]));
}

/** CSV text of rows: first line the column names, cells safe against formula injection. */
const toCsv = (rows: Record<string, unknown>[]): string =>
  stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, safeCell(value)]))), { header: true });

/** A table as CSV. Throws an OperatorError for an unknown kind or hall. */
export async function exportTable(db: Database, kind: string | undefined, hallCode: string | undefined): Promise<string> {
  if (kind && isGlobalKind(kind)) return toCsv((await selectOf(kind, undefined).execute(db)).rows);
  if (!kind || !isHallKind(kind)) throw new OperatorError(`export needs one of: ${[...Object.keys(GLOBAL_KINDS), ...Object.keys(HALL_KINDS)].join(", ")}.`);
  if (!hallCode) throw new OperatorError(`${kind} belong to a hall: add --hall <code>.`);
  const hall = await hallRef(hallCode, db).catch(() => { throw new OperatorError(`There is no hall ${hallCode}.`); });
  return toCsv((await selectOf(kind, hall.id).execute(db)).rows);
}
