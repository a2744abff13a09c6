import { notFound } from "next/navigation";
import { codeNames, RECORD_TABLES } from "@/components/admin/guide/code-names";
import { placeText, valueText } from "@/components/admin/guide/element-name";
import { GUIDE_READERS } from "@/components/admin/guide/roles";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, type SearchParams } from "@/components/admin/place";
import { PrintButton } from "@/components/ui/print-button";
import { EmptyState, StateChip } from "@/components/ui/state";
import { compareLevels } from "@/lib/catalog/guide/compare";
import { guideItem, sameItems } from "@/lib/catalog/guide/data-admin";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";

interface Props {
  params: Promise<{ item: string }>;
  searchParams: Promise<SearchParams>;
}

const TONES = { equal: "good", differs: "bad", local: "neutral" } as const;

/** The same item in every hall, element by element (五级六十同, BG-C02c). */
export default async function LevelsPage({ params, searchParams }: Props) {
  const code = decodeURIComponent((await params).item);
  const path = `/admin/guides/levels/${encodeURIComponent(code)}`;
  const place = await openPlace(GUIDE_READERS, path, await searchParams);
  if (!place.hall) return <HallChoice place={place} path={path} />;
  const { hall, locale } = place;
  const item = await guideItem(database(), hall.id, code);
  if (!item) notFound();
  const t = translator(locale, "catalog");
  const [columns, names] = await Promise.all([sameItems(database(), item.baseCode), codeNames(locale)]);
  const elements = compareLevels(columns);
  const counted = (verdict: (typeof elements)[number]["verdict"]) => elements.filter((element) => element.verdict === verdict).length;
  return (
    <>
      <PageHead title={`${t("levels.title")} · ${localName(locale, item)}`} hall={localName(locale, hall)} intro={t("levels.intro")} back={{ href: adminHref(place, `/admin/items/record/${encodeURIComponent(code)}`), label: code }}><PrintButton label={t("compare.print")} /></PageHead>
      {item.baseCode === "" ? <EmptyState title={t("levels.noCode")} /> : columns.length < 2 ? <EmptyState title={t("levels.alone")} /> : (
        <>
          <p>{t("levels.summary", { total: elements.length, equal: counted("equal"), differs: counted("differs"), local: counted("local") })}</p>
          <div role="region" aria-label={t("levels.title")} tabIndex={0} className="overflow-x-auto">
            <table className="w-full border-collapse bg-surface text-sm">
              <thead><tr className="text-left">
                <th scope="col" className="border border-line px-3 py-2 font-medium">{t("compare.element")}</th><th scope="col" className="border border-line px-3 py-2 font-medium">{t("levels.verdict")}</th>
                {columns.map((column) => <th key={column.hall} scope="col" className="border border-line px-3 py-2 font-medium">{localName(locale, { name: column.hallName, nameEn: column.hallNameEn })}<span className="block font-normal text-ink-soft">{column.version === null ? t("levels.noGuide") : t("panel.version", { version: column.version })}</span></th>)}
              </tr></thead>
              <tbody>
                {elements.map((element) => (
                  <tr key={element.id} className="align-top">
                    <th scope="row" className="min-w-32 border border-line px-3 py-2 text-left font-normal">{placeText(t, element.id)}</th>
                    <td className="border border-line px-3 py-2"><StateChip tone={TONES[element.verdict]}>{t(`levels.${element.verdict}`)}</StateChip></td>
                    {element.values.map((value, index) => <td key={columns[index]!.hall} className="max-w-96 min-w-40 border border-line px-3 py-2 break-words whitespace-pre-line">{valueText(t, names, value, element.table ?? RECORD_TABLES[element.id])}</td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </>
  );
}
