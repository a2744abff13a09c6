import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { notFound } from "@/lib/kernel/errors";
import { hallRef, listHalls } from "@/lib/regions/data";
import type { HallDetail } from "@/lib/regions/schema";
import { currentPolicy } from "../policy/data";
import { overtakingBoundMinutes } from "../policy/model";

/** One hall with hours, fields, zones, lines, windows and the published calling rules. */
export async function hallDetail(db: Database, code: string): Promise<HallDetail> {
  const [summary] = await listHalls(db, { code });
  if (!summary) throw notFound("hall_not_found");
  const { id } = await hallRef(code, db);
  const one = <T>(query: ReturnType<typeof sql<T>>) => query.execute(db).then(({ rows }) => rows);
  const [hours, fields, zones, lines, windows, policy, proofs] = await Promise.all([
    one<HallDetail["hours"][number]>(sql`select weekday, to_char(starts, 'HH24:MI') as start, to_char(ends, 'HH24:MI') as end, label, label_en as "labelEn" from openings where hall_id = ${id} order by weekday, starts`),
    one<HallDetail["fields"][number]>(sql`select f.code, f.name, f.name_en as "nameEn", f.icon, (select count(*) from items i where i.hall_id = f.hall_id and i.field_id = f.id and i.active)::int as items from fields f where f.hall_id = ${id} and f.active order by f.sort, f.code`),
    one<HallDetail["zones"][number]>(sql`select z.code, z.name, z.name_en as "nameEn", z.floor, z.kind, coalesce(c.name, z.kind) as "kindName", coalesce(c.name_en, z.kind) as "kindNameEn", z.always_open as "alwaysOpen" from zones z left join codes c on c.table_name = 'zone_kind' and c.code = z.kind where z.hall_id = ${id} and z.active order by z.floor, z.sort`),
    one<HallDetail["lines"][number]>(sql`select l.code, l.name, l.name_en as "nameEn", f.code as field, z.code as zone from lines l join fields f on f.hall_id = l.hall_id and f.id = l.field_id left join zones z on z.hall_id = l.hall_id and z.id = l.zone_id where l.hall_id = ${id} and l.active order by l.sort, l.code`),
    one<HallDetail["windows"][number]>(sql`select w.code, w.name, w.name_en as "nameEn", z.code as zone, z.floor, w.kind, coalesce(c.name, w.kind) as "kindName", coalesce(c.name_en, w.kind) as "kindNameEn",
        coalesce((select jsonb_agg(l.code order by wl.tier, l.sort) from window_lines wl join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id where wl.hall_id = w.hall_id and wl.window_id = w.id), '[]') as lines
      from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id left join codes c on c.table_name = 'window_kind' and c.code = w.kind where w.hall_id = ${id} and w.active order by z.floor, w.sort, w.code`),
    currentPolicy(db, id),
    one<{ code: string; name: string; nameEn: string }>(sql`select code, name, name_en as "nameEn" from codes where table_name = 'class_evidence'`),
  ]);
  const classes = policy.classes.map(({ code: known, name, nameEn, creditMinutes, minAge, byBooking, evidence = [] }) => ({
    code: known, name, nameEn, creditMinutes, ...(minAge === undefined ? {} : { minAge }), ...(byBooking ? { byBooking } : {}),
    ...(evidence.length === 0 ? {} : { evidence: evidence.flatMap((proof) => proofs.filter((each) => each.code === proof).map((each) => ({ name: each.name, nameEn: each.nameEn }))) }),
  }));
  return {
    ...summary, hours, fields, zones, lines: lines.map(({ zone, ...line }) => (zone ? { ...line, zone } : line)), windows, classes,
    policy: { version: policy.version, missedBehind: policy.missed.behind, callsMax: policy.calls.max, remindAhead: policy.remindAhead, overtakingBoundMinutes: overtakingBoundMinutes(policy) },
  };
}
