"use server";
import { revalidatePath } from "next/cache";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { type Place, placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { HALL_WRITERS } from "@/components/admin/register";
import type { StepState } from "@/components/admin/residency/step-form";
import { unlessAway } from "@/components/admin/unless-away";
import { fromLocal } from "@/components/form/zoned-time";
import { proposeMoves, withdrawProposals } from "@/lib/appointments/moves/commands";
import { hitBookings } from "@/lib/appointments/moves/data";
import { revealPerson } from "@/lib/appointments/book/reveal";
import { appointmentRows } from "@/lib/appointments/book/rows";
import { cancelAppointment } from "@/lib/appointments/steps/commands";
import { answerPause } from "@/lib/appointments/pauses/commands";
import { adjustSlots, closeSlots, closeWindowAhead, copyWeek, stockEveryLine, withdrawClosure } from "@/lib/appointments/stock/commands";
import { assignDuty } from "@/lib/appointments/duties/commands";
import { closureInput, copyWeekInput, slotRangeInput } from "@/lib/appointments/stock/schema";
import { database } from "@/lib/db/database";
import { type Translate, translator } from "@/lib/i18n/messages";
import { AppError, forbidden } from "@/lib/kernel/errors";
import { refuse, type Result } from "@/lib/kernel/result";
import { changeHall, type HallContext } from "@/lib/ledger/commands";

/** One change of booking by an administrator of the hall, with a sentence for either end. */
async function change<T>(hallCode: string, work: (ctx: HallContext, place: Place) => Promise<Result<T>>, done: (t: Translate, value: T) => string): Promise<{ ok: boolean; message: string }> {
  const outcome = await unlessAway(async () => {
    const place = await placeForAction(HALL_WRITERS, String(hallCode));
    if (!place.hall) throw forbidden();
    try {
      const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, (ctx) => work(ctx, place));
      if (!result.ok) return { ok: false, message: problemText(place.locale, result.code, result.details) };
      revalidatePath("/admin", "layout");
      return { ok: true, message: done(translator(place.locale, "appointments"), result.value) };
    } catch (error) {
      if (error instanceof AppError && error.status === 400) return { ok: false, message: problemText(place.locale, error.code, error.options.details) };
      throw error;
    }
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}

const asStep = (state: StepState, { ok: fine, message }: { ok: boolean; message: string }): StepState => ({ turn: state.turn + 1, ...(fine ? { done: message } : { message }) });
const text = (form: FormData, name: string): string => String(form.get(name) ?? "").trim();

/** Slots in a span: closed, opened again, more or fewer seats. */
export async function slotsAction(hallCode: string, state: StepState, form: FormData): Promise<StepState> {
  return asStep(state, await change(hallCode, async (ctx, place) => {
    const [day, until] = [text(form, "day"), text(form, "until") || text(form, "day")];
    const at = (date: string, clock: string) => fromLocal(`${date}T${clock}`, place.hall!.timeZone);
    const parsed = slotRangeInput.safeParse({ stock: text(form, "stock") || undefined, from: /^\d{4}-/.test(day) ? at(day, text(form, "from") || "00:00") : "", to: /^\d{4}-/.test(until) ? at(until, text(form, "to") || "23:59") : "", note: text(form, "note") });
    if (!parsed.success) return refuse("range_wrong");
    const seats = Number(text(form, "seats"));
    switch (text(form, "step")) {
      case "close": return closeSlots(ctx, parsed.data, true);
      case "open": return closeSlots(ctx, parsed.data, false);
      default: return Number.isInteger(seats) && seats !== 0 && Math.abs(seats) <= 200 ? adjustSlots(ctx, parsed.data, seats) : refuse("seats_wrong");
    }
  }, (t, count) => t("week.changed", { count })));
}

/** Gives a week the closures and additions of another one. */
export async function copyWeekAction(hallCode: string, state: StepState, form: FormData): Promise<StepState> {
  return asStep(state, await change(hallCode, async (ctx) => {
    const parsed = copyWeekInput.safeParse({ from: text(form, "from"), to: text(form, "to"), stock: text(form, "stock") || undefined });
    return parsed.success ? copyWeek(ctx, parsed.data.from, parsed.data.to, parsed.data.stock) : refuse("range_wrong");
  }, (t, count) => t("week.changed", { count })));
}

/** A window will be out of work: its seats go, and the bookings that it hits are shown. */
export async function closureAction(hallCode: string, state: StepState, form: FormData): Promise<StepState> {
  return asStep(state, await change(hallCode, async (ctx, place) => {
    const local = (name: string) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text(form, name)) ? fromLocal(text(form, name), place.hall!.timeZone) : "");
    const parsed = closureInput.safeParse({ window: text(form, "window"), from: local("from"), to: local("to"), reason: text(form, "reason") });
    return parsed.success ? closeWindowAhead(ctx, parsed.data) : refuse("range_wrong");
  }, (t, value) => t("week.closureDone", { count: value.overfull })));
}

