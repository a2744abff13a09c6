"use server";
import { placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { HALL_WRITERS } from "@/components/admin/register";
import { unlessAway } from "@/components/admin/unless-away";
import { database } from "@/lib/db/database";
import { forbidden } from "@/lib/kernel/errors";
import { startWhatIf } from "@/lib/planner/whatif/commands";
import { whatIfInput } from "@/lib/planner/whatif/schema";

export interface WhatIfState { message?: string; started?: number }

/** Begins to simulate past days under another arrangement (JY-6.3m); the page shows how far it is. */
export async function startWhatIfAction(hallCode: string, _state: WhatIfState, form: FormData): Promise<WhatIfState> {
  const outcome = await unlessAway(async (): Promise<WhatIfState> => {
    const place = await placeForAction(HALL_WRITERS, String(hallCode));
    if (!place.hall) throw forbidden();
    const windows = Object.fromEntries([...form].flatMap(([name, value]) => (name.startsWith("windows-") && Number(value) !== 0 ? [[name.slice(8), value]] : [])));
    const parsed = whatIfInput.safeParse({ from: form.get("from"), to: form.get("to"), policy: form.get("policy"), windows });
    if (!parsed.success) return { message: problemText(place.locale, "range_wrong", {}) };
    const result = await startWhatIf(database(), place.hall, place.staff.actor, parsed.data);
    return result.ok ? { started: result.value.id } : { message: problemText(place.locale, result.code, result.details) };
  });
  return typeof outcome === "string" ? { message: outcome } : outcome;
}
