import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { HallRef } from "@/lib/ledger/commands";
import type { HallPlan } from "./schema";

/** The floors of a hall with their shapes; names of zones and windows are those of the registers, so they cannot differ. */
export async function hallPlan(db: Database, hall: HallRef): Promise<HallPlan> {
  const { rows } = await sql<HallPlan["floors"][number] & { mime: string | null; stamp: string }>`
    select p.floor, p.width, p.height, p.version, p.mime, extract(epoch from p.changed_at)::bigint::text as stamp,
           coalesce((select jsonb_agg(jsonb_build_object('kind', s->>'kind', 'code', s->>'code', 'points', s->'points',
               'name', coalesce(case s->>'kind' when 'zone' then z.name when 'window' then w.name end, s->>'name'),
               'nameEn', coalesce(case s->>'kind' when 'zone' then z.name_en when 'window' then w.name_en end, s->>'nameEn')) order by o)
             from jsonb_array_elements(p.shapes) with ordinality as e (s, o)
             left join zones z on z.hall_id = p.hall_id and s->>'kind' = 'zone' and z.code = s->>'code'
             left join windows w on w.hall_id = p.hall_id and s->>'kind' = 'window' and w.code = s->>'code'
            where (z.id is null or z.active) and (w.id is null or w.active)), '[]') as shapes
      from floor_plans p where p.hall_id = ${hall.id} order by p.floor`.execute(db);
  return { hall: hall.code, floors: rows.map(({ mime, stamp, ...floor }) => ({ ...floor, ...(mime ? { picture: `/api/v1/halls/${hall.code}/plan/${floor.floor}/picture?v=${stamp}` } : {}) })) };
}

/** The picture of a floor with its kind. */
export const planPicture = (db: Database, hallId: number, floor: number): Promise<{ picture: Buffer | null; mime: string | null } | undefined> =>
  db.selectFrom("floor_plans").select(["picture", "mime"]).where("hall_id", "=", hallId).where("floor", "=", floor).executeTakeFirst();
