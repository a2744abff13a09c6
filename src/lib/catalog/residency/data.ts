import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import type { HallRef } from "@/lib/ledger/commands";
import type { Admission } from "./model";
import type { NegativeEntry } from "./schema";

export interface AdmittedItem extends Admission {
  id: number; lineId: number | null; active: boolean; name: string; nameEn: string;
  /** Planned minutes of a service; null for an item that no line serves. */
  minutes: number | null;
}

/** What decides whether an item is accepted here, in one statement; the agreement is looked for only where intake is entrusted. */
export async function itemAdmission(db: Database | Tx, hallId: number, code: string, today: string): Promise<AdmittedItem | undefined> {
  const { rows } = await sql<AdmittedItem>`
    select i.id, i.line_id as "lineId", i.active, i.on_application as "onApplication", i.residency, i.name, i.name_en as "nameEn", coalesce(i.minutes, l.minutes)::float8 as minutes,
           case when i.mode = 'entrusted' then item_agreed(i.hall_id, i.code, i.department_id, ${today}::date) else true end as agreed
      from items i left join lines l on l.hall_id = i.hall_id and l.id = i.line_id where i.hall_id = ${hallId} and i.code = ${code}`.execute(db);
  return rows[0];
}

export interface OutsidePlace {
  name: string; nameEn: string; place: string; placeEn: string; hours: string; hoursEn: string; phone: string;
}

/** Where an item that is not here is handled, for the one who asks (JY-7.1.1b); the unit itself when no place is known. */
export async function outsidePlace(db: Database | Tx, hallId: number, code: string): Promise<OutsidePlace> {
  const { rows } = await sql<OutsidePlace>`
    select i.name, i.name_en as "nameEn", coalesce(nullif(r.place, ''), d.name) as place, coalesce(nullif(r.place_en, ''), nullif(r.place, ''), d.name_en) as "placeEn", r.hours, coalesce(nullif(r.hours_en, ''), r.hours) as "hoursEn", r.phone
      from items i join item_residency r on r.hall_id = i.hall_id and r.item_id = i.id join departments d on d.hall_id = i.hall_id and d.id = i.department_id
     where i.hall_id = ${hallId} and i.code = ${code}`.execute(db);
  return rows[0]!;
}

/** Counts that somebody asked here for an item that is not here: a hint for what to bring in next (JY-7.1.2e), no decision. */
export async function countRefusedDemand(db: Database, hallId: number, code: string): Promise<void> {
  await sql`insert into item_demand (hall_id, item_id, month, refused)
    select i.hall_id, i.id, date_trunc('month', app_now() at time zone h.time_zone)::date, 1 from items i join halls h on h.id = i.hall_id where i.hall_id = ${hallId} and i.code = ${code}
    on conflict (hall_id, item_id, month) do update set refused = item_demand.refused + 1`.execute(db);
}

/** Counts that a guide was read: a number a day, nothing about the reader (JY-7.1.2e). */
export async function countGuideView(db: Database, hall: string, code: string): Promise<void> {
  await sql`insert into guide_views (hall_id, item_id, day, views)
    select i.hall_id, i.id, (app_now() at time zone h.time_zone)::date, 1 from items i join halls h on h.id = i.hall_id where h.code = ${hall} and i.code = ${code}
    on conflict (hall_id, item_id, day) do update set views = guide_views.views + 1`.execute(db);
}

export interface NegativeVersion {
  number: number; publishedAt: string; note: string; entries: NegativeEntry[];
}

/** Numbers and times of the published negative lists, newest first. */
export async function negativeVersions(db: Database, hallId: number): Promise<{ number: number; publishedAt: string; note: string; entries: number }[]> {
  const { rows } = await sql<{ number: number; publishedAt: string; note: string; entries: number }>`
    select number, published_at as "publishedAt", note, jsonb_array_length(entries) as entries from negative_list_versions where hall_id = ${hallId} order by number desc`.execute(db);
  return rows;
}

