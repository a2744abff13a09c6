"use client";
import { Printer } from "lucide-react";
import { createPortal } from "react-dom";
import { useEffect, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ClassBadge } from "@/components/staff/class-badge";
import { calendarDate, hourMinute } from "@/components/staff/time";
import { useClassName } from "@/components/staff/use-hall";
import { Button } from "@/components/ui/button";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { IssuedTicket } from "@/lib/queue/ticket/schema";
import type { HallDetail } from "@/lib/regions/schema";
import { TicketQr } from "./ticket-qr";

/** A number just taken, or got by a check-in. */
type CardTicket = Pick<IssuedTicket, "number" | "token" | "class" | "ahead" | "estimate" | "line" | "lineName" | "lineNameEn" | "zone" | "zoneEn" | "floor" | "issuedAt"> & { bookedStart?: string | undefined };

interface IssuedCardProps {
  ticket: CardTicket;
  itemName: string;
  detail: HallDetail | undefined;
  onAgain: () => void;
  onShow: () => void;
  /** Another word than "next number" for going on. */
  again?: string;
}

/** The number that the server gave, large enough to be read across the desk. */
export function IssuedCard({ ticket, itemName, detail, onAgain, onShow, again }: IssuedCardProps) {
  const t = useTranslations("guide.issued");
  const locale = useLocale() as Locale;
  const facts = useFacts(ticket, itemName, detail);
  const className = useClassName(detail);
  return (
    <section aria-label={t("label")} className="flex flex-col gap-5">
      <div className="grid items-center gap-5 sm:grid-cols-[minmax(0,1fr)_auto]">
        <div>
          <p role="status" className="font-medium text-good">{t("done")}</p>
          <p className="flex flex-wrap items-center gap-x-4"><strong data-slot="number" className="text-8xl leading-tight font-bold tracking-tight">{ticket.number}</strong>{ticket.class === "normal" ? null : <ClassBadge code={ticket.class} name={className(ticket.class)} className="text-xl" />}</p>
          <p className="text-xl font-medium">{itemName}</p>
          <p className="text-ink-soft">{ticket.line} {localName(locale, { name: ticket.lineName, nameEn: ticket.lineNameEn })}</p>
        </div>
        <figure className="justify-self-center text-center">
          <TicketQr token={ticket.token} label={t("qrLabel", { number: ticket.number })} className="size-44" />
          <figcaption className="text-sm text-ink-soft">{t("scan")}</figcaption>
        </figure>
      </div>
      <dl className="grid gap-3 sm:grid-cols-3">
        {facts.map(([label, value]) => <div key={label} className="rounded-base border border-line bg-canvas px-4 py-3"><dt className="text-sm text-ink-soft">{label}</dt><dd className="text-lg font-semibold">{value}</dd></div>)}
      </dl>
      <div className="flex flex-wrap gap-3">
        <Button look="primary" size="large" autoFocus onClick={onAgain} className="w-full sm:w-auto sm:flex-1">{again ?? t("again")}</Button>
        <Button size="large" onClick={() => window.print()}><Printer aria-hidden className="size-5" />{t("print")}</Button>
        <Button size="large" look="quiet" onClick={onShow}>{t("show")}</Button>
      </div>
      <Slip ticket={ticket} itemName={itemName} detail={detail} />
    </section>
  );
}

function useFacts(ticket: CardTicket, itemName: string, detail: HallDetail | undefined): [string, string][] {
  const t = useTranslations("guide.issued");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const zone = ticket.zone ? localName(locale, { name: ticket.zone, nameEn: ticket.zoneEn }) : undefined;
  const place = [ticket.floor === undefined ? undefined : common("floor", { floor: ticket.floor }), zone].filter(Boolean).join(" ");
  return [
    [t("ahead"), t("people", { count: ticket.ahead })],
    [t("wait"), ticket.estimate ? (ticket.estimate.p90 <= 1 ? common("waitSoon") : t("range", ticket.estimate)) : common("waitUnknown")],
    ...(ticket.bookedStart ? [[t("booked"), hourMinute(ticket.bookedStart)] satisfies [string, string]] : []),
    [t("zone"), place || (detail ? localName(locale, detail) : itemName)],
  ];
}

/** What the printer gets instead of the page: one narrow slip. */
function Slip({ ticket, itemName, detail }: Pick<IssuedCardProps, "ticket" | "itemName" | "detail">) {
  const t = useTranslations("guide.issued");
  const locale = useLocale() as Locale;
  const facts = useFacts(ticket, itemName, detail);
  const className = useClassName(detail);
  const [body, setBody] = useState<HTMLElement>();
  useEffect(() => setBody(document.body), []);
  if (!body) return null;
  // Outside of the page, so that the rest can leave the paper by one rule.
  return createPortal(
    <div data-slot="slip" className="hidden w-[72mm] p-[3mm] text-center text-black print:block">
      <p className="text-lg font-semibold">{detail ? localName(locale, detail) : ""}</p>
      <p className="text-6xl leading-tight font-bold">{ticket.number}</p>
      <p className="font-semibold">{itemName}</p>
      {ticket.class === "normal" ? null : <p>{className(ticket.class)}</p>}
      <table className="my-2 w-full border-y border-black text-left text-sm"><tbody>{facts.map(([label, value]) => <tr key={label}><th scope="row" className="pr-2 font-normal">{label}</th><td className="font-semibold">{value}</td></tr>)}</tbody></table>
      <TicketQr token={ticket.token} label={t("qrLabel", { number: ticket.number })} className="mx-auto size-[34mm]" />
      <p className="text-sm">{t("scan")}</p>
      <p className="text-sm">{t("slipTime", { date: calendarDate(ticket.issuedAt), time: hourMinute(ticket.issuedAt) })}</p>
      <p className="text-sm">{t("slipNote")}</p>
    </div>, body);
}
