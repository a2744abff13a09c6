import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { Panel } from "@/components/admin/panel";
import { adminHref, openPlace, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { buttonClass } from "@/components/ui/button";
import { PrintButton } from "@/components/ui/print-button";
import { SimpleTable } from "@/components/ui/simple-table";
import { promiseKept } from "@/lib/appointments/book/data";
import { bookingFigures, servicesByTime } from "@/lib/appointments/report/data";
import { bookingRules } from "@/lib/appointments/rules/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";

/** What became of bookings, whether the promise was kept, and services by the kind of their time. */
export default async function BookingReportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(HALL_READERS, "/admin/booking-report", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/booking-report" />;
  const { hall, locale } = place;
  const t = translator(locale, "appointments");
  const admin = translator(locale, "admin");
  const rules = await bookingRules(database(), hall.id);
  const [figures, promise, times] = await Promise.all([bookingFigures(database(), hall.id), promiseKept(database(), hall.id, rules.promiseMinutes), servicesByTime(database(), hall.id)]);
  const share = (part: number, of: number) => (of === 0 ? "–" : `${Math.round((part / of) * 1000) / 10} %`);
  const outcomes = (["arrived", "late", "missed", "cancelled"] as const).map((key) => ({ key, cells: [t(`report.${key}`), figures[key], share(figures[key], figures.booked)] }));
  const year = (row: (typeof times)[number]) => (row.lastYear === 0 ? "–" : `${row.thisYear >= row.lastYear ? "+" : ""}${Math.round(((row.thisYear - row.lastYear) / row.lastYear) * 100)} %`);
  return (
    <>
      <PageHead title={t("report.title")} hall={localName(locale, hall)} intro={t("report.intro")}>
        <Link href={adminHref(place, "/admin/booking-demand")} className={buttonClass({ size: "small" })}>{admin("registers.booking-demand.title")}</Link>
        <PrintButton label={translator(locale, "floor")("print")} />
      </PageHead>
      <Panel id="promise" title={promise.of === 0 ? t("report.promiseNone") : t("report.promise", { percent: Math.round((promise.kept / promise.of) * 100), minutes: rules.promiseMinutes })}>
        <p className="text-ink-soft">{t("report.promiseText", { kept: promise.kept, of: promise.of })}</p>
      </Panel>
      <section aria-labelledby="outcomes" className="flex flex-col gap-3">
        <h2 id="outcomes" className="text-lg font-semibold">{t("report.outcomes", { count: figures.booked })}</h2>
        <SimpleTable label={t("report.outcomes", { count: figures.booked })} empty={t("report.none")} columns={[{ label: t("report.outcome") }, { label: t("report.count"), figure: true }, { label: t("report.share"), figure: true }]} rows={figures.booked === 0 ? [] : outcomes} />
        <p className="text-sm text-ink-soft">{t("report.duplicates", { count: figures.duplicates })}</p>
      </section>
      <section aria-labelledby="channels" className="flex flex-col gap-3">
        <h2 id="channels" className="text-lg font-semibold">{t("report.channels")}</h2>
        <SimpleTable label={t("report.channels")} empty={t("report.none")} columns={[{ label: t("report.channel") }, { label: t("report.count"), figure: true }]} rows={figures.channels.map((row) => ({ key: row.channel, cells: [admin(`values.bookingChannel.${row.channel}`), row.n] }))} />
      </section>
      <section aria-labelledby="times" className="flex flex-col gap-3">
        <h2 id="times" className="text-lg font-semibold">{t("report.times")}</h2>
        <SimpleTable label={t("report.times")} empty={t("report.none")} columns={[{ label: t("report.time") }, { label: t("report.thisYear"), figure: true }, { label: t("report.lastYear"), figure: true }, { label: t("report.growth"), figure: true }]} rows={times.map((row) => ({ key: row.time, cells: [t(`time.${row.time}`), row.thisYear, row.lastYear, year(row)] }))} />
      </section>
    </>
  );
}
