import { LIVE_ROLES } from "@/components/admin/menu";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, type Place, type SearchParams } from "@/components/admin/place";
import { Channels, HandedDown, MissingItems, ModesAndIntake, OpenChecks, Publishing, RateHeadline, WarningList } from "@/components/admin/residency/hall-report";
import { HallRates, LevelRates } from "@/components/admin/residency/rate-tables";
import { TrendChart } from "@/components/admin/residency/trend-chart";
import { texts } from "@/components/intl/server";
import { ratesByHall, ratesByLevel, rateTrend } from "@/lib/catalog/residency/data-report";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";

export async function generateMetadata() {
  return { title: (await texts("residency")).t("report.title") };
}

/** Residency of a hall, or of all halls within reach beside each other: every figure leads to its list (JY-7.1.2). */
export default async function ResidencyPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(LIVE_ROLES, "/admin/residency", await searchParams);
  const t = translator(place.locale, "residency");
  return place.hall ? <OneHall place={place} t={t} /> : <ManyHalls place={place} t={t} />;
}

async function ManyHalls({ place, t }: { place: Place; t: Translate }) {
  const ids = place.halls.map((hall) => hall.id);
  const [halls, levels] = await Promise.all([ratesByHall(database(), ids), ratesByLevel(database(), ids)]);
  return (
    <>
      <PageHead title={t("report.title")} hall={t("report.hallsOf", { count: ids.length })} intro={t("report.intro")} />
      <section aria-labelledby="halls" className="flex flex-col gap-3"><h2 id="halls" className="text-lg font-semibold">{t("report.halls")}</h2><HallRates rows={halls} place={place} t={t} /></section>
      <section aria-labelledby="levels" className="flex flex-col gap-3"><h2 id="levels" className="text-lg font-semibold">{t("report.perLevel")}</h2><LevelRates rows={levels} place={place} t={t} /></section>
    </>
  );
}

async function OneHall({ place, t }: { place: Place; t: Translate }) {
  const hall = place.hall!;
  const [rates, levels, trend] = await Promise.all([ratesByHall(database(), [hall.id]), ratesByLevel(database(), [hall.id]), rateTrend(database(), hall.id)]);
  const rate = rates[0]!;
  const block = { place, t };
  return (
    <>
      <PageHead title={t("report.title")} hall={localName(place.locale, hall)} intro={t("report.intro")} {...(place.choosing ? { back: { href: adminHref({ choosing: false }, "/admin/residency"), label: t("report.halls") } } : {})} />
      <RateHeadline rate={rate} t={t} />
      <section aria-labelledby="levels" className="flex flex-col gap-3">
        <h2 id="levels" className="text-lg font-semibold">{t("report.perLevel")}</h2>
        <HallRates rows={rates} place={place} t={t} />
        <LevelRates rows={levels} place={place} t={t} />
      </section>
      <TrendChart points={trend} target={rate.target} t={t} />
      <WarningList {...block} />
      <MissingItems {...block} />
      <Channels {...block} />
      <ModesAndIntake {...block} />
      <OpenChecks {...block} />
      <HandedDown {...block} />
      <Publishing {...block} />
    </>
  );
}
