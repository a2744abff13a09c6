"use client";
import { useEffect, useState } from "react";
import { type MessageKind, render, smsSegments, templateFault } from "@/lib/notify/model";

const FIELDS = ["text", "textEn"] as const;
type Field = (typeof FIELDS)[number];

interface PreviewProps {
  kind: MessageKind;
  first: Readonly<Record<Field, string>>;
  values: Readonly<Record<Field, Readonly<Record<string, string>>>>;
  /** `#` and `%` stand for what is filled in here. */
  texts: Readonly<Record<Field | "segments" | "placeholder_unknown" | "placeholder_needed" | "braces_open", string>>;
}

/** The texts of the form on this page as somebody will read them, with sample values, while they are typed. */
export function TemplatePreview({ kind, first, values, texts }: PreviewProps) {
  const [typed, setTyped] = useState(first);
  useEffect(() => {
    const onInput = ({ target }: Event) => {
      if (target instanceof HTMLTextAreaElement && (target.name === "text" || target.name === "textEn")) setTyped((before) => ({ ...before, [target.name]: target.value }));
    };
    document.addEventListener("input", onInput);
    return () => document.removeEventListener("input", onInput);
  }, []);
  return (
    <div className="grid gap-4 md:grid-cols-2">
      {FIELDS.map((field) => {
        const fault = templateFault(kind, typed[field]);
        const shown = render(typed[field], values[field]);
        return (
          <section key={field} aria-label={texts[field]} className="flex flex-col gap-1">
            <h3 className="font-medium">{texts[field]}</h3>
            <p data-slot="preview" lang={field === "text" ? "zh-CN" : "en"} className="rounded-base border border-line bg-canvas p-3 break-words whitespace-pre-wrap">{shown}</p>
            <p role="status" className={fault ? "text-sm text-bad" : "text-sm text-ink-soft"}>{fault ? texts[fault.code].replace("#", fault.name) : texts.segments.replace("#", String(shown.length)).replace("%", String(smsSegments(shown)))}</p>
          </section>
        );
      })}
    </div>
  );
}
