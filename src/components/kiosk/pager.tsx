"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";

export interface Paged<T> {
  entries: readonly T[];
  page: number;
  pages: number;
  turn: (by: number) => void;
}

/** One screenful of a list; starts at the first again when the list changes its length or size. */
export function usePages<T>(list: readonly T[], size: number): Paged<T> {
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(list.length / size));
  useEffect(() => setPage(0), [list.length, size]);
  const shown = Math.min(page, pages - 1);
  return { entries: list.slice(shown * size, (shown + 1) * size), page: shown, pages, turn: (by) => setPage(Math.min(Math.max(shown + by, 0), pages - 1)) };
}

/** Absent when everything fits on one page. */
export function Pager({ page, pages, turn }: Pick<Paged<unknown>, "page" | "pages" | "turn">) {
  const t = useTranslations("kiosk.pager");
  if (pages < 2) return null;
  return (
    <div role="group" aria-label={t("label")} className="mt-3 flex items-center justify-between gap-4">
      <Button size="large" disabled={page === 0} onClick={() => turn(-1)}><ChevronLeft aria-hidden className="size-7" />{t("previous")}</Button>
      <p aria-live="polite" className="text-lg">{t("page", { page: page + 1, pages })}</p>
      <Button size="large" disabled={page === pages - 1} onClick={() => turn(1)}>{t("next")}<ChevronRight aria-hidden className="size-7" /></Button>
    </div>
  );
}
