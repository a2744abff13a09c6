"use client";
import { CopyPlus, Plus, X } from "lucide-react";
import { startTransition, useActionState, useEffect, useRef, useState } from "react";
import { useLeaveGuard } from "@/components/form/use-leave-guard";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import type { Opening as HallOpening } from "@/lib/regions/data-admin";

/** A span of a week; `bookedOnly` is asked for windows, labels for halls. */
export type Opening = HallOpening & { bookedOnly?: boolean };

export interface OpeningsState {
  turn: number;
  saved?: boolean;
  message?: string;
  /** Index of the wrong row to its text. */
  errors: Readonly<Record<number, string>>;
}

export interface OpeningsTexts {
  days: readonly string[];
  closed: string; add: string; remove: string; copy: string; start: string; end: string; label: string; labelEn: string;
  /** Given for windows: asks whether the span needs a booking instead of its label. */
  bookedOnly?: string;
  save: string; saving: string; saved: string; leave: string;
}

interface OpeningsFormProps {
  action: (state: OpeningsState, rows: Opening[]) => Promise<OpeningsState>;
  rows: readonly Opening[];
  texts: OpeningsTexts;
}

const CONTROL = "min-h-11 rounded-base border border-line-strong bg-surface px-2 aria-[invalid=true]:border-bad";
/** Text instead of a time control: always the 24 h clock, whatever the browser speaks. */
const CLOCK = { inputMode: "numeric", maxLength: 5, placeholder: "08:30", autoComplete: "off" } as const;
const WORKDAYS = [2, 3, 4, 5];

/** Weekly times, day by day; a day without times is a day off. */
export function OpeningsForm({ action, rows: stored, texts }: OpeningsFormProps) {
  const [state, submit, pending] = useActionState<OpeningsState, Opening[]>(action, { turn: 0, errors: {} });
  const [rows, setRows] = useState<readonly Opening[]>(stored);
  const dirty = useRef(false);
  const message = useRef<HTMLDivElement>(null);
  useLeaveGuard(dirty, texts.leave);
  useEffect(() => {
    if (state.turn > 0) message.current?.focus();
  }, [state]);

  const edit = (next: readonly Opening[]) => {
    dirty.current = true;
    setRows(next);
  };
  const change = (index: number, part: Partial<Opening>) => edit(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  const add = (weekday: number) => {
    const last = rows.filter((row) => row.weekday === weekday).at(-1);
    edit([...rows, { weekday, start: last?.end ?? "08:30", end: last ? "17:30" : "12:00", label: "", labelEn: "" }]);
  };
  const copyMonday = () => edit([...rows.filter((row) => !WORKDAYS.includes(row.weekday)), ...WORKDAYS.flatMap((weekday) => rows.filter((row) => row.weekday === 1).map((row) => ({ ...row, weekday })))]);
  const save = () => {
    dirty.current = false;
    startTransition(() => submit([...rows]));
  };
  return (
    <div className="flex flex-col gap-4">
      <div ref={message} tabIndex={-1} className="empty:hidden">
        {state.message ? <Banner tone="bad">{state.message}</Banner> : state.saved ? <Banner tone="good">{texts.saved}</Banner> : null}
      </div>
      {texts.days.map((day, position) => (
        <fieldset key={day} className="border-b border-line pb-3 md:pl-24 [&:has(legend)]:relative">
          <legend className="font-medium md:absolute md:top-2 md:left-0">{day}</legend>
          {rows.some((row) => row.weekday === position + 1) ? null : <p className="mt-2 text-sm text-ink-soft">{texts.closed}</p>}
          {rows.map((row, index) => (row.weekday === position + 1 ? (
            <Span key={index} day={day} row={row} error={state.errors[index]} texts={texts} onChange={(part) => change(index, part)} onRemove={() => edit(rows.filter((_, at) => at !== index))} />
          ) : null))}
          <div className="mt-1 flex flex-wrap gap-2">
            <Button size="small" look="quiet" onClick={() => add(position + 1)} aria-label={`${day}：${texts.add}`}><Plus aria-hidden className="size-4" />{texts.add}</Button>
            {position === 0 ? <Button size="small" look="quiet" onClick={copyMonday}><CopyPlus aria-hidden className="size-4" />{texts.copy}</Button> : null}
          </div>
        </fieldset>
      ))}
      <p><Button look="primary" onClick={save} disabled={pending}>{pending ? texts.saving : texts.save}</Button></p>
    </div>
  );
}

interface SpanProps {
  day: string;
  row: Opening;
  error: string | undefined;
  texts: OpeningsTexts;
  onChange: (part: Partial<Opening>) => void;
  onRemove: () => void;
}

function Span({ day, row, error, texts, onChange, onRemove }: SpanProps) {
  return (
    <div className="mt-2">
      <div className="flex flex-wrap items-center gap-2">
        <input value={row.start} {...CLOCK} onChange={(event) => onChange({ start: event.target.value })} aria-label={`${day} ${texts.start}`} aria-invalid={error ? true : undefined} className={`${CONTROL} w-20 text-center`} />
        <span aria-hidden>–</span>
        <input value={row.end} {...CLOCK} onChange={(event) => onChange({ end: event.target.value })} aria-label={`${day} ${texts.end}`} aria-invalid={error ? true : undefined} className={`${CONTROL} w-20 text-center`} />
        {texts.bookedOnly ? (
          <label className="flex min-h-11 items-center gap-2"><input type="checkbox" checked={row.bookedOnly ?? false} onChange={(event) => onChange({ bookedOnly: event.target.checked })} className="size-5" />{texts.bookedOnly}</label>
        ) : (
          <>
            <input value={row.label} onChange={(event) => onChange({ label: event.target.value })} maxLength={40} placeholder={texts.label} aria-label={`${day} ${texts.label}`} className={`${CONTROL} w-40`} />
            <input value={row.labelEn} onChange={(event) => onChange({ labelEn: event.target.value })} maxLength={40} placeholder={texts.labelEn} aria-label={`${day} ${texts.labelEn}`} className={`${CONTROL} w-40`} />
          </>
        )}
        <Button size="small" look="quiet" onClick={onRemove} aria-label={`${day} ${row.start}–${row.end}：${texts.remove}`}><X aria-hidden className="size-4" /></Button>
      </div>
      {error ? <p role="alert" className="text-sm text-bad">{error}</p> : null}
    </div>
  );
}
