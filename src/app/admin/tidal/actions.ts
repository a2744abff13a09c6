"use server";
import { type Place, placeForAction } from "@/components/admin/place";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { problemText } from "@/components/admin/problem-text";
import { HALL_WRITERS } from "@/components/admin/register";
import { unlessAway } from "@/components/admin/unless-away";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { AppError, forbidden } from "@/lib/kernel/errors";
import type { Result } from "@/lib/kernel/result";
import { changeHall, type HallContext, recordId } from "@/lib/ledger/commands";
import { dismissAdvice, followAdvice, saveTidalRules } from "@/lib/planner/tidal/commands";
import { tidalRulesInput } from "@/lib/planner/tidal/schema";
import { acknowledgeAlert } from "@/lib/queue/alerts/commands";
import { moveInput } from "@/lib/windows/schema";
import { moveWindow, restoreWindow } from "@/lib/windows/tidal/commands";

export interface MoveState {
  turn: number;
  message?: string;
  done?: string;
}

async function change(place: Place, window: string, work: (ctx: HallContext, windowId: number) => Promise<Result<unknown>>): Promise<string | undefined> {
  if (!place.hall) throw forbidden();
  try {
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, async (ctx) => work(ctx, await recordId(ctx, "windows", window, "window")));
    if (!result.ok) return problemText(place.locale, result.code, result.details);
  } catch (error) {
    if (error instanceof AppError && error.status === 400) return problemText(place.locale, error.code, error.options.details);
    throw error;
  }
  return undefined;
}

/** Lets a window serve other lines for now (JY-6.3a). */
export async function moveWindowAction(hallCode: string, state: MoveState, form: FormData): Promise<MoveState> {
  const turn = state.turn + 1;
  const outcome = await unlessAway(async (): Promise<MoveState> => {
    const place = await placeForAction(HALL_WRITERS, String(hallCode));
    const t = translator(place.locale, "floor");
    const window = String(form.get("window") ?? "");
    const parsed = moveInput.safeParse({ own: form.getAll("own"), helping: form.getAll("helping").filter((code) => !form.getAll("own").includes(code)), reason: form.get("reason") });
    if (!parsed.success) return { turn, message: t(parsed.error.issues[0]!.path[0] === "reason" ? "tidal.needsReason" : "tidal.needsLine") };
    const refused = await change(place, window, (ctx, id) => moveWindow(ctx, id, parsed.data));
    return refused ? { turn, message: refused } : { turn, done: t("tidal.done", { window }) };
  });
  return typeof outcome === "string" ? { turn, message: outcome } : outcome;
}

/** A step about one hall, as a sentence or a refusal. */
async function decide(roles: Parameters<typeof placeForAction>[0], hallCode: string, work: (ctx: HallContext, place: Place) => Promise<Result<Record<string, unknown>>>, done: string): Promise<ActionOutcome> {
  const outcome = await unlessAway(async (): Promise<ActionOutcome> => {
    const place = await placeForAction(roles, String(hallCode));
    if (!place.hall) throw forbidden();
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, (ctx) => work(ctx, place));
    return result.ok ? { ok: true, message: translator(place.locale, "tidal")(done, result.value as Record<string, string>) } : { ok: false, message: problemText(place.locale, result.code, result.details) };
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}

/** Does what was advised: the window opens, closes, serves other lines or gets its own back (JY-6.3a, JY-6.3c). */
export const followAdviceAction = async (hallCode: string, id: number): Promise<ActionOutcome> =>
  decide(HALL_WRITERS, hallCode, (ctx, place) => followAdvice(ctx, Number(id), translator(place.locale, "tidal")("now.reason")), "now.followed");

/** Puts advice aside. */
export const dismissAdviceAction = async (hallCode: string, id: number): Promise<ActionOutcome> => decide(HALL_WRITERS, hallCode, (ctx) => dismissAdvice(ctx, Number(id)), "now.dismissed");

/** Takes a wait alert up (BG-C09c). */
export const acknowledgeAlertAction = async (hallCode: string, id: number): Promise<ActionOutcome> => decide(["hall_admin", "system_admin", "chief"], hallCode, (ctx) => acknowledgeAlert(ctx, Number(id), ""), "alerts.acknowledged");

/** Saves how advice for now is given. */
export async function saveTidalRulesAction(hallCode: string, _state: { message?: string; done?: string }, form: FormData): Promise<{ message?: string; done?: string }> {
  const outcome = await unlessAway(async (): Promise<{ message?: string; done?: string }> => {
    const place = await placeForAction(HALL_WRITERS, String(hallCode));
    if (!place.hall) throw forbidden();
    const t = translator(place.locale, "tidal");
    const parsed = tidalRulesInput.safeParse(Object.fromEntries(form));
    if (!parsed.success) return { message: t("rules.wrong", { field: t(`rules.${String(parsed.error.issues[0]!.path[0])}`) }) };
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, (ctx) => saveTidalRules(ctx, parsed.data));
    return result.ok ? { done: t("rules.saved") } : { message: problemText(place.locale, result.code, result.details) };
  });
  return typeof outcome === "string" ? { message: outcome } : outcome;
}

/** Gives a window its usual lines back. */
export async function restoreWindowAction(hallCode: string, window: string): Promise<ActionOutcome> {
  const outcome = await unlessAway(async (): Promise<ActionOutcome> => {
    const place = await placeForAction(HALL_WRITERS, String(hallCode));
    const refused = await change(place, String(window), (ctx, id) => restoreWindow(ctx, id));
    return refused ? { ok: false, message: refused } : { ok: true, message: translator(place.locale, "floor")("tidal.restored", { window }) };
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}
