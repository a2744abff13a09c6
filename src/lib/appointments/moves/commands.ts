/** Other times proposed to visitors whose booking a closure hits. */
import { sql } from "kysely";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { dropQueued } from "@/lib/notify/commands";
import type { Offer } from "../model";
import { bookingRules } from "../rules/data";
import { staffDuty } from "../duties/commands";
import { numberOn, releaseDue, takeAppointmentStep, takeSeats } from "../book/commands";
import { tellMoved, tellProposal } from "../tell/commands";
import { type AppointmentRow, appointmentRows, itemsOf } from "../book/rows";
import { lastDay, type Route, routeOffers, routesFor, slotsOf, wantedItems } from "../visit/data";

export interface Proposed {
  proposed: number;
  /** Bookings for which nothing is free within the horizon. */
  without: string[];
}

/**
 * Proposes another time to each of the given bookings: the nearest free one of the same kind, its seats kept until the
 * answer or the day before. The old time stays as it is until then.
 */
export async function proposeMoves(ctx: HallContext, ids: readonly number[], reason: string): Promise<Result<Proposed>> {
  await releaseDue(ctx);
  const rules = await bookingRules(ctx.tx, ctx.hall.id);
  const until = await lastDay(ctx.tx, ctx.hall.id, rules);
  const result: Proposed = { proposed: 0, without: [] };
  const rows = await appointmentRows(ctx.tx, ctx.hall.id).where("a.id", "in", [-1, ...ids]).where("a.state", "=", "booked").where("a.starts", ">", ctx.now).orderBy("a.starts").orderBy("a.id").execute();
  for (const row of rows) {
    const earlier = row.proposal as Proposal | null;
    if (earlier && Date.parse(earlier.until) > Date.parse(ctx.now)) continue;
    // Nobody answered in time: its places are free again, so there is a new one.
    if (earlier) await withdraw(ctx, row.id, earlier);
    const found = await nearestOffer(ctx, row, until, rules.leadMinutes);
    if (!found) {
      result.without.push(row.number);
      continue;
    }
    const { offer, route } = found;
    const answerBy = new Date(Math.max(Date.parse(ctx.now) + 3_600_000, Math.min(Date.parse(row.starts), Date.parse(offer.starts)) - 3_600_000)).toISOString();
    await takeSeats(ctx, row.id, offer, answerBy);
    await ctx.tx.updateTable("appointments").set({ proposal: JSON.stringify({ starts: offer.starts, ends: offer.ends, seats: offer.seats, stock: route.parts[0]!.stockId, line: route.parts[0]!.lineId, reason, until: answerBy }) }).where("hall_id", "=", ctx.hall.id).where("id", "=", row.id).execute();
    await ctx.append("appointment.proposed", `appointment:${row.id}`, { number: row.number, starts: row.starts, to: offer.starts, reason });
    await tellProposal(ctx, row, { starts: offer.starts, ends: offer.ends, reason });
    result.proposed++;
  }
  return ok(result);
}

async function nearestOffer(ctx: HallContext, row: AppointmentRow, until: string, leadMinutes: number): Promise<{ offer: Offer; route: Route } | undefined> {
  const items = await wantedItems(ctx.tx, ctx.hall.id, (await itemsOf(ctx.tx, row)).map((item) => item.code), ctx.today);
  if (!items.ok) return undefined;
  const [route] = await routesFor(ctx.tx, ctx.hall.id, items.value, row.stock_kind as Route["kind"]);
  if (!route) return undefined;
  const taken = new Set((await ctx.tx.selectFrom("appointment_seats").select("slot_id").where("hall_id", "=", ctx.hall.id).where("appointment_id", "=", row.id).execute()).map((seat) => seat.slot_id));
  const slots = await slotsOf(ctx.tx, ctx.hall.id, route.parts.map((part) => part.stockId), ctx.today, until);
  const offers = routeOffers(route, slots, row.party).filter((offer) => offer.free > 0 && Date.parse(offer.starts) > Date.parse(ctx.now) + leadMinutes * 60_000 && !offer.seats.some(({ slot }) => taken.has(slot)));
  const wished = Date.parse(row.starts);
  const [offer] = offers.sort((a, b) => Math.abs(Date.parse(a.starts) - wished) - Math.abs(Date.parse(b.starts) - wished));
  return offer && { offer, route };
}

interface Proposal {
  starts: string; ends: string; stock: number; line: number; seats: Offer["seats"]; until: string;
}

/** The visitor's answer: the proposed time, or the old one stays. */
export async function answerProposal(ctx: HallContext, row: AppointmentRow, accept: boolean): Promise<Result<number, "proposal_gone" | "step_refused">> {
  const proposal = row.proposal as Proposal | null;
  if (!proposal || (accept && Date.parse(proposal.until) <= Date.parse(ctx.now))) return refuse("proposal_gone");
  if (!accept) {
    await withdraw(ctx, row.id, proposal);
    await ctx.append("appointment.proposal_declined", `appointment:${row.id}`, { number: row.number });
    return ok(row.id);
  }
  const kept = proposal.seats.map(({ slot }) => slot);
  await ctx.tx.deleteFrom("appointment_seats").where("hall_id", "=", ctx.hall.id).where("appointment_id", "=", row.id).where("slot_id", "not in", kept).execute();
  await ctx.tx.updateTable("appointment_seats").set({ release_at: null }).where("hall_id", "=", ctx.hall.id).where("appointment_id", "=", row.id).execute();
  const { rows: [place] } = await sql<{ day: string }>`select (${proposal.starts}::timestamptz at time zone time_zone)::date as day from halls where id = ${ctx.hall.id}`.execute(ctx.tx);
  const done = await takeAppointmentStep(ctx, row, "move", { number: place!.day === row.day ? row.number : await numberOn(ctx, place!.day, row.number), starts: proposal.starts, ends: proposal.ends, day: place!.day, stock_id: proposal.stock, line_id: proposal.line, proposal: null, reminded_at: null, changes: row.changes + 1 }, { before: { starts: row.starts, day: row.day }, starts: proposal.starts, ends: proposal.ends, by: "proposal" });
  if (!done.ok) return done;
  await staffDuty(ctx, row.stock_id, row.day);
  await staffDuty(ctx, proposal.stock, place!.day);
  await tellMoved(ctx, await appointmentRows(ctx.tx, ctx.hall.id).where("a.id", "=", row.id).executeTakeFirstOrThrow());
  return done;
}

/** Takes proposals back that nobody has answered yet, with messages that were not sent yet. */
export async function withdrawProposals(ctx: HallContext, ids: readonly number[]): Promise<Result<number>> {
  const rows = await appointmentRows(ctx.tx, ctx.hall.id).where("a.id", "in", [-1, ...ids]).where("a.state", "=", "booked").where("a.proposal", "is not", null).execute();
  for (const row of rows) {
    await withdraw(ctx, row.id, row.proposal as unknown as Proposal);
    await ctx.append("appointment.proposal_withdrawn", `appointment:${row.id}`, { number: row.number });
  }
  return ok(rows.length);
}

async function withdraw(ctx: HallContext, id: number, proposal: Proposal): Promise<void> {
  await ctx.tx.deleteFrom("appointment_seats").where("hall_id", "=", ctx.hall.id).where("appointment_id", "=", id).where("slot_id", "in", [-1, ...proposal.seats.map(({ slot }) => slot)]).where("release_at", "is not", null).execute();
  await ctx.tx.updateTable("appointments").set({ proposal: null }).where("hall_id", "=", ctx.hall.id).where("id", "=", id).execute();
  await dropQueued(ctx, "booking_moved", `appointment:${id}`);
}
