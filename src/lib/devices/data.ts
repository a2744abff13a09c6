import type { DevicePrincipal } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import { notFound } from "@/lib/kernel/errors";
import type { DeviceSelf } from "./schema";

/** What a device needs to know of itself: hall, place, voice. */
export async function deviceSelf(device: DevicePrincipal): Promise<DeviceSelf> {
  const row = await database().selectFrom("devices as d").innerJoin("halls as h", "h.id", "d.hall_id")
    .leftJoin("zones as z", (join) => join.onRef("z.hall_id", "=", "d.hall_id").onRef("z.id", "=", "d.zone_id"))
    .select(["d.code", "d.name", "d.name_en", "d.kind", "h.code as hall", "h.name as hall_name", "h.name_en as hall_name_en", "z.code as zone", "z.name as zone_name", "z.name_en as zone_name_en", "z.floor", "z.voice"])
    .where("d.hall_id", "=", device.hallId).where("d.id", "=", device.deviceId).executeTakeFirst();
  if (!row) throw notFound("not_found");
  return {
    code: row.code, name: row.name, nameEn: row.name_en, kind: row.kind, hall: row.hall, hallName: row.hall_name, hallNameEn: row.hall_name_en, voice: row.voice === "speak" ? "speak" : "silent",
    ...(row.zone === null ? {} : { zone: row.zone, zoneName: row.zone_name!, zoneNameEn: row.zone_name_en!, floor: row.floor! }),
  };
}
