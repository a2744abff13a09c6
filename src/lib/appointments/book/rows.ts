import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { notFound } from "@/lib/kernel/errors";
import { hallOfToken } from "@/lib/kernel/ids";

/** The columns that a booking is shown and decided with; one query for every reader. */
export const appointmentRows = (db: Database | Tx, hallId: number) =>
  db.selectFrom("appointments as a")
    .innerJoin("stocks as s", (join) => join.onRef("s.hall_id", "=", "a.hall_id").onRef("s.id", "=", "a.stock_id"))
    .innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "a.hall_id").onRef("l.id", "=", "a.line_id"))
    .leftJoin("zones as z", (join) => join.onRef("z.hall_id", "=", "l.hall_id").onRef("z.id", "=", "l.zone_id"))
    .leftJoin("tickets as t", (join) => join.onRef("t.hall_id", "=", "a.hall_id").onRef("t.id", "=", "a.ticket_id"))
    .selectAll("a")
    .select(["s.kind as stock_kind", "s.code as stock", "s.name as stock_name", "s.name_en as stock_name_en", "l.code as line", "l.name as line_name", "l.name_en as line_name_en",
      "z.name as zone", "z.name_en as zone_en", "z.floor", "t.number as ticket_number", "t.state as ticket_state"])
    .where("a.hall_id", "=", hallId);
export type AppointmentRow = Awaited<ReturnType<ReturnType<typeof appointmentRows>["executeTakeFirstOrThrow"]>>;

/** The booking behind a link; 404 when there is none. */
export async function appointmentByToken(db: Database | Tx, token: string): Promise<AppointmentRow> {
  const hallId = hallOfToken(token);
  const row = hallId === undefined ? undefined : await appointmentRows(db, hallId).where("a.token", "=", token).executeTakeFirst();
  if (!row) throw notFound("appointment_not_found");
  return row;
}

export interface ItemName {
  id: number;
  code: string;
  name: string;
  nameEn: string;
}

export const itemsOf = async (db: Database | Tx, row: Pick<AppointmentRow, "hall_id" | "id">): Promise<ItemName[]> =>
  db.selectFrom("appointment_items as x").innerJoin("items as i", (join) => join.onRef("i.hall_id", "=", "x.hall_id").onRef("i.id", "=", "x.item_id"))
    .select(["i.id", "i.code", "i.name", "i.name_en as nameEn"]).where("x.hall_id", "=", row.hall_id).where("x.appointment_id", "=", row.id).orderBy("i.code").execute();

/** What is sealed in a booking. */
export interface SealedPerson {
  name: string;
  phone: string;
  idNumber?: string | undefined;
  booker?: { name: string; phone: string } | undefined;
  address?: string | undefined;
  note?: string | undefined;
}
