"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { type StepState, stepOf, type Visitor } from "@/components/citizen/visitor";
import { answerProposal } from "@/lib/appointments/moves/commands";
import { appointmentByToken, type AppointmentRow } from "@/lib/appointments/book/rows";
import { cancelAppointment, checkIn, rescheduleAppointment } from "@/lib/appointments/steps/commands";
import { rescheduleInput } from "@/lib/appointments/schema";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { refusalText } from "@/lib/i18n/messages";
import { badInput } from "@/lib/kernel/errors";
import type { Result } from "@/lib/kernel/result";
import { changeHall, type HallContext } from "@/lib/ledger/commands";

/** One step of whoever has the booking's link; the row is read under the hall's lock. Leads on when it is done. */
async function step(form: FormData, work: (ctx: HallContext, row: AppointmentRow) => Promise<Result<number>>, then: (token: string) => string): Promise<StepState> {
  const token = String(form.get("token"));
  return stepOf<StepState>(async ({ locale }: Visitor) => {
    const found = await appointmentByToken(database(), token);
    const hall = await database().selectFrom("halls").select(["id", "code"]).where("id", "=", found.hall_id).executeTakeFirstOrThrow();
    const result = await changeHall(database(), { hall, actor: `appointment:${found.id}` }, async (ctx) => work(ctx, await appointmentByToken(ctx.tx, token)));
    if (!result.ok) return { problem: refusalText(locale, result.code, result.details) };
    revalidatePath(`/a/${token}`);
    redirect(then(token));
  }, {});
}

export async function cancelAction(_state: StepState, form: FormData): Promise<StepState> {
  return step(form, (ctx, row) => cancelAppointment(ctx, row, { staff: false }), (token) => `/a/${token}`);
}

/** Another time; the old place is given back only when the new one is taken. */
export async function moveAction(_state: StepState, form: FormData): Promise<StepState> {
  const [start, kind] = String(form.get("slot")).split("|");
  const input = rescheduleInput.safeParse({ start, kind });
  return step(form, async (ctx, row) => {
    if (!input.success) throw badInput("invalid_input");
    return rescheduleAppointment(ctx, row, input.data, false);
  }, (token) => `/a/${token}?done=moved`);
}

/** The hall's proposal: accepted, or the old time stays. */
export async function answerAction(_state: StepState, form: FormData): Promise<StepState> {
  const accept = form.get("accept") === "1";
  return step(form, (ctx, row) => answerProposal(ctx, row, accept), (token) => `/a/${token}?done=${accept ? "moved" : "kept"}`);
}

/** Check-in by phone at the hall: the number has the same link as the booking. */
export async function arriveAction(_state: StepState, form: FormData): Promise<StepState> {
  return step(form, (ctx, row) => checkIn(ctx, row, { secret: env().SECRET, trusted: false, channel: "web" }), (token) => `/t/${token}`);
}
