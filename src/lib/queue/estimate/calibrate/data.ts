import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { shared } from "@/lib/kernel/shared";
import type { Calibrations } from "./model";

const FRESH_MS = 60_000;
const cache = () => shared("wait-calibrations", () => new Map<number, { at: number; found: Calibrations }>());

/** The factors in force in a hall and its local hour; a minute old at most. */
export async function calibrationsOf(db: Database | Tx, hallId: number): Promise<Calibrations> {
  const kept = cache().get(hallId);
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.found;
  const { rows } = await sql<{ hour: number; known: { level: string; key: number; f10: number; f50: number; f90: number }[] }>`
    select extract(hour from app_now() at time zone h.time_zone)::int as hour,
           coalesce((select jsonb_agg(jsonb_build_object('level', c.level, 'key', c.key, 'f10', c.f10, 'f50', c.f50, 'f90', c.f90)) from wait_calibrations c where c.hall_id = h.id), '[]') as known
      from halls h where h.id = ${hallId}`.execute(db);
  const found = { hour: rows[0]!.hour, known: new Map(rows[0]!.known.map(({ level, key, ...factors }) => [`${level}/${key}`, factors])) };
  cache().set(hallId, { at: Date.now(), found });
  return found;
}

export const forgetCalibrations = (hallId: number): boolean => cache().delete(hallId);
