"use client";
import { clsx } from "clsx";
import { CalendarCheck, Search } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { FieldIcon } from "./field-icon";
import type { Choice } from "./flow";
import { Heading } from "./heading";
import { choiceOf, waitingInField } from "./lines";
import { Pager, usePages } from "./pager";
import type { HallData } from "./use-hall-data";

interface StartProps {
  hall: HallDetail;
  data: HallData;
  elder: boolean;
  onArrive: () => void;
  onSearch: () => void;
  onField: (field: string) => void;
  onChoose: (choice: Choice) => void;
}

function Popular({ hall, data, elder, onChoose }: Pick<StartProps, "hall" | "data" | "elder" | "onChoose">) {
  const t = useTranslations("kiosk.start");
  const locale = toLocale(useLocale());
  if (data.popular.length === 0) return null;
  return (
    <section aria-labelledby="popular">
      <h2 id="popular" className="mb-2 text-lg font-semibold text-ink-soft">{t("popular")}</h2>
      <div className="grid grid-cols-2 gap-3 landscape:grid-cols-1 landscape:gap-2">
        {data.popular.slice(0, elder ? 4 : 6).map((item) => (
          <button key={item.code} type="button" onClick={() => onChoose(choiceOf(hall, item))} className="flex items-center rounded-base border border-line-strong bg-surface px-4 py-1 text-left text-lg leading-tight font-medium active:bg-brand-soft portrait:min-h-18">
            <span className="line-clamp-2">{localName(locale, item)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

function Fields({ hall, data, onField }: Pick<StartProps, "hall" | "data" | "onField">) {
  const t = useTranslations("kiosk.start");
  const locale = toLocale(useLocale());
  const { entries, ...pages } = usePages(hall.fields, 6);
  return (
    <section aria-labelledby="fields" className="flex flex-1 flex-col">
      <h2 id="fields" className="mb-2 text-lg font-semibold text-ink-soft">{t("fields")}</h2>
      <div className="grid flex-1 grid-cols-2 grid-rows-[repeat(3,minmax(max-content,1fr))] gap-3 landscape:grid-cols-3 landscape:grid-rows-[repeat(2,minmax(max-content,1fr))]">
        {entries.map((field) => {
          const waiting = waitingInField(data, field.code);
          return (
            <button key={field.code} type="button" onClick={() => onField(field.code)} className="flex items-center gap-4 rounded-base border border-line-strong bg-surface px-5 py-2 text-left active:bg-brand-soft landscape:flex-col landscape:justify-center landscape:gap-2 landscape:text-center in-[[data-elder=true]]:gap-2 in-[[data-elder=true]]:px-3">
              <FieldIcon name={field.icon} />
              <span className="min-w-0">
                <span className={clsx("block leading-tight font-semibold in-[[data-elder=true]]:text-xl", locale === "en" ? "text-xl" : "text-2xl")}>{localName(locale, field)}</span>
                {waiting === undefined ? null : <span className="mt-1 block text-ink-soft">{t("waiting", { count: waiting })}</span>}
              </span>
            </button>
          );
        })}
      </div>
      <Pager {...pages} />
    </section>
  );
}

const WAY = "flex min-h-18 items-center gap-4 rounded-base border-2 border-brand bg-surface px-5 py-2 text-left active:bg-brand-soft landscape:gap-3 landscape:px-4";
/** Where room is short the words of the button itself must do. */
const HINT = "block leading-tight text-ink-soft landscape:hidden in-[[data-elder=true]]:hidden";

/** The first question: what for. Popular items above, search and subjects in the half that a wheelchair reaches. */
export function StartScreen({ hall, data, elder, onArrive, onSearch, onField, onChoose }: StartProps) {
  const t = useTranslations("kiosk.start");
  return (
    <>
      <Heading>{t("heading")}</Heading>
      <div className="mt-4 flex flex-1 flex-col gap-5 landscape:flex-row landscape:gap-8">
        <div className="flex flex-col gap-5 landscape:w-[38%] landscape:flex-col-reverse landscape:justify-end">
          <Popular hall={hall} data={data} elder={elder} onChoose={onChoose} />
          <div className="grid grid-cols-2 gap-3">
            <button type="button" onClick={onSearch} className={WAY}>
              <Search aria-hidden className="size-8 shrink-0 text-brand" />
              <span className="min-w-0"><span className="block text-xl leading-tight font-semibold">{t("search")}</span><span className={HINT}>{t("searchHint")}</span></span>
            </button>
            <button type="button" onClick={onArrive} className={WAY}>
              <CalendarCheck aria-hidden className="size-8 shrink-0 text-brand" />
              <span className="min-w-0"><span className="block text-xl leading-tight font-semibold">{t("arrive")}</span><span className={HINT}>{t("arriveHint")}</span></span>
            </button>
          </div>
        </div>
        <Fields hall={hall} data={data} onField={onField} />
      </div>
    </>
  );
}
