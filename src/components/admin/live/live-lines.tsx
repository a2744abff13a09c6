import { useLocale, useTranslations } from "use-intl";
import { minutesBetween } from "@/components/staff/time";
import { StateChip } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import { type Overview, waitLevel } from "@/lib/queue/board/overview-schema";
import { Block } from "./block";
import { WaitChip } from "./wait-chip";

type Line = Overview["lines"][number];

/** Waiting per line; a long wait is a word, a colour and a shape. The order never changes, so that eyes find their line. */
export function LiveLines({ lines, limits, now }: { lines: readonly Line[]; limits: Overview["limits"]; now: number }) {
  const t = useTranslations("admin.live");
  const tooLong = lines.filter((line) => line.oldest && waitLevel(minutesBetween(line.oldest, now), limits) === "too_long");
  return (
    <Block id="lines" title={t("lines")} aside={<p role="status" className="text-sm text-ink-soft">{tooLong.length > 0 ? t("tooLongLines", { count: tooLong.length, minutes: limits.tooLong }) : t("noTooLong", { minutes: limits.tooLong })}</p>}>
      <div role="group" aria-label={t("lines")} tabIndex={0} className="overflow-x-auto">
        <table className="w-full border-collapse text-sm">
          <thead>
            <tr className="text-left text-ink-soft">
              <th scope="col" className="px-4 py-2 font-medium">{t("line")}</th>
              <th scope="col" className="px-2 py-2 text-right font-medium whitespace-nowrap">{t("waiting")}</th>
              <th scope="col" className="px-2 py-2 font-medium">{t("longest")}</th>
              <th scope="col" className="px-2 py-2 text-right font-medium max-sm:hidden">{t("estimate")}</th>
              <th scope="col" className="px-4 py-2 text-right font-medium max-sm:hidden">{t("windowsOpen")}</th>
            </tr>
          </thead>
          <tbody>{lines.map((line) => <LineRow key={line.code} line={line} limits={limits} now={now} />)}</tbody>
        </table>
      </div>
    </Block>
  );
}

function LineRow({ line, limits, now }: { line: Line; limits: Overview["limits"]; now: number }) {
  const t = useTranslations("admin.live");
  const locale = useLocale() as Locale;
  const unserved = line.waiting > 0 && line.windowsOpen + line.helpersOpen === 0;
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-4 py-1.5 text-left font-normal max-sm:pr-1"><span className="flex gap-2"><span className="w-6 max-sm:w-4 shrink-0 font-semibold">{line.code}</span><span>{localName(locale, line)}{unserved ? <span className="mt-0.5 block sm:hidden"><StateChip tone="bad">{t("unserved")}</StateChip></span> : null}</span></span></th>
      <td className="px-2 py-1.5 text-right text-base font-semibold">{line.waiting}</td>
      <td className="px-2 py-1.5">{line.oldest ? <WaitChip minutes={minutesBetween(line.oldest, now)} limits={limits} text={(minutes, level) => t(`level.${level}`, { minutes })} /> : <span className="text-ink-soft">—</span>}</td>
      <td className="px-2 py-1.5 text-right whitespace-nowrap max-sm:hidden">{line.estimate ? t("estimateRange", { p50: line.estimate.p50, p90: line.estimate.p90 }) : <span className="text-ink-soft">—</span>}</td>
      <td className="px-4 py-1.5 text-right whitespace-nowrap max-sm:hidden">{unserved ? <StateChip tone="bad">{t("unserved")}</StateChip> : <>{line.helpersOpen > 0 ? <span className="mr-2 text-ink-soft">{t("helpers", { count: line.helpersOpen })}</span> : null}{line.windowsOpen} / {line.windows}</>}</td>
    </tr>
  );
}
