"use client";
import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";

interface RulesState { message?: string; done?: string }

interface TidalRulesFormProps {
  action: (state: RulesState, form: FormData) => Promise<RulesState>;
  fields: readonly { name: string; label: string; hint: string; value: number }[];
  texts: { save: string; saving: string };
}

/** The hall's rules of advice for now: four numbers. */
export function TidalRulesForm({ action, fields, texts }: TidalRulesFormProps) {
  const [state, submit, pending] = useActionState(action, {});
  return (
    <form action={submit} className="flex flex-col gap-4">
      {state.message ? <Banner tone="bad">{state.message}</Banner> : state.done ? <Banner tone="good">{state.done}</Banner> : null}
      <div className="grid gap-4 md:grid-cols-2">
        {fields.map(({ name, label, hint, value }) => <TextField key={name} id={name} name={name} type="number" min={0} label={label} hint={hint} required defaultValue={value} />)}
      </div>
      <p><Button type="submit" disabled={pending}>{pending ? texts.saving : texts.save}</Button></p>
    </form>
  );
}
