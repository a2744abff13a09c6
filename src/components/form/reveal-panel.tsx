"use client";
import { clsx } from "clsx";
import { Check, Copy } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import type { Reveal } from "./form-state";

/** A secret that is shown once: large enough to read over, with a button to copy it. */
export function RevealPanel({ reveal, doneHref, onDone, inDialog, texts }: { reveal: Reveal; doneHref?: string; onDone?: () => void; /** The dialog has the title and the frame. */ inDialog?: boolean; texts: { copy: string; copied: string; done: string } }) {
  const [copied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(reveal.value);
      setCopied(true);
    } catch {
      // No clipboard without https: the text can be selected by hand.
    }
  };
  return (
    <section className={clsx("flex max-w-2xl flex-col gap-4", !inDialog && "rounded-base border border-good bg-surface p-6")}>
      {inDialog ? null : <h2 ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">{reveal.title}</h2>}
      <p className="text-ink-soft">{reveal.text}</p>
      <p><code className="inline-block rounded-base border border-line-strong bg-canvas px-4 py-2 font-mono text-2xl tracking-wider select-all">{reveal.value}</code></p>
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => void copy()}>{copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}<span aria-live="polite">{copied ? texts.copied : texts.copy}</span></Button>
        {doneHref ? <Link href={doneHref} className={buttonClass({ look: "primary" })}>{texts.done}</Link> : <Button look="primary" onClick={onDone}>{texts.done}</Button>}
      </div>
    </section>
  );
}
