import { sql } from "kysely";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";

/**
 * The task to staff a session outside of office hours or a home visit, as soon as somebody has booked it; it goes away
 * with the last booking (BG-C02f, BG-C07d). Usual hours have their staff anyway.
 */
export async function staffDuty(ctx: HallContext, stockId: number, day: string): Promise<void> {
  const { rows } = await sql<{ kind: string; starts: string | null; ends: string | null; booked: number; duty: number | null; state: string | null; known: number | null; hours: string | null }>`
    select s.kind, min(a.starts) as starts, max(a.ends) as ends, count(a.id)::int as booked, d.id as duty, d.state, d.booked as known
      from stocks s left join appointments a on a.hall_id = s.hall_id and a.stock_id = s.id and a.day = ${day}::date and a.state in ('booked', 'arrived')
      left join duties d on d.hall_id = s.hall_id and d.stock_id = s.id and (d.starts at time zone (select time_zone from halls where id = s.hall_id))::date = ${day}::date
     where s.hall_id = ${ctx.hall.id} and s.id = ${stockId} and s.kind in ('off_hours', 'home') group by s.kind, d.id, d.state, d.booked`.execute(ctx.tx);
  const duty = rows[0];
  if (!duty || (duty.booked === 0 && duty.duty === null) || duty.booked === duty.known) return;
  if (duty.duty === null) {
    const made = await ctx.tx.insertInto("duties").values({ hall_id: ctx.hall.id, stock_id: stockId, day, starts: duty.starts!, ends: duty.ends!, booked: duty.booked, created_at: ctx.now }).returning("id").executeTakeFirstOrThrow();
    await ctx.append("duty.created", `duty:${made.id}`, { stock: stockId, day, starts: duty.starts, ends: duty.ends, booked: duty.booked });
    return;
  }
  const state = duty.booked === 0 ? "cancelled" : duty.state === "cancelled" ? "open" : duty.state!;
  await ctx.tx.updateTable("duties").set({ booked: duty.booked, state, ...(duty.starts ? { starts: duty.starts, ends: duty.ends! } : {}) }).where("hall_id", "=", ctx.hall.id).where("id", "=", duty.duty).execute();
  await ctx.append("duty.changed", `duty:${duty.duty}`, { booked: duty.booked, state });
}

/** Enters who does a duty; an empty list opens it again. */
export async function assignDuty(ctx: HallContext, id: number, usernames: readonly string[]): Promise<Result<number, "duty_gone" | "staff_unknown" | "duty_overlap">> {
  const duty = await ctx.tx.selectFrom("duties").selectAll().where("hall_id", "=", ctx.hall.id).where("id", "=", id).executeTakeFirst();
  if (!duty || duty.state === "cancelled") return refuse("duty_gone");
  const staff = await ctx.tx.selectFrom("staff").select(["id", "username", "name"]).where("hall_id", "=", ctx.hall.id).where("active", "=", true).where("username", "in", ["", ...usernames]).execute();
  const missing = usernames.find((username) => !staff.some((each) => each.username === username));
  if (missing !== undefined) return refuse("staff_unknown", { name: missing }, "staff");
  const ids = staff.map((each) => each.id);
  const { rows: [busy] } = await sql<{ name: string }>`
    select s.name from duties d join staff s on s.id = any(d.staff_ids) where d.hall_id = ${ctx.hall.id} and d.id <> ${id} and d.state <> 'cancelled' and s.id = any(${ids}) and d.starts < ${duty.ends}::timestamptz and d.ends > ${duty.starts}::timestamptz limit 1`.execute(ctx.tx);
  if (busy) return refuse("duty_overlap", { name: busy.name }, "staff");
  await ctx.tx.updateTable("duties").set({ staff_ids: ids, state: ids.length > 0 ? "staffed" : "open" }).where("hall_id", "=", ctx.hall.id).where("id", "=", id).execute();
  await ctx.append("duty.assigned", `duty:${id}`, { staff: ids, before: duty.staff_ids });
  return ok(id);
}
