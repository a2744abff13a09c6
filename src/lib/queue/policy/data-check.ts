import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import type { PolicyFacts } from "./check";
import { BOOKED_CLASS } from "./model";
import type { PolicyDocument } from "./schema";

/** Booked visitors are on time from so long before until so long after their time, where the hall has said nothing else (domain.md section 4). */
const EARLY = 15;
const LATE = 30;

/** What the checks of a policy need to know of the hall as it is now. */
export async function policyFacts(db: Database | Tx, hallId: number, policy: PolicyDocument): Promise<PolicyFacts> {
  const credit = policy.classes.find((known) => known.code === BOOKED_CLASS)?.creditMinutes ?? 0;
  const rules = await db.selectFrom("booking_rules").select("document").where("hall_id", "=", hallId).orderBy("version", "desc").limit(1).executeTakeFirst();
  const { earlyMinutes = EARLY, lateMinutes = LATE } = (rules?.document ?? {}) as { earlyMinutes?: number; lateMinutes?: number };
  const span = Math.ceil(credit) + earlyMinutes + lateMinutes;
  const [lines, windows, unserved, evidence, books] = await Promise.all([
    sql<PolicyFacts["lines"][number]>`
      select l.code, jsonb_build_object(
          '1', coalesce((select jsonb_agg(w.code order by w.sort, w.code) from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id where wl.hall_id = l.hall_id and wl.line_id = l.id and wl.tier = 1 and w.active), '[]'),
          '2', coalesce((select jsonb_agg(w.code order by w.sort, w.code) from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id where wl.hall_id = l.hall_id and wl.line_id = l.id and wl.tier = 2 and w.active), '[]'),
          '3', coalesce((select jsonb_agg(w.code order by w.sort, w.code) from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id where wl.hall_id = l.hall_id and wl.line_id = l.id and wl.tier = 3 and w.active), '[]')) as windows,
        coalesce((select max(seats) from (
          select sum(s.capacity) over (order by s.starts range between current row and make_interval(mins => ${span}::int) following) as seats
            from slots s join stocks k on k.hall_id = s.hall_id and k.id = s.stock_id
           where s.hall_id = l.hall_id and k.line_id = l.id and s.starts > app_now()) spans), 0)::int as seats
        from lines l where l.hall_id = ${hallId} and l.active order by l.sort, l.code`.execute(db),
    db.selectFrom("windows").select("code").where("hall_id", "=", hallId).where("active", "=", true).orderBy("sort").orderBy("code").execute(),
    sql<PolicyFacts["unserved"][number]>`
      select i.code as item, i.name, l.code as line from items i join lines l on l.hall_id = i.hall_id and l.id = i.line_id
       where i.hall_id = ${hallId} and i.active and i.residency <> 'not_resident'
         and not exists (select 1 from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id where wl.hall_id = i.hall_id and wl.line_id = i.line_id and w.active)
       order by i.code limit 50`.execute(db),
    db.selectFrom("codes").select("code").where("table_name", "=", "class_evidence").execute(),
    sql<{ books: boolean }>`select exists (select 1 from stocks where hall_id = ${hallId} and active) as books`.execute(db),
  ]);
  return { lines: lines.rows, windows: windows.map(({ code }) => code), unserved: unserved.rows, evidence: evidence.map(({ code }) => code), books: books.rows[0]!.books };
}

interface Names {
  windows: { code: string; name: string; nameEn: string }[];
  lines: { code: string; name: string; nameEn: string }[];
  /** By actor. */
  people: Record<string, string>;
}

/** What a policy page shows by name. */
export async function policyNames(db: Database, hallId: number): Promise<Names> {
  const named = (table: "windows" | "lines") => db.selectFrom(table).select(["code", "name", "name_en as nameEn"]).where("hall_id", "=", hallId).where("active", "=", true).orderBy("sort").orderBy("code").execute();
  const [windows, lines, people] = await Promise.all([
    named("windows"), named("lines"),
    sql<{ actor: string; name: string }>`select 'staff:' || s.id as actor, s.name from staff s where 'staff:' || s.id in (select published_by from policies where hall_id = ${hallId} union select saved_by from policy_drafts where hall_id = ${hallId})`.execute(db),
  ]);
  return { windows, lines, people: Object.fromEntries(people.rows.map((row) => [row.actor, row.name])) };
}
