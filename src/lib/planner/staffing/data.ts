import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { inThread } from "@/lib/kernel/threads";
import { HALF_HOUR, type Needs } from "../data";
import { minutesOfDay } from "../rules/schema";
import type { planStaff } from "./model";

export interface RosterRow {
  username: string;
  name: string;
  /** Code of the usual window. */
  window: string;
  /** Field in each half hour; undefined: rest or free. */
  day: (string | undefined)[];
}

export interface Roster {
  rows: RosterRow[];
  /** Windows without staff, per field and half hour. */
  missing: Map<string, number[]>;
  missingHours: number;
  /** Window hours that any plan of these people must miss. */
  leastMissingHours: number;
}

/**
 * Who serves where on the day of the needs (JY-9.3.1b): clerks with a usual window, whose lines say what they can do, from
 * the first to the last half hour, with the rest and the least time at one field that the rules ask for.
 */
export async function rosterFor(db: Database, hallId: number, { fields, rules }: Needs): Promise<Roster> {
  const { rows } = await sql<{ username: string; name: string; window: string; skills: string[] }>`
    select s.username, s.name, w.code as window, array_agg(distinct f.code) as skills
      from staff s join windows w on w.hall_id = s.hall_id and w.id = s.usual_window_id join window_lines wl on wl.hall_id = w.hall_id and wl.window_id = w.id
      join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id join fields f on f.hall_id = l.hall_id and f.id = l.field_id
     where s.hall_id = ${hallId} and s.active and s.role in ('clerk', 'chief') and w.active group by s.id, s.username, s.name, w.code order by w.code, s.username`.execute(db);
  const halfHours = fields[0]?.halfHours ?? [];
  const at = (time: string) => Math.min(halfHours.length, Math.max(0, Math.ceil((minutesOfDay(time) - minutesOfDay(halfHours[0]?.start ?? "00:00")) / HALF_HOUR)));
  const rest = { periods: Math.ceil(rules.restMinutes / HALF_HOUR), from: at(rules.restFrom), to: at(rules.restTo) };
  const plan = await inThread<typeof planStaff>("src/lib/planner/staffing/model.ts", "planStaff", {
    lengths: halfHours.map(() => HALF_HOUR), leastOpen: Math.ceil(rules.leastOpenMinutes / HALF_HOUR),
    needs: new Map(fields.map((field) => [field.field, field.halfHours.map(({ needed }) => needed)])), most: new Map(fields.map((field) => [field.field, field.windows])),
    people: rows.map(({ username, skills }) => ({ code: username, skills, present: halfHours.map(() => true) })),
    ...(rest.periods > 0 && rest.to - rest.from >= rest.periods ? { rest } : {}),
  });
  return { rows: rows.map(({ username, name, window }) => ({ username, name, window, day: plan.days.get(username)! })), missing: plan.missing, missingHours: plan.missingMinutes / 60, leastMissingHours: plan.bound / 60 };
}
