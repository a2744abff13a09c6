"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { ActionOutcome } from "@/components/admin/confirm-button";
import { adminHref, type Place, placeForAction } from "@/components/admin/place";
import { unlessAway } from "@/components/admin/unless-away";
import { IMPORT_ROLES, importColumns, kindsFor } from "@/components/exchange/columns";
import { database } from "@/lib/db/database";
import { log } from "@/lib/env/log";
import { cancelImport, createImport, startImport } from "@/lib/exchange/commands";
import { importFacts } from "@/lib/exchange/data";
import { runImport } from "@/lib/exchange/run/commands";
import { LIMITS, readUpload } from "@/lib/exchange/upload";
import { translator } from "@/lib/i18n/messages";
import { forbidden } from "@/lib/kernel/errors";
import { refuse, type Refusal, type Result } from "@/lib/kernel/result";

export interface UploadState {
  message?: string;
}

interface Target {
  hall?: string;
  id: number;
}

/** Rows are worked at after the answer; what goes wrong there leaves the import interrupted, to be continued. */
const inBackground = (id: number): void => void runImport(database(), id).catch((error: unknown) => log().error({ err: error, import: id }, "import interrupted"));

const problem = (place: Place, refusal: Refusal): string => translator(place.locale, "admin")(`imports.problems.${refusal.code}`, refusal.details as Record<string, string>);

/** Stores an uploaded table and begins to check it. Nothing of it is written. */
export async function uploadAction(target: { hall?: string; corrects?: number }, _state: UploadState, form: FormData): Promise<UploadState> {
  const outcome = await unlessAway(async () => {
    const place = await placeForAction(IMPORT_ROLES, target.hall);
    const result = await store(place, String(form.get("kind") ?? ""), form.get("file"), target.corrects);
    if (!result.ok) return { message: problem(place, result) };
    inBackground(result.value);
    return { goTo: adminHref(place, `/admin/imports/${result.value}`) };
  });
  if (typeof outcome === "string") return { message: outcome };
  if ("message" in outcome) return outcome;
  redirect(outcome.goTo);
}

async function store(place: Place, kind: string, file: FormDataEntryValue | null, corrects: number | undefined): Promise<Result<number>> {
  if (!kindsFor(place, translator(place.locale, "admin")).some((each) => each.kind === kind)) return refuse("kind_unknown");
  if (!(file instanceof File) || file.size === 0) return refuse("no_file");
  if (file.size > LIMITS.bytes) return refuse("file_too_large", { megabytes: LIMITS.bytes / 1024 / 1024 });
  const sheet = await readUpload(new Uint8Array(await file.arrayBuffer()));
  if (!sheet.ok) return sheet;
  const known = corrects === undefined ? undefined : await importFacts(database(), place.hall?.id, corrects);
  return createImport(database(), place.hall, place.staff.actor, { kind, fileName: file.name, sheet: sheet.value, columns: await importColumns(kind, place), ...(known ? { corrects: known.id } : {}) });
}

/** One step of an import of this hall, or of the platform, whose kind the person may load. */
async function step(target: Target, text: string, work: (place: Place, id: number) => Promise<Result<unknown>>): Promise<ActionOutcome> {
  const outcome = await unlessAway(async (): Promise<ActionOutcome> => {
    const place = await placeForAction(IMPORT_ROLES, target.hall);
    const t = translator(place.locale, "admin");
    const { id, kind } = await importFacts(database(), place.hall?.id, Number(target.id));
    if (!kindsFor(place, t).some((each) => each.kind === kind)) throw forbidden();
    const result = await work(place, id);
    if (!result.ok) return { ok: false, message: problem(place, result) };
    // The page is read again when the dialog is closed: read now, it would take the dialog away with its answer.
    return { ok: true, message: t(`imports.${text}`) };
  });
  return typeof outcome === "string" ? { ok: false, message: outcome } : outcome;
}

const start = (place: Place, id: number, what: "apply" | "undo", onlyRight = false) => startImport(database(), place.hall, place.staff.actor, id, what, onlyRight).then((result) => {
  if (result.ok) inBackground(id);
  return result;
});

/** Applies a checked import; with `onlyRight` wrong rows stay behind. */
export async function applyImportAction(target: Target & { onlyRight: boolean }): Promise<ActionOutcome> {
  return step(target, "started", (place, id) => start(place, id, "apply", target.onlyRight === true));
}

/** Takes a whole import back. */
export async function undoImportAction(target: Target): Promise<ActionOutcome> {
  return step(target, "undoStarted", (place, id) => start(place, id, "undo"));
}

/** Throws an import away that was not applied. */
export async function cancelImportAction(target: Target): Promise<ActionOutcome> {
  return step(target, "cancelled", (place, id) => cancelImport(database(), place.hall, id));
}

/** Goes on with an import whose program ended. */
export async function continueImportAction(target: Target): Promise<void> {
  await step(target, "started", async (place, id) => {
    if ((await importFacts(database(), place.hall?.id, id)).interrupted) inBackground(id);
    return { ok: true, value: id };
  });
  revalidatePath("/admin/imports", "layout");
}
