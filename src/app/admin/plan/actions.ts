"use server";
import { revalidatePath } from "next/cache";
import { placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { unlessAway } from "@/components/admin/unless-away";
import type { PlanOutcome } from "@/components/plan/plan-editor";
import { database } from "@/lib/db/database";
import { forbidden } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";
import { savePlan, savePlanPicture } from "@/lib/regions/plan/commands";
import { PICTURE_MAX_BYTES, planInput } from "@/lib/regions/plan/schema";
import { HALL_WRITERS } from "@/components/admin/register";

export interface PictureState {
  turn: number;
  message?: string;
  saved?: boolean;
}

async function writablePlace(hallCode: string) {
  const place = await placeForAction(HALL_WRITERS, String(hallCode));
  if (!place.hall) throw forbidden();
  return { ...place, hall: place.hall };
}

/** Saves the shapes of a floor as they were drawn; a refusal comes back as a sentence. */
export async function savePlanAction(hallCode: string, floor: number, size: { width: number; height: number }, shapes: unknown, version: number): Promise<PlanOutcome> {
  const outcome = await unlessAway(async (): Promise<PlanOutcome> => {
    const place = await writablePlace(hallCode);
    const parsed = planInput.safeParse({ floor, ...size, shapes, version });
    if (!parsed.success) {
      const custom = parsed.error.issues.find((issue) => issue.code === "custom");
      return { message: problemText(place.locale, custom?.message ?? "invalid_input") };
    }
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, (ctx) => savePlan(ctx, parsed.data));
    return result.ok ? result.value : { message: problemText(place.locale, result.code, result.details) };
  });
  return typeof outcome === "string" ? { message: outcome } : outcome;
}

/** Takes the picture of a floor; without a file the present one is taken away. */
export async function savePictureAction(hallCode: string, floor: number, state: PictureState, form: FormData): Promise<PictureState> {
  const turn = state.turn + 1;
  const outcome = await unlessAway(async (): Promise<PictureState> => {
    const place = await writablePlace(hallCode);
    const file = form.get("picture");
    const bytes = file instanceof File && file.size > 0 ? file : undefined;
    if (bytes && bytes.size > PICTURE_MAX_BYTES) return { turn, message: problemText(place.locale, "file_too_large", { megabytes: PICTURE_MAX_BYTES / 1024 / 1024 }) };
    if (!bytes && form.get("remove") !== "1") return { turn, message: problemText(place.locale, "not_a_picture") };
    const content = bytes && new Uint8Array(await bytes.arrayBuffer());
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, (ctx) => savePlanPicture(ctx, floor, content));
    if (!result.ok) return { turn, message: problemText(place.locale, result.code, result.details) };
    revalidatePath("/admin/plan");
    return { turn, saved: true };
  });
  return typeof outcome === "string" ? { turn, message: outcome } : outcome;
}
