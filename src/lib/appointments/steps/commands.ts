import { sql } from "kysely";
import { checkIdNumber } from "@/lib/kernel/id-number";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { copyContact } from "@/lib/notify/commands";
import { currentPolicy } from "@/lib/queue/policy/data";
import { classOf } from "@/lib/queue/policy/model";
import { issueTicket, type IssueRefusal } from "@/lib/queue/ticket/commands";
import type { IssueTicketInput } from "@/lib/queue/ticket/schema";
import { arrivalVerdict, type StockKind } from "../model";
import { bookingRules } from "../rules/data";
import { staffDuty } from "../duties/commands";
import { chooseSeats, numberOn, releaseDue, type SeatRefusal, takeAppointmentStep, takeSeats } from "../book/commands";
import { personOf, tellCancelled, tellMoved } from "../tell/commands";
import { type AppointmentRow, appointmentRows, itemsOf } from "../book/rows";

/**
 * Gives a booking up. The seat comes back after a random time, so that nobody can stand in wait for it; a hold's at once.
 * Staff may cancel at any time, the holder until the hall's limit.
 */
export async function cancelAppointment(ctx: HallContext, row: AppointmentRow, input: { reason?: string | undefined; staff: boolean }): Promise<Result<number, "step_refused" | "too_late_to_change">> {
  const rules = await bookingRules(ctx.tx, ctx.hall.id);
  if (!input.staff && row.state === "booked" && tooLate(ctx, row, rules.cancelMinutes)) return refuse("too_late_to_change", { minutes: rules.cancelMinutes });
  const done = await takeAppointmentStep(ctx, row, "cancel", { ended_at: ctx.now, ended_reason: input.reason ?? null, proposal: null, held_until: null }, { by: input.staff ? "hall" : "visitor", ...(input.reason ? { reason: input.reason } : {}) });
  if (!done.ok) return done;
  const delay = row.state === "held" || Date.parse(row.starts) < Date.parse(ctx.now) ? 0 : rules.returnMinutes;
  await sql`update appointment_seats set release_at = least(coalesce(release_at, 'infinity'), ${ctx.now}::timestamptz + random() * ${delay} * interval '1 minute') where hall_id = ${ctx.hall.id} and appointment_id = ${row.id}`.execute(ctx.tx);
  await releaseDue(ctx);
  if (row.state === "booked") {
    await staffDuty(ctx, row.stock_id, row.day);
    await tellCancelled(ctx, row, input.reason);
  }
  return done;
}

const tooLate = (ctx: HallContext, row: Pick<AppointmentRow, "starts">, minutes: number): boolean => Date.parse(ctx.now) > Date.parse(row.starts) - minutes * 60_000;

/** Another time for a booking: the new seats are taken before the old ones are given back, so nobody loses a place. */
export async function rescheduleAppointment(ctx: HallContext, row: AppointmentRow, input: { start: string; kind?: StockKind | undefined }, staff: boolean): Promise<Result<number, "step_refused" | "too_late_to_change" | SeatRefusal>> {
  const rules = await bookingRules(ctx.tx, ctx.hall.id);
  if (row.state !== "booked") return refuse("step_refused", { number: row.number, state: row.state });
  if (!staff && tooLate(ctx, row, rules.cancelMinutes)) return refuse("too_late_to_change", { minutes: rules.cancelMinutes });
  const items = await itemsOf(ctx.tx, row);
  // Its own seats are not in its way.
  await giveBackSeats(ctx, row.id);
  const chosen = await chooseSeats(ctx, { codes: items.map((item) => item.code), start: input.start, kind: input.kind, party: row.party });
  if (!chosen.ok) return chosen;
  const { offer, route, day } = chosen.value;
  await takeSeats(ctx, row.id, offer, null);
  const before = { starts: row.starts, day: row.day };
  const number = day === row.day ? row.number : await numberOn(ctx, day, row.number);
  const done = await takeAppointmentStep(ctx, row, "move", { number, starts: offer.starts, ends: offer.ends, day, stock_id: route.parts[0]!.stockId, line_id: route.parts[0]!.lineId, proposal: null, reminded_at: null, changes: row.changes + 1 }, { before, starts: offer.starts, ends: offer.ends, by: staff ? "hall" : "visitor" });
  if (!done.ok) return done;
  await staffDuty(ctx, row.stock_id, before.day);
  await staffDuty(ctx, route.parts[0]!.stockId, day);
  await tellMoved(ctx, await appointmentRows(ctx.tx, ctx.hall.id).where("a.id", "=", row.id).executeTakeFirstOrThrow());
  return done;
}

export const giveBackSeats = async (ctx: HallContext, id: number): Promise<void> => {
  await ctx.tx.deleteFrom("appointment_seats").where("hall_id", "=", ctx.hall.id).where("appointment_id", "=", id).execute();
};

export interface ArriveOptions {
  secret: string;
  /** A kiosk or a member of staff stands by: the class that was said at booking is taken as shown. */
  trusted: boolean;
  channel: IssueTicketInput["channel"];
}

/**
 * Check-in: the booked visitor gets the number without queueing for one (好差评 code 212). On time the number has the
 * booked credit; late it is an ordinary one, without any loss of service (JY-7.2.2c). Pressed again it gives the same number.
 */
export async function checkIn(ctx: HallContext, row: AppointmentRow, options: ArriveOptions): Promise<Result<number, "step_refused" | "not_today" | "too_early" | IssueRefusal>> {
  if (row.state === "arrived" && row.ticket_id !== null) return ok(row.ticket_id);
  if (row.state !== "booked" && row.state !== "missed") return refuse("step_refused", { number: row.number, state: row.state });
  if (row.day !== ctx.today) return refuse("not_today", { day: row.day });
  const rules = await bookingRules(ctx.tx, ctx.hall.id);
  const verdict = arrivalVerdict(Date.parse(ctx.now), Date.parse(row.starts), rules);
  const [item] = await itemsOf(ctx.tx, row);
  // Item and line go along: whoever comes early can take an ordinary number for the same at once (JY-7.2.2c).
  if (verdict === "too_early") return refuse("too_early", { minutes: rules.earlyMinutes, start: row.starts, item: item!.code, line: row.line });
  const late = verdict === "late";
  const person = personOf(row);
  const policy = await currentPolicy(ctx.tx, ctx.hall.id);
  const known = classOf(policy, row.class);
  const base = {
    class: options.trusted && known && !known.byBooking ? known.code : undefined, channel: options.channel,
    ...(person?.idNumber && checkIdNumber(person.idNumber).ok ? { person: { idNumber: person.idNumber } } : {}),
  };
  const booked = { token: row.token, start: row.starts, late };
  let issued = await ctx.attempt(() => issueTicket(ctx, { ...base, item: item!.code } as IssueTicketInput, { ...options, booked }));
  // What was booked stays good, even if the item was taken out of use or its agreement ended since then.
  if (!issued.ok) issued = await ctx.attempt(() => issueTicket(ctx, { ...base, line: row.line } as IssueTicketInput, { ...options, booked }));
  if (!issued.ok) return issued as Result<number, IssueRefusal>;
  const ticketId = Number(issued.value.id);
  const done = await takeAppointmentStep(ctx, row, "arrive", { arrived_at: ctx.now, late, missed_at: null, ticket_id: ticketId, proposal: null }, { ticket: issued.value.number, late });
  if (!done.ok) return done;
  await copyContact(ctx, `appointment:${row.id}`, `ticket:${ticketId}`);
  return ok(ticketId);
}
