import Form from "next/form";
import Link from "next/link";
import { notFound } from "next/navigation";
import { placeText, valueText, wayText, type CodeNames } from "@/components/admin/guide/element-name";
import { codeNames } from "@/components/admin/guide/code-names";
import { GUIDE_READERS } from "@/components/admin/guide/roles";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type SearchParams } from "@/components/admin/place";
import { keepOf } from "@/components/admin/register-list";
import { Button, buttonClass } from "@/components/ui/button";
import { PrintButton } from "@/components/ui/print-button";
import { EmptyState, StateChip } from "@/components/ui/state";
import { emptyDocument } from "@/lib/catalog/document";
import { compareDocuments, type Difference } from "@/lib/catalog/guide/compare";
import { guideVersion } from "@/lib/catalog/guide/data";
import { guideItem, versionsOf } from "@/lib/catalog/guide/data-admin";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";

interface Props {
  params: Promise<{ item: string }>;
  searchParams: Promise<SearchParams>;
}

const TONES = { same: "neutral", added: "good", removed: "bad", changed: "warn" } as const;

/** Two versions of a guide element by element, or all elements of one; made to be printed. */
export default async function CompareGuidePage({ params, searchParams }: Props) {
  const code = decodeURIComponent((await params).item);
  const search = await searchParams;
  const path = `/admin/guides/compare/${encodeURIComponent(code)}`;
  const place = await openPlace(GUIDE_READERS, path, search);
  if (!place.hall) return <HallChoice place={place} path={path} />;
  const { hall, locale } = place;
  const db = database();
  const numbered = (name: string) => (/^\d{1,6}$/.test(param(search, name) ?? "") ? Number(param(search, name)) : undefined);
  const [a, b] = [numbered("a"), numbered("b")];
  const item = await guideItem(db, hall.id, code);
  const newer = b === undefined ? undefined : await guideVersion(db, hall.id, code, b);
  const older = a === undefined ? undefined : await guideVersion(db, hall.id, code, a);
  if (!item || !newer || (a !== undefined && !older)) notFound();
  const t = translator(locale, "catalog");
  const [versions, names] = await Promise.all([versionsOf(db, hall.id, code), codeNames(locale)]);
  const all = compareDocuments(older?.document ?? emptyDocument(), newer.document);
  const rows = older && !param(search, "all") ? all.filter((row) => row.change !== "same") : all;
  const counted = (change: Difference["change"]) => all.filter((row) => row.change === change).length;
  return (
    <>
      <PageHead title={`${older ? t("compare.title") : t("compare.view", { version: newer.version })} · ${localName(locale, item)}`} hall={localName(locale, hall)} back={{ href: adminHref(place, `/admin/items/record/${encodeURIComponent(code)}`), label: code }}>
        <PrintButton label={t("compare.print")} />
      </PageHead>
      <Form action={path} className="no-print flex flex-wrap items-end gap-3">
        {Object.entries(keepOf(place)).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        {(["a", "b"] as const).map((name) => (
          <label key={name} className="flex flex-col gap-1 text-sm">{t(name === "a" ? "compare.older" : "compare.newer")}
            <select name={name} defaultValue={String((name === "a" ? a : b) ?? "")} className="min-h-11 rounded-base border border-line-strong bg-surface px-2">
              {name === "a" ? <option value="">{t("editor.none")}</option> : null}
              {versions.map((version) => <option key={version.version} value={version.version}>{t("panel.version", { version: version.version })} {t(`panel.state.${version.state}`)}</option>)}
            </select>
          </label>
        ))}
        <Button type="submit">{t("compare.show")}</Button>
        {older ? <Link href={adminHref(place, path, { a: String(a), b: String(b), ...(param(search, "all") ? {} : { all: "1" }) })} className={buttonClass({ look: "quiet" })}>{t(param(search, "all") ? "compare.only" : "compare.all")}</Link> : null}
      </Form>
      {older ? <p>{t("compare.summary", { changed: counted("changed"), added: counted("added"), removed: counted("removed"), same: counted("same") })}</p> : null}
      {rows.length === 0 ? <EmptyState title={t("compare.nothing")} /> : <Elements rows={rows} titles={older ? [t("panel.version", { version: older.version }), t("panel.version", { version: newer.version })] : undefined} t={t} names={names} />}
    </>
  );
}

function Elements({ rows, titles, t, names }: { rows: readonly Difference[]; titles: readonly string[] | undefined; t: Translate; names: CodeNames }) {
  return (
    <table className="w-full table-fixed border-collapse bg-surface text-sm">
      <thead><tr className="text-left">
        <th scope="col" className="border border-line px-3 py-2 font-medium">{t("compare.element")}</th>
        {(titles ?? [placeText(t, "text")]).map((title) => <th key={title} scope="col" className="border border-line px-3 py-2 font-medium">{title}</th>)}
      </tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="align-top break-inside-avoid">
            <th scope="row" className="border border-line px-3 py-2 text-left font-normal">{wayText(t, row.way)}{titles ? <span className="mt-1 block"><StateChip tone={TONES[row.change]}>{t(`compare.${row.change}`)}</StateChip></span> : null}</th>
            {titles ? <td className="border border-line px-3 py-2 break-words whitespace-pre-line">{valueText(t, names, row.before, row.table)}</td> : null}
            <td className="border border-line px-3 py-2 break-words whitespace-pre-line">{valueText(t, names, row.after, row.table)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
