/** What the windows of a hall cover, and what they do not (HN-5.4.2–5.4.6, JY-6.1c, BG-C10). Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";

const rowsOf = <T>(db: Database | Tx, query: ReturnType<typeof sql<T>>): Promise<T[]> => query.execute(db).then(({ rows }) => rows);

export interface Coverage {
  /** Resident items that no window in use serves. */
  unserved: { code: string; name: string; nameEn: string; line: string | null }[];
  /** Resident items that no open window serves now, while the hall is at work. */
  closedNow: { line: string; name: string; nameEn: string; items: number; windows: string[] }[];
  /** Windows in use that serve nothing. */
  idle: { code: string; name: string; nameEn: string }[];
  /** Lines that one window alone serves, or that one person alone works at: nobody covers. */
  single: { line: string; name: string; nameEn: string; items: number; windows: string[]; staff: string[] }[];
}

/** Coverage of items by windows. A line with items of its own stands for them: people take numbers of lines. */
export async function coverageOf(db: Database, hallId: number): Promise<Coverage> {
  const [unserved, lines, idle] = await Promise.all([
    rowsOf<Coverage["unserved"][number]>(db, sql`
      select i.code, i.name, i.name_en as "nameEn", l.code as line from items i left join lines l on l.hall_id = i.hall_id and l.id = i.line_id
       where i.hall_id = ${hallId} and i.active and i.on_application and i.residency <> 'not_resident' and not exists (
         select 1 from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active where wl.hall_id = i.hall_id and wl.line_id = i.line_id)
       order by l.code nulls first, i.code`),
    rowsOf<{ line: string; name: string; nameEn: string; items: number; windows: string[]; open: number; staff: string[] }>(db, sql`
      select l.code as line, l.name, l.name_en as "nameEn",
             (select count(*) from items i where i.hall_id = l.hall_id and i.line_id = l.id and i.active and i.residency <> 'not_resident')::int as items,
             array(select w.code from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active where wl.hall_id = l.hall_id and wl.line_id = l.id order by w.code) as windows,
             (select count(*) from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.state = 'open' where wl.hall_id = l.hall_id and wl.line_id = l.id)::int as open,
             array(select distinct s.name from window_lines wl join staff s on s.hall_id = wl.hall_id and s.usual_window_id = wl.window_id and s.active where wl.hall_id = l.hall_id and wl.line_id = l.id order by s.name) as staff
        from lines l where l.hall_id = ${hallId} and l.active order by l.sort, l.code`),
    rowsOf<Coverage["idle"][number]>(db, sql`
      select w.code, w.name, w.name_en as "nameEn" from windows w
       where w.hall_id = ${hallId} and w.active and not exists (select 1 from window_lines wl where wl.hall_id = w.hall_id and wl.window_id = w.id) order by w.sort, w.code`),
  ]);
  const bare = ({ open: _open, ...line }: (typeof lines)[number]) => line;
  return {
    unserved, idle,
    closedNow: lines.filter((line) => line.items > 0 && line.windows.length > 0 && line.open === 0).map(({ open: _open, staff: _staff, ...line }) => line),
    single: lines.filter((line) => line.items > 0 && (line.windows.length === 1 || line.staff.length === 1)).map(bare),
  };
}

export interface ComprehensiveShare {
  items: number;
  comprehensive: number;
  /** Items that only specialised windows take, by unit: who is still outside (JY-6.1c, HN-5.4.3b). */
  outside: { department: string; name: string; nameEn: string; items: number; windows: string[] }[];
  /** Share of served tickets that comprehensive windows took, month by month (`YYYY-MM`). */
  trend: { month: string; tickets: number; comprehensive: number }[];
}

const isComprehensive = sql`w.breadth in ('undifferentiated', 'by_field') and ('comprehensive' = w.kind or 'comprehensive' = any(w.more_kinds))`;

/** How far items are taken in by comprehensive windows (JY-6.1c). */
export async function comprehensiveShare(db: Database, hallId: number): Promise<ComprehensiveShare> {
  const taken = sql`exists (select 1 from window_lines wl join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active and ${isComprehensive}
    where wl.hall_id = i.hall_id and wl.line_id = i.line_id and wl.tier = 1)`;
  const resident = sql`i.hall_id = ${hallId} and i.active and i.on_application and i.residency <> 'not_resident' and i.category <> 'value_added'`;
  const [[figures], outside, trend] = await Promise.all([
    rowsOf<{ items: number; comprehensive: number }>(db, sql`select count(*)::int as items, count(*) filter (where ${taken})::int as comprehensive from items i where ${resident}`),
    rowsOf<ComprehensiveShare["outside"][number]>(db, sql`
      select d.code as department, d.name, d.name_en as "nameEn", count(*)::int as items,
             array(select distinct w.code from items x join window_lines wl on wl.hall_id = x.hall_id and wl.line_id = x.line_id join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active
                    where x.hall_id = d.hall_id and x.department_id = d.id and wl.tier = 1 order by w.code) as windows
        from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id where ${resident} and not ${taken}
       group by d.hall_id, d.id, d.code, d.name, d.name_en order by count(*) desc, d.code`),
    rowsOf<ComprehensiveShare["trend"][number]>(db, sql`
      select to_char(t.day, 'YYYY-MM') as month, count(*)::int as tickets, count(*) filter (where ${isComprehensive})::int as comprehensive
        from tickets t join windows w on w.hall_id = t.hall_id and w.id = t.window_id
       where t.hall_id = ${hallId} and t.state = 'finished' and t.started_at is not null and t.day > (app_now() - interval '13 months')::date group by 1 order by 1`),
  ]);
  return { ...figures!, outside, trend };
}

export interface KindCheck {
  kind: string;
  name: string;
  nameEn: string;
  /** Clause and strength, e.g. "HN-5.4.2a 应". */
  clause: string;
  windows: string[];
}

/** Windows that a hall of this level must or should have, as data (codes `window_kind_required`), and which it has. */
export const requiredKinds = (db: Database, hallId: number): Promise<KindCheck[]> =>
  rowsOf<KindCheck>(db, sql`
    select r.code as kind, coalesce(k.name, r.code) as name, coalesce(k.name_en, r.code) as "nameEn", r.name as clause,
           array(select w.code from windows w where w.hall_id = ${hallId} and w.active and (w.kind = r.code or r.code = any(w.more_kinds)) order by w.code) as windows
      from codes r left join codes k on k.table_name = 'window_kind' and k.code = r.code where r.table_name = 'window_kind_required' order by r.sort`);

export interface TemplatePost {
  template: string;
  name: string;
  nameEn: string;
  level: string;
  kind: string;
  kindName: string;
  kindNameEn: string;
  wanted: number;
  present: number;
}

/** Layout templates beside what the hall has, kind by kind (BG-C03b, BG-C10d). */
export const templatePosts = (db: Database | Tx, hallId: number): Promise<TemplatePost[]> =>
  rowsOf<TemplatePost>(db, sql`
    select t.code as template, t.name, t.name_en as "nameEn", t.level, t.kind, coalesce(k.name, t.kind) as "kindName", coalesce(k.name_en, t.kind) as "kindNameEn", t.count as wanted,
           (select count(*) from windows w where w.hall_id = ${hallId} and w.active and (w.kind = t.kind or t.kind = any(w.more_kinds)))::int as present
      from layout_templates t left join codes k on k.table_name = 'window_kind' and k.code = t.kind order by t.code, t.sort`);
