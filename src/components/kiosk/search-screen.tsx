"use client";
import { Search } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import type { HallDetail } from "@/lib/regions/schema";
import type { Choice } from "./flow";
import { Heading } from "./heading";
import { ItemList } from "./item-list";
import { Keyboard } from "./keyboard";
import type { HallData } from "./use-hall-data";
import { useItems } from "./use-items";

interface SearchProps {
  hall: HallDetail;
  data: HallData;
  elder: boolean;
  query: string;
  onQuery: (text: string) => void;
  onChoose: (choice: Choice) => void;
}

/** The keyboard takes the lower half: fewer choices than elsewhere. */
const STANDARD = { size: 5, grid: "grid flex-1 gap-2 grid-rows-[repeat(5,minmax(max-content,1fr))]" };
const ELDER = { size: 3, grid: "grid flex-1 gap-2 grid-rows-[repeat(3,minmax(max-content,1fr))]" };

export function SearchScreen({ hall, data, elder, query, onQuery, onChoose }: SearchProps) {
  const t = useTranslations("kiosk.search");
  const field = useRef<HTMLInputElement>(null);
  const words = query.trim();
  const list = useItems(hall.code, useMemo(() => (words ? { q: words } : undefined), [words]));
  useEffect(() => field.current?.focus(), []);
  return (
    <>
      <Heading focus={false}>{t("heading")}</Heading>
      <div className="mt-4 flex flex-1 flex-col gap-4 landscape:flex-row landscape:gap-8">
        <div className="contents landscape:flex landscape:w-[55%] landscape:flex-col landscape:gap-4">
          <label className="flex items-center gap-4 rounded-base border-2 border-brand bg-surface px-5 focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-brand">
            <Search aria-hidden className="size-8 shrink-0 text-brand" />
            <span className="sr-only">{t("label")}</span>
            <input ref={field} type="text" inputMode="none" autoComplete="off" spellCheck={false} value={query} placeholder={t("placeholder")} onChange={(event) => onQuery(event.target.value)} className="min-h-18 w-full bg-transparent text-2xl outline-none placeholder:text-ink-soft" />
          </label>
          <div className="order-last landscape:order-none landscape:mt-auto"><Keyboard text={query} onText={onQuery} /></div>
        </div>
        <section aria-label={t("results")} className="flex flex-1 flex-col">
          <p role="status" className={words && list.items.length > 0 ? "mb-2 text-ink-soft" : "text-xl"}>
            {!words ? t("hint") : list.state !== "ready" ? "" : list.items.length === 0 ? t("none", { query: words }) : t(list.more ? "foundMore" : "found", { count: list.items.length })}
          </p>
          {words && list.state === "ready" && list.items.length === 0 ? <p className="mt-2 text-lg text-ink-soft">{t("noneHint")}</p> : null}
          {words && (list.items.length > 0 || list.state !== "ready") ? <ItemList hall={hall} data={data} list={list} {...(elder ? ELDER : STANDARD)} compact onChoose={onChoose} /> : null}
        </section>
      </div>
    </>
  );
}
