import Link from "next/link";
import { saveOpeningsAction, saveWindowOpeningsAction } from "@/app/admin/openings-actions";
import { database } from "@/lib/db/database";
import { type Translate, translator } from "@/lib/i18n/messages";
import { listOpenings, type Opening } from "@/lib/regions/data-admin";
import { buttonClass } from "@/components/ui/button";
import { windowIdOf, windowOpenings } from "@/lib/windows/data";
import { localName } from "@/lib/i18n/locale";
import { OpeningsForm, type OpeningsTexts } from "./openings-form";
import { Panel } from "./panel";
import { adminHref, type Place } from "./place";
import type { Row } from "./register";

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

const openingsTexts = (days: readonly string[], t: Translate): OpeningsTexts => ({
  days, closed: t("openings.closed"), add: t("openings.add"), remove: t("openings.remove"), copy: t("openings.copy"), start: t("openings.start"), end: t("openings.end"), label: t("openings.label"), labelEn: t("openings.labelEn"),
  save: t("form.save"), saving: t("form.saving"), saved: t("openings.saved"), leave: t("form.leave"),
});

/** A window's own week where it differs from its hall's; spans may open only when somebody has booked (BG-C02e). */
export async function WindowPanel({ place, row, writable }: { place: Place; row: Row; writable: boolean }) {
  if (!place.hall) return null;
  const t = translator(place.locale, "admin");
  const names = WEEKDAYS.map((weekday) => t(`openings.weekday.${weekday}`));
  const code = String(row.code);
  const id = await windowIdOf(database(), place.hall.id, code);
  const rows = (id === undefined ? [] : await windowOpenings(database(), place.hall.id, id)).map((span) => ({ ...span, label: span.bookedOnly ? t("openings.bookedOnly") : "", labelEn: "" }));
  return (
    <>
      <Panel id="own-hours" title={t("openings.windowTitle")}>
        <p className="text-sm text-ink-soft">{t("openings.windowHint")}</p>
        {writable ? <OpeningsForm action={saveWindowOpeningsAction.bind(null, place.hall.code, code)} rows={rows} texts={{ ...openingsTexts(names, t), closed: t("openings.asHall"), bookedOnly: t("openings.bookedOnly"), save: t("openings.saveWindow") }} /> : <OpeningsList rows={rows} names={names} closed={t("openings.asHall")} place={place} />}
      </Panel>
      <p className="flex flex-wrap gap-2">
        <Link href={adminHref(place, "/admin/signs", { window: code })} className={buttonClass({ size: "small" })}>{t("menu.signs")}</Link>
        <Link href={`/h/${place.hall.code}/plan?window=${code}`} className={buttonClass({ size: "small" })}>{t("menu.plan")}</Link>
      </p>
    </>
  );
}

/** Weekly service times of a hall. */
export async function OpeningsPanel({ place, row, writable }: { place: Place; row: Row; writable: boolean }) {
  const hall = place.halls.find((known) => known.code === row.code);
  if (!hall) return null;
  const t = translator(place.locale, "admin");
  const rows = await listOpenings(database(), hall.id);
  const names = WEEKDAYS.map((weekday) => t(`openings.weekday.${weekday}`));
  return (
    <Panel id="openings" title={t("openings.title")}>
      <p className="text-sm text-ink-soft">{t("openings.hint")}</p>
      {writable ? <OpeningsForm action={saveOpeningsAction.bind(null, hall.code)} rows={rows} texts={openingsTexts(names, t)} /> : <OpeningsList rows={rows} names={names} closed={t("openings.closed")} place={place} />}
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
