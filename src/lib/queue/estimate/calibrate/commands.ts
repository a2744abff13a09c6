import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { eachHall } from "@/lib/db/faults";
import { forgetCalibrations } from "./data";
import { calibrate, type Outcome } from "./model";

/** Days that the factors are learned from, and days that told waits are kept. */
const DAYS = 28;
const KEPT_DAYS = 400;
const MOST = 20_000;

/** Learns the factors of each hall anew once a day, after its midnight. Derived figures: they stand in no ledger and may be learned again at any time. */
export async function recalibrateHalls(db: Database): Promise<number> {
  const { rows } = await sql<{ id: number; today: string }>`
    select h.id, (app_now() at time zone h.time_zone)::date as today from halls h
     where h.active and exists (select 1 from wait_predictions p where p.hall_id = h.id and p.day < (app_now() at time zone h.time_zone)::date)
       and not exists (select 1 from wait_calibrations c where c.hall_id = h.id and c.day >= (app_now() at time zone h.time_zone)::date)`.execute(db);
  await eachHall(rows, "calibration", ({ id, today }) => recalibrate(db, id, today));
  return rows.length;
}

/** From the days before `today` only. */
export async function recalibrate(db: Database, hallId: number, today: string): Promise<void> {
  const { rows } = await sql<{ hour: number; line: number; item: number | null; raw10: number; raw50: number; raw90: number; actual: number }>`
    select p.hour, p.line_id as line, p.item_id as item, p.raw10, p.raw50, p.raw90, extract(epoch from t.called_at - t.issued_at)::float8 / 60 as actual
      from wait_predictions p join tickets t on t.hall_id = p.hall_id and t.id = p.ticket_id
     where p.hall_id = ${hallId} and p.day < ${today}::date and p.day >= ${today}::date - ${DAYS}::int and t.called_at is not null and t.line_id = p.line_id and t.rank_rule <> 'transferred'
     order by p.ticket_id desc limit ${MOST}`.execute(db);
  const found = calibrate(rows.map(({ hour, line, item, raw10, raw50, raw90, actual }): Outcome => ({ hour, lineId: line, itemId: item, actual, raw: { p10: raw10, p50: raw50, p90: raw90 } })));
  // The hall's own row stands even with too few outcomes: it says that this night's learning is done.
  const all = found.some(({ level }) => level === "hall") ? found : [{ level: "hall" as const, key: 0, n: rows.length, f10: 1, f50: 1, f90: 1 }, ...found];
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom("wait_calibrations").where("hall_id", "=", hallId).execute();
    await tx.insertInto("wait_calibrations").values(all.map((each) => ({ hall_id: hallId, day: today, ...each }))).execute();
    await sql`delete from wait_predictions where hall_id = ${hallId} and day < ${today}::date - ${KEPT_DAYS}::int`.execute(tx);
  });
  forgetCalibrations(hallId);
}
