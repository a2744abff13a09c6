import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { FactList } from "@/components/citizen/fact-list";
import { findHall } from "@/components/citizen/find-hall";
import { texts } from "@/components/intl/server";
import { toLocal } from "@/components/form/zoned-time";
import { EmptyState } from "@/components/ui/state";
import { negativeVersion, negativeVersions } from "@/lib/catalog/residency/data";
import type { NegativeEntry } from "@/lib/catalog/residency/schema";
import { database } from "@/lib/db/database";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";
import { type CodeEntry, codeList } from "@/lib/regions/data-admin";

interface NegativeListProps {
  params: Promise<{ hall: string }>;
  searchParams: Promise<{ version?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("residency")).t("public.negativeTitle") };
}

/** What is not in the hall and why, by level of power, as published; older versions stay readable (HN-7.2.4, BG-C02a). */
export default async function NegativeListPage({ params, searchParams }: NegativeListProps) {
  const { locale, t } = await texts("residency");
  const hall = await findHall((await params).hall);
  const wanted = (await searchParams).version;
  const [versions, list] = await Promise.all([negativeVersions(database(), hall.id), negativeVersion(database(), hall.id, wanted !== undefined && /^\d{1,6}$/.test(wanted) ? Number(wanted) : undefined)]);
  if (wanted !== undefined && !list) notFound();
  const [levels, reasons] = await Promise.all([codeList(database(), "level"), codeList(database(), "exclusion_reason")]);
  const line = (version: { number: number; publishedAt: string }, count: number) => t("public.version", { number: version.number, date: toLocal(version.publishedAt, hall.timeZone).slice(0, 10), count });
  return (
    <div className="flex flex-col gap-6">
      <div>
        <p><Link href={`/h/${hall.code}`} className="inline-flex min-h-11 items-center">{localName(locale, hall)}</Link></p>
        <h1 className="text-3xl font-semibold">{t("public.negativeTitle")}</h1>
        <p className="mt-2">{t("public.negativeIntro")}</p>
      </div>
      {!list ? <EmptyState title={t("public.none")} /> : (
        <>
          <p className="font-medium">{line(list, list.entries.length)}</p>
          {versions[0]!.number === list.number ? null : <p><Link href={`/h/${hall.code}/negative-list`} className="inline-flex min-h-11 items-center">{t("public.current")}</Link></p>}
          {levels.filter((level) => list.entries.some((entry) => entry.level === level.code)).map((level) => (
            <section key={level.code} aria-labelledby={`level-${level.code}`} className="flex flex-col gap-2">
              <h2 id={`level-${level.code}`} className="text-xl font-semibold">{localName(locale, level)}</h2>
              <Entries entries={list.entries.filter((entry) => entry.level === level.code)} reasons={reasons} locale={locale} t={t} />
            </section>
          ))}
          <section aria-labelledby="older">
            <h2 id="older" className="text-xl font-semibold">{t("public.older")}</h2>
            <ul>{versions.map((version) => <li key={version.number}>{version.number === list.number ? <span className="inline-flex min-h-11 items-center">{line(version, version.entries)}（{t("public.thisOne")}）</span> : <Link href={`/h/${hall.code}/negative-list?version=${version.number}`} className="inline-flex min-h-11 items-center">{line(version, version.entries)}</Link>}</li>)}</ul>
          </section>
        </>
      )}
    </div>
  );
}

function Entries({ entries, reasons, locale, t }: { entries: readonly NegativeEntry[]; reasons: readonly CodeEntry[]; locale: Locale; t: Translate }) {
  const reasonOf = (code: string) => { const reason = reasons.find((each) => each.code === code); return reason ? localName(locale, reason) : code; };
  return (
    <FactList entries={entries.map((entry) => ({
      key: entry.item, title: localName(locale, entry),
      facts: [[t("public.reason"), reasonOf(entry.reason)], [t("public.department"), localName(locale, { name: entry.department, nameEn: entry.departmentEn })], [t("public.basis"), entry.basis], [t("public.approver"), entry.approver], [t("public.validTo"), entry.validTo], [t("public.review"), entry.reviewOn]],
    }))} />
  );
}
