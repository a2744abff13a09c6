"use server";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { HALL_WRITERS } from "@/components/admin/register";
import { unlessAway } from "@/components/admin/unless-away";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { AppError, forbidden } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";
import { makeLayout } from "@/lib/windows/layout/commands";

/** Makes the windows of a template that were shown (BG-C03b). */
export async function makeLayoutAction(hallCode: string, template: string, zone: string, codes: readonly string[]): Promise<ActionOutcome> {
  const outcome = await unlessAway(async (): Promise<ActionOutcome> => {
    const place = await placeForAction(HALL_WRITERS, String(hallCode));
    if (!place.hall) throw forbidden();
    try {
      const made = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, (ctx) => makeLayout(ctx, { template: String(template), zone: String(zone), codes: codes.map(String) }));
      return made.ok ? { ok: true, message: translator(place.locale, "floor")("layout.made", { count: made.value.length, codes: made.value.join(" ") }) } : { ok: false, message: problemText(place.locale, made.code, made.details) };
    } catch (error) {
      if (error instanceof AppError && error.status < 500) return { ok: false, message: problemText(place.locale, error.code, error.options.details) };
      throw error;
    }
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}
