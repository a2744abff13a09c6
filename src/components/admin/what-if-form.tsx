"use client";
import { useRouter } from "next/navigation";
import { useActionState, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";

interface WhatIfState { message?: string; started?: number }

interface WhatIfFormProps {
  action: (state: WhatIfState, form: FormData) => Promise<WhatIfState>;
  days: { from: string; to: string };
  policies: readonly { value: string; label: string }[];
  lines: readonly { code: string; name: string }[];
  running: boolean;
  texts: { from: string; to: string; policy: string; windows: string; windowsHint: string; start: string };
}

/** Days, policy and windows of a what-if; while one runs the page looks for its progress. */
export function WhatIfForm({ action, days, policies, lines, running, texts }: WhatIfFormProps) {
  const router = useRouter();
  const [state, submit, pending] = useActionState(action, {});
  useEffect(() => {
    if (state.started !== undefined) router.refresh();
  }, [state, router]);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => router.refresh(), 1_500);
    return () => clearInterval(timer);
  }, [running, router]);
  return (
    <form action={submit} className="flex flex-col gap-4 rounded-base border border-line bg-surface p-4 sm:p-6">
      {state.message ? <Banner tone="bad">{state.message}</Banner> : null}
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField id="from" name="from" type="date" label={texts.from} defaultValue={days.from} required />
        <TextField id="to" name="to" type="date" label={texts.to} defaultValue={days.to} required />
        <SelectField id="policy" name="policy" label={texts.policy}>{policies.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}</SelectField>
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="font-medium">{texts.windows}</legend>
        <p className="text-sm text-ink-soft">{texts.windowsHint}</p>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
          {lines.map(({ code, name }) => <TextField key={code} id={`windows-${code}`} name={`windows-${code}`} type="number" min={-50} max={50} step={1} label={`${code} ${name}`} defaultValue={0} />)}
        </div>
      </fieldset>
      <p><Button type="submit" look="primary" disabled={pending || running}>{texts.start}</Button></p>
    </form>
  );
}
