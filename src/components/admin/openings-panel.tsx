import { saveOpeningsAction } from "@/app/admin/openings-actions";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { listOpenings, type Opening } from "@/lib/regions/data-admin";
import { localName } from "@/lib/i18n/locale";
import { OpeningsForm, type OpeningsTexts } from "./openings-form";
import { Panel } from "./panel";
import type { Place } from "./place";
import type { Row } from "./register";

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Weekly service times of a hall. */
export async function OpeningsPanel({ place, row, writable }: { place: Place; row: Row; writable: boolean }) {
  const hall = place.halls.find((known) => known.code === row.code);
  if (!hall) return null;
  const t = translator(place.locale, "admin");
  const rows = await listOpenings(database(), hall.id);
  const names = WEEKDAYS.map((weekday) => t(`openings.weekday.${weekday}`));
  const texts: OpeningsTexts = {
    days: names, closed: t("openings.closed"), add: t("openings.add"), remove: t("openings.remove"), copy: t("openings.copy"), start: t("openings.start"), end: t("openings.end"), label: t("openings.label"), labelEn: t("openings.labelEn"),
    save: t("form.save"), saving: t("form.saving"), saved: t("openings.saved"), leave: t("form.leave"),
  };
  return (
    <Panel id="openings" title={t("openings.title")}>
      <p className="text-sm text-ink-soft">{t("openings.hint")}</p>
      {writable ? <OpeningsForm action={saveOpeningsAction.bind(null, hall.code)} rows={rows} texts={texts} /> : <OpeningsList rows={rows} names={names} closed={t("openings.closed")} place={place} />}
    </Panel>
  );
}

function OpeningsList({ rows, names, closed, place }: { rows: readonly Opening[]; names: readonly string[]; closed: string; place: Place }) {
  return (
    <dl className="grid grid-cols-[8rem_1fr] gap-y-1">
      {WEEKDAYS.map((weekday) => {
        const spans = rows.filter((row) => row.weekday === weekday);
        return (
          <div key={weekday} className="col-span-full grid grid-cols-subgrid">
            <dt className="text-ink-soft">{names[weekday - 1]}</dt>
            <dd>{spans.length === 0 ? closed : spans.map((span) => `${span.start}–${span.end} ${localName(place.locale, { name: span.label, nameEn: span.labelEn })}`.trim()).join("  ")}</dd>
          </div>
        );
      })}
    </dl>
  );
}
