"use client";
import { useRouter } from "next/navigation";
import { startTransition, useActionState, useEffect } from "react";
import { useTranslations } from "use-intl";
import type { StepState } from "@/components/admin/residency/step-form";
import { Banner } from "@/components/ui/state";

/** A policy from another hall: read as a draft, never put in force by itself. */
export function PolicyFile({ action, draftVersion }: { action: (state: StepState, form: FormData) => Promise<StepState>; draftVersion: number }) {
  const t = useTranslations("policy");
  const router = useRouter();
  const [state, submit, pending] = useActionState(action, { turn: 0 });
  useEffect(() => { if (state.done) router.refresh(); }, [state, router]);
  const read = async (file: File | undefined) => {
    if (!file) return;
    const form = new FormData();
    form.set("step", "import");
    form.set("document", await file.text());
    form.set("draft", String(draftVersion));
    startTransition(() => submit(form));
  };
  return (
    <div className="flex flex-col gap-2">
      {state.message ? <Banner tone="bad">{state.message}</Banner> : state.done ? <Banner tone="good">{state.done}</Banner> : null}
      <label htmlFor="policy-file" className="font-medium">{t("file")}</label>
      <p id="policy-file-hint" className="text-sm text-ink-soft">{t("fileHint")}</p>
      <input id="policy-file" type="file" accept="application/json,.json" aria-describedby="policy-file-hint" disabled={pending} className="min-h-11" onChange={(event) => void read(event.target.files?.[0])} />
    </div>
  );
}
