import type { z } from "zod";
import { type HallItem, searchAllHalls } from "@/lib/catalog/data";
import type { foundItemSchema, itemQuery } from "@/lib/catalog/schema";
import type { Database } from "@/lib/db/database";
import { hallRef } from "@/lib/regions/data";
import { boardOf } from "../board/data";

export type FoundItem = z.infer<typeof foundItemSchema>;

/** Which hall and window handles an item, and how long one waits there now (GD-5.1.3w). */
export async function findEverywhere(db: Database, query: Partial<z.output<typeof itemQuery>> & { limit: number }): Promise<{ items: FoundItem[]; nextCursor?: string; similarFrom?: number }> {
  const found = await searchAllHalls(db, query);
  const codes = [...new Set(found.items.map((item) => item.hall))];
  const boards = new Map(await Promise.all(codes.map(async (code) => [code, await boardOf(db, await hallRef(code, db))] as const)));
  const halls = new Map((codes.length === 0 ? [] : await db.selectFrom("halls").select(["code", "name", "name_en"]).where("code", "in", codes).execute()).map((hall) => [hall.code, hall]));
  const place = (item: HallItem): FoundItem => {
    const board = boards.get(item.hall)!;
    const line = board.lines.find((each) => each.code === item.line);
    const windows = board.windows.filter((window) => window.lines.includes(item.line) && window.state !== "closed" && window.state !== "paused");
    return {
      ...item, hallName: halls.get(item.hall)!.name, hallNameEn: halls.get(item.hall)!.name_en, waiting: line?.waiting ?? 0, ...(line?.estimateMinutes ? { estimateMinutes: line.estimateMinutes } : {}),
      windows: windows.map(({ code, zone, floor }) => ({ code, floor, zone: board.zones.find((each) => each.code === zone)?.name ?? zone, zoneEn: board.zones.find((each) => each.code === zone)?.nameEn ?? zone })),
    };
  };
  return { ...found, items: found.items.map(place) };
}
