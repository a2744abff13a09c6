/** Bookings that a closure hits, and other times proposed to their visitors. */
import { sql } from "kysely";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import type { HallContext } from "@/lib/ledger/commands";
import type { Offer } from "../model";
import { bookingRules } from "../rules/data";
import { staffDuty } from "../stock/duties";
import { lastDay, releaseDue, takeAppointmentStep, takeSeats } from "./commands";
import { tellMoved, tellProposal } from "./messages";
import { type AppointmentRow, appointmentRows, itemsOf } from "./rows";
import { type Route, routeOffers, routesFor, slotsOf, wantedItems } from "./visit";

export interface Hit {
  id: number; number: string; starts: string; ends: string; line: string; lineName: string; lineNameEn: string; name: string; phone: string; channel: string; party: number;
  /** The slot does not exist any more, or more is booked than the windows can do now. */
  reason: "closed" | "overfull";
  proposal: { starts: string; ends: string; until: string } | null;
}

/**
 * Bookings that do not fit any more: those of closed slots, and of overfull ones the latest booked. `held` proposals are
 * shown with them. Whoever is hit may come all the same.
 */
export async function hitBookings(db: Database | Tx, hallId: number): Promise<Hit[]> {
  const { rows } = await sql<Hit>`
    with over as (
      select s.id, s.closed or s.planned + s.adjust <= 0 as closed, slot_wanted(s) as wanted from slots s where s.hall_id = ${hallId} and s.starts > app_now() and s.booked > slot_wanted(s)),
    seat as (
      select x.appointment_id, o.closed, sum(x.seats) over (partition by x.slot_id order by a.booked_at, a.id) > o.wanted as beyond
        from over o join appointment_seats x on x.hall_id = ${hallId} and x.slot_id = o.id and x.release_at is null join appointments a on a.hall_id = x.hall_id and a.id = x.appointment_id and a.state = 'booked')
    select a.id, a.number, a.starts, a.ends, l.code as line, l.name as "lineName", l.name_en as "lineNameEn", a.name_mask as name, a.phone_mask as phone, a.channel, a.party,
           case when bool_or(seat.closed) then 'closed' else 'overfull' end as reason, a.proposal
      from seat join appointments a on a.hall_id = ${hallId} and a.id = seat.appointment_id join lines l on l.hall_id = a.hall_id and l.id = a.line_id
     where seat.closed or seat.beyond group by a.hall_id, a.id, l.code, l.name, l.name_en order by a.starts, a.id`.execute(db);
  return rows;
}

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
    if (row.proposal !== null) continue;
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
  const done = await takeAppointmentStep(ctx, row, "move", { starts: proposal.starts, ends: proposal.ends, day: place!.day, stock_id: proposal.stock, line_id: proposal.line, proposal: null, reminded_at: null, changes: row.changes + 1 }, { before: { starts: row.starts, day: row.day }, starts: proposal.starts, ends: proposal.ends, by: "proposal" });
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
  await sql`update messages set state = 'dropped', error = 'withdrawn' where hall_id = ${ctx.hall.id} and dedupe like ${`booking_moved/${id}/%`} and state = 'queued'`.execute(ctx.tx);
}
