"use client";
import { Printer } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { dateOf, dayText } from "@/components/citizen/times";
import { Button } from "@/components/ui/button";
import type { Booked } from "@/lib/appointments/schema";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import type { BookChoice } from "./flow";
import { Heading } from "./heading";
import { QrCode } from "./qr-code";
import { clockAt } from "./use-check-in";
import { useCountdown } from "./use-countdown";

interface BookedProps {
  hall: HallDetail;
  choice: BookChoice;
  booked: Booked;
  elder: boolean;
  publicUrl?: string | undefined;
  onDone: () => void;
}

/** The booking made here: number, time and code, shown and printed alike. */
export function BookedScreen({ hall, choice, booked, elder, publicUrl, onDone }: BookedProps) {
  const t = useTranslations("kiosk.book");
  const result = useTranslations("kiosk.result");
  const locale = toLocale(useLocale());
  const [left, again] = useCountdown(elder ? 60 : 30, onDone);
  const address = new URL(`/a/${booked.token}`, publicUrl ?? location.origin).href;
  return (
    <>
      <div className="not-on-paper"><Heading>{t("done")}</Heading></div>
      <div className="mt-3 flex min-h-0 flex-1 flex-col gap-4 landscape:flex-row landscape:gap-8 print:m-0 print:block">
        <div className="min-h-0 flex-1 overflow-y-auto print:overflow-visible">
          <article className="slip flex flex-col items-center gap-x-8 gap-y-2 rounded-base border border-line bg-surface px-8 py-4 text-center landscape:flex-row print:block" data-booking={booked.number}>
            <div className="w-full flex-1">
              <p className="hidden print:block">{localName(locale, hall)}</p>
              <p className="text-2xl leading-tight font-semibold text-balance print:text-base">{localName(locale, choice.item)}</p>
              <p className="mt-2 text-ink-soft">{t("number")}</p>
              <p role="status" className="text-[5rem] leading-none font-bold tracking-wide print:text-4xl">{booked.number}</p>
              <p className="mt-3 border-y border-line py-2 text-3xl leading-tight font-semibold print:text-lg">{dayText(dateOf(booked.start, hall.timeZone), locale)} {clockAt(booked.start, hall.timeZone)}</p>
              <p className="mt-2 text-lg">{t("come")}</p>
            </div>
            <div className="flex flex-col items-center landscape:w-[15rem] print:mt-2">
              <QrCode text={address} label={t("scan")} className="size-44 landscape:size-[15rem] portrait:in-[[data-elder=true]]:size-32 landscape:in-[[data-elder=true]]:size-[11rem] print:size-[34mm]" />
              <p className="text-balance">{t("scan")}</p>
            </div>
          </article>
        </div>
        <div className="not-on-paper mt-auto flex flex-col gap-4 landscape:w-[30%]">
          <div className="flex items-center justify-between gap-4 landscape:flex-wrap">
            <p className="text-xl">{result("leaving", { seconds: left })}</p>
            <Button size="large" onClick={again}>{result("longer")}</Button>
          </div>
          <div className="grid grid-cols-2 gap-4 landscape:grid-cols-1">
            <Button size="huge" className="px-4 whitespace-nowrap landscape:min-h-24" onClick={() => { again(); window.print(); }}><Printer aria-hidden className="size-10 shrink-0 portrait:in-[[data-elder=true]]:hidden" />{result("print")}</Button>
            <Button look="primary" size="huge" className="landscape:min-h-24" onClick={onDone}>{result("done")}</Button>
          </div>
        </div>
      </div>
    </>
  );
}
