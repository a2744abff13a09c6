"use client";
import { type FormEvent, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { ErrorSummary } from "@/components/form/error-summary";
import { useStep } from "@/components/citizen/use-step";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import { KEPT } from "./kept";
import { CheckAnswers } from "./check-answers";
import { type Chosen, WHO_FIELDS, type WhoState } from "./who";
import { WhoFields } from "./who-fields";

export interface Option {
  code: string;
  name: string;
}

export interface WhoTexts {
  time: string;
  items: string;
  kind: string;
}

interface WhoFormProps {
  action: (state: WhoState, form: FormData) => Promise<WhoState>;
  first: WhoState;
  hall: string;
  chosen: Chosen;
  /** New with every page: a press after a lost answer books nothing twice. */
  pageKey: string;
  /** Address at which another time is chosen. */
  again: string;
  shown: WhoTexts;
  options: { relations: readonly Option[]; needs: readonly Option[]; classes: readonly Option[] };
  /** The platform has given the ID number. */
  idKnown: boolean;
}

/** Third and fourth step: who comes, and the answers to check. Without scripts the server keeps both in the page. */
export function WhoForm({ action, first, hall, chosen, pageKey, again, shown, options, idKnown }: WhoFormProps) {
  const t = useTranslations("book");
  const { state, away, pending, proving, form } = useStep(action, first);
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => restore(element.current), []);
  const check = state.phase === "check";
  const title = useRef<HTMLHeadingElement>(null);
  const phase = useRef(state.phase);
  useEffect(() => {
    if (phase.current !== state.phase) title.current?.focus();
    phase.current = state.phase;
  }, [state.phase]);
  const problem = away ? t("away") : proving ? undefined : state.problem;
  return (
    <form ref={element} {...form} onInput={(event) => keep(event)} noValidate className="flex flex-col gap-5">
      <p className="-mb-4 text-ink-soft">{t("title")} · {t("step", { step: check ? 4 : 3 })}</p>
      <h1 ref={title} tabIndex={-1} className="text-3xl font-semibold outline-none">{t(check ? "check.title" : "who.title")}</h1>
      <ErrorSummary title={t("who.errors")} errors={state.errors} />
      {problem ? <Banner tone="bad">{problem} {state.gone ? <a href={again}>{t("who.again")}</a> : null}</Banner> : null}
      {proving ? <Banner>{t("check.proof")}</Banner> : null}
      {Object.entries({ ...chosen, items: chosen.items.join(","), hall, key: pageKey }).map(([name, value]) => <input key={name} type="hidden" name={`chosen-${name}`} value={value} />)}
      {check ? null : <p className="rounded-base border border-line bg-surface px-4 py-3"><span className="font-semibold">{shown.time}</span><br />{shown.items}</p>}
      {check ? <CheckAnswers values={state.values} chosen={chosen} shown={shown} options={options} /> : <WhoFields key={JSON.stringify(state.values)} values={state.values} errors={state.errors} options={options} home={chosen.kind === "home"} idKnown={idKnown} />}
      {check ? <p>{t("check.lead")} {t("check.agree")}</p> : null}
      <p className="flex flex-wrap gap-3">
        <Button type="submit" name="intent" value={check ? "confirm" : "check"} look="primary" size="large" aria-disabled={pending}>{check ? (pending ? t("check.sending") : t("check.confirm")) : t("who.check")}</Button>
        {check ? <Button type="submit" name="intent" value="edit" size="large">{t("check.edit")}</Button> : null}
      </p>
    </form>
  );
}

/** What was typed stays in this tab until it is booked, also when another time has to be chosen; the ID number does not. */
function keep(event: FormEvent<HTMLFormElement>): void {
  const data = new FormData(event.currentTarget);
  const typed = Object.fromEntries(WHO_FIELDS.filter((field) => field !== "idNumber" && data.has(field)).map((field) => [field, String(data.get(field))]));
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...typed, needs: data.getAll("needs") }));
  } catch {
    // A browser without storage keeps nothing; the form works all the same.
  }
}

/** Puts back what was typed before another time was chosen. */
function restore(form: HTMLFormElement | null): void {
  const kept = readKept();
  if (!form || !kept) return;
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = kept.needs.includes(control.value);
    else if (control instanceof HTMLInputElement && control.type === "radio") control.checked = kept[control.name] === undefined ? control.checked : control.value === kept[control.name];
    else if ((control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && !control.name.startsWith("chosen-") && typeof kept[control.name] === "string" && kept[control.name] !== "") control.value = kept[control.name] as string;
  }
}

function readKept(): (Record<string, string | string[]> & { needs: string[] }) | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(KEPT) ?? "null") as (Record<string, string> & { needs: string[] }) | null) ?? undefined;
  } catch {
    return undefined;
  }
}
