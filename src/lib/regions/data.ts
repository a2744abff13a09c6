import { type Database, database } from "@/lib/db/database";
import { serviceDays } from "@/lib/calendar/data";
import { notFound } from "@/lib/kernel/errors";
import { shared } from "@/lib/kernel/shared";
import type { HallRef } from "@/lib/ledger/commands";
import type { HallSummary } from "./schema";

const refs = () => shared("hall-refs", () => new Map<string, HallRef>());

/** The hall of a code; 404 when there is none. A code is for ever, so what is found is kept. */
export async function hallRef(code: string, db: Database = database()): Promise<HallRef> {
  const known = refs().get(code);
  if (known) return known;
  const row = await db.selectFrom("halls").select(["id", "code"]).where("code", "=", code).executeTakeFirst();
  if (!row) throw notFound("hall_not_found");
  refs().set(code, row);
  return row;
}

/** All halls, or those of a region and below, with today's hours. */
export async function listHalls(db: Database, where: { code?: string; region?: string } = {}): Promise<HallSummary[]> {
  let query = db.selectFrom("halls as h").innerJoin("regions as r", "r.code", "h.region")
    .select(["h.id", "h.code", "h.name", "h.name_en", "h.level", "h.region", "r.name as region_name", "r.name_en as region_name_en", "h.address", "h.address_en", "h.phone", "h.time_zone"])
    .where("h.active", "=", true);
  if (where.code) query = query.where("h.code", "=", where.code);
  // A region's code ends in zeros where it covers everything below it.
  if (where.region) query = query.where("h.region", "like", `${where.region.replace(/(00)+$/, "")}%`);
  const [rows, days] = await Promise.all([query.orderBy("h.region").orderBy("h.code").execute(), serviceDays(db)]);
  return rows.map((row) => {
    const day = days.get(row.id)!;
    return {
      code: row.code, name: row.name, nameEn: row.name_en, level: row.level, region: row.region, regionName: row.region_name, regionNameEn: row.region_name_en,
      address: row.address, addressEn: row.address_en, phone: row.phone, timeZone: row.time_zone, today: day.today, openNow: day.openNow, hoursToday: day.hours,
    };
  });
}
