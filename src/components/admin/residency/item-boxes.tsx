"use client";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";

interface ItemBoxesProps {
  items: readonly { code: string; name: string }[];
  texts: { legend: string; hint: string; all: string; chosen: string };
}

/** Chooses many items at once; `#` in the text stands for how many. */
export function ItemBoxes({ items, texts }: ItemBoxesProps) {
  const boxes = useRef<HTMLFieldSetElement>(null);
  const [count, setCount] = useState(0);
  const inputs = () => [...(boxes.current?.querySelectorAll<HTMLInputElement>("input[name=items]") ?? [])];
  const recount = () => setCount(inputs().filter((input) => input.checked).length);
  const all = () => {
    const every = inputs();
    const on = every.some((input) => !input.checked);
    for (const input of every) input.checked = on;
    recount();
  };
  return (
    <fieldset ref={boxes} onChange={recount} className="flex flex-col gap-2">
      <legend className="font-medium">{texts.legend}</legend>
      <p className="text-sm text-ink-soft">{texts.hint}</p>
      <p className="flex flex-wrap items-center gap-3"><Button size="small" onClick={all}>{texts.all}</Button><span aria-live="polite" className="tabular-nums">{texts.chosen.replace("#", String(count))}</span></p>
      <ul className="grid max-h-96 grid-cols-1 gap-x-4 overflow-auto rounded-base border border-line bg-surface p-2 lg:grid-cols-2">
        {items.map((item) => (
          <li key={item.code}>
            <label className="flex min-h-11 items-center gap-3 px-2 hover:bg-brand-soft">
              <input type="checkbox" name="items" value={item.code} className="size-5 shrink-0 accent-brand" />
              <span>{item.name} <span className="text-sm text-ink-soft tabular-nums">{item.code}</span></span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
