"use server";
import { revalidatePath } from "next/cache";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { HALL_WRITERS } from "@/components/admin/register";
import { unlessAway } from "@/components/admin/unless-away";
import { publishNegativeList } from "@/lib/catalog/residency/register-commands";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { forbidden } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";

/** Publishes the entries in force as the hall's next negative list. */
export async function publishNegativeListAction(hall: string): Promise<ActionOutcome> {
  const outcome = await unlessAway(async (): Promise<ActionOutcome> => {
    const place = await placeForAction(HALL_WRITERS, String(hall));
    if (!place.hall) throw forbidden();
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, (ctx) => publishNegativeList(ctx));
    if (!result.ok) return { ok: false, message: problemText(place.locale, result.code, result.details) };
    revalidatePath("/admin/residency");
    return { ok: true, message: translator(place.locale, "residency")("report.published", { number: result.value }) };
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}
