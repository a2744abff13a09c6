import { useLocale, useTranslations } from "use-intl";
import { hourMinute, minutesBetween } from "@/components/staff/time";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Overview } from "@/lib/queue/board/overview-schema";
import { Block } from "./block";
import { WaitChip } from "./wait-chip";

/** Who waits longest now, with line and class. */
export function LongestWaits({ tickets, limits, now, timeZone }: { tickets: Overview["longest"]; limits: Overview["limits"]; now: number; timeZone: string }) {
  const t = useTranslations("admin.live");
  const locale = useLocale() as Locale;
  return (
    <Block id="longest" title={t("longestWaits")}>
      {tickets.length === 0 ? <p className="px-4 py-3 text-sm text-ink-soft">{t("nobodyWaits")}</p> : (
        <ol className="text-sm">
          {tickets.map((ticket) => (
            <li key={ticket.number} className="flex items-center gap-x-3 border-t border-line px-4 py-1.5 first:border-0">
              <span className="w-14 shrink-0 text-base font-semibold">{ticket.number}</span>
              <span className="min-w-0 flex-1">{localName(locale, { name: ticket.lineName, nameEn: ticket.lineNameEn })}{ticket.class === "normal" ? "" : ` · ${ticket.className}`}</span>
              <span className="shrink-0 text-ink-soft max-2xl:hidden">{t("since", { time: hourMinute(ticket.issuedAt, timeZone) })}</span>
              <WaitChip minutes={minutesBetween(ticket.issuedAt, now)} limits={limits} text={(minutes, level) => t(`level.${level}`, { minutes })} />
            </li>
          ))}
        </ol>
      )}
    </Block>
  );
}
