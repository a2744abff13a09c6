"use client";
import { useRouter } from "next/navigation";
import { startTransition, useActionState, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";

export interface MoveWindowChoice { code: string; name: string; state: string; own: readonly string[]; helping: readonly string[] }
export interface MoveLineChoice { code: string; name: string; waiting: number }
interface MoveState { turn: number; message?: string; done?: string }

interface MoveFormProps {
  action: (state: MoveState, form: FormData) => Promise<MoveState>;
  windows: readonly MoveWindowChoice[];
  lines: readonly MoveLineChoice[];
  texts: { window: string; own: string; helping: string; reason: string; reasonHint: string; waiting: string; submit: string; sending: string };
}

/** Which lines a window serves for now; it starts with those that it serves. */
export function MoveForm({ action, windows, lines, texts }: MoveFormProps) {
  const [state, submit, pending] = useActionState(action, { turn: 0 });
  const [code, setCode] = useState(windows[0]?.code ?? "");
  const router = useRouter();
  const note = useRef<HTMLDivElement>(null);
  const window = windows.find((each) => each.code === code);
  useEffect(() => {
    if (state.turn === 0) return;
    note.current?.focus();
    if (state.done) router.refresh();
  }, [state, router]);
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); const form = new FormData(event.currentTarget); startTransition(() => submit(form)); }} className="flex flex-col gap-4 rounded-base border border-line bg-surface p-4 sm:p-6">
      <div ref={note} tabIndex={-1} className="empty:hidden">{state.message ? <Banner tone="bad">{state.message}</Banner> : state.done ? <Banner tone="good">{state.done}</Banner> : null}</div>
      <div className="grid gap-4 md:grid-cols-2">
        <SelectField id="window" name="window" label={texts.window} value={code} onChange={(event) => setCode(event.target.value)}>{windows.map((each) => <option key={each.code} value={each.code}>{each.code} {each.name}（{each.state}）</option>)}</SelectField>
        <TextField id="reason" name="reason" label={texts.reason} hint={texts.reasonHint} required maxLength={200} />
      </div>
      <Lines key={`own-${code}-${window?.own.join()}`} name="own" label={texts.own} lines={lines} chosen={window?.own ?? []} waiting={texts.waiting} />
      <Lines key={`helping-${code}-${window?.helping.join()}`} name="helping" label={texts.helping} lines={lines} chosen={window?.helping ?? []} waiting={texts.waiting} />
      <p><Button type="submit" look="primary" disabled={pending}>{pending ? texts.sending : texts.submit}</Button></p>
    </form>
  );
}

function Lines({ name, label, lines, chosen, waiting }: { name: string; label: string; lines: readonly MoveLineChoice[]; chosen: readonly string[]; waiting: string }) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
        {lines.map((line) => (
          <label key={line.code} className="flex min-h-11 items-center gap-2">
            <input type="checkbox" name={name} value={line.code} defaultChecked={chosen.includes(line.code)} className="size-5" />
            <span>{line.code} {line.name} <span className="text-sm text-ink-soft tabular-nums">{waiting.replace("#", String(line.waiting))}</span></span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
