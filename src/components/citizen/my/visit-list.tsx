import Link from "next/link";
import { spanText } from "@/components/citizen/times";
import { nameList } from "@/components/citizen/visit/facts";
import { texts } from "@/components/intl/server";
import { buttonClass } from "@/components/ui/button";
import { StateChip } from "@/components/ui/state";
import type { Visit } from "@/lib/citizens/data";
import { localName } from "@/lib/i18n/locale";

const TONES = { booked: "info", arrived: "good", missed: "warn", cancelled: "neutral" } as const;

/** Bookings with what can be done about each; changes themselves happen on the booking's own page. */
export async function VisitList({ visits }: { visits: readonly Visit[] }) {
  const { locale, t } = await texts("my");
  return (
    <ul className="flex flex-col gap-3">
      {visits.map((visit) => (
        <li key={visit.token} className="flex flex-col gap-2 rounded-base border border-line bg-surface p-4">
          <p className="flex flex-wrap items-center justify-between gap-2"><span className="text-lg font-semibold tabular-nums">{spanText(visit.start, visit.end, visit.timeZone, locale)}</span><StateChip tone={TONES[visit.state]}>{t(`states.${visit.state}`)}</StateChip></p>
          <p>{nameList(locale, visit.items)}</p>
          <p className="text-ink-soft">{localName(locale, { name: visit.hallName, nameEn: visit.hallNameEn })} · {visit.number}</p>
          {visit.proposal ? <p className="font-medium text-warn">{t("proposal")}</p> : null}
          <p className="flex flex-wrap gap-3">
            {visit.ticket && visit.coming ? <Link href={`/t/${visit.token}`} className={buttonClass({ look: "primary" })}>{t("ticketLink", { number: visit.ticket.number })}</Link> : null}
            <Link href={`/a/${visit.token}`} aria-label={t("openOf", { number: visit.number })} className={buttonClass()}>{t("open")}</Link>
            {visit.changeable ? <><Link href={`/a/${visit.token}?step=move`} className={buttonClass()}>{t("move")}</Link><Link href={`/a/${visit.token}?step=cancel`} className={buttonClass({ look: "danger" })}>{t("cancel")}</Link></> : null}
          </p>
        </li>
      ))}
    </ul>
  );
}
