import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ListHead, publicHall } from "@/components/citizen/list-head";
import { currentLocale, texts } from "@/components/intl/server";
import { StateChip } from "@/components/ui/state";
import { type PackageGuide, packageGuide } from "@/lib/catalog/packages/data";
import { database } from "@/lib/db/database";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";

interface Props {
  params: Promise<{ hall: string; code: string }>;
}

async function find({ params }: Props) {
  const { hall: code, code: key } = await params;
  const hall = await publicHall(code);
  return { hall, guide: (await packageGuide(database(), hall.id, decodeURIComponent(key))) ?? notFound() };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: localName(await currentLocale(), (await find(props)).guide) };
}

/** The guide of one package: what it holds, where to go, what it saves (GD-5.6.3). */
export default async function PackagePage(props: Props) {
  const { locale, t } = await texts("lists");
  const { hall, guide } = await find(props);
  const facts: [string, string][] = [
    ...(guide.leadName ? [[t("lead"), localName(locale, { name: guide.leadName, nameEn: guide.leadNameEn })] as [string, string]] : []), ...(guide.phone ? [[t("phone"), guide.phone] as [string, string]] : []), ...(guide.batch ? [[t("batch"), guide.batch] as [string, string]] : []),
  ];
  return (
    <article className="flex flex-col gap-6">
      <ListHead hall={hall.code} title={localName(locale, guide)} intro={locale === "en" && guide.guideEn ? guide.guideEn : guide.guide} />
      <dl className="divide-y divide-line rounded-base border border-line bg-surface">{facts.map(([name, value]) => <div key={name} className="flex flex-col gap-x-4 px-4 py-3 sm:flex-row"><dt className="w-40 shrink-0 text-ink-soft">{name}</dt><dd className="font-medium">{value}</dd></div>)}</dl>
      <section aria-labelledby="steps-title">
        <h2 id="steps-title" className="mb-2 text-xl font-semibold">{t("steps")}</h2>
        <ol className="divide-y divide-line rounded-base border border-line bg-surface">
          {guide.items.map((item, index) => (
            <li key={item.code} className="flex gap-3 px-4 py-3">
              <span aria-hidden className="w-6 shrink-0 text-lg font-semibold text-ink-soft">{index + 1}</span>
              <span className="flex flex-col">
                <Link href={`/h/${hall.code}/items/${encodeURIComponent(item.code)}`} className="text-lg">{localName(locale, item)}</Link>
                <span className="text-ink-soft">{t("unit", { unit: localName(locale, { name: item.unit, nameEn: item.unitEn }) })}{item.resident ? "" : ` · ${t("notResident")}`}</span>
              </span>
            </li>
          ))}
        </ol>
      </section>
      <Windows guide={guide} locale={locale} t={t} />
      <Savings guide={guide} t={t} />
    </article>
  );
}

function Windows({ guide, locale, t }: { guide: PackageGuide; locale: Locale; t: Translate }) {
  return (
    <section aria-labelledby="where-title">
      <h2 id="where-title" className="mb-2 text-xl font-semibold">{t("where")}</h2>
      {guide.windows.length === 0 ? <p>{t("anywhere")}</p> : (
        <ul className="divide-y divide-line rounded-base border border-line bg-surface">
          {guide.windows.map((window) => (
            <li key={window.code} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
              <span className="w-14 text-lg font-semibold">{window.code}</span>
              <span className="grow">{localName(locale, window)} <span className="text-ink-soft">{localName(locale, { name: window.zone, nameEn: window.zoneEn })} · {t("floor", { floor: window.floor })}</span></span>
              <StateChip tone={window.state === "open" ? "good" : window.state === "paused" ? "warn" : "neutral"}>{t(window.state === "open" ? "windowOpen" : window.state === "paused" ? "windowPaused" : "windowClosed")}</StateChip>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Before and now, where both are known. */
function Savings({ guide, t }: { guide: PackageGuide; t: Translate }) {
  const rows = ([["days", guide.daysBefore, guide.days], ["materials", guide.materialsBefore, guide.materials], ["visits", guide.visitsBefore, guide.visits]] as const).filter(([, before, now]) => before !== null && now !== null);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="saves-title">
      <h2 id="saves-title" className="mb-2 text-xl font-semibold">{t("saves")}</h2>
      <div className="overflow-x-auto rounded-base border border-line bg-surface">
        <table className="w-full">
          <thead className="bg-canvas text-left"><tr><td className="px-4 py-2" />{["before", "now"].map((key) => <th key={key} scope="col" className="px-4 py-2 text-right">{t(key)}</th>)}</tr></thead>
          <tbody className="divide-y divide-line">{rows.map(([key, before, now]) => <tr key={key}><th scope="row" className="px-4 py-2 text-left font-normal">{t(key)}</th><td className="px-4 py-2 text-right">{before}</td><td className="px-4 py-2 text-right font-semibold">{now}</td></tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}
