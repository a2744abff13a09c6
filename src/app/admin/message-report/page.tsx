import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { buttonClass } from "@/components/ui/button";
import { SimpleTable } from "@/components/ui/simple-table";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { type DayFigures, listChannels, messageFigures } from "@/lib/notify/data-admin";

const DAYS = 14;
const FIGURES = ["total", "sent", "delivered", "share", "failed", "dropped", "waiting", "cost"] as const;

const sumOf = (rows: readonly DayFigures[]): DayFigures => rows.reduce((sum, row) => ({
  ...sum, total: sum.total + row.total, sent: sum.sent + row.sent, delivered: sum.delivered + row.delivered, failed: sum.failed + row.failed, dropped: sum.dropped + row.dropped, waiting: sum.waiting + row.waiting, cost: sum.cost + row.cost,
}));
/** Delivered of what can be judged; a channel without reports has no share. */
const share = ({ delivered, sent, failed }: DayFigures): string => (delivered === 0 ? "–" : `${((100 * delivered) / (sent + failed)).toFixed(1)} %`);
const cells = (row: DayFigures): string[] => FIGURES.map((figure) => (figure === "share" ? share(row) : figure === "cost" ? row.cost.toFixed(2) : String(row[figure])));

/** What messages a hall sends, how many arrive and what they cost, per day and channel. */
export default async function MessageReportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(HALL_READERS, "/admin/message-report", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/message-report" />;
  const { hall, locale } = place;
  const t = translator(locale, "admin");
  const [rows, channels] = await Promise.all([messageFigures(database(), hall.id, DAYS), listChannels(database(), hall.id, { limit: 200 })]);
  const named = (code: string) => { const known = channels.rows.find((channel) => channel.code === code); return known ? localName(locale, known) : code || t("messages.report.noChannel"); };
  const codes = [...new Set(rows.map(({ channel }) => channel))].sort();
  const figures = FIGURES.map((figure) => ({ label: t(`messages.report.${figure}`), figure: true }));
  return (
    <>
      <PageHead title={t("messages.report.title")} hall={localName(locale, hall)} intro={t("messages.report.intro", { days: DAYS })}>
        <Link href={adminHref(place, "/admin/messages")} className={buttonClass({ size: "small" })}>{t("registers.messages.title")}</Link>
      </PageHead>
      <section aria-labelledby="channels" className="flex flex-col gap-3">
        <h2 id="channels" className="text-lg font-semibold">{t("messages.report.channels")}</h2>
        <SimpleTable label={t("messages.report.channels")} empty={t("messages.report.none")} columns={[{ label: t("fields.messageChannel") }, ...figures]}
          rows={[...codes.map((code) => ({ key: code, cells: [named(code), ...cells(sumOf(rows.filter(({ channel }) => channel === code)))] })), ...(rows.length > 0 ? [{ key: "sum", cells: [t("messages.report.sum"), ...cells(sumOf(rows))] }] : [])]} />
      </section>
      <section aria-labelledby="days" className="flex flex-col gap-3">
        <h2 id="days" className="text-lg font-semibold">{t("messages.report.days")}</h2>
        <SimpleTable label={t("messages.report.days")} empty={t("messages.report.none")} columns={[{ label: t("messages.report.day") }, { label: t("fields.messageChannel") }, ...figures]}
          rows={rows.map((row) => ({ key: `${row.day}/${row.channel}`, cells: [row.day, named(row.channel), ...cells(row)] }))} />
      </section>
    </>
  );
}
