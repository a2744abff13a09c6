import Link from "next/link";
import { WeekForms } from "@/components/admin/booking/week-forms";
import { WeekGrid } from "@/components/admin/booking/week-grid";
import { HitList } from "@/components/admin/booking/hit-list";
import { ConfirmButton } from "@/components/admin/confirm-button";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { Panel } from "@/components/admin/panel";
import { adminHref, openPlace, param, type SearchParams } from "@/components/admin/place";
import { HALL_READERS, HALL_WRITERS } from "@/components/admin/register";
import { toLocal } from "@/components/form/zoned-time";
import { buttonClass } from "@/components/ui/button";
import { PrintButton } from "@/components/ui/print-button";
import { EmptyState } from "@/components/ui/state";
import { hitBookings } from "@/lib/appointments/moves/data";
import { plannedClosures, weekPlan } from "@/lib/appointments/report/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { listWindows } from "@/lib/windows/data-admin";
import { stockEveryLineAction, withdrawClosureAction } from "./actions";

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
/** The Monday of a date, both YYYY-MM-DD. */
const mondayOf = (date: string): string => iso(Date.parse(date) - ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) * DAY);

/** The weeks of slots: planned against booked, closing, adding, copying, and whose bookings a closure hits. */
export default async function BookingPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const search = await searchParams;
  const place = await openPlace(HALL_READERS, "/admin/booking", search);
  if (!place.hall) return <HallChoice place={place} path="/admin/booking" />;
  const { hall, locale } = place;
  const t = translator(locale, "appointments");
  const admin = translator(locale, "admin");
  const writable = HALL_WRITERS.includes(place.staff.role);
  const asked = param(search, "week");
  const today = toLocal(new Date().toISOString(), hall.timeZone).slice(0, 10);
  const monday = mondayOf(asked && /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today);
  const chosen = param(search, "stock");
  const [all, hits, closures, windows] = await Promise.all([weekPlan(database(), hall.id, monday), hitBookings(database(), hall.id), plannedClosures(database(), hall.id), listWindows(database(), hall.id, { filters: { active: "true" }, limit: 1_000 })]);
  const stock = all.find((each) => each.code === chosen) ?? all[0];
  const href = (week: string, code: string | undefined = stock?.code) => adminHref(place, "/admin/booking", { week, stock: code });
  const ask = (title: string, description: string, open: string) => ({ open, title, description, confirm: open, cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied"), done: admin("form.done") });
  return (
    <>
      <PageHead title={t("week.title")} hall={localName(locale, hall)} intro={t("week.intro")}>
        <Link href={adminHref(place, "/admin/stocks")} className={buttonClass({ size: "small" })}>{admin("registers.stocks.title")}</Link>
        <Link href={adminHref(place, "/admin/booking-rules")} className={buttonClass({ size: "small" })}>{admin("registers.booking-rules.title")}</Link>
        <PrintButton label={translator(locale, "floor")("print")} />
      </PageHead>
      {hits.length === 0 ? null : <HitList hits={hits} place={place} writable={writable} t={t} />}
      <nav aria-label={t("week.weeks")} className="flex flex-wrap items-center gap-3 print:hidden">
        <Link href={href(iso(Date.parse(monday) - 7 * DAY))} className={buttonClass({ size: "small" })}>{t("week.before")}</Link>
        <strong className="tabular-nums">{monday} – {iso(Date.parse(monday) + 6 * DAY)}</strong>
        <Link href={href(iso(Date.parse(monday) + 7 * DAY))} className={buttonClass({ size: "small" })}>{t("week.after")}</Link>
        <Link href={href(mondayOf(today))} className="inline-flex min-h-11 items-center">{t("week.this")}</Link>
      </nav>
      {all.length === 0 || !stock ? (
        <EmptyState title={t("week.noStock")}>{writable ? <ConfirmButton look="primary" action={stockEveryLineAction.bind(null, hall.code)} texts={ask(t("week.makeStocks"), t("week.makeStocksText"), t("week.makeStocks"))} /> : null}</EmptyState>
      ) : (
        <>
          <nav aria-label={admin("registers.stocks.title")} className="flex flex-wrap gap-2 print:hidden">
            {all.map((each) => <Link key={each.code} href={href(monday, each.code)} aria-current={each.code === stock.code ? "page" : undefined} className={buttonClass({ size: "small", look: each.code === stock.code ? "primary" : "secondary" })}>{each.code} {localName(locale, each)} <span className="tabular-nums">{each.booked}/{each.planned}</span></Link>)}
          </nav>
          <WeekGrid stock={stock} monday={monday} locale={locale} t={t} />
          {writable ? <WeekForms hall={hall} stock={stock} stocks={all} monday={monday} today={today} windows={windows.rows} locale={locale} t={t} /> : null}
        </>
      )}
      <Panel id="closures" title={t("week.closures")}>
        {closures.length === 0 ? <p className="text-ink-soft">{t("week.noClosures")}</p> : (
          <ul className="flex flex-col gap-3">
            {closures.map((closure) => (
              <li key={closure.id} className="flex flex-wrap items-center justify-between gap-3 border-b border-line pb-3 last:border-0">
                <span><strong>{closure.window}</strong> <span className="tabular-nums">{toLocal(closure.starts, hall.timeZone).replace("T", " ")} – {toLocal(closure.ends, hall.timeZone).replace("T", " ")}</span>　{closure.reason}</span>
                {writable ? <ConfirmButton action={withdrawClosureAction.bind(null, hall.code, closure.id)} texts={ask(t("week.withdraw"), t("week.withdrawText", { window: closure.window }), t("week.withdraw"))} /> : null}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
