"use server";
import { revalidatePath } from "next/cache";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { type Place, placeForAction } from "@/components/admin/place";
import { problemText } from "@/components/admin/problem-text";
import { HALL_WRITERS } from "@/components/admin/register";
import type { StepState } from "@/components/admin/residency/step-form";
import { unlessAway } from "@/components/admin/unless-away";
import { currentLocale } from "@/components/intl/server";
import { database } from "@/lib/db/database";
import type { Locale } from "@/lib/i18n/locale";
import { MESSAGES, type Translate, translator } from "@/lib/i18n/messages";
import { forbidden } from "@/lib/kernel/errors";
import type { Result } from "@/lib/kernel/result";
import { changeHall, type HallContext } from "@/lib/ledger/commands";
import { draftFromVersion, dropDraft, publishDraft, saveDraft } from "@/lib/queue/policy/commands";
import { policyDocumentSchema, type PolicyInput } from "@/lib/queue/policy/schema";

interface Said {
  ok: boolean;
  message: string;
}

/** One change of the policy by an administrator of the hall. */
async function change(hallCode: string, work: (ctx: HallContext) => Promise<Result<number>>, done: (t: Translate, value: number) => string): Promise<Said> {
  const outcome = await unlessAway(async (): Promise<Said> => {
    const place: Place = await placeForAction(HALL_WRITERS, String(hallCode));
    if (!place.hall) throw forbidden();
    const result = await changeHall(database(), { hall: place.hall, actor: place.staff.actor }, work);
    if (!result.ok) return { ok: false, message: problemText(place.locale, result.code, result.details) };
    revalidatePath("/admin", "layout");
    return { ok: true, message: done(translator(place.locale, "policy"), result.value) };
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}

/** The document of the form, or the path of the field that is wrong. */
function documentOf(text: string): PolicyInput | string {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return "JSON";
  }
  const parsed = policyDocumentSchema.safeParse(raw && typeof raw === "object" ? { ...raw, version: 1 } : raw);
  if (!parsed.success) return parsed.error.issues[0]!.path.join(".") || "JSON";
  const { version: _, ...document } = parsed.data;
  return document;
}

/** What is wrong, by the name that the form has for it; of a file by its path. */
function wrongText(locale: Locale, path: string, file: boolean): string {
  const t = translator(locale, "policy");
  const [first, index, key] = path.split(".");
  const rule = first === "classes" && key ? `class.${key}` : first === "helping" || first === "tidal" ? `${first}.${index === "lines" ? "line" : index}` : first === "reserved" ? "reserved.classes" : path;
  const known = !file && rule.split(".").reduce<unknown>((texts, part) => (texts as Record<string, unknown> | undefined)?.[part], MESSAGES[locale].policy.rules);
  return typeof known === "string" ? t("formBad", { field: first === "classes" ? `${t("classes.title")} ${Number(index) + 1} · ${known}` : known }) : t("fileBad", { field: path });
}

/** Saves the draft, publishes it when asked, or takes a file as the draft. */
export async function policyAction(hallCode: string, state: StepState, form: FormData): Promise<StepState> {
  const turn = state.turn + 1;
  const document = documentOf(String(form.get("document") ?? ""));
  if (typeof document === "string") return { turn, message: wrongText(await currentLocale(), document, form.get("step") === "import") };
  const [step, note, version] = [form.get("step"), String(form.get("note") ?? "").trim().slice(0, 200), Number(form.get("draft") ?? 0)];
  const said = await change(hallCode, async (ctx) => {
    const saved = await saveDraft(ctx, document, note, version);
    return saved.ok && step === "publish" ? publishDraft(ctx, saved.value) : saved;
  }, (t, value) => (step === "publish" ? t("done", { version: value }) : t("saved")));
  return { turn, ...(said.ok ? { done: said.message } : { message: said.message }) };
}

const asOutcome = ({ ok: fine, message }: Said): ActionOutcome => (fine ? { ok: true, message } : { ok: false, message });

export async function dropDraftAction(hallCode: string): Promise<ActionOutcome> {
  return asOutcome(await change(hallCode, dropDraft, (t) => t("dropped")));
}

export async function draftFromVersionAction(hallCode: string, version: number): Promise<ActionOutcome> {
  return asOutcome(await change(hallCode, (ctx) => draftFromVersion(ctx, Number(version)), (t) => t("versions.restored", { version })));
}
