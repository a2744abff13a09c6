import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { DayList } from "@/components/calendar/day-list";
import { HallHours } from "@/components/citizen/hall-facts";
import { texts } from "@/components/intl/server";
import { PrintButton } from "@/components/ui/print-button";
import { comingDays } from "@/lib/calendar/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { AppError } from "@/lib/kernel/errors";
import { hallDetail } from "@/lib/queue/hall/data";
import { hallRef } from "@/lib/regions/data";

const DAYS = 60;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("floor")).t("calendar.board") };
}

/** The public hours board (HN-5.5.1): the week, and every coming day that differs from it. */
export default async function HoursPage({ params }: { params: Promise<{ hall: string }> }) {
  const { locale, t } = await texts("floor");
  const detail = await hallDetail(database(), (await params).hall).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const days = await comingDays(database(), (await hallRef(detail.code)).id, DAYS);
  const always = detail.zones.filter((zone) => zone.alwaysOpen).map((zone) => localName(locale, zone));
  const special = days.filter((day) => day.kind !== "usual");
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <p><Link href={`/h/${detail.code}`}>{localName(locale, detail)}</Link></p>
          <h1 className="text-3xl font-semibold">{t("calendar.board")}</h1>
        </div>
        <PrintButton label={t("print")} />
      </div>
      <HallHours hall={detail} linked={false} />
      {always.length > 0 ? <p className="rounded-base border border-line bg-surface px-4 py-3">{t("calendar.always", { zones: always.join(locale === "en" ? ", " : "、") })}</p> : null}
      <section aria-labelledby="special" className="flex flex-col gap-2">
        <h2 id="special" className="text-xl font-semibold">{t("calendar.special", { days: DAYS })}</h2>
        {special.length === 0 ? <p>{t("calendar.noSpecial")}</p> : <DayList days={special} locale={locale} t={t} />}
      </section>
    </div>
  );
}
