"use client";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import type { Choice } from "./flow";
import { Heading } from "./heading";
import { ItemList } from "./item-list";
import type { HallData } from "./use-hall-data";
import { useItems } from "./use-items";

interface FieldProps {
  hall: HallDetail;
  data: HallData;
  elder: boolean;
  field: string;
  onChoose: (choice: Choice) => void;
}

const STANDARD = { size: 6, grid: "grid flex-1 gap-3 grid-rows-[repeat(6,minmax(max-content,1fr))] landscape:grid-cols-2 landscape:grid-rows-[repeat(3,minmax(max-content,1fr))]" };
const ELDER = { size: 4, grid: "grid flex-1 gap-3 grid-rows-[repeat(4,minmax(max-content,1fr))] landscape:grid-cols-2 landscape:grid-rows-[repeat(2,minmax(max-content,1fr))]" };

/** The second question: which item of the subject; whoever does not know takes the number of the line. */
export function FieldScreen({ hall, data, elder, field: code, onChoose }: FieldProps) {
  const t = useTranslations("kiosk");
  const locale = toLocale(useLocale());
  const list = useItems(hall.code, useMemo(() => ({ field: code }), [code]));
  const items = useMemo(() => ({ ...list, items: [...list.items].sort((a, b) => Number(b.popular) - Number(a.popular)) }), [list]);
  const field = hall.fields.find((known) => known.code === code);
  const lines = hall.lines.filter((line) => line.field === code);
  return (
    <>
      <Heading>{t("field.heading", { field: field ? localName(locale, field) : "" })}</Heading>
      <div className="mt-5 flex flex-1 flex-col">
        {list.state === "ready" && list.items.length === 0 ? <p className="text-xl">{t("list.empty")}</p> : <ItemList hall={hall} data={data} list={items} {...(elder ? ELDER : STANDARD)} onChoose={onChoose} />}
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-3 border-t border-line pt-3">
        <p className="text-lg portrait:in-[[data-elder=true]]:w-full">{t("field.unsure")}</p>
        {lines.map((line) => <Button key={line.code} size="large" className="flex-1 whitespace-nowrap" onClick={() => onChoose({ line })}>{localName(locale, line)}</Button>)}
      </div>
    </>
  );
}
