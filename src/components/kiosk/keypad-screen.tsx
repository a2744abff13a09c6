"use client";
import { CircleAlert, CircleCheck, Delete } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Heading } from "./heading";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const KEY = "flex items-center justify-center rounded-base border border-line-strong bg-surface text-3xl font-semibold active:bg-brand active:text-white";

interface KeypadProps {
  heading: string;
  hint: string;
  label: string;
  text: string;
  /** Digits in groups, easier to compare. */
  shown: string;
  length: number;
  valid: boolean;
  /** With the X of ID numbers. */
  withX?: boolean;
  verdict: string;
  done: string;
  /** A press is under way. */
  busy?: boolean;
  /** Above the keys, e.g. a refusal. */
  children?: ReactNode;
  onText: (text: string) => void;
  onDone: () => void;
}

/** Enter of a reader that types, or of a keyboard; on a button it presses the button. */
function useEnter(onEnter: (() => void) | undefined) {
  const latest = useRef(onEnter);
  useEffect(() => {
    latest.current = onEnter;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => void (event.key === "Enter" && !(event.target instanceof HTMLButtonElement) && latest.current?.());
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}

function Verdict({ text, complete, valid }: { text: string; complete: boolean; valid: boolean }) {
  return (
    <p role="status" className={`flex min-h-10 items-center gap-2 text-xl font-medium ${!complete ? "text-ink-soft" : valid ? "text-good" : "text-bad"}`}>
      {complete ? valid ? <CircleCheck aria-hidden className="size-8" /> : <CircleAlert aria-hidden className="size-8" /> : null}
      {text}
    </p>
  );
}

/** One number typed with large keys in the half that a wheelchair reaches; a reader that types fills the same field. */
export function KeypadScreen({ heading, hint, label, text, shown, length, valid, withX, verdict, done, busy = false, children, onText, onDone }: KeypadProps) {
  const t = useTranslations("kiosk.id");
  const complete = text.length === length;
  useEnter(valid && !busy ? onDone : undefined);
  return (
    <>
      <Heading>{heading}</Heading>
      <p className="mt-2 text-lg text-ink-soft">{hint}</p>
      <div className="mt-5 flex min-h-0 flex-1 flex-col gap-5 landscape:flex-row landscape:gap-8">
        <div className="landscape:flex-1">
          <p aria-label={label} role="textbox" aria-readonly="true" aria-invalid={complete && !valid} tabIndex={0} className="flex min-h-24 items-center justify-center rounded-base border-2 border-brand bg-surface px-4 text-4xl font-semibold tracking-wider whitespace-pre">{shown}</p>
          <div className="mt-3"><Verdict text={verdict} complete={complete} valid={valid} /></div>
          {children}
        </div>
        {/* A press takes no focus: the Enter of a card reader must not press the last key again. */}
        <div onMouseDown={(event) => event.preventDefault()} className="mt-auto flex flex-col gap-3 landscape:mt-0 landscape:flex-1">
          <div role="group" aria-label={t("keypad")} className="grid flex-1 grid-cols-3 gap-3 portrait:[&>button]:min-h-20 landscape:auto-rows-fr">
            {[...DIGITS, ...(withX ? ["X", "0"] : ["0"])].map((key) => <button key={key} type="button" className={`${KEY} ${key === "0" && !withX ? "col-start-2" : ""}`} onClick={() => onText(text + key)}>{key}</button>)}
            <button type="button" aria-label={t("erase")} className={KEY} onClick={() => onText(text.slice(0, -1))}><Delete aria-hidden className="size-10" /></button>
          </div>
          <div className="grid grid-cols-[1fr_2fr] gap-3">
            <Button size="huge" disabled={text === "" || busy} onClick={() => onText("")}>{t("clear")}</Button>
            <Button size="huge" look="primary" disabled={!valid || busy} aria-busy={busy} onClick={onDone}>{done}</Button>
          </div>
        </div>
      </div>
    </>
  );
}
