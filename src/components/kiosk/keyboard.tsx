"use client";
import { Delete } from "lucide-react";
import type { MouseEvent } from "react";
import { useTranslations } from "use-intl";

const ROWS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"] as const;
const KEY = "flex items-center justify-center rounded-base border border-line-strong bg-surface px-1 text-2xl font-medium active:bg-brand active:text-white";

/** A press must not take the focus from the field that is being written in. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

/** Letters and digits for pinyin initials: a kiosk has no keyboard. */
export function Keyboard({ text, onText }: { text: string; onText: (text: string) => void }) {
  const t = useTranslations("kiosk.search");
  return (
    <div role="group" aria-label={t("keyboard")} onMouseDown={keepFocus} className="grid gap-2 rounded-base border border-line bg-canvas">
      {ROWS.map((row, index) => (
        <div key={row} className="flex justify-center gap-2">
          {[...row].map((sign) => <button key={sign} type="button" className={`${KEY} max-w-[10%] flex-1`} onClick={() => onText(text + sign)}>{sign}</button>)}
          {index === 3 ? (
            <>
              <button type="button" aria-label={t("erase")} className={`${KEY} flex-1`} onClick={() => onText(text.slice(0, -1))}><Delete aria-hidden className="size-8" /></button>
              <button type="button" className={`${KEY} flex-1 text-lg whitespace-nowrap`} onClick={() => onText("")}>{t("clear")}</button>
            </>
          ) : null}
        </div>
      ))}
    </div>
  );
}
