"use client";
import Link from "next/link";
import { useActionState, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";

interface ChooseDeviceProps {
  action: (state: { message?: string }, form: FormData) => Promise<{ message?: string }>;
  options: readonly { value: string; label: string; note: string; replaces: boolean }[];
  chosen: string | undefined;
  backHref: string;
  texts: { legend: string; confirm: string; other: string; replaces: string };
}

export function ChooseDevice({ action, options, chosen, backHref, texts }: ChooseDeviceProps) {
  const [state, submit, pending] = useActionState(action, {});
  const [device, setDevice] = useState(chosen ?? "");
  return (
    <form action={submit} className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">{texts.legend}</legend>
        {options.map((option) => (
          <label key={option.value} className="flex min-h-11 items-center gap-3 rounded-base border border-line px-3 hover:bg-brand-soft has-checked:border-brand has-checked:bg-brand-soft">
            <input type="radio" name="device" value={option.value} checked={device === option.value} onChange={() => setDevice(option.value)} className="size-5 shrink-0 accent-brand" />
            <span className="flex flex-1 flex-wrap justify-between gap-x-4"><span>{option.label}</span><span className="text-sm text-ink-soft">{option.note}</span></span>
          </label>
        ))}
      </fieldset>
      {options.find((option) => option.value === device)?.replaces ? <Banner tone="warn">{texts.replaces}</Banner> : null}
      {state.message ? <Banner tone="bad">{state.message}</Banner> : null}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" disabled={pending}>{texts.confirm}</Button>
        <Link href={backHref} className={buttonClass()}>{texts.other}</Link>
      </div>
    </form>
  );
}
