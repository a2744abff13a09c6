import Link from "next/link";
import { texts } from "@/components/intl/server";
import { localName } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";

/** Weekly service times; the public hours board (HN-5.5.1a). */
export async function HallHours({ hall, linked = true }: { hall: HallDetail; linked?: boolean }) {
  const { locale, t } = await texts("citizen");
  return (
    <section aria-labelledby="hours-title">
      <h2 id="hours-title" className="mb-2 text-xl font-semibold">{t("hours")}</h2>
      <dl className="divide-y divide-line rounded-base border border-line bg-surface">
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
          const spans = hall.hours.filter((span) => span.weekday === weekday);
          return (
            <div key={weekday} className="flex flex-wrap gap-x-4 px-4 py-2">
              <dt className="w-28 font-medium">{t(`weekday${weekday}`)}</dt>
              <dd className="flex grow flex-wrap gap-x-4">{spans.length === 0 ? <span className="text-ink-soft">{t("dayOff")}</span> : spans.map((span) => <span key={span.start}>{span.start}–{span.end} <span className="text-ink-soft">{localName(locale, { name: span.label, nameEn: span.labelEn })}</span></span>)}</dd>
            </div>
          );
        })}
      </dl>
      <p className="mt-2 text-ink-soft">{t("holidayNote")} {linked ? <Link href={`/h/${hall.code}/hours`} className="underline">{t("hoursLink")}</Link> : null}</p>
    </section>
  );
}

/** Zones and windows floor by floor, so that everybody finds the way (HN-5.5.3a, HN-5.5.3b). */
export async function HallMap({ hall }: { hall: HallDetail }) {
  const { locale, t } = await texts("citizen");
  const common = await texts("common");
  const floors = [...new Set(hall.zones.map((zone) => zone.floor))].sort((a, b) => a - b);
  return (
    <section aria-labelledby="map-title">
      <h2 id="map-title" className="mb-2 text-xl font-semibold">{t("map")} <Link href={`/h/${hall.code}/plan`} className="ml-2 text-base font-normal">{t("planLink")}</Link></h2>
      {floors.map((floor) => (
        <div key={floor} className="mb-4">
          <h3 className="mb-2 font-semibold">{common.t("floor", { floor })}</h3>
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {hall.zones.filter((zone) => zone.floor === floor).map((zone) => {
              const windows = hall.windows.filter((window) => window.zone === zone.code);
              return (
                <li key={zone.code} className="rounded-base border border-line bg-surface p-4">
                  <p className="font-medium">{localName(locale, zone)}</p>
                  <ul className="mt-1 flex flex-col text-ink-soft">{windows.map((window) => <li key={window.code}><span className="mr-2 font-medium text-ink">{window.code}</span>{localName(locale, window)}</li>)}</ul>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** The published calling rules with the bound that follows from them (JY-9.1.1e). */
export async function HallRules({ hall }: { hall: HallDetail }) {
  const { locale, t } = await texts("citizen");
  const { policy } = hall;
  return (
    <section aria-labelledby="rules-title">
      <h2 id="rules-title" className="mb-2 text-xl font-semibold">{t("rules", { version: policy.version })}</h2>
      <ul className="list-disc space-y-1 pl-6">
        <li>{t("ruleOrder")}</li>
        {hall.classes.filter((known) => known.creditMinutes > 0).map((known) => <li key={known.code}>{t("ruleCredit", { name: localName(locale, known), minutes: known.creditMinutes })}</li>)}
        <li>{t("ruleBound", { minutes: policy.overtakingBoundMinutes })}</li>
        <li>{t("ruleMissed", { calls: policy.callsMax, behind: policy.missedBehind })}</li>
        <li>{t("ruleNoBooking")}</li>
      </ul>
    </section>
  );
}
