import type { Metadata } from "next";
import Link from "next/link";
import { FactList } from "@/components/citizen/fact-list";
import { findHall } from "@/components/citizen/find-hall";
import { texts } from "@/components/intl/server";
import { handedDownTo, type SharedService, sharedServices } from "@/lib/catalog/residency/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("residency")).t("public.sharedTitle") };
}

/** What the hall handles for other places, within the city (GD-6.9) and across cities (GD-6.10), each with its guide. */
export default async function SharedServicesPage({ params }: { params: Promise<{ hall: string }> }) {
  const { locale, t } = await texts("residency");
  const hall = await findHall((await params).hall);
  const [{ sameCity, acrossCities }, received] = await Promise.all([sharedServices(database(), hall.id), handedDownTo(database(), hall)]);
  const list = (id: string, title: string, rows: readonly SharedService[]) => (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="text-xl font-semibold">{title}（{rows.length}）</h2>
      {rows.length === 0 ? <p className="text-ink-soft">{t("public.noneShared")}</p> : (
        <FactList entries={rows.map((row) => ({
          key: row.code, title: localName(locale, row), href: `/h/${hall.code}/items/${row.code}`,
          facts: [
            [t("public.scope"), localName(locale, { name: row.scopeName, nameEn: row.scopeNameEn })], [t("public.mode"), row.mode === null ? "" : localName(locale, { name: row.mode, nameEn: row.modeEn ?? row.mode })],
            [t("public.partners"), row.regions.map((region) => localName(locale, region)).join(locale === "zh" ? "、" : ", ")], [t("public.windows"), row.windows.join(" ")],
          ],
        }))} />
      )}
    </section>
  );
  return (
    <div className="flex flex-col gap-6">
      <div>
        <p><Link href={`/h/${hall.code}`} className="inline-flex min-h-11 items-center">{localName(locale, hall)}</Link></p>
        <h1 className="text-3xl font-semibold">{t("public.sharedTitle")}</h1>
        <p className="mt-2">{t("public.sharedIntro")}</p>
      </div>
      {list("same-city", t("public.sameCity"), sameCity)}
      {list("across", t("public.acrossCities"), acrossCities)}
      {received.length === 0 ? null : (
        <section aria-labelledby="received" className="flex flex-col gap-2">
          <h2 id="received" className="text-xl font-semibold">{t("public.handedDown")}（{received.length}）</h2>
          <FactList entries={received.map((row) => ({
            key: `${row.hall}${row.code}`, title: localName(locale, row), href: `/h/${row.taken ? hall.code : row.hall}/items/${row.code}`,
            facts: [[t("public.mode"), localName(locale, { name: row.modeName, nameEn: row.modeNameEn })], [t("report.from"), localName(locale, { name: row.hallName, nameEn: row.hallNameEn })]],
          }))} />
        </section>
      )}
    </div>
  );
}
