import { movesAction } from "@/app/admin/booking/actions";
import { Panel } from "@/components/admin/panel";
import type { Place } from "@/components/admin/place";
import { StepForm } from "@/components/admin/residency/step-form";
import { toLocal } from "@/components/form/zoned-time";
import { TextField } from "@/components/ui/field";
import { StateChip } from "@/components/ui/state";
import type { Hit } from "@/lib/appointments/moves/data";
import { localName } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";

/** Bookings that do not fit any more, with the offer to propose another time to all of them at once, and to take it back. */
export function HitList({ hits, place, writable, t }: { hits: readonly Hit[]; place: Place; writable: boolean; t: Translate }) {
  const { hall, locale } = place as Place & { hall: NonNullable<Place["hall"]> };
  const local = (time: string) => toLocal(time, hall.timeZone).replace("T", " ");
  const open = hits.filter((hit) => !hit.proposal).length;
  const list = (
    <ul className="flex flex-col divide-y divide-line">
      {hits.map((hit) => (
        <li key={hit.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
          <label className="flex min-h-11 items-center gap-2">
            {writable ? <input type="checkbox" name="booking" value={hit.id} defaultChecked={true} className="size-5" /> : null}
            <span className="tabular-nums">{hit.number} {local(hit.starts)}</span>
          </label>
          <span>{localName(locale, { name: hit.lineName, nameEn: hit.lineNameEn })}　{hit.name} {hit.phone}</span>
          <StateChip tone={hit.reason === "closed" ? "bad" : "warn"}>{t(`moves.${hit.reason}`)}</StateChip>
          {hit.proposal ? <StateChip tone="info">{t("moves.proposed", { time: local(hit.proposal.starts) })}</StateChip> : null}
        </li>
      ))}
    </ul>
  );
  return (
    <Panel id="hits" title={t("moves.title", { count: hits.length })}>
      <p className="text-sm text-ink-soft">{t("moves.text", { open })}</p>
      {writable ? (
        <StepForm action={movesAction.bind(null, hall.code)} sending={t("sending")} buttons={[{ value: "propose", label: t("moves.propose") }, { value: "withdraw", label: t("moves.withdraw"), look: "secondary" }]}>
          {list}
          <TextField id="moves-reason" name="reason" label={t("moves.reason")} defaultValue={t("moves.reasonDefault")} maxLength={200} />
        </StepForm>
      ) : list}
    </Panel>
  );
}
