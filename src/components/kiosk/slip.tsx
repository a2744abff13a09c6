"use client";
import { useLocale, useTranslations } from "use-intl";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import type { Step } from "./flow";
import { QrCode } from "./qr-code";
import { clockAt } from "./use-check-in";
import { useWaitText } from "./wait-text";

interface SlipProps {
  hall: HallDetail;
  step: Extract<Step, { at: "result" }>;
  address: string;
}

function Fact({ term, text }: { term: string; text: string }) {
  return (
    <div className="flex-1 px-2">
      <dt className="text-ink-soft">{term}</dt>
      <dd className="text-3xl leading-tight font-semibold print:text-lg">{text}</dd>
    </div>
  );
}

/** The slip as it is shown and as it is printed on 80 mm paper: one thing, so that the preview is true. */
export function Slip({ hall, step: { choice, ticket, booked }, address }: SlipProps) {
  const t = useTranslations("kiosk");
  const common = useTranslations("common");
  const locale = toLocale(useLocale());
  const waitText = useWaitText();
  const zone = ticket.zone ? localName(locale, { name: ticket.zone, nameEn: ticket.zoneEn }) : undefined;
  const time = new Intl.DateTimeFormat("zh-CN", { timeZone: hall.timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(ticket.issuedAt));
  return (
    <article className="slip flex flex-col items-center gap-x-8 gap-y-2 rounded-base border border-line bg-surface px-8 py-4 text-center landscape:flex-row print:block" data-ticket={ticket.number}>
      <div className="w-full flex-1">
        <p className="hidden print:block">{localName(locale, hall)}</p>
        <p className="text-2xl leading-tight font-semibold text-balance print:text-base">{localName(locale, choice.item ?? { name: ticket.lineName, nameEn: ticket.lineNameEn })}</p>
        <p role="status" className="my-2 text-[8rem] landscape:text-[9rem] in-[[data-elder=true]]:text-[6rem] leading-none font-bold tracking-wide print:my-2 print:text-6xl">{ticket.number}</p>
        {booked ? <p className="mb-2 text-xl text-balance print:text-base"><strong>{t("result.booked", { time: clockAt(booked.start, hall.timeZone) })}</strong> {t(booked.late ? "result.late" : "result.onTime")}</p> : null}
        <dl className="flex w-full justify-center border-y border-line py-2">
          <Fact term={t("result.ahead")} text={!ticket.ahead ? common("aheadNone") : t("confirm.people", { count: ticket.ahead })} />
          <Fact term={t("result.estimate")} text={waitText(ticket.estimate)} />
        </dl>
        {zone ? (
          <p className="mt-2">
            <span className="block text-ink-soft">{t("result.zone")}</span>
            <strong className="text-3xl leading-tight print:text-lg">{ticket.floor === undefined ? zone : t("place", { zone, floor: ticket.floor })}</strong>
          </p>
        ) : null}
      </div>
      <div className="flex flex-col items-center landscape:w-[15rem] print:mt-2">
        <QrCode text={address} label={t("result.scan")} className="size-44 landscape:size-[15rem] portrait:in-[[data-elder=true]]:size-32 landscape:in-[[data-elder=true]]:size-[11rem] print:size-[34mm]" />
        <p className="text-balance">{t("result.scan")}</p>
        <p className="mt-1 text-balance text-ink-soft">{t("result.missed")}</p>
        <p className="text-ink-soft">{t("result.issued")} {time}</p>
      </div>
    </article>
  );
}
