"use server";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { cellOf, loadOptions, timeZoneOf } from "@/components/admin/choices";
import { formAttributes, parseTyped, recordValues, typedValues } from "@/components/admin/parse-form";
import { type Place, placeForAction } from "@/components/admin/place";
import { type Change, isFixed, mayCreate, mayWrite, type Register, type Row, type SaveResult } from "@/components/admin/register";
import { keepOf } from "@/components/admin/register-list";
import { readRecord, registerOf } from "@/components/admin/registers";
import { problemText } from "@/components/admin/problem-text";
import { unlessAway } from "@/components/admin/unless-away";
import { hrefOf } from "@/components/data-table/data-table";
import type { FormState, FormValues, Latest } from "@/components/form/form-state";
import { translator } from "@/lib/i18n/messages";
import { AppError, forbidden } from "@/lib/kernel/errors";
import { refuse } from "@/lib/kernel/result";

export interface SaveTarget {
  register: string;
  /** Absent for a new record. */
  key?: string;
  hall?: string;
  /** Parameters of the list to go back to. */
  back: Readonly<Record<string, string | undefined>>;
}

/** Creates or changes one record. What was typed is never lost to a session that ended or a database that is away. */
export async function saveAction(target: SaveTarget, state: FormState, form: FormData): Promise<FormState> {
  const register = registerOf(String(target.register));
  if (!register) throw forbidden();
  const outcome = await unlessAway(() => save(register, target, state.turn + 1, form));
  if (typeof outcome === "string") return { turn: state.turn + 1, errors: {}, values: typedValues(register, form), message: outcome };
  if ("turn" in outcome) return outcome;
  redirect(outcome.goTo);
}

/** Authorise, parse with the module's schema, call its one command. */
async function save(register: Register, target: SaveTarget, turn: number, form: FormData): Promise<FormState | { goTo: string }> {
  const place = await placeForAction(register.writers, target.hall);
  if (!register.platform && !place.hall) throw forbidden();
  const t = translator(place.locale, "admin");
  const values = typedValues(register, form);
  const row = target.key === undefined ? undefined : await readRecord(register, place, String(target.key));
  if (target.key !== undefined && !row) return { turn, errors: {}, values, message: problemText(place.locale, "not_found") };
  if (row ? !mayWrite(register, place, row) : !mayCreate(register, place.staff)) throw forbidden();

  const parsed = parseTyped(register, values, row ? fixedValues(register, row, place) : {}, timeZoneOf(place), t);
  if (!parsed.ok) return { turn, errors: parsed.errors, values };
  const version = Number(form.get("_version"));
  const result = await attempt(register, { place, input: parsed.input, ...(row ? { record: { row, version: Number.isInteger(version) ? version : -1 } } : {}) });
  if (!result.ok) return refused(register, place, target.key, result, { turn, errors: {}, values });
  revalidatePath("/admin", "layout");
  if (result.value.reveal) return { turn, errors: {}, reveal: result.value.reveal };
  const identity = String((parsed.input as Record<string, unknown>)[register.identity]);
  return { goTo: hrefOf(`/admin/${register.key}`, { ...target.back, ...keepOf(place), saved: identity }) };
}

/** What the form cannot change comes from the record itself, whatever was posted. */
const fixedValues = (register: Register, row: Row, place: Place): Record<string, unknown> =>
  Object.fromEntries(formAttributes(register).filter((attribute) => isFixed(attribute, place)).map((attribute) => [attribute.key, row[attribute.key] ?? undefined]));

/** Bad references become refusals that the form can show. */
async function attempt(register: Register, change: Change): Promise<SaveResult> {
  try {
    return await register.save(change);
  } catch (error) {
    if (error instanceof AppError && error.status === 400) return refuse(error.code, error.options.details ?? {}, error.options.field);
    throw error;
  }
}

async function refused(register: Register, place: Place, key: string | undefined, refusal: Extract<SaveResult, { ok: false }>, state: FormState & { values: FormValues }): Promise<FormState> {
  const text = problemText(place.locale, refusal.code, refusal.details);
  if (refusal.code !== "edited_elsewhere" || key === undefined) {
    const known = refusal.field !== undefined && formAttributes(register).some((attribute) => attribute.key === refusal.field);
    return known ? { ...state, errors: { [refusal.field!]: text } } : { ...state, message: text };
  }
  const t = translator(place.locale, "admin");
  const latest = await newerValues(register, place, key, state.values);
  return latest ? { ...state, message: t("form.editedElsewhere"), latest } : { ...state, message: problemText(place.locale, "not_found") };
}

/** Somebody else's version: where it differs from what was typed, its text. */
async function newerValues(register: Register, place: Place, key: string, typed: FormValues): Promise<Latest | undefined> {
  const row = await readRecord(register, place, key);
  if (!row) return undefined;
  const t = translator(place.locale, "admin");
  const options = await loadOptions(register, place, t);
  const stored = recordValues(register, row, timeZoneOf(place));
  const differing = formAttributes(register).filter((attribute) => String(stored[attribute.key]) !== String(typed[attribute.key]));
  return { version: row.version, values: Object.fromEntries(differing.map((attribute) => [attribute.key, cellOf(attribute, row, options, place, t).text || t("none")])) };
}
