/** What time alone does to bookings; safe to run as often as one likes. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { eachHall } from "@/lib/db/faults";
import { ok } from "@/lib/kernel/result";
import { changeHall, type HallContext, type HallRef } from "@/lib/ledger/commands";
import { releaseDue, takeAppointmentStep } from "../book/commands";
import { tellMissed, tellReminder } from "../tell/commands";
import { appointmentRows } from "../book/rows";
import { bookingRules } from "../rules/data";
import { countNoShow } from "../pauses/commands";
import { makeSlots } from "../stock/commands";

const ACTOR = "system";

/** Holds that ran out, seats that come back, reminders, visitors who did not come: for every hall that has any. */
export async function tendAppointments(db: Database): Promise<void> {
  const { rows } = await sql<HallRef>`
    select h.id, h.code from halls h where h.active and (
      exists (select 1 from appointment_seats x where x.hall_id = h.id and x.release_at <= app_now())
      or exists (select 1 from appointments a where a.hall_id = h.id and a.state = 'held' and a.held_until <= app_now())
      or exists (select 1 from appointments a where a.hall_id = h.id and a.state = 'booked' and a.starts < app_now() + interval '72 hours' and (a.reminded_at is null or a.starts < app_now()))
      or exists (select 1 from appointments a where a.hall_id = h.id and a.state = 'missed' and a.ended_at is null and a.day < (app_now() at time zone h.time_zone)::date))`.execute(db);
  await eachHall(rows, "bookings", (hall) => changeHall(db, { hall, actor: ACTOR }, async (ctx) => {
    await releaseDue(ctx);
    await remind(ctx);
    await markMissed(ctx);
    await settleMissed(ctx);
    return ok(true);
  }));
}

async function remind(ctx: HallContext): Promise<void> {
  const { remindHours } = await bookingRules(ctx.tx, ctx.hall.id);
  if (remindHours === 0) return;
  const due = await appointmentRows(ctx.tx, ctx.hall.id).where("a.state", "=", "booked").where("a.reminded_at", "is", null).where("a.starts", ">", ctx.now)
    .where("a.starts", "<=", sql<string>`${ctx.now}::timestamptz + make_interval(hours => ${remindHours})`).orderBy("a.starts").limit(200).execute();
  for (const row of due) {
    await ctx.tx.updateTable("appointments").set({ reminded_at: ctx.now }).where("hall_id", "=", ctx.hall.id).where("id", "=", row.id).execute();
    // Who books for tomorrow has the confirmation; a reminder a minute later would only cost.
    if (row.booked_at !== null && Date.parse(ctx.now) - Date.parse(row.booked_at) > 3_600_000) await tellReminder(ctx, row);
  }
}

/** After the late limit: marked, with a message that an ordinary number is waiting; who comes the same day is no no-show. */
async function markMissed(ctx: HallContext): Promise<void> {
  const { lateMinutes } = await bookingRules(ctx.tx, ctx.hall.id);
  const due = await appointmentRows(ctx.tx, ctx.hall.id).where("a.state", "=", "booked").where("a.starts", "<", sql<string>`${ctx.now}::timestamptz - make_interval(mins => ${lateMinutes})`).orderBy("a.starts").limit(200).execute();
  for (const row of due) {
    const done = await takeAppointmentStep(ctx, row, "miss", { missed_at: ctx.now, proposal: null });
    if (done.ok && row.day === ctx.today) await tellMissed(ctx, row);
  }
}

/** The day is over: now it counts as a no-show. */
async function settleMissed(ctx: HallContext): Promise<void> {
  const rules = await bookingRules(ctx.tx, ctx.hall.id);
  const due = await ctx.tx.selectFrom("appointments").select("id").where("hall_id", "=", ctx.hall.id).where("state", "=", "missed").where("ended_at", "is", null).where("day", "<", ctx.today).orderBy("starts").limit(500).execute();
  for (const { id } of due) {
    await ctx.tx.updateTable("appointments").set({ ended_at: ctx.now, ended_reason: "no_show" }).where("hall_id", "=", ctx.hall.id).where("id", "=", id).execute();
    await countNoShow(ctx, id, rules);
  }
}

/** Brings the slots of every hall that takes bookings to the coming weeks. */
export async function makeAllSlots(db: Database): Promise<void> {
  const halls = await db.selectFrom("halls as h").select(["h.id", "h.code"]).where("h.active", "=", true).where((eb) => eb.exists(eb.selectFrom("stocks as s").select("s.id").whereRef("s.hall_id", "=", "h.id"))).execute();
  await eachHall(halls, "slots", (hall) => changeHall(db, { hall, actor: ACTOR }, async (ctx) => ok(await makeSlots(ctx))));
}
