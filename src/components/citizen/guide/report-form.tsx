"use client";
import { type FormEvent, useRef, useState } from "react";
import { api, newKey } from "@/components/api-client";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";

interface ReportFormProps {
  hall: string;
  item: string;
  version?: number | undefined;
  parts: readonly { key: string; name: string }[];
  texts: { title: string; text: string; element: string; contact: string; send: string; sending: string; done: string; whole: string };
}

/** "There is an error in this guide": what was typed stays when it could not be sent. */
export function ReportForm({ hall, item, version, parts, texts }: ReportFormProps) {
  const [state, setState] = useState<{ phase: "idle" | "sending" } | { phase: "done"; id: number } | { phase: "failed"; text: string }>({ phase: "idle" });
  const key = useRef("");
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    // The same key until something is typed: a second press after a lost answer sends nothing twice.
    key.current ||= newKey();
    setState({ phase: "sending" });
    const answer = await api<{ id: number }>(`/halls/${encodeURIComponent(hall)}/items/${encodeURIComponent(item)}/reports`, { key: key.current, body: { text: form.get("text"), element: form.get("element"), contact: form.get("contact"), ...(version ? { version } : {}) } });
    setState(answer.ok ? { phase: "done", id: answer.value.id } : { phase: "failed", text: answer.problem.detail || answer.problem.code });
  };
  return (
    <details className="no-print rounded-base border border-line bg-surface">
      <summary className="flex min-h-12 cursor-pointer items-center px-4 font-medium text-brand">{texts.title}</summary>
      {state.phase === "done" ? <div className="p-4"><Banner tone="good">{texts.done.replace("{id}", String(state.id))}</Banner></div> : (
        <form onSubmit={(event) => void send(event)} onInput={() => { key.current = ""; }} className="flex flex-col gap-4 border-t border-line p-4">
          {state.phase === "failed" ? <Banner tone="bad">{state.text}</Banner> : null}
          <SelectField id="report-element" name="element" label={texts.element} defaultValue=""><option value="">{texts.whole}</option>{parts.map((part) => <option key={part.key} value={part.key}>{part.name}</option>)}</SelectField>
          <div className="flex flex-col gap-1"><label htmlFor="report-text" className="font-medium">{texts.text}</label><textarea id="report-text" name="text" required maxLength={1_000} rows={3} className="w-full rounded-base border border-line-strong bg-surface px-3 py-2" /></div>
          <TextField id="report-contact" name="contact" label={texts.contact} maxLength={100} autoComplete="tel" />
          <p><Button type="submit" look="primary" disabled={state.phase === "sending"}>{state.phase === "sending" ? texts.sending : texts.send}</Button></p>
        </form>
      )}
    </details>
  );
}
