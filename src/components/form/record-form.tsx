"use client";
import Link from "next/link";
import { type FormEvent, type RefObject, startTransition, useActionState, useEffect, useRef } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import { FormControl } from "./form-control";
import { type FormAction, type FormField, type FormState, type FormValues, NEW_FORM } from "./form-state";
import { RevealPanel } from "./reveal-panel";
import { useLeaveGuard } from "./use-leave-guard";

export interface FormTexts {
  save: string;
  saving: string;
  cancel: string;
  noChoice: string;
  summary: string;
  leave: string;
  latest: string;
  reload: string;
  reveal: { copy: string; copied: string; done: string };
}

interface RecordFormProps {
  action: FormAction;
  fields: readonly FormField[];
  values: FormValues;
  /** Version that is edited; absent for a new record. */
  version?: number;
  backHref: string;
  texts: FormTexts;
}

/**
 * The one form of the administration. What was typed stays after a refusal; the summary gets the focus and leads to each
 * field. After somebody else's change their values stand beside the fields, and saving again keeps one's own.
 */
export function RecordForm({ action, fields, values, version, backHref, texts }: RecordFormProps) {
  const [state, submit, pending] = useActionState<FormState, FormData>(action, NEW_FORM);
  const dirty = useRef(false);
  const summary = useRef<HTMLDivElement>(null);
  useLeaveGuard(dirty, texts.leave);

  useEffect(() => {
    if (state.turn === 0) return;
    dirty.current = state.reveal === undefined;
    summary.current?.focus();
  }, [state]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    // Sent by hand: React would empty the fields after the answer, and what was typed must stay.
    event.preventDefault();
    if (pending) return;
    dirty.current = false;
    const form = new FormData(event.currentTarget);
    startTransition(() => submit(form));
  };

  if (state.reveal) return <RevealPanel reveal={state.reveal} doneHref={backHref} texts={texts.reveal} />;
  const shown = state.values ?? values;
  const failed = fields.filter((field) => state.errors[field.name]);
  return (
    <form action={submit} onSubmit={onSubmit} onInput={() => { dirty.current = true; }} noValidate className="flex max-w-4xl flex-col gap-6">
      <div ref={summary} tabIndex={-1} className="empty:hidden">
        {state.message || failed.length > 0 ? (
          <Banner tone="bad" title={state.message ?? texts.summary}>
            {failed.length > 0 ? (
              <ul className="mt-1 list-disc pl-5">{failed.map((field) => <li key={field.name}><a href={`#${field.name}`} className="text-bad" onClick={(event) => focusField(event, field.name)}>{field.label}：{state.errors[field.name]}</a></li>)}</ul>
            ) : null}
            {state.latest ? <Button size="small" className="mt-2" onClick={() => loadAgain(dirty)}>{texts.reload}</Button> : null}
          </Banner>
        ) : null}
      </div>
      {version === undefined ? null : <input type="hidden" name="_version" value={state.latest?.version ?? version} readOnly />}
      {partsOf(fields).map(([first, ...rest]) => (
        <fieldset key={first!.name} className="grid min-w-0 grid-cols-1 items-end gap-x-6 gap-y-5 rounded-base border border-line bg-surface p-4 sm:p-6 md:grid-cols-2">
          {first!.group ? <legend className="float-left mb-1 w-full text-lg font-semibold md:col-span-2">{first!.group}</legend> : null}
          {[first!, ...rest].map((field) => (
            <FormControl key={field.name} field={field} value={shown[field.name]} error={state.errors[field.name]} noChoice={texts.noChoice}
              latest={state.latest?.values[field.name] === undefined ? undefined : `${texts.latest}${state.latest.values[field.name]}`} />
          ))}
        </fieldset>
      ))}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" aria-disabled={pending}>{pending ? texts.saving : texts.save}</Button>
        <Link href={backHref} className={buttonClass()}>{texts.cancel}</Link>
      </div>
    </form>
  );
}

/** Fields in their order, a new part at each heading. */
const partsOf = (fields: readonly FormField[]): FormField[][] =>
  fields.reduce<FormField[][]>((parts, field) => (field.group || parts.length === 0 ? [...parts, [field]] : [...parts.slice(0, -1), [...parts.at(-1)!, field]]), []);

/** Drops what was typed, on purpose. */
function loadAgain(dirty: RefObject<boolean>): void {
  dirty.current = false;
  window.location.assign(window.location.href);
}

function focusField(event: { preventDefault(): void }, name: string): void {
  event.preventDefault();
  const control = document.getElementById(name);
  control?.focus();
  control?.scrollIntoView({ block: "center" });
}
