import Link from "next/link";
import { EmptyState } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { type HallAtWork, hallsAtWork } from "@/lib/queue/board/overview";
import { minutesBetween } from "../staff/time";
import { WaitChip } from "./live/wait-chip";
import { PageHead } from "./page-head";
import type { Place } from "./place";

/** The halls of a region or platform at a glance, to choose one. */
export async function HallChoice({ place, path = "/admin" }: { place: Place; /** Where the choice leads. */ path?: string }) {
  const t = translator(place.locale, "admin");
  const halls = await hallsAtWork(database(), place.halls.map((hall) => hall.id));
  // The page is made once per request; its time is the time of the request.
  const now = new Date().toISOString();
  const figures: [string, (hall: HallAtWork) => number | string][] = [
    [t("choice.waiting"), (hall) => hall.waiting], [t("choice.windows"), (hall) => `${hall.windowsOpen} / ${hall.windows}`], [t("choice.issued"), (hall) => hall.issued], [t("choice.served"), (hall) => hall.served],
  ];
  return (
    <>
      <PageHead title={t("choice.title")} intro={t("choice.intro")} />
      {halls.length === 0 ? <EmptyState title={t("choice.none")} /> : (
        <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 2xl:grid-cols-3">
          {halls.map((hall) => (
            <li key={hall.code} className="relative rounded-base border border-line bg-surface p-4 hover:border-brand">
              <h2 className="text-lg font-semibold"><Link href={`${path}?hall=${encodeURIComponent(hall.code)}`} className="after:absolute after:inset-0">{localName(place.locale, hall)}</Link></h2>
              <p className="text-sm text-ink-soft">{localName(place.locale, { name: hall.regionName, nameEn: hall.regionNameEn })}</p>
              <dl className="mt-3 grid grid-cols-4 gap-2">
                {figures.map(([label, value]) => <div key={label}><dt className="text-sm text-ink-soft">{label}</dt><dd className="text-xl font-semibold">{value(hall)}</dd></div>)}
              </dl>
              <p className="mt-3 flex items-center gap-2 text-sm"><span className="text-ink-soft">{t("choice.longest")}</span>{hall.oldest ? <WaitChip minutes={minutesBetween(hall.oldest, now)} text={(minutes, level) => t(`live.level.${level}`, { minutes })} /> : <span>{t("choice.nobody")}</span>}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
