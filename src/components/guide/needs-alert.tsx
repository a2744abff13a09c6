"use client";
import { Accessibility } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { hourMinute } from "@/components/staff/time";
import { useServerNow } from "@/components/staff/use-now";
import type { Appointment, Booking } from "@/lib/appointments/schema";
import { type Locale, localName } from "@/lib/i18n/locale";
import { useNeeds } from "./use-bookings";

const SOON_MS = 60 * 60_000;
const HERE = ["waiting", "called", "serving", "held"];

/** Who needs somebody now: those in the hall, and those who come within the hour. */
const isDue = (appointment: Appointment, now: number): boolean =>
  appointment.state === "arrived" ? HERE.includes(appointment.ticket?.state ?? "") : appointment.state === "booked" && Date.parse(appointment.start) - now <= SOON_MS;

/** Names of needs in the user's language; the code itself until they are known. */
export function useNeedNames(facts: Booking | undefined): (needs: readonly string[]) => string {
  const locale = useLocale() as Locale;
  return (needs) => needs.map((code) => {
    const known = facts?.needs.find((need) => need.code === code);
    return known ? localName(locale, known) : code;
  }).join(locale === "en" ? ", " : "、");
}

/** Companion needs of booked visitors, above everything else at the guide desk. */
export function NeedsAlert({ hall, timeZone, facts, offset, onShow }: { hall: string; timeZone: string; facts: Booking | undefined; offset: number; onShow: (appointment: Appointment) => void }) {
  const t = useTranslations("guide.needs");
  const now = useServerNow(offset);
  const names = useNeedNames(facts);
  const due = useNeeds(hall).filter((appointment) => isDue(appointment, now));
  if (due.length === 0) return null;
  return (
    <section aria-label={t("title")} className="no-print border-b border-warn bg-warn-soft px-4 py-2">
      <h2 className="flex items-center gap-2 font-semibold text-warn"><Accessibility aria-hidden className="size-5" />{t("title")}</h2>
      <ul aria-live="polite" className="mt-1 flex flex-wrap gap-2">
        {due.map((appointment) => (
          <li key={appointment.token}>
            <button type="button" onClick={() => onShow(appointment)} className="min-h-11 rounded-base border border-warn bg-surface px-3 py-1 text-left hover:bg-canvas">
              <strong>{names(appointment.needs)}</strong>{" "}
              {appointment.state === "arrived" ? t("here", { number: appointment.ticket?.number ?? "", place: appointment.zone ?? appointment.lineName }) : t("comes", { time: hourMinute(appointment.start, timeZone), name: appointment.person.name })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
