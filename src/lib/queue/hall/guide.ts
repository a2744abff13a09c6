import { sql } from "kysely";
import { itemByCode } from "@/lib/catalog/data";
import { currentGuide } from "@/lib/catalog/guide/data";
import type { ItemGuide } from "@/lib/catalog/schema";
import type { Database } from "@/lib/db/database";
import { notFound } from "@/lib/kernel/errors";
import type { HallRef } from "@/lib/ledger/commands";

/** Guide of an item as it is valid today, with the windows that serve its line and how many wait there now. */
export async function itemGuide(db: Database, hall: HallRef, code: string): Promise<ItemGuide> {
  const item = await itemByCode(db, hall.id, code);
  if (!item) throw notFound("item_not_found");
  const guide = await currentGuide(db, hall.id, code);
  const { rows: [names] } = await sql<{ name: string; name_en: string; waiting: number }>`
    select h.name, h.name_en, (select count(*) from tickets t join lines l on l.hall_id = t.hall_id and l.id = t.line_id
        where t.hall_id = h.id and l.code = ${item.line} and t.state = 'waiting' and t.day = (app_now() at time zone h.time_zone)::date)::int as waiting
      from halls h where h.id = ${hall.id}`.execute(db);
  const { rows: windows } = await sql<ItemGuide["windows"][number]>`
    select w.code, w.name, w.name_en as "nameEn", z.name as zone, z.name_en as "zoneEn", z.floor, w.state
      from window_lines wl join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id and l.code = ${item.line}
      join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active join zones z on z.hall_id = w.hall_id and z.id = w.zone_id
     where wl.hall_id = ${hall.id} order by wl.tier, w.sort, w.code`.execute(db);
  return { ...item, ...(guide ? { guide } : {}), hall: hall.code, hallName: names!.name, hallNameEn: names!.name_en, waiting: names!.waiting, windows };
}
