/** Devices as the administration lists them. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";

/** A device that was not heard for this long counts as offline (three heartbeats), in seconds. */
export const ONLINE_WITHIN = 90;

export interface DeviceRow {
  id: number; code: string; name: string; nameEn: string; kind: string; zone: string | null; purpose: string;
  state: "online" | "offline" | "unpaired";
  pairedAt: string | null; seenAt: string | null;
  health: Record<string, unknown>;
  active: boolean; version: number;
}

export const listDevices = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<DeviceRow>> =>
  readList<DeviceRow>(db, sql`
    select d.id, d.code, d.name, d.name_en as "nameEn", d.kind, z.code as zone, d.purpose, d.paired_at as "pairedAt", d.seen_at as "seenAt", d.health, d.active, d.version,
           case when d.paired_at is null or not d.active then 'unpaired'
                when d.seen_at > app_now() - make_interval(secs => ${ONLINE_WITHIN}::int) then 'online' else 'offline' end as state
      from devices d left join zones z on z.hall_id = d.hall_id and z.id = d.zone_id where d.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn", "purpose"], order: ["code"], names: ["name"] }, query);

/** Kind of the screen that shows a pairing code now; undefined when no screen shows it. */
export async function screenOfCode(db: Database, code: string): Promise<{ kind: string | null } | undefined> {
  const { rows } = await sql<{ kind: string | null }>`
    select kind from pairings where code = ${code.trim().toUpperCase()} and used_at is null and device_id is null and expires_at > app_now()`.execute(db);
  return rows[0];
}
