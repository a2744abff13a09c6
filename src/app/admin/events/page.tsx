import Form from "next/form";
import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { EVENT_ROLES } from "@/components/admin/menu";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type SearchParams } from "@/components/admin/place";
import { keepOf } from "@/components/admin/register-list";
import { Button, buttonClass } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { EmptyState } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { type Locale, localName } from "@/lib/i18n/locale";
import { MESSAGES, type Translate, translator } from "@/lib/i18n/messages";
import { listEvents, referenceCodes } from "@/lib/queue/board/data-admin";
import { EventList } from "./event-list";

const PAGE = 100;

/** The hall's ledger in plain words, newest first; it pages by number, so that a page stays the same while work goes on. */
export default async function EventsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(EVENT_ROLES, "/admin/events", params);
  if (!place.hall) return <HallChoice place={place} path="/admin/events" />;
  const t = translator(place.locale, "admin");
  const filters = { type: param(params, "type"), subject: param(params, "subject")?.slice(0, 64), actor: param(params, "actor")?.slice(0, 64), day: /^\d{4}-\d{2}-\d{2}$/.test(param(params, "day") ?? "") ? param(params, "day") : undefined };
  const before = Number(param(params, "before"));
  const wanted = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as Partial<Record<keyof typeof filters, string>>;
  const { rows, more } = await listEvents(database(), place.hall.id, { ...wanted, ...(Number.isInteger(before) && before > 0 ? { before } : {}), limit: PAGE });
  const href = (change: Record<string, string | undefined>) => adminHref(place, "/admin/events", { ...filters, ...change });
  const narrowed = Object.keys(wanted).length > 0;
  return (
    <>
      <PageHead title={t("ledger.title")} hall={localName(place.locale, place.hall)} intro={t("ledger.intro")} />
      <Form action="/admin/events" className="flex flex-wrap items-end gap-3">
        {Object.entries(keepOf(place)).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <div className="w-full sm:w-52"><SelectField id="type" name="type" label={t("ledger.type")} defaultValue={filters.type ?? ""} key={filters.type}><TypeOptions t={t} locale={place.locale} /></SelectField></div>
        <div className="w-full sm:w-52"><TextField id="subject" name="subject" label={t("ledger.subject")} defaultValue={filters.subject} key={filters.subject} placeholder={t("ledger.subjectHint")} maxLength={64} /></div>
        <div className="w-full sm:w-44"><TextField id="actor" name="actor" label={t("ledger.actor")} defaultValue={filters.actor} key={filters.actor} placeholder={t("ledger.actorHint")} maxLength={64} /></div>
        <div className="w-full sm:w-44"><TextField id="day" name="day" type="date" label={t("ledger.day")} defaultValue={filters.day} key={filters.day} /></div>
        <Button type="submit">{t("table.search")}</Button>
        {narrowed ? <Link href={adminHref(place, "/admin/events")} className={buttonClass({ look: "quiet" })}>{t("table.reset")}</Link> : null}
      </Form>
      {rows.length === 0 ? <EmptyState title={narrowed ? t("table.noMatchTitle") : t("ledger.empty")} /> : <EventList rows={rows} codes={await referenceCodes(database(), place.hall.id, rows)} locale={place.locale} timeZone={place.hall.timeZone} t={t} />}
      <nav aria-label={t("table.pages")} className="flex flex-wrap gap-3">
        {param(params, "before") ? <Link href={href({})} className={buttonClass({ size: "small" })}>{t("ledger.newest")}</Link> : null}
        {more ? <Link href={href({ before: String(rows.at(-1)!.seq) })} className={buttonClass({ size: "small" })}>{t("ledger.older")}</Link> : null}
      </nav>
    </>
  );
}

/** Kinds with their single types, from the words that there are. */
function TypeOptions({ t, locale }: { t: Translate; locale: Locale }) {
  const types = MESSAGES[locale].admin.ledger.types as Record<string, Record<string, string>>;
  return (
    <>
      <option value="">{t("table.all")}</option>
      {Object.entries(types).map(([noun, verbs]) => (
        <optgroup key={noun} label={verbs.all}>
          {Object.entries(verbs).map(([verb, label]) => <option key={verb} value={verb === "all" ? noun : `${noun}.${verb}`}>{label}</option>)}
        </optgroup>
      ))}
    </>
  );
}
