import { sql } from "kysely";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import type { BookingRules } from "../rules/schema";
import type { PersonKeys } from "../book/commands";

export type LimitRefusal = "duplicate_booking" | "booking_limit_day" | "booking_limit_week" | "booking_paused";

/**
 * What one person may book: once per item, so many a day and a week, and not while on-line booking is paused. Each of the
 * refusals says that a number at the hall is there at any time (JY-7.2.2c). `duplicate`: another live booking on that day,
 * marked and left out of promised times (GD-5.5.2b).
 */
export async function limitsOf(ctx: HallContext, wish: PersonKeys & { codes: readonly string[]; day: string; online: boolean }, rules: BookingRules): Promise<Result<{ duplicate: boolean }, LimitRefusal>> {
  const { rows: [count] } = await sql<{ same: number; other: number; day: number; week: number; until: string | null }>`
    select own.*, phone.*,
           (select max(p.ends) from booking_pauses p where p.hall_id = ${ctx.hall.id} and p.phone_key = ${wish.phoneKey} and p.lifted_at is null and p.ends > ${ctx.now}::timestamptz) as until
      from (select count(*) filter (where a.ends > ${ctx.now}::timestamptz and exists (select 1 from appointment_items x join items i on i.hall_id = x.hall_id and i.id = x.item_id where x.hall_id = a.hall_id and x.appointment_id = a.id and i.code = any(${[...wish.codes]})))::int as same,
                   count(*) filter (where a.day = ${wish.day}::date)::int as other
              from appointments a where a.hall_id = ${ctx.hall.id} and a.person_key = ${wish.personKey} and a.state = 'booked') own
      cross join (select count(*) filter (where a.day = ${wish.day}::date)::int as day, count(*)::int as week
              from appointments a where a.hall_id = ${ctx.hall.id} and a.phone_key = ${wish.phoneKey} and a.state in ('booked', 'arrived', 'missed') and a.day between ${wish.day}::date - 6 and ${wish.day}::date + 6) phone`.execute(ctx.tx);
  const { same, other, day, week, until } = count!;
  if (same >= rules.perItem) return refuse("duplicate_booking", { max: rules.perItem }, "item");
  if (wish.online && until !== null) return refuse("booking_paused", { until });
  if (wish.online && day >= rules.perDay) return refuse("booking_limit_day", { max: rules.perDay });
  if (wish.online && week >= rules.perWeek) return refuse("booking_limit_week", { max: rules.perWeek });
  return ok({ duplicate: other > 0 });
}
