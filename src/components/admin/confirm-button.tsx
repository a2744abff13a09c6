"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Reveal } from "@/components/form/form-state";
import { RevealPanel } from "@/components/form/reveal-panel";
import { Button, type ButtonLook } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Banner } from "@/components/ui/state";

export type ActionOutcome = { ok: true; message?: string; reveal?: Reveal } | { ok: false; message: string };

interface ConfirmButtonProps {
  action: () => Promise<ActionOutcome>;
  look?: ButtonLook["look"];
  disabled?: boolean;
  texts: { open: string; title: string; description: string; confirm: string; cancel: string; close: string; copy: string; copied: string; done: string };
}

/** A step that is asked about first; what it gives is shown once. */
export function ConfirmButton({ action, look = "secondary", disabled, texts }: ConfirmButtonProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [outcome, setOutcome] = useState<ActionOutcome>();
  const [pending, startTransition] = useTransition();
  const run = () => startTransition(async () => setOutcome(await action()));
  const close = () => {
    setOpen(false);
    setOutcome(undefined);
    router.refresh();
  };
  const reveal = outcome?.ok ? outcome.reveal : undefined;
  const done = outcome?.ok === true && !reveal;
  return (
    <>
      <p><Button look={look} disabled={disabled} onClick={() => setOpen(true)}>{texts.open}</Button></p>
      <Dialog open={open} onClose={close} title={reveal?.title ?? texts.title} {...(outcome?.ok ? {} : { description: texts.description })} closeLabel={texts.close}>
        {reveal ? <RevealPanel inDialog reveal={reveal} onDone={close} texts={texts} /> : (
          <div className="flex flex-col gap-4">
            {outcome && !outcome.ok ? <Banner tone="bad">{outcome.message}</Banner> : null}
            {done ? <Banner tone="good">{outcome.ok ? outcome.message : null}</Banner> : null}
            <div className="flex flex-wrap gap-3">
              {done ? null : <Button look={look === "danger" ? "danger" : "primary"} onClick={run} disabled={pending}>{texts.confirm}</Button>}
              <Button onClick={close}>{done ? texts.done : texts.cancel}</Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}
