"use server";
import { revalidatePath } from "next/cache";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { type Place, placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { HALL_WRITERS } from "@/components/admin/register";
import { unlessAway } from "@/components/admin/unless-away";
import { database } from "@/lib/db/database";
import { toLocale } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { forbidden } from "@/lib/kernel/errors";
import type { Result } from "@/lib/kernel/result";
import { changeHall, type HallContext } from "@/lib/ledger/commands";
import { isKind } from "@/lib/notify/model";
import { sendAgain } from "@/lib/notify/outbox/commands";
import { sendTest } from "@/lib/notify/template/commands";

async function change<T>(hallCode: string, work: (ctx: HallContext) => Promise<Result<T>>, done: (place: Place, value: T) => string): Promise<ActionOutcome> {
  const outcome = await unlessAway(async (): Promise<ActionOutcome> => {
    const place = await placeForAction(HALL_WRITERS, String(hallCode));
    if (!place.hall) throw forbidden();
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, work);
    if (!result.ok) return { ok: false, message: problemText(place.locale, result.code, result.details) };
    revalidatePath("/admin", "layout");
    return { ok: true, message: done(place, result.value) };
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}

/** Sends a message once more. */
export async function sendAgainAction(hallCode: string, id: number): Promise<ActionOutcome> {
  return change(hallCode, (ctx) => sendAgain(ctx, Number(id)), ({ locale }) => translator(locale, "admin")("messages.againDone"));
}

/** Sends a text with sample values to the log. */
export async function sendTestAction(hallCode: string, kind: string, language: string): Promise<ActionOutcome> {
  if (!isKind(String(kind))) throw forbidden();
  return change(hallCode, (ctx) => sendTest(ctx, kind as never, toLocale(language)), ({ locale }, { id }) => translator(locale, "admin")("messages.testDone", { id }));
}
