"use client";
import Link from "next/link";
import { useActionState } from "react";
import type { LawState } from "@/app/admin/guides/actions";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";

interface LawFormProps {
  action: (state: LawState, form: FormData) => Promise<LawState>;
  listHref: string;
  texts: { law: string; note: string; submit: string; done: string; none: string; open: string };
}

export function LawForm({ action, listHref, texts }: LawFormProps) {
  const [state, submit, pending] = useActionState<LawState, FormData>(action, { law: "", note: "" });
  return (
    <form action={submit} className="flex max-w-2xl flex-col gap-4 rounded-base border border-line bg-surface p-6">
      {state.message ? <Banner tone="bad">{state.message}</Banner> : null}
      {state.items === undefined ? null : <Banner tone={state.items > 0 ? "good" : "warn"}>{state.items > 0 ? <>{texts.done.replace("{items}", String(state.items))} <Link href={listHref}>{texts.open}</Link></> : texts.none.replace("{law}", state.law)}</Banner>}
      <TextField id="law" name="law" label={texts.law} required minLength={2} maxLength={200} defaultValue={state.law} autoComplete="off" />
      <TextField id="note" name="note" label={texts.note} maxLength={500} defaultValue={state.note} autoComplete="off" />
      <p><Button type="submit" look="primary" disabled={pending}>{texts.submit}</Button></p>
    </form>
  );
}
