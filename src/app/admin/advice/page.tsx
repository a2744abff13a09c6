import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { NeedChart } from "@/components/admin/need-chart";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type Place, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { buttonClass, Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { PrintButton } from "@/components/ui/print-button";
import { SimpleTable } from "@/components/ui/simple-table";
import { Banner, StateChip } from "@/components/ui/state";
import { comingDays } from "@/lib/calendar/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";
import { AHEAD_DAYS, ENOUGH, type FieldNeed, type Needs, windowNeeds } from "@/lib/planner/data";
import { type Roster, rosterFor } from "@/lib/planner/staffing/data";

/** How many windows each field needs by the half hour, with the figures it follows from, and who sits there (JY-6.2, HN-5.4.3g, JY-9.3.1b). */
export default async function AdvicePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(HALL_READERS, "/admin/advice", params);
  if (!place.hall) return <HallChoice place={place} path="/admin/advice" />;
  const t = translator(place.locale, "floor");
  const needs = await windowNeeds(database(), place.hall.id, param(params, "date"));
  const [roster, days] = await Promise.all([rosterFor(database(), place.hall.id, needs), comingDays(database(), place.hall.id, AHEAD_DAYS)]);
  const field = needs.fields.find((each) => each.field === param(params, "field")) ?? [...needs.fields].sort((a, b) => b.needed - a.needed)[0];
  return (
    <>
      <PageHead title={t("advice.title")} hall={localName(place.locale, place.hall)} intro={t("advice.intro", { share: needs.rules.sharePercent, within: needs.rules.withinMinutes })}>
        <Link href={adminHref(place, "/admin/planner-rules")} className={buttonClass({ size: "small" })}>{t("advice.rules")}</Link>
        <a href={adminHref(place, "/admin/advice/export", { date: needs.date })} className={buttonClass({ size: "small" })}>{t("advice.csv")}</a>
        <PrintButton label={t("print")} />
      </PageHead>
      <form className="no-print flex flex-wrap items-end gap-3">
        {place.choosing ? <input type="hidden" name="hall" value={place.hall.code} /> : null}
        <SelectField id="date" name="date" label={t("advice.date")} defaultValue={needs.date}>{days.map((day) => <option key={day.date} value={day.date}>{day.date} {t(`calendar.weekday${day.weekday}`)}</option>)}</SelectField>
        <SelectField id="field" name="field" label={t("advice.field")} defaultValue={field?.field}>{needs.fields.map((each) => <option key={each.field} value={each.field}>{localName(place.locale, each)}</option>)}</SelectField>
        <Button type="submit">{t("advice.show")}</Button>
      </form>
      {needs.days === 0 ? <Banner>{t("advice.noData")}</Banner> : <p>{t("advice.basis", { days: needs.days, same: String(needs.sameWeekday) })}</p>}
      <Summary needs={needs} place={place} t={t} />
      {field && field.halfHours.length > 0 ? <HalfHours field={field} missing={roster.missing.get(field.field) ?? []} place={place} t={t} /> : null}
      <RosterSheet needs={needs} roster={roster} place={place} t={t} />
    </>
  );
}

interface PartProps {
  place: Place;
  t: Translate;
}

function Summary({ needs, place, t }: PartProps & { needs: Needs }) {
  return (
    <SimpleTable label={t("advice.title")} empty={t("advice.noFields")}
      columns={[{ label: t("advice.field") }, { label: t("advice.items"), figure: true }, { label: t("advice.tickets"), figure: true }, { label: t("advice.service"), figure: true }, { label: t("advice.staff"), figure: true }, { label: t("advice.windows"), figure: true }, { label: t("advice.needed"), figure: true }, { label: t("advice.result") }]}
      rows={needs.fields.map((field) => ({ key: field.field, cells: [<Link key="field" href={adminHref(place, "/admin/advice", { date: needs.date, field: field.field })}>{localName(place.locale, field)}</Link>, field.items, field.tickets, `${field.serviceMinutes.toFixed(1)}${field.measured ? "" : ` ${t("advice.planned")}`}`, field.staff, field.windows, field.needed, <Result key="result" field={field} t={t} />] }))} />
  );
}

function Result({ field, t }: { field: FieldNeed; t: Translate }) {
  if (field.tickets < ENOUGH) return <StateChip>{t("advice.unknown")}</StateChip>;
  if (field.needed > field.windows) return <StateChip tone="bad">{t("advice.add", { count: field.needed - field.windows })}</StateChip>;
  if (field.needed > field.staff) return <StateChip tone="warn">{t("advice.staffShort", { count: field.needed - field.staff })}</StateChip>;
  return field.windows - field.needed > 1 ? <StateChip tone="info">{t("advice.spare", { count: field.windows - field.needed })}</StateChip> : <StateChip tone="good">{t("advice.enough")}</StateChip>;
}

