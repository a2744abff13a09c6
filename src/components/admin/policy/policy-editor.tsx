"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, startTransition, useActionState, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { StepState } from "@/components/admin/residency/step-form";
import { useLeaveGuard } from "@/components/form/use-leave-guard";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";
import type { PolicyFacts } from "@/lib/queue/policy/check";
import type { PolicyDocument } from "@/lib/queue/policy/schema";
import { ClassRows } from "./class-rows";
import { Changes, Problems, Promise } from "./findings";
import { type Named, numberOr } from "./named";
import { ReservedRows, TierFields } from "./window-rules";

interface Props {
  /** In force, and what is edited: the draft, else the same. */
  current: PolicyDocument;
  edited: PolicyDocument;
  note: string;
  /** Of the draft, 0 without one. */
  draftVersion: number;
  facts: PolicyFacts;
  names: { evidence: readonly Named[]; windows: readonly Named[]; lines: readonly Named[] };
  readOnly: boolean;
  action: (state: StepState, form: FormData) => globalThis.Promise<StepState>;
}

/** The calling policy as a form: on the right, always up to date, what it promises, what is wrong and what differs. */
export function PolicyEditor({ current, edited, note: savedNote, draftVersion, facts, names, readOnly, action }: Props) {
  const t = useTranslations("policy");
  const router = useRouter();
  const [policy, setPolicy] = useState(edited);
  const [note, setNote] = useState(savedNote);
  // A file, an earlier version or another person's draft came in its place: shown at once, with what was said about the last step.
  const given = JSON.stringify([edited, savedNote]);
  const [seen, setSeen] = useState(given);
  if (seen !== given) {
    setSeen(given);
    setPolicy(edited);
    setNote(savedNote);
  }
  const [state, submit, pending] = useActionState(action, { turn: 0 });
  const dirty = useRef(false);
  const said = useRef<HTMLDivElement>(null);
  useLeaveGuard(dirty, t("unsaved"));
  useEffect(() => {
    if (state.turn === 0) return;
    said.current?.focus();
    if (!state.done) return;
    dirty.current = false;
    router.refresh();
  }, [state, router]);
  const set = (change: Partial<PolicyDocument>) => {
    dirty.current = true;
    setPolicy((old) => ({ ...old, ...change }));
  };
  const send = (step: string) => {
    const form = new FormData();
    form.set("step", step);
    form.set("document", JSON.stringify(policy));
    form.set("note", note);
    form.set("draft", String(draftVersion));
    startTransition(() => submit(form));
  };
  return (
    <div className="flex flex-col gap-4">
      <div ref={said} tabIndex={-1} className="empty:hidden">{state.message ? <Banner tone="bad">{state.message}</Banner> : state.done ? <Banner tone="good">{state.done}</Banner> : null}</div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(22rem,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Section title={t("classes.title")}><ClassRows classes={policy.classes} evidence={names.evidence} readOnly={readOnly} onChange={(classes) => set({ classes })} /></Section>
          <Plain policy={policy} readOnly={readOnly} set={set} />
          <Section title={t("sections.tiers")}>
            <div className="grid gap-4 md:grid-cols-2">
              {(["helping", "tidal"] as const).map((tier) => <TierFields key={tier} tier={tier} rule={policy[tier]} lines={names.lines} readOnly={readOnly} onChange={(rule) => set({ [tier]: rule })} />)}
            </div>
          </Section>
          <Section title={t("sections.reserved")}><ReservedRows reserved={policy.reserved} classes={policy.classes} windows={names.windows} readOnly={readOnly} onChange={(reserved) => set({ reserved })} /></Section>
        </div>
        <aside aria-label={t("promise.title")} className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-4">
          <Section title={t("promise.title")}><Promise policy={policy} facts={facts} /></Section>
          <Section title={t("check.title")}><Problems policy={policy} facts={facts} /></Section>
          <Section title={t("changes.title")}><Changes before={current} after={policy} /></Section>
          {readOnly ? null : (
            <Section title={t("note")}>
              <TextField id="policy-note" label={t("note")} hint={t("noteHint")} value={note} maxLength={200} onChange={(event) => { dirty.current = true; setNote(event.target.value); }} />
              <div className="flex flex-wrap gap-3">
                <Button disabled={pending} onClick={() => send("save")}>{pending ? t("saving") : t("save")}</Button>
                <Button look="primary" disabled={pending} onClick={() => send("publish")}>{pending ? t("saving") : t("publish")}</Button>
              </div>
            </Section>
          )}
        </aside>
      </div>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return <section className="flex flex-col gap-3 rounded-base border border-line bg-surface p-4"><h2 className="text-lg font-semibold">{title}</h2>{children}</section>;
}

/** Rules that are one number or one choice. */
function Plain({ policy, readOnly, set }: { policy: PolicyDocument; readOnly: boolean; set: (change: Partial<PolicyDocument>) => void }) {
  const t = useTranslations("policy");
  const number = (rule: string, value: number, max: number, change: (value: number) => Partial<PolicyDocument>, min = 0) => (
    <TextField id={rule} label={t(`rules.${rule}`)} type="number" min={min} max={max} value={value} disabled={readOnly} onChange={(event) => set(change(numberOr(event.target.value, min)))} />
  );
  const choice = <Value extends string>(rule: string, value: Value, values: readonly Value[], change: (value: Value) => Partial<PolicyDocument>, text: (each: Value) => string = (each) => t(`values.${each as string}`)) => (
    <SelectField id={rule} label={t(`rules.${rule}`)} value={value} disabled={readOnly} onChange={(event) => set(change(event.target.value as Value))}>{values.map((each) => <option key={each} value={each}>{text(each)}</option>)}</SelectField>
  );
  const { booking, calls, missed, transfer } = policy;
  const grid = "grid grid-cols-[repeat(auto-fit,minmax(13rem,1fr))] items-end gap-3";
  return (
    <>
      <Section title={t("sections.booked")}>
        <p className="text-sm text-ink-soft">{t("walkInAlways")}</p>
        <div className={grid}>
          {choice("booking.early", booking.early, ["arrival", "slot"], (early) => ({ booking: { ...booking, early } }))}
          {number("booking.lateCreditMinutes", booking.lateCreditMinutes, 240, (lateCreditMinutes) => ({ booking: { ...booking, lateCreditMinutes } }))}
          {policy.walkIn === "always" ? null : choice("walkIn", policy.walkIn, ["always", "when_free", "never"], (walkIn) => ({ walkIn }))}
        </div>
      </Section>
      <Section title={t("sections.missed")}>
        <div className={grid}>
          {number("calls.max", calls.max, 10, (max) => ({ calls: { ...calls, max } }), 1)}
          {number("calls.pauseSeconds", calls.pauseSeconds, 300, (pauseSeconds) => ({ calls: { ...calls, pauseSeconds } }))}
          {number("missed.behind", missed.behind, 50, (behind) => ({ missed: { ...missed, behind } }))}
          {number("missed.maxReturns", missed.maxReturns, 20, (maxReturns) => ({ missed: { ...missed, maxReturns } }))}
          {missed.afterMax === "behind_all" ? null : choice("missed.afterMax", missed.afterMax, ["behind_all", "refuse"], (afterMax) => ({ missed: { ...missed, afterMax } }))}
        </div>
      </Section>
      <Section title={t("sections.transfer")}>
        <div className={grid}>
          {choice("transfer.seniority", transfer.seniority, ["keep", "credit", "none"], (seniority) => ({ transfer: { ...transfer, seniority } }), (each) => t(each === "none" ? "values.noSeniority" : `values.${each}`))}
          {transfer.seniority === "credit" ? number("transfer.creditMinutes", transfer.creditMinutes, 240, (creditMinutes) => ({ transfer: { ...transfer, creditMinutes } })) : null}
        </div>
      </Section>
      <Section title={t("sections.other")}>
        <div className={grid}>
          {choice("ties", policy.ties, policy.ties === "none" ? ["none", "issued", "class"] : ["issued", "class"], (ties) => ({ ties }))}
          {number("remindAhead", policy.remindAhead, 20, (remindAhead) => ({ remindAhead }))}
          {number("undoSeconds", policy.undoSeconds, 600, (undoSeconds) => ({ undoSeconds }))}
          {choice("endOfDay.held", policy.endOfDay.held, ["finish", "cancel"], (held) => ({ endOfDay: { ...policy.endOfDay, held } }))}
        </div>
      </Section>
    </>
  );
}
