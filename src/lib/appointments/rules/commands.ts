import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { bookingRules } from "./data";
import type { BookingRules } from "./schema";

/** Publishes the booking rules as the next version; `version` is the one that was read. Bookings made before keep their time. */
export async function publishBookingRules(ctx: HallContext, document: BookingRules, version: number): Promise<Result<number, "edited_elsewhere">> {
  const current = await bookingRules(ctx.tx, ctx.hall.id);
  if (current.version !== version) return refuse("edited_elsewhere", { code: String(version) });
  const next = version + 1;
  await ctx.tx.insertInto("booking_rules").values({ hall_id: ctx.hall.id, version: next, document: JSON.stringify(document), published_by: ctx.actor, published_at: ctx.now }).execute();
  await ctx.append("booking_rules.published", `booking_rules:${next}`, { version: next, document });
  return ok(next);
}
