import { sql } from "kysely";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { tellPaused, tellWarning } from "../tell/commands";
import { type AppointmentRow, appointmentRows } from "../book/rows";
import type { BookingRules } from "../rules/schema";

/**
 * Counts a no-show whose day is over: one before the last that is allowed warns, the last one pauses on-line booking for
 * this phone. Numbers at the hall, the guide desk and the telephone are never touched (JY-7.2.2c).
 */
export async function countNoShow(ctx: HallContext, appointmentId: number, rules: BookingRules): Promise<void> {
  const row = await appointmentRows(ctx.tx, ctx.hall.id).where("a.id", "=", appointmentId).executeTakeFirstOrThrow();
  const { missed, withinDays, days } = rules.pause;
  if (missed === 0 || row.phone_key === null) return;
  const { rows: [count] } = await sql<{ n: number; paused: boolean }>`
    select count(*)::int as n, exists (select 1 from booking_pauses p where p.hall_id = ${ctx.hall.id} and p.phone_key = ${row.phone_key} and p.lifted_at is null and p.ends > ${ctx.now}::timestamptz) as paused
      from appointments a where a.hall_id = ${ctx.hall.id} and a.phone_key = ${row.phone_key} and a.state = 'missed' and a.day > ${row.day}::date - ${withinDays}::int and a.day <= ${row.day}::date
       and not exists (select 1 from booking_pauses p where p.hall_id = a.hall_id and p.phone_key = a.phone_key and p.starts > a.starts)`.execute(ctx.tx);
  if (count!.paused) return;
  if (count!.n >= missed) await pause(ctx, row, count!.n, days);
  else if (count!.n === missed - 1) await tellWarning(ctx, row, count!.n, rules.pause);
}

async function pause(ctx: HallContext, row: AppointmentRow, missed: number, days: number): Promise<void> {
  const made = await ctx.tx.insertInto("booking_pauses").values({ hall_id: ctx.hall.id, phone_key: row.phone_key!, phone_mask: row.phone_mask, missed, starts: ctx.now, ends: sql<string>`${ctx.now}::timestamptz + make_interval(days => ${days})` }).returning(["id", "ends"]).executeTakeFirstOrThrow();
  await ctx.append("booking.paused", `booking_pause:${made.id}`, { missed, until: made.ends });
  await tellPaused(ctx, row, missed, made.ends);
}

/** Reasons of the visitor, who shows by the link of a booking of that phone that it is theirs. */
export async function appealPause(ctx: HallContext, phoneKey: string, text: string): Promise<Result<number, "pause_gone">> {
  const row = await ctx.tx.updateTable("booking_pauses").set({ appeal: text, appeal_at: ctx.now, answer: null }).where("hall_id", "=", ctx.hall.id).where("phone_key", "=", phoneKey).where("lifted_at", "is", null).where("ends", ">", ctx.now).returning("id").executeTakeFirst();
  if (!row) return refuse("pause_gone");
  await ctx.append("booking.pause_appealed", `booking_pause:${row.id}`, {});
  return ok(row.id);
}

/** Answers an appeal: lifts the pause, or lets it stand with the reason. */
export async function answerPause(ctx: HallContext, id: number, input: { lift: boolean; answer: string }): Promise<Result<number, "pause_gone">> {
  const row = await ctx.tx.updateTable("booking_pauses").set({ answer: input.answer, ...(input.lift ? { lifted_at: ctx.now, lifted_by: ctx.actor } : {}) }).where("hall_id", "=", ctx.hall.id).where("id", "=", id).where("lifted_at", "is", null).where("ends", ">", ctx.now).returning("id").executeTakeFirst();
  if (!row) return refuse("pause_gone");
  await ctx.append(input.lift ? "booking.pause_lifted" : "booking.pause_upheld", `booking_pause:${id}`, { answer: input.answer });
  return ok(id);
}
