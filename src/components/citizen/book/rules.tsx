import { texts } from "@/components/intl/server";
import type { Booking } from "@/lib/appointments/schema";

/** The published booking rules (JY-7.2.2b) with the promise as it was kept; and that nobody needs a booking (JY-7.2.2c). */
export async function BookingRules({ booking, id = "rules-title" }: { booking: Booking; id?: string }) {
  const { t } = await texts("book");
  const { rules, promise } = booking;
  const span = (minutes: number) => (minutes >= 120 && minutes % 60 === 0 ? t("rules.hours", { count: minutes / 60 }) : t("rules.mins", { count: minutes }));
  return (
    <section aria-labelledby={id} className="rounded-base border border-line bg-surface p-4">
      <h2 id={id} className="mb-2 text-xl font-semibold">{t("rules.title")}{rules.version > 0 ? <span className="ml-2 text-base font-normal text-ink-soft">{t("rules.version", { version: rules.version })}</span> : null}</h2>
      <p className="font-medium">{t("walkIn")}</p>
      <ul className="mt-2 list-disc space-y-1 pl-6">
        <li>{t("rules.horizon", { days: rules.horizonDays })}</li>
        <li>{t("rules.arrive", { early: rules.earlyMinutes, late: rules.lateMinutes })} {t("rules.first")} {t("rules.late")}</li>
        <li>{t("rules.promise", { minutes: rules.promiseMinutes })}{promise ? ` ${t("rules.kept", { ...promise, percent: Math.round((100 * promise.kept) / promise.of) })}` : ""}</li>
        <li>{t("rules.cancel", { minutes: span(rules.cancelMinutes) })}</li>
        <li>{t("rules.limit", { item: rules.perItem, day: rules.perDay, week: rules.perWeek })}</li>
        {rules.pause.missed > 0 ? <li>{t("rules.pause", { within: rules.pause.withinDays, missed: rules.pause.missed, days: rules.pause.days })}</li> : null}
      </ul>
    </section>
  );
}
