import { CalendarPlus, Map as MapIcon, Phone } from "lucide-react";
import Link from "next/link";
import { clockText, momentText, spanText } from "@/components/citizen/times";
import { texts } from "@/components/intl/server";
import { buttonClass } from "@/components/ui/button";
import { PrintButton } from "@/components/ui/print-button";
import type { Appointment } from "@/lib/appointments/schema";
import { localName } from "@/lib/i18n/locale";
import { Qr } from "./qr";

export const nameList = (locale: "zh" | "en", entries: readonly { name: string; nameEn: string }[]): string => entries.map((entry) => localName(locale, entry)).join(locale === "en" ? ", " : "、");

interface VisitFactsProps {
  visit: Appointment;
  timeZone: string;
  /** Address of this page for the QR code. */
  link: string;
  needs: readonly { code: string; name: string; nameEn: string }[];
}

/** The contents of GD-6.1.2: name, time, place, booking number, items, and how to get the number; with QR code and calendar file. */
export async function VisitFacts({ visit, timeZone, link, needs }: VisitFactsProps) {
  const { locale, t } = await texts("visit");
  const book = (await texts("book")).t;
  const english = locale === "en";
  const zone = english ? visit.zoneEn : visit.zone;
  const place = [localName(locale, { name: visit.hallName, nameEn: visit.hallNameEn }), zone && visit.floor !== undefined ? t("floor", { zone, floor: visit.floor }) : "", english && visit.addressEn ? visit.addressEn : visit.address].filter(Boolean).join(english ? ", " : " · ");
  const home = visit.kind === "home";
  const facts: [string, string][] = [
    [t("fields.name"), visit.person.name], [t("fields.time"), spanText(visit.start, visit.end, timeZone, locale)], [t("fields.place"), home ? book("kinds.home") : place],
    [t("fields.number"), visit.number], [t("fields.items"), nameList(locale, visit.items)],
    [t("fields.action"), home ? t("actionHome") : t("actionText", { from: clockText(visit.arriveFrom, timeZone), until: clockText(visit.arriveUntil, timeZone) })],
    ...(visit.kind === "regular" || home ? [] : [[t("fields.kind"), book(`kinds.${visit.kind}`)] as [string, string]]),
    ...(visit.party > 1 ? [[t("fields.party"), t("people", { count: visit.party })] as [string, string]] : []),
    ...(visit.needs.length > 0 ? [[t("fields.needs"), nameList(locale, needs.filter((need) => visit.needs.includes(need.code)))] as [string, string]] : []),
  ];
  return (
    <section className="flex flex-col gap-4 break-inside-avoid">
      <dl className="divide-y divide-line rounded-base border border-line bg-surface">
        {facts.map(([name, value]) => <div key={name} className="flex flex-wrap gap-x-4 px-4 py-3"><dt className="w-28 text-ink-soft">{name}</dt><dd className="grow basis-60 font-medium">{value}</dd></div>)}
      </dl>
      {home ? null : <Qr text={link} label={t("qr")} className="size-52 self-center rounded-base border border-line bg-surface" />}
      <p className="no-print flex flex-wrap gap-3">
        <a href={`/api/v1/appointments/${visit.token}/calendar`} className={buttonClass()}><CalendarPlus aria-hidden className="size-5" />{t("calendar")}</a>
        {home ? null : <Link href={`/h/${visit.hall}/plan`} className={buttonClass()}><MapIcon aria-hidden className="size-5" />{t("map")}</Link>}
        <a href={`tel:${visit.phone}`} className={buttonClass()}><Phone aria-hidden className="size-5" />{t("call", { phone: visit.phone })}</a>
        <PrintButton label={t("print")} />
      </p>
    </section>
  );
}

/** What the booking is now, in one sentence. */
export async function stateSentence(visit: Appointment, timeZone: string, now: number): Promise<{ text: string; tone: "info" | "good" | "warn" | "neutral" }> {
  const { locale, t } = await texts("visit");
  const until = Date.parse(visit.arriveUntil);
  switch (visit.state) {
    case "held": return visit.heldUntil && Date.parse(visit.heldUntil) > now ? { text: t("state.held", { time: clockText(visit.heldUntil, timeZone) }), tone: "info" } : { text: t("state.expired"), tone: "neutral" };
    case "booked": return visit.canArrive ? (now > until ? { text: t("state.late"), tone: "warn" } : { text: t("state.bookedNow"), tone: "good" }) : now > Date.parse(visit.end) ? { text: t("state.past"), tone: "neutral" } : { text: `${momentText(visit.start, timeZone, locale)} · ${t("state.booked")}`, tone: "info" };
    case "arrived": return { text: t("state.arrived", { number: visit.ticket?.number ?? "" }), tone: "good" };
    case "missed": return visit.canArrive ? { text: t("state.missed"), tone: "warn" } : { text: t("state.past"), tone: "neutral" };
    case "cancelled": return { text: t("state.cancelled"), tone: "neutral" };
    case "expired": return { text: t("state.expired"), tone: "neutral" };
  }
}
