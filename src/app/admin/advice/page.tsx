import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { openPlace, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { SimpleTable } from "@/components/ui/simple-table";
import { Banner, StateChip } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";
import { ENOUGH, type FieldNeed, TARGET, windowNeeds } from "@/lib/planner/data";

/** How many windows each field needs, hour by hour, with the figures it follows from (JY-6.2, HN-5.4.3g). */
export default async function AdvicePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(HALL_READERS, "/admin/advice", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/advice" />;
  const t = translator(place.locale, "floor");
  const { days, fields } = await windowNeeds(database(), place.hall.id);
  const hours = [...new Set(fields.flatMap((field) => field.hours.map(({ hour }) => hour)))].sort((a, b) => a - b);
  const need = (field: FieldNeed, hour: number) => {
    const found = field.hours.find((each) => each.hour === hour);
    return found ? <span key={hour} title={t("advice.cell", { arrivals: found.arrivals.toFixed(1), wait: found.p90Wait ?? "–", load: Math.round(found.load * 100) })} className={found.needed > field.windows ? "font-semibold text-bad" : undefined}>{found.needed}{found.needed > field.windows ? " ▲" : ""}</span> : "–";
  };
  return (
    <>
      <PageHead title={t("advice.title")} hall={localName(place.locale, place.hall)} intro={t("advice.intro", { share: TARGET.share * 100, within: TARGET.within })} />
      {days === 0 ? <Banner>{t("advice.noData")}</Banner> : <p>{t("advice.basis", { days })}</p>}
      <SimpleTable label={t("advice.title")} empty={t("advice.noFields")}
        columns={[{ label: t("advice.field") }, { label: t("advice.items"), figure: true }, { label: t("advice.tickets"), figure: true }, { label: t("advice.service"), figure: true }, { label: t("advice.staff"), figure: true }, { label: t("advice.windows"), figure: true }, { label: t("advice.needed"), figure: true }, { label: t("advice.result") }]}
        rows={fields.map((field) => ({ key: field.field, cells: [localName(place.locale, field), field.items, field.tickets, `${field.serviceMinutes.toFixed(1)}${field.measured ? "" : ` ${t("advice.planned")}`}`, field.staff, field.windows, field.needed, <Result key="result" field={field} t={t} />] }))} />
      {hours.length > 0 ? (
        <section aria-labelledby="hours" className="flex flex-col gap-3">
          <h2 id="hours" className="text-lg font-semibold">{t("advice.byHour")}</h2>
          <SimpleTable label={t("advice.byHour")} empty="" columns={[{ label: t("advice.field") }, ...hours.map((hour) => ({ label: `${hour}:00`, figure: true }))]} rows={fields.map((field) => ({ key: field.field, cells: [localName(place.locale, field), ...hours.map((hour) => need(field, hour))] }))} />
          <p className="text-sm text-ink-soft">{t("advice.method")}</p>
        </section>
      ) : null}
    </>
  );
}

function Result({ field, t }: { field: FieldNeed; t: Translate }) {
  if (field.tickets < ENOUGH) return <StateChip>{t("advice.unknown")}</StateChip>;
  if (field.needed > field.windows) return <StateChip tone="bad">{t("advice.add", { count: field.needed - field.windows })}</StateChip>;
  if (field.needed > field.staff) return <StateChip tone="warn">{t("advice.staffShort", { count: field.needed - field.staff })}</StateChip>;
  return field.windows - field.needed > 1 ? <StateChip tone="info">{t("advice.spare", { count: field.windows - field.needed })}</StateChip> : <StateChip tone="good">{t("advice.enough")}</StateChip>;
}
