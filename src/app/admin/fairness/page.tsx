import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { toLocal } from "@/components/form/zoned-time";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { PrintButton } from "@/components/ui/print-button";
import { SimpleTable } from "@/components/ui/simple-table";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { fairDays } from "@/lib/queue/fairness/data-admin";
import { currentPolicy } from "@/lib/queue/policy/data";
import { guaranteeOf } from "@/lib/queue/policy/check";
import { serverNow } from "@/lib/citizens/data";

const DAY = 86_400_000;
const isDate = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);

/** How fair the queue was, day by day: overtakes suffered, longest wait per class, Jain's index, share by channel. */
export default async function FairnessPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(HALL_READERS, "/admin/fairness", params);
  if (!place.hall) return <HallChoice place={place} path="/admin/fairness" />;
  const { hall, locale } = place;
  const t = translator(locale, "policy");
  const admin = translator(locale, "admin");
  const today = toLocal(new Date(await serverNow(database())).toISOString(), hall.timeZone).slice(0, 10);
  const [to, wished] = [isDate(param(params, "to")) ? param(params, "to")! : today, param(params, "from")];
  const earliest = new Date(Date.parse(to) - 30 * DAY).toISOString().slice(0, 10);
  const from = isDate(wished) && wished > earliest && wished <= to ? wished : isDate(wished) && wished <= earliest ? earliest : new Date(Date.parse(to) - 6 * DAY).toISOString().slice(0, 10);
  const [{ days, most }, policy] = await Promise.all([fairDays(database(), hall.id, { from, to }), currentPolicy(database(), hall.id)]);
  const name = (code: string) => { const known = policy.classes.find((each) => each.code === code); return known ? localName(locale, known) : code; };
  const one = (value: number) => value.toFixed(1);
  const [newest] = days;
  const promise = guaranteeOf(policy, { lines: [] });
  const section = (id: string, title: string, table: React.ReactNode) => <section aria-labelledby={id} className="flex flex-col gap-3"><h2 id={id} className="text-lg font-semibold">{title}</h2>{table}</section>;
  return (
    <>
      <PageHead title={t("fairness.title")} hall={localName(locale, hall)} intro={t("fairness.intro")}><PrintButton label={translator(locale, "floor")("print")} /></PageHead>
      <form action={adminHref(place, "/admin/fairness")} className="flex flex-wrap items-end gap-3 print:hidden">
        {place.choosing ? <input type="hidden" name="hall" value={hall.code} /> : null}
        <TextField id="from" name="from" type="date" label={t("fairness.from")} defaultValue={from} />
        <TextField id="to" name="to" type="date" label={t("fairness.to")} defaultValue={to} />
        <Button type="submit">{t("fairness.show")}</Button>
      </form>
      {promise ? <p className="text-lg">{t("fairness.promise", { class: name("normal"), minutes: promise.minutes })}</p> : null}
      <SimpleTable label={t("fairness.title")} empty={t("fairness.empty")}
        columns={[{ label: t("fairness.day") }, ...["called", "overtaken", "mostOvertaken", "longest", "jain"].map((key) => ({ label: t(`fairness.${key}`), figure: true }))]}
        rows={days.map((day) => ({ key: day.day, cells: [day.day, day.called, day.overtaken, day.mostOvertaken, one(Math.max(0, ...day.classes.map((each) => each.longestWait))), day.jain === undefined ? "–" : day.jain.toFixed(2)] }))} />
      {newest ? (
        <>
          {section("classes", t("fairness.classes", { day: newest.day }), <SimpleTable label={t("fairness.classes", { day: newest.day })} empty={t("fairness.empty")}
            columns={[{ label: t("fairness.class") }, ...["called", "mean", "p90", "longest", "meanOvertaken", "mostOvertaken"].map((key) => ({ label: t(`fairness.${key}`), figure: true }))]}
            rows={newest.classes.map((row) => ({ key: row.class, cells: [name(row.class), row.called, one(row.meanWait), one(row.p90Wait), one(row.longestWait), one(row.meanOvertaken), row.mostOvertaken] }))} />)}
          {section("channels", t("fairness.channels", { day: newest.day }), <SimpleTable label={t("fairness.channels", { day: newest.day })} empty={t("fairness.empty")}
            columns={[{ label: t("fairness.channel") }, ...["called", "share", "mean"].map((key) => ({ label: t(`fairness.${key}`), figure: true }))]}
            rows={newest.channels.map((row) => ({ key: row.channel, cells: [admin(`values.callChannel.${row.channel}`), row.tickets, `${Math.round(row.share * 100)} %`, one(row.meanWait)] }))} />)}
          {section("most", t("fairness.most", { day: newest.day }), <SimpleTable label={t("fairness.most", { day: newest.day })} empty={t("fairness.none")}
            columns={[{ label: t("fairness.number") }, { label: t("fairness.line") }, { label: t("fairness.class") }, { label: t("fairness.issued") }, { label: t("fairness.calledAt") }, { label: t("fairness.count"), figure: true }]}
            rows={most.map((row) => ({ key: row.number, cells: [row.number, row.line, name(row.class), toLocal(row.issuedAt, hall.timeZone).slice(11), toLocal(row.calledAt, hall.timeZone).slice(11), row.overtaken] }))} />)}
        </>
      ) : null}
    </>
  );
}