export async function withdrawClosureAction(hallCode: string, id: number): Promise<ActionOutcome> {
  return change(hallCode, (ctx) => withdrawClosure(ctx, Number(id)), (t) => t("week.closureWithdrawn"));
}

/** Makes a stock for each line that has none. */
export async function stockEveryLineAction(hallCode: string): Promise<ActionOutcome> {
  return change(hallCode, (ctx) => stockEveryLine(ctx), (t, count) => t("week.stocksMade", { count }));
}

/** Proposes another time to the chosen bookings, or takes unanswered proposals back. */
export async function movesAction(hallCode: string, state: StepState, form: FormData): Promise<StepState> {
  const wished = new Set(form.getAll("booking").map(Number));
  if (text(form, "step") === "withdraw") return asStep(state, await change(hallCode, (ctx) => withdrawProposals(ctx, [...wished]), (t, count) => t("moves.withdrawn", { count })));
  return asStep(state, await change(hallCode, async (ctx) => {
    // Only bookings that are really hit are moved by the hall.
    const ids = (await hitBookings(ctx.tx, ctx.hall.id)).filter((hit) => wished.has(Number(hit.id))).map((hit) => Number(hit.id));
    if (ids.length === 0) return refuse("nothing_chosen");
    return text(form, "reason").length < 2 ? refuse("reason_needed") : proposeMoves(ctx, ids, text(form, "reason"));
  }, (t, { proposed, without }) => (without.length > 0 ? t("moves.doneWithout", { count: proposed, numbers: without.join("、") }) : t("moves.done", { count: proposed }))));
}

export async function cancelBookingAction(hallCode: string, id: number, state: StepState, form: FormData): Promise<StepState> {
  return asStep(state, await change(hallCode, async (ctx) => {
    const row = await appointmentRows(ctx.tx, ctx.hall.id).where("a.id", "=", Number(id)).executeTakeFirst();
    if (!row) return refuse("appointment_not_found");
    return text(form, "reason").length < 2 ? refuse("reason_needed") : cancelAppointment(ctx, row, { reason: text(form, "reason"), staff: true });
  }, (t) => t("booking.cancelled")));
}

/** Shows a person in clear, once and with a reason that is kept. */
export async function revealPersonAction(hallCode: string, id: number, state: StepState, form: FormData): Promise<StepState> {
  return asStep(state, await change(hallCode, (ctx) => revealPerson(ctx, Number(id), text(form, "reason")), (t, person) => [person.name, person.phone, person.idNumber, person.address, person.note, person.booker ? `${person.booker.name} ${person.booker.phone}` : ""].filter(Boolean).join(" · ")));
}

export async function assignDutyAction(hallCode: string, id: number, state: StepState, form: FormData): Promise<StepState> {
  return asStep(state, await change(hallCode, (ctx) => assignDuty(ctx, Number(id), form.getAll("staff").map(String)), (t) => t("duty.assigned")));
}

export async function answerPauseAction(hallCode: string, id: number, state: StepState, form: FormData): Promise<StepState> {
  return asStep(state, await change(hallCode, async (ctx) => {
    const answer = text(form, "answer");
    return answer.length < 2 ? refuse("reason_needed") : answerPause(ctx, Number(id), { lift: text(form, "step") === "lift", answer });
  }, (t) => t("pause.answered")));
}
