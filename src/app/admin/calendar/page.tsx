import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { DayList } from "@/components/calendar/day-list";
import { buttonClass } from "@/components/ui/button";
import { SimpleTable } from "@/components/ui/simple-table";
import { Banner } from "@/components/ui/state";
import { comingDays, nationalYears } from "@/lib/calendar/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";

const DAYS = 92;

/** The calendar that the hall works by: national days as data, the own days, and what follows for each coming day. */
export default async function CalendarPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(HALL_READERS, "/admin/calendar", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/calendar" />;
  const { hall, locale } = place;
  const t = translator(locale, "floor");
  const [days, { years, missing }] = await Promise.all([comingDays(database(), hall.id, DAYS), nationalYears(database())]);
  return (
    <>
      <PageHead title={t("calendar.title")} hall={localName(locale, hall)} intro={t("calendar.intro")}>
        <Link href={adminHref(place, "/admin/hallDays")} className={buttonClass({ size: "small" })}>{t("calendar.ownDays")}</Link>
        <Link href={adminHref(place, `/admin/halls/record/${hall.code}`)} className={buttonClass({ size: "small" })}>{t("calendar.week")}</Link>
        <Link href={`/h/${hall.code}/hours`} className={buttonClass({ size: "small" })}>{t("calendar.public")}</Link>
      </PageHead>
      {missing === null ? null : <Banner tone="warn" title={t("calendar.missing", { year: missing })}>{t("calendar.missingText")}</Banner>}
      <section aria-labelledby="years" className="flex flex-col gap-3">
        <h2 id="years" className="text-lg font-semibold">{t("calendar.national")}</h2>
        <SimpleTable label={t("calendar.national")} empty={t("calendar.noYears")} columns={[{ label: t("calendar.year") }, { label: t("calendar.holidays"), figure: true }, { label: t("calendar.workdays"), figure: true }]} rows={years.map((year) => ({ key: String(year.year), cells: [String(year.year), year.holidays, year.workdays] }))} />
      </section>
      <section aria-labelledby="days" className="flex flex-col gap-3">
        <h2 id="days" className="text-lg font-semibold">{t("calendar.coming", { days: DAYS })}</h2>
        <DayList days={days} locale={locale} t={t} />
      </section>
    </>
  );
}
