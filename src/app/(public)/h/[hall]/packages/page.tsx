import type { Metadata } from "next";
import Link from "next/link";
import { ListHead, publicHall } from "@/components/citizen/list-head";
import { texts } from "@/components/intl/server";
import { EmptyState } from "@/components/ui/state";
import { packagesOf } from "@/lib/catalog/packages/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("lists")).t("packages") };
}

/** Packages of the hall: those of the state, of the province, of the place (GD-5.6.3). */
export default async function PackagesPage({ params }: { params: Promise<{ hall: string }> }) {
  const { locale, t } = await texts("lists");
  const hall = await publicHall((await params).hall);
  const packages = await packagesOf(database(), hall.id);
  const sources = [...new Set(packages.map((each) => each.source))];
  return (
    <div className="flex flex-col gap-6">
      <ListHead hall={hall.code} title={t("packages")} intro={t("packagesIntro")} />
      {packages.length === 0 ? <EmptyState title={t("none")} /> : sources.map((source) => {
        const own = packages.filter((each) => each.source === source);
        return (
          <section key={source} aria-labelledby={`source-${source}`}>
            <h2 id={`source-${source}`} className="mb-2 text-xl font-semibold">{localName(locale, { name: own[0]!.sourceName, nameEn: own[0]!.sourceNameEn })}</h2>
            <ul className="divide-y divide-line rounded-base border border-line bg-surface">
              {own.map((each) => (
                <li key={each.code}>
                  <Link href={`/h/${hall.code}/packages/${encodeURIComponent(each.code)}`} className="flex min-h-14 flex-col justify-center px-4 py-2 no-underline hover:bg-brand-soft">
                    <span className="text-lg text-brand">{localName(locale, each)}</span>
                    <span className="text-ink-soft">{[localName(locale, { name: each.categoryName, nameEn: each.categoryNameEn }), t("items", { count: each.items })].filter(Boolean).join(" · ")}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
