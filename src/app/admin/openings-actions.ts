"use server";
import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { OpeningsState } from "@/components/admin/openings-form";
import { issueText } from "@/components/admin/parse-form";
import { placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { unlessAway } from "@/components/admin/unless-away";
import { HALL_WRITERS } from "@/components/admin/register";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { forbidden } from "@/lib/kernel/errors";
import type { Result } from "@/lib/kernel/result";
import { changeHall, type HallContext, recordId } from "@/lib/ledger/commands";
import { saveOpenings } from "@/lib/regions/commands";
import { openingInput } from "@/lib/regions/schema";
import { saveWindowOpenings } from "@/lib/windows/commands";
import { windowOpeningInput } from "@/lib/windows/schema";

const rowsInput = z.array(openingInput).max(70);
const windowRowsInput = z.array(windowOpeningInput).max(70);

/** Replaces the weekly service times; times of one day must not overlap. */
export async function saveOpeningsAction(hallCode: string, state: OpeningsState, rows: unknown): Promise<OpeningsState> {
  const outcome = await unlessAway(() => save(String(hallCode), state.turn + 1, rows, rowsInput, saveOpenings));
  return typeof outcome === "string" ? { turn: state.turn + 1, errors: {}, message: outcome } : outcome;
}

/** Replaces a window's own week; without spans it keeps its hall's times. */
export async function saveWindowOpeningsAction(hallCode: string, window: string, state: OpeningsState, rows: unknown): Promise<OpeningsState> {
  const outcome = await unlessAway(() => save(String(hallCode), state.turn + 1, rows, windowRowsInput, async (ctx, parsed) => saveWindowOpenings(ctx, await recordId(ctx, "windows", String(window), "window"), parsed)));
  return typeof outcome === "string" ? { turn: state.turn + 1, errors: {}, message: outcome } : outcome;
}

async function save<Row extends { weekday: number; start: string; end: string }>(hallCode: string, turn: number, rows: unknown, schema: z.ZodType<Row[]>, write: (ctx: HallContext, rows: Row[]) => Promise<Result<number>>): Promise<OpeningsState> {
  const place = await placeForAction(HALL_WRITERS, hallCode);
  if (!place.hall) throw forbidden();
  const t = translator(place.locale, "admin");
  const parsed = schema.safeParse(rows);
  const errors: Record<number, string> = {};
  if (!parsed.success) {
    for (const issue of parsed.error.issues) errors[Number(issue.path[0])] ??= issueText({ format: "clock" }, issue, t);
    return { turn, errors, message: t("openings.wrong") };
  }
  parsed.data.forEach((row, index) => {
    if (parsed.data.some((other, at) => at !== index && other.weekday === row.weekday && other.start < row.end && row.start < other.end)) errors[index] = t("openings.overlap");
  });
  if (Object.keys(errors).length > 0) return { turn, errors, message: t("openings.wrong") };
  const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, (ctx) => write(ctx, parsed.data));
  if (!result.ok) return { turn, errors: {}, message: problemText(place.locale, result.code, result.details) };
  revalidatePath("/admin", "layout");
  return { turn, saved: true, errors: {} };
}
