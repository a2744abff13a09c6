import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Level, Severity } from "./model";

export interface AlertView {
  id: number;
  line: string;
  name: string;
  nameEn: string;
  number: string;
  raisedAt: string;
  severity: Severity;
  level: Level;
  minutes: number;
  waiting: number;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  note: string;
  endedAt: string | null;
}

/** Alerts of a hall: those that run, worst first, or all of late, newest first. */
export async function listAlerts(db: Database, hallId: number, running: boolean, limit = 50): Promise<AlertView[]> {
  const { rows } = await sql<AlertView>`
    select a.id, l.code as line, l.name, l.name_en as "nameEn", a.number, a.raised_at as "raisedAt", a.severity, a.level, a.minutes::float8 as minutes, a.waiting,
           a.acknowledged_at as "acknowledgedAt", coalesce(s.name, a.acknowledged_by) as "acknowledgedBy", a.note, a.ended_at as "endedAt"
      from wait_alerts a join lines l on l.hall_id = a.hall_id and l.id = a.line_id left join staff s on a.acknowledged_by = 'staff:' || s.id
     where a.hall_id = ${hallId} and (${!running} or a.ended_at is null)
     order by ${running ? sql`(a.acknowledged_at is null) desc, a.level desc, a.minutes desc` : sql`a.raised_at desc`}, a.id limit ${limit}`.execute(db);
  return rows;
}