/** A published negative list; the newest without a number. */
export async function negativeVersion(db: Database, hallId: number, number?: number): Promise<NegativeVersion | undefined> {
  const which = number === undefined ? sql`` : sql`and number = ${number}`;
  const { rows } = await sql<NegativeVersion>`
    select number, published_at as "publishedAt", note, entries from negative_list_versions where hall_id = ${hallId} ${which} order by number desc limit 1`.execute(db);
  return rows[0];
}

export interface SharedService {
  code: string; name: string; nameEn: string; department: string; departmentEn: string; scope: string; scopeName: string; scopeNameEn: string; mode: string | null; modeEn: string | null; windows: string[];
  regions: { name: string; nameEn: string }[];
}

/** Scopes of sharing within one city; every other is across cities. */
const SAME_CITY: readonly string[] = ["county", "city"];

/** Items that this hall handles for other places: within the city (GD-6.9) or across cities (GD-6.10), as the public reads them. */
export async function sharedServices(db: Database, hallId: number): Promise<{ sameCity: SharedService[]; acrossCities: SharedService[] }> {
  const { rows } = await sql<SharedService>`
    select i.code, i.name, i.name_en as "nameEn", d.name as department, d.name_en as "departmentEn", i.share_scope as scope, coalesce(c.name, i.share_scope) as "scopeName", coalesce(c.name_en, i.share_scope) as "scopeNameEn",
           m.name as mode, m.name_en as "modeEn", coalesce(s.windows, '{}') as windows,
           coalesce((select jsonb_agg(jsonb_build_object('name', r.name, 'nameEn', r.name_en) order by r.code) from regions r where r.code = any(i.share_regions)), '[]') as regions
      from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id
      left join shared_services s on s.hall_id = i.hall_id and s.item_id = i.id and s.active
      left join codes c on c.table_name = 'share_scope' and c.code = i.share_scope left join codes m on m.table_name = 'share_mode' and m.code = s.mode
     where i.hall_id = ${hallId} and i.active and i.share_scope <> 'none' and i.residency <> 'not_resident' order by c.sort, i.code`.execute(db);
  return { sameCity: rows.filter((row) => SAME_CITY.includes(row.scope)), acrossCities: rows.filter((row) => !SAME_CITY.includes(row.scope)) };
}

export interface HandedDown {
  hall: string; hallName: string; hallNameEn: string; code: string; name: string; nameEn: string; mode: string; modeName: string; modeNameEn: string; receiver: string; fromOn: string;
  /** In this hall's own catalogue. */
  taken: boolean;
}

/** What halls above have handed down to the place of this hall, with the mode that says what may be done here (HN-7.1.2). */
export async function handedDownTo(db: Database, hall: Pick<HallRef, "id">): Promise<HandedDown[]> {
  const { rows } = await sql<HandedDown>`
    select h.code as hall, h.name as "hallName", h.name_en as "hallNameEn", i.code, i.name, i.name_en as "nameEn", s.mode, coalesce(c.name, s.mode) as "modeName", coalesce(c.name_en, s.mode) as "modeNameEn", s.receiver, s.from_on as "fromOn",
           exists (select 1 from handed_items t join items o on o.hall_id = t.hall_id and o.id = t.item_id and o.active where t.hall_id = own.id and t.source_hall_id = s.hall_id and t.source_item_id = s.item_id) as taken
      from halls own join sinks s on own.region = any(s.regions) and s.hall_id <> own.id and s.active
      join halls h on h.id = s.hall_id join items i on i.hall_id = s.hall_id and i.id = s.item_id left join codes c on c.table_name = 'sink_mode' and c.code = s.mode
     where own.id = ${hall.id} and (app_now() at time zone own.time_zone)::date between s.from_on and coalesce(s.to_on, 'infinity'::date) order by h.code, i.code`.execute(db);
  return rows;
}

/** The unit for which a chief representative may apply: the one of the account. */
export async function unitOfStaff(db: Database, staffId: number): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`select d.code from staff s join departments d on d.hall_id = s.hall_id and d.id = s.department_id where s.id = ${staffId}`.execute(db);
  return rows[0]?.code;
}
