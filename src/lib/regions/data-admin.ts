/** Places and code lists as the administration lists them. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";

export interface HallOption {
  id: number;
  code: string;
  name: string;
  nameEn: string;
  region: string;
  timeZone: string;
  active: boolean;
}

/** The halls that a person may see: one hall, those of a region and below, or all. */
export async function hallsInScope(db: Database, scope: { hallId?: number | undefined; region?: string | undefined }): Promise<HallOption[]> {
  const only = scope.hallId === undefined ? sql`` : sql`and h.id = ${scope.hallId}`;
  // A region's code ends in zeros where it covers everything below it.
  const below = scope.region === undefined ? sql`` : sql`and h.region like ${`${scope.region.replace(/(00)+$/, "")}%`}`;
  const { rows } = await sql<HallOption>`
    select h.id, h.code, h.name, h.name_en as "nameEn", h.region, h.time_zone as "timeZone", h.active from halls h where true ${only} ${below} order by h.region, h.code`.execute(db);
  return rows;
}

export interface HallRow {
  code: string; name: string; nameEn: string; region: string; level: string; kind: string; levels: string[]; address: string; addressEn: string; phone: string; timeZone: string; active: boolean; version: number;
}

/** Halls by their ids: the scope of the one who asks. */
export const listHallRows = (db: Database | Tx, hallIds: readonly number[], query: ListQuery): Promise<List<HallRow>> =>
  readList<HallRow>(db, sql`
    select h.code, h.name, h.name_en as "nameEn", h.region, h.level, h.kind, h.levels, h.address, h.address_en as "addressEn", h.phone, h.time_zone as "timeZone", h.active, h.version
      from halls h where h.id = any(${[...hallIds]}::int[])`,
  { search: ["code", "name", "nameEn", "address", "addressEn"], order: ["region", "code"], names: ["name", "address"] }, query);

export interface RegionRow {
  code: string; name: string; nameEn: string; level: number; active: boolean;
}

export const listRegions = (db: Database | Tx, query: ListQuery): Promise<List<RegionRow>> =>
  readList<RegionRow>(db, sql`select code, name, name_en as "nameEn", level, true as active from regions`, { search: ["code", "name", "nameEn"], order: ["code"], names: ["name"] }, query);

export interface ZoneRow {
  code: string; name: string; nameEn: string; floor: number; kind: string; voice: string; alwaysOpen: boolean; sort: number; active: boolean; version: number;
}

export const listZones = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<ZoneRow>> =>
  readList<ZoneRow>(db, sql`
    select code, name, name_en as "nameEn", floor, kind, voice, always_open as "alwaysOpen", sort, active, version from zones where hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn"], order: ["floor", "sort", "code"], names: ["name"] }, query);

export interface NoticeRow {
  code: string; zone: string | null; text: string; textEn: string; startsAt: string; endsAt: string | null; state: "shown" | "ended" | "off"; active: boolean; version: number;
}

export const listNotices = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<NoticeRow>> =>
  readList<NoticeRow>(db, sql`
    select n.code, z.code as zone, n.text, n.text_en as "textEn", n.starts_at as "startsAt", n.ends_at as "endsAt", n.active, n.version,
           case when not n.active then 'off' when n.ends_at <= app_now() then 'ended' else 'shown' end as state
      from notices n left join zones z on z.hall_id = n.hall_id and z.id = n.zone_id where n.hall_id = ${hallId}`,
  { search: ["code", "text", "textEn"], order: ["code"], names: ["text"] }, query);

export interface Opening {
  weekday: number; start: string; end: string; label: string; labelEn: string;
}

/** Weekly service times, `HH:MM`, weekday 1 = Monday. */
export async function listOpenings(db: Database, hallId: number): Promise<Opening[]> {
  const { rows } = await sql<Opening>`
    select weekday, to_char(starts, 'HH24:MI') as start, to_char(ends, 'HH24:MI') as end, label, label_en as "labelEn" from openings where hall_id = ${hallId} order by weekday, starts`.execute(db);
  return rows;
}

export interface CodeEntry {
  code: string; name: string; nameEn: string;
}

/** One national or local code list, in its order. */
export async function codeList(db: Database, table: string): Promise<CodeEntry[]> {
  const { rows } = await sql<CodeEntry>`select code, name, name_en as "nameEn" from codes where table_name = ${table} order by sort, code`.execute(db);
  return rows;
}
