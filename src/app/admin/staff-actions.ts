"use server";
import { revalidatePath } from "next/cache";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { placeForAction } from "@/components/admin/place";
import { unlessAway } from "@/components/admin/unless-away";
import { problemText } from "@/components/admin/problem-text";
import { mayWrite } from "@/components/admin/register";
import { readRecord } from "@/components/admin/registers";
import { firstPassword, hallOfAccount, staff, reachOf } from "@/components/admin/registers/staff";
import { database } from "@/lib/db/database";
import { forbidden } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";
import { resetPassword } from "@/lib/staff/commands";

/** Gives an account a new first password, shown once; the person's sessions end. */
export async function resetPasswordAction(target: { username: string; hall?: string }): Promise<ActionOutcome> {
  const outcome = await unlessAway(() => reset(target));
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}

async function reset(target: { username: string; hall?: string }): Promise<ActionOutcome> {
  const place = await placeForAction(staff.writers, target.hall);
  const row = await readRecord(staff, place, String(target.username));
  if (!row || !mayWrite(staff, place, row) || row.id === place.staff.id) throw forbidden();
  const hall = hallOfAccount(place, row);
  if (!hall) throw forbidden();
  const result = await changeHall(database(), { hall, actor: place.staff.actor }, (ctx) => resetPassword(ctx, row.id as number, reachOf(place)));
  if (!result.ok) return { ok: false, message: problemText(place.locale, result.code, result.details) };
  revalidatePath("/admin", "layout");
  return { ok: true, reveal: firstPassword(place, String(target.username), result.value) };
}
