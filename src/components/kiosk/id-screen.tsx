"use client";
import { CircleAlert, CircleCheck, Delete } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { checkIdNumber } from "@/lib/kernel/id-number";
import { ID_LENGTH } from "./flow";
import { Heading } from "./heading";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "0"] as const;
const KEY = "flex items-center justify-center rounded-base border border-line-strong bg-surface text-3xl font-semibold active:bg-brand active:text-white";

/** 110101 19900307 8515: region, birth date, rest; easier to compare with the card. */
const grouped = (text: string): string => [text.slice(0, 6), text.slice(6, 14), text.slice(14)].filter(Boolean).join(" ");

function Verdict({ text }: { text: string }) {
  const t = useTranslations("kiosk.id");
  const complete = text.length === ID_LENGTH;
  const valid = complete && checkIdNumber(text).ok;
  return (
    <p role="status" className={`flex min-h-10 items-center gap-2 text-xl font-medium ${!complete ? "text-ink-soft" : valid ? "text-good" : "text-bad"}`}>
      {complete ? valid ? <CircleCheck aria-hidden className="size-8" /> : <CircleAlert aria-hidden className="size-8" /> : null}
      {text === "" ? "" : !complete ? t("missing", { count: ID_LENGTH - text.length }) : t(valid ? "valid" : "invalid")}
    </p>
  );
}

/** Large keys in the half that a wheelchair reaches; a card reader that types fills the same field. */
export function IdScreen({ text, onText, onDone }: { text: string; onText: (text: string) => void; onDone: () => void }) {
  const t = useTranslations("kiosk.id");
  return (
    <>
      <Heading>{t("heading")}</Heading>
      <p className="mt-2 text-lg text-ink-soft">{t("hint")}</p>
      <div className="mt-5 flex min-h-0 flex-1 flex-col gap-5 landscape:flex-row landscape:gap-8">
        <div className="landscape:flex-1">
          <p aria-label={t("label")} role="textbox" aria-readonly="true" aria-invalid={text.length === ID_LENGTH && !checkIdNumber(text).ok} tabIndex={0} className="flex min-h-24 items-center justify-center rounded-base border-2 border-brand bg-surface px-4 text-4xl font-semibold tracking-wider whitespace-pre">{grouped(text)}</p>
          <div className="mt-3"><Verdict text={text} /></div>
        </div>
        {/* A press takes no focus: the Enter of a card reader must not press the last key again. */}
        <div onMouseDown={(event) => event.preventDefault()} className="mt-auto flex flex-col gap-3 landscape:mt-0 landscape:flex-1">
          <div role="group" aria-label={t("keypad")} className="grid flex-1 grid-cols-3 gap-3 portrait:[&>button]:min-h-20 landscape:auto-rows-fr">
            {KEYS.map((key) => <button key={key} type="button" className={KEY} onClick={() => onText(text + key)}>{key}</button>)}
            <button type="button" aria-label={t("erase")} className={KEY} onClick={() => onText(text.slice(0, -1))}><Delete aria-hidden className="size-10" /></button>
          </div>
          <div className="grid grid-cols-[1fr_2fr] gap-3">
            <Button size="huge" disabled={text === ""} onClick={() => onText("")}>{t("clear")}</Button>
            <Button size="huge" look="primary" disabled={!checkIdNumber(text).ok} onClick={onDone}>{t("done")}</Button>
          </div>
        </div>
      </div>
    </>
  );
}
