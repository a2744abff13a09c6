"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { adminHref, type Place, placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { HALL_WRITERS } from "@/components/admin/register";
import { APPLICANTS } from "@/components/admin/registers/residency";
import type { StepState } from "@/components/admin/residency/step-form";
import { unlessAway } from "@/components/admin/unless-away";
import { applyForResidency, leaveHall, openApplication, placeApplication, resubmitApplication, reviewApplication, withdrawApplication } from "@/lib/catalog/residency/commands";
import { unitOfStaff } from "@/lib/catalog/residency/data";
import { applicationByCode } from "@/lib/catalog/residency/data-admin";
import { applicationInput, placementInput } from "@/lib/catalog/residency/schema";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { AppError, forbidden } from "@/lib/kernel/errors";
import type { Result } from "@/lib/kernel/result";
import { changeHall, type HallContext } from "@/lib/ledger/commands";

export interface ApplicationTarget {
  hall: string;
  code: string;
  version: number;
}

/** Steps of a unit itself; the others are the hall's. */
const OWN_STEPS = ["resubmit", "withdraw"];

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? "").trim();
const linesOf = (form: FormData, name: string): string[] => textOf(form, name).split("\n").map((line) => line.trim()).filter(Boolean);
const given = (form: FormData, names: readonly string[]): Record<string, string> => Object.fromEntries(names.flatMap((name) => (textOf(form, name) === "" ? [] : [[name, textOf(form, name)]])));

/** A chief representative works for the own unit only. */
async function mustBeUnit(place: Place, department: string): Promise<void> {
  if (place.staff.role === "chief" && (await unitOfStaff(database(), place.staff.id)) !== department) throw forbidden();
}

async function change<T>(place: Place, work: (ctx: HallContext) => Promise<Result<T>>): Promise<{ value: T } | { message: string }> {
  if (!place.hall) throw forbidden();
  try {
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, work);
    if (!result.ok) return { message: problemText(place.locale, result.code, result.details) };
    revalidatePath("/admin", "layout");
    return { value: result.value };
  } catch (error) {
    if (error instanceof AppError && error.status === 400) return { message: problemText(place.locale, error.code, error.options.details) };
    throw error;
  }
}

/** Hands in an application for several items of one unit. */
export async function applyAction(hall: string, state: StepState, form: FormData): Promise<StepState> {
  const turn = state.turn + 1;
  const outcome = await unlessAway(async (): Promise<StepState | { goTo: string }> => {
    const place = await placeForAction(APPLICANTS, String(hall));
    const t = translator(place.locale, "residency");
    const input = applicationInput.safeParse({ kind: textOf(form, "kind"), department: textOf(form, "department"), items: form.getAll("items").map(String), reason: textOf(form, "reason"), documents: linesOf(form, "documents"), ...given(form, ["mode", "wantedOn"]) });
    if (!input.success) return { turn, message: t("apply.needs") };
    await mustBeUnit(place, input.data.department);
    const applied = await change(place, (ctx) => applyForResidency(ctx, input.data));
    return "message" in applied ? { turn, message: applied.message } : { goTo: adminHref(place, `/admin/residency-applications/record/${applied.value.code}`) };
  });
  if (typeof outcome === "string") return { turn, message: outcome };
  if ("goTo" in outcome) redirect(outcome.goTo);
  return outcome;
}

/** One step of an application, by the pressed button. */
export async function stepAction(target: ApplicationTarget, state: StepState, form: FormData): Promise<StepState> {
  const turn = state.turn + 1;
  const outcome = await unlessAway(async (): Promise<StepState> => {
    const step = textOf(form, "step");
    const place = await placeForAction(OWN_STEPS.includes(step) ? APPLICANTS : HALL_WRITERS, String(target.hall));
    const application = place.hall && (await applicationByCode(database(), place.hall.id, String(target.code)));
    if (!application) throw forbidden();
    await mustBeUnit(place, application.department);
    const done = await change(place, (ctx) => take(ctx, step, application.code, Number(target.version), form));
    return "message" in done ? { turn, message: done.message } : { turn, done: translator(place.locale, "residency")("application.done") };
  });
  return typeof outcome === "string" ? { turn, message: outcome } : outcome;
}

function take(ctx: HallContext, step: string, code: string, version: number, form: FormData): Promise<Result<unknown>> {
  switch (step) {
    case "approve": case "reject": case "return": return reviewApplication(ctx, code, version, step, textOf(form, "note").slice(0, 1000));
    case "resubmit": return resubmitApplication(ctx, code, version, { reason: textOf(form, "reason").slice(0, 1000), documents: linesOf(form, "documents").slice(0, 20) });
    case "withdraw": return withdrawApplication(ctx, code, version);
    case "place": {
      const placed = placementInput.safeParse(given(form, ["zone", "line", "mode", "windows", "devices", "network"]));
      if (!placed.success) throw new AppError(400, "invalid_input");
      return placeApplication(ctx, code, version, placed.data);
    }
    case "open": return openApplication(ctx, code, version);
    case "leave": return leaveHall(ctx, code, version);
    default: throw new AppError(400, "invalid_input");
  }
}
