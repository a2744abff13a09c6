import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { personOf } from "../tell/commands";
import { appointmentRows, type SealedPerson } from "./rows";

/** Shows a booking's person in clear, with a reason, once; who looked and why is in the ledger (GB/T 35273—2020 7.1; domain.md section 7). */
export async function revealPerson(ctx: HallContext, id: number, reason: string): Promise<Result<SealedPerson, "reason_needed" | "appointment_not_found">> {
  if (reason.trim().length < 2) return refuse("reason_needed", {}, "reason");
  const row = await appointmentRows(ctx.tx, ctx.hall.id).where("a.id", "=", id).executeTakeFirst();
  const person = row && personOf(row);
  if (!person) return refuse("appointment_not_found");
  await ctx.append("appointment.person_shown", `appointment:${id}`, { reason: reason.trim() });
  return ok(person);
}
