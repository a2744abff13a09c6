"use client";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Loading } from "@/components/ui/state";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { ChoiceButton } from "./choice-button";
import type { Choice } from "./flow";
import { boardLine, choiceOf } from "./lines";
import { Pager, usePages } from "./pager";
import type { HallData } from "./use-hall-data";
import type { ItemList as Items } from "./use-items";

interface ItemListProps {
  hall: HallDetail;
  data: HallData;
  list: Items & { retry: () => void };
  /** Choices on one screen, six at most. */
  size: number;
  /** Classes of the grid of choices. */
  grid: string;
  compact?: boolean;
  onChoose: (choice: Choice) => void;
}

/** At most six items at a time, each with how many wait for it. */
export function ItemList({ hall, data, list, size, grid, compact, onChoose }: ItemListProps) {
  const t = useTranslations("kiosk");
  const common = useTranslations("common");
  const locale = toLocale(useLocale());
  const { entries, ...pages } = usePages(list.items, size);
  if (list.state === "failed") {
    return (
      <div role="alert" className="flex flex-col items-start gap-4 rounded-base border border-bad bg-bad-soft p-6">
        <p className="text-xl">{t("list.failed")}</p>
        <Button size="large" onClick={list.retry}>{common("retry")}</Button>
      </div>
    );
  }
  if (list.state === "loading" && list.items.length === 0) return <Loading label={common("loading")} />;
  return (
    <div className="flex flex-1 flex-col">
      <div className={grid}>
        {entries.map((item) => {
          const line = boardLine(data, item.line);
          const lineName = localName(locale, { name: item.lineName, nameEn: item.lineNameEn });
          const hint = line === undefined ? lineName : line.windows === 0 ? t("item.unserved", { line: lineName }) : t("item.waiting", { line: lineName, count: line.waiting });
          return <ChoiceButton key={item.code} title={localName(locale, item)} hint={hint} compact={compact} onClick={() => onChoose(choiceOf(hall, item))} />;
        })}
      </div>
      <Pager {...pages} />
    </div>
  );
}
