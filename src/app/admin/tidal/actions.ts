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
import { windowLines } from "@/lib/windows/data";
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

/** Does what was advised: the window serves the line that waits too long, and its own lines when nobody waits there. */
export async function followAdviceAction(hallCode: string, window: string, line: string): Promise<ActionOutcome> {
  const outcome = await unlessAway(async (): Promise<ActionOutcome> => {
    const place = await placeForAction(HALL_WRITERS, String(hallCode));
    const t = translator(place.locale, "floor");
    const refused = await change(place, String(window), async (ctx, id) => {
      const { own, helping } = await windowLines(ctx.tx, ctx.hall.id, id);
      return moveWindow(ctx, id, { own: [String(line)], helping: [...own, ...helping].filter((code) => code !== line), reason: t("advice.reason", { line }) });
    });
    return refused ? { ok: false, message: refused } : { ok: true, message: t("tidal.done", { window }) };
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
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
