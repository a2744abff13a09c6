/** References between registers: what another record may be chosen from. */
import type { Database } from "@/lib/db/database";
import type { List, ListQuery } from "@/lib/db/list";
import { codeTables } from "@/lib/catalog/codes/data";
import { CATEGORY_TABLES } from "@/lib/catalog/model";
import { listDepartments, listFields, listLines } from "@/lib/catalog/data-admin";
import { listRegions, listZones } from "@/lib/regions/data-admin";
import { listWindows } from "@/lib/windows/data-admin";
import type { Place } from "../place";
import type { Choice, Choices } from "../register";

/** More records than this are not chosen from a list. */
const MOST = 2_000;

const inHall = (read: (db: Database, hallId: number, query: ListQuery) => Promise<List<Choice>>, coded: boolean): Choices => ({
  coded, from: async (db: Database, place: Place) => (place.hall ? (await read(db, place.hall.id, { limit: MOST })).rows : []),
});

export const zoneChoices = inHall(listZones, true);
export const lineChoices = inHall(listLines, true);
export const windowChoices = inHall(listWindows, true);
export const fieldChoices = inHall(listFields, false);
export const departmentChoices = inHall(listDepartments, false);
export const regionChoices: Choices = { from: async (db) => (await listRegions(db, { limit: MOST })).rows };
/** Fields of public services, lines of utilities, kinds of value-added services. */
export const categoryFieldChoices: Choices = { from: async (db) => [...(await codeTables(db, Object.values(CATEGORY_TABLES).map(({ table }) => table))).values()].flat() };
