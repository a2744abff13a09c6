import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { BookingRules } from "@/components/citizen/book/rules";
import { HallHours, HallMap, HallRules } from "@/components/citizen/hall-facts";
import { HallLists } from "@/components/citizen/hall-lists";
import { HallQueue } from "@/components/citizen/hall-queue";
import { HallSearch } from "@/components/citizen/hall-search";
import { LiveRefresh } from "@/components/citizen/live-refresh";
import { currentLocale, texts } from "@/components/intl/server";
import { buttonClass } from "@/components/ui/button";
import { StateChip } from "@/components/ui/state";
import { bookingPage } from "@/lib/appointments/book/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { AppError } from "@/lib/kernel/errors";
import { hallDetail } from "@/lib/queue/hall/data";
import { hallRef } from "@/lib/regions/data";

interface Props {
  params: Promise<{ hall: string }>;
  searchParams: Promise<{ q?: string; field?: string; all?: string }>;
}

/** The hall, or the page that says there is none. */
const findHall = async (code: string) =>
  hallDetail(database(), code).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: localName(await currentLocale(), await findHall((await params).hall)) };
}

export default async function HallPage({ params, searchParams }: Props) {
  const { locale, t } = await texts("citizen");
  const hall = await findHall((await params).hall);
  const hours = hall.hoursToday.map(({ start, end }) => `${start}–${end}`).join("，");
  return (
    <div className="flex flex-col gap-8">
      <div>
        <h1 className="text-3xl font-semibold">{localName(locale, hall)}</h1>
        <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
          <StateChip tone={hall.openNow ? "good" : "neutral"}>{hall.openNow ? t("openNow") : hours ? t("closedNow") : t("restToday")}</StateChip>
          {hours ? <span>{t("hoursToday", { hours })}</span> : null}
        </p>
        <p className="mt-2 text-ink-soft">{t("address")}：{locale === "en" && hall.addressEn ? hall.addressEn : hall.address}　{t("phone")}：<a href={`tel:${hall.phone}`} className="underline">{hall.phone}</a></p>
        <p className="mt-4 flex flex-wrap gap-3">
          <Link href={`/h/${hall.code}/book`} className={buttonClass({ look: "primary", size: "large" })}><CalendarClock aria-hidden className="size-5" />{(await texts("book")).t("link")}</Link>
          <Link href={`/my?hall=${hall.code}`} className={buttonClass({ size: "large" })}>{(await texts("my")).t("link")}</Link>
        </p>
      </div>
      <HallSearch hall={hall} query={await searchParams} />
      <HallQueue hall={hall} />
      <HallLists hall={hall.code} />
      <HallHours hall={hall} />
      <HallMap hall={hall} />
      <HallRules hall={hall} />
      <BookingRules booking={await bookingPage(database(), (await hallRef(hall.code)).id)} id="booking-rules-title" />
      <LiveRefresh />
    </div>
  );
}