/** Demand, windows and staff of one field over the day. */
function HalfHours({ field, missing, place, t }: PartProps & { field: FieldNeed; missing: readonly number[] }) {
  const name = localName(place.locale, field);
  const title = t("advice.byHalfHour", { field: name });
  const top = field.halfHours.find(({ needed }) => needed === field.needed)!;
  const staffed = field.halfHours.map(({ needed }, i) => needed - (missing[i] ?? 0));
  return (
    <section aria-labelledby="half-hours" className="flex flex-col gap-3">
      <h2 id="half-hours" className="text-lg font-semibold">{field.needed === 0 ? t("advice.noDemand", { field: name }) : t("advice.finding", { field: name, time: top.start, needed: field.needed, windows: field.windows })}</h2>
      <NeedChart label={title} unit={t("advice.unit")} there={t("advice.there", { count: field.windows })} windows={field.windows} halfHours={field.halfHours} staffed={staffed} />
      <SimpleTable label={title} empty=""
        columns={[{ label: t("advice.time") }, ...["walkIns", "bookings", "neededNow", "staffed", "gap", "late", "p90", "load"].map((key) => ({ label: t(`advice.${key}`), figure: true }))]}
        rows={field.halfHours.map(({ start, end, walkIns, booked, needed, late, p90Wait, load }, i) => ({ key: start, cells: [
          `${start}–${end}`, walkIns.toFixed(1), booked.toFixed(1), <span key="needed" className={needed > field.windows ? "font-semibold text-bad" : undefined}>{needed}{needed > field.windows ? " ▲" : ""}</span>,
          staffed[i], missing[i] ? <span key="gap" className="font-semibold text-bad">{missing[i]}</span> : 0, (late * 100).toFixed(1), p90Wait ?? "–", Math.round(load * 100),
        ] }))} />
      <p className="text-sm text-ink-soft">{t("advice.method")}</p>
    </section>
  );
}

/** Who sits where, made to be printed on a page of its own. */
function RosterSheet({ needs, roster, place, t }: PartProps & { needs: Needs; roster: Roster }) {
  const { rules } = needs;
  const nameOf = new Map(needs.fields.map((field) => [field.field, localName(place.locale, field)]));
  const people = roster.rows.map((row) => ({ ...row, spans: spansOf(row.day, needs) }));
  const [placed, free] = [people.filter(({ spans }) => spans.length > 0), people.filter(({ spans }) => spans.length === 0)];
  return (
    <section aria-labelledby="roster" className="flex break-before-page flex-col gap-3">
      <h2 id="roster" className="text-lg font-semibold">{t("advice.rosterTitle", { date: needs.date })}</h2>
      <p className="text-sm text-ink-soft">{t("advice.rosterNote", { rest: rules.restMinutes, from: rules.restFrom, to: rules.restTo, least: rules.leastOpenMinutes, missing: Math.ceil(roster.missingHours), missingHours: roster.missingHours.toFixed(1), bound: roster.leastMissingHours.toFixed(1) })}</p>
      <SimpleTable label={t("advice.roster")} empty={t("advice.noRoster")} columns={[{ label: t("advice.person") }, { label: t("advice.roster") }]}
        rows={placed.map(({ username, name, window, spans }) => ({ key: username, cells: [`${window} ${name}`, spans.map(({ field, from, to }) => `${from}–${to} ${nameOf.get(field) ?? field}`).join("　")] }))} />
      {free.length > 0 ? <p className="text-sm text-ink-soft">{t("advice.free", { count: free.length, names: free.map(({ name }) => name).join(place.locale === "en" ? ", " : "、") })}</p> : null}
    </section>
  );
}

/** Half hours on end at one field as one span. */
function spansOf(day: Roster["rows"][number]["day"], { fields }: Needs): { field: string; from: string; to: string }[] {
  const spans: { field: string; from: string; to: string }[] = [];
  day.forEach((field, i) => {
    if (field === undefined) return;
    const { start, end } = fields[0]!.halfHours[i]!;
    const last = spans.at(-1);
    if (last && last.field === field && last.to === start) last.to = end;
    else spans.push({ field, from: start, to: end });
  });
  return spans;
}
