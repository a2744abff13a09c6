"use client";
import { useLocale, useTranslations } from "use-intl";
import { useServerNow } from "@/components/staff/use-now";
import { minutesBetween } from "@/components/staff/time";
import { Loading } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Board } from "@/lib/queue/board/schema";

/** How full the lines are: waiting, the longest wait, the wait of somebody who comes now, windows. */
export function LinesOverview({ board, offset }: { board: Board | undefined; offset: number }) {
  const t = useTranslations("guide.lines");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const now = useServerNow(offset);
  if (!board) return <div className="p-4"><Loading label={common("loading")} /></div>;
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t("caption")}</caption>
      <thead className="text-ink-soft">
        <tr className="border-b border-line">
          <th scope="col" className="px-3 py-2 text-left align-bottom font-normal md:px-4">{t("line")}</th>
          {["waiting", "longest", "estimate", "windows"].map((column) => <th key={column} scope="col" className="px-1.5 py-2 text-right align-bottom font-normal last:pr-3 md:px-2 md:last:pr-4">{t(column)}</th>)}
        </tr>
      </thead>
      <tbody>
        {board.lines.map((line) => (
          <tr key={line.code} className="border-b border-line last:border-b-0">
            <th scope="row" className="px-3 py-1.5 text-left font-normal md:px-4"><span className="font-semibold">{line.code}</span> {localName(locale, line)}</th>
            <td className="px-1.5 text-right text-base font-semibold md:px-2">{line.waiting}</td>
            <td className="px-1.5 text-right whitespace-nowrap md:px-2">{line.oldest && line.waiting > 0 ? minutesBetween(line.oldest, now) : "–"}</td>
            <td className="px-1.5 text-right whitespace-nowrap md:px-2">{line.estimateMinutes ? t("range", line.estimateMinutes) : "–"}</td>
            <td className="py-1.5 pr-3 pl-1.5 text-right md:pr-4">{line.windows > 0 ? line.windows : <span className={line.waiting > 0 ? "font-semibold text-bad" : "text-ink-soft"}>{t("noWindow")}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
