"use server";
import { revalidatePath } from "next/cache";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import type { EditorAnswer } from "@/components/admin/guide/document-editor";
import { GUIDE_WRITERS } from "@/components/admin/guide/roles";
import { type Place, placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { unlessAway } from "@/components/admin/unless-away";
import { checkDraft, discardDraft, publishDraft, reportLawChange, saveDraft } from "@/lib/catalog/guide/commands";
import { draftInput, lawChangeInput, publishInput } from "@/lib/catalog/guide/schema";
import type { Finding } from "@/lib/catalog/guide/check";
import { guideItem } from "@/lib/catalog/guide/data-admin";
import { database } from "@/lib/db/database";
import { type Translate, translator } from "@/lib/i18n/messages";
import { forbidden } from "@/lib/kernel/errors";
import { ok, type Refusal } from "@/lib/kernel/result";
import { changeHall, type HallRequest } from "@/lib/ledger/commands";
import type { z } from "zod";

export interface GuideTarget {
  hall: string;
  item: string;
}

async function placeOf(hall: string): Promise<Place & { request: HallRequest }> {
  const place = await placeForAction(GUIDE_WRITERS, String(hall));
  if (!place.hall) throw forbidden();
  return { ...place, request: { hall: place.hall, actor: place.staff.actor } };
}

const answered = async (work: () => Promise<EditorAnswer>): Promise<EditorAnswer> => {
  const outcome = await unlessAway(work);
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
};

/** Stores the draft; a document of the wrong shape comes back with every wrong place named. */
export async function saveDraftAction(target: GuideTarget, revision: number, document: unknown, note: string): Promise<EditorAnswer> {
  return answered(async () => {
    const { locale, request } = await placeOf(target.hall);
    const t = translator(locale, "catalog");
    const parsed = draftInput.safeParse({ document, note });
    if (!parsed.success) return { ok: false, message: t("editor.invalid"), errors: Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.slice(1).join("."), issueText(issue, t)])) };
    const result = await changeHall(database(), request, async (ctx) => {
      const saved = await saveDraft(ctx, String(target.item), parsed.data, Number(revision));
      if (!saved.ok) return saved;
      return ok({ ...saved.value, findings: await checkDraft(ctx, (await guideItem(ctx.tx, ctx.hall.id, String(target.item)))!, parsed.data.document) });
    });
    if (!result.ok) return refused(result, t, locale);
    revalidatePath("/admin", "layout");
    return { ok: true, message: t("editor.saved"), revision: result.value.revision, findings: result.value.findings };
  });
}

/** Publishes the stored draft from a day on. */
export async function publishDraftAction(target: GuideTarget, revision: number, effectiveOn: string, note: string): Promise<EditorAnswer> {
  return answered(async () => {
    const { locale, request } = await placeOf(target.hall);
    const t = translator(locale, "catalog");
    const parsed = publishInput.safeParse({ revision, effectiveOn, note });
    if (!parsed.success) return { ok: false, message: problemText(locale, "invalid_input") };
    const result = await changeHall(database(), request, (ctx) => publishDraft(ctx, String(target.item), parsed.data));
    if (!result.ok) return refused(result, t, locale);
    revalidatePath("/", "layout");
    return { ok: true, message: t("editor.published", { version: result.value.version, day: effectiveOn }), revision: 0, findings: result.value.findings };
  });
}

export async function discardDraftAction(target: GuideTarget, revision: number): Promise<ActionOutcome> {
  const outcome = await unlessAway<ActionOutcome>(async () => {
    const { locale, request } = await placeOf(target.hall);
    const result = await changeHall(database(), request, (ctx) => discardDraft(ctx, String(target.item), Number(revision)));
    revalidatePath("/admin", "layout");
    return result.ok ? { ok: true, message: translator(locale, "catalog")("editor.discarded") } : { ok: false, message: problemText(locale, result.code, result.details) };
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}

export interface LawState {
  law: string;
  note: string;
  message?: string;
  /** How many guides were put on the list. */
  items?: number;
}

/** Puts every guide that rests on a changed law on the list of what must be looked at (BG-2.2.2). */
export async function lawChangeAction(hall: string, _state: LawState, form: FormData): Promise<LawState> {
  const typed = { law: String(form.get("law") ?? ""), note: String(form.get("note") ?? "") };
  const outcome = await unlessAway<LawState>(async () => {
    const { locale, request } = await placeOf(hall);
    const parsed = lawChangeInput.safeParse(typed);
    if (!parsed.success) return { ...typed, message: problemText(locale, "invalid_input") };
    const result = await changeHall(database(), request, (ctx) => reportLawChange(ctx, parsed.data));
    if (!result.ok) return { ...typed, message: problemText(locale, result.code, result.details) };
    revalidatePath("/admin", "layout");
    return { ...typed, items: result.value.items };
  });
  return typeof outcome === "string" ? { ...typed, message: outcome } : outcome;
}

function refused(refusal: Refusal, t: Translate, locale: Place["locale"]): EditorAnswer {
  if (refusal.code === "edited_elsewhere") return { ok: false, message: t("editor.conflict"), newer: Number(refusal.details.revision ?? 0) };
  const findings = refusal.details.findings as readonly Finding[] | undefined;
  return { ok: false, message: problemText(locale, refusal.code, { ...refusal.details, findings: "" }), ...(findings ? { findings } : {}) };
}

function issueText(issue: z.core.$ZodIssue, t: Translate): string {
  if (issue.code === "custom") return t("editor.not_an_address");
  if (issue.code === "invalid_type") return t("editor.number");
  if (issue.code === "too_big") return issue.origin === "string" ? t("editor.too_long", { max: Number(issue.maximum) }) : t("editor.at_most", { max: Number(issue.maximum) });
  return t(issue.path.at(-1) === "code" ? "editor.code_format" : "editor.format");
}
