import { clsx } from "clsx";
import type { StockWeek, WeekSlot } from "@/lib/appointments/report/data";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";

const DAY = 86_400_000;

/** One week of a stock: each slot with booked and offered seats, its state in words as well as by colour. */
export function WeekGrid({ stock, monday, locale, t }: { stock: StockWeek; monday: string; locale: Locale; t: Translate }) {
  const days = Array.from({ length: 7 }, (_, index) => new Date(Date.parse(monday) + index * DAY).toISOString().slice(0, 10));
  const clocks = [...new Set(stock.slots.map((slot) => slot.clock))].sort();
  const at = new Map(stock.slots.map((slot) => [`${slot.day} ${slot.clock}`, slot]));
  const weekday = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "zh-CN", { weekday: "short", timeZone: "UTC" });
  const totals = days.map((day) => stock.slots.filter((slot) => slot.day === day).reduce((sum, slot) => ({ booked: sum.booked + slot.booked, wanted: sum.wanted + slot.wanted }), { booked: 0, wanted: 0 }));
  return (
    <section aria-labelledby="grid" className="flex flex-col gap-2">
      <h2 id="grid" className="text-lg font-semibold">{stock.code} {localName(locale, stock)}</h2>
      <p className="text-sm text-ink-soft">
        {t("week.total", { booked: stock.booked, planned: stock.planned })}　
        {stock.noShow === null ? t("week.noShowUnknown") : t("week.noShow", { percent: Math.round(stock.noShow * 100) })}　
        {stock.advice > 0 ? t("week.overbooking", { seats: stock.advice }) : null}
      </p>
      {stock.slots.length === 0 ? <p className="rounded-base border border-line bg-surface p-4 text-ink-soft">{t("week.noSlots")}</p> : (
        <div role="region" aria-label={t("week.table")} tabIndex={0} className="overflow-x-auto rounded-base border border-line bg-surface">
          <table className="w-full border-collapse text-sm">
            <caption className="sr-only">{t("week.table")}</caption>
            <thead className="bg-canvas"><tr><th scope="col" className="px-3 py-2 text-left">{t("week.time")}</th>{days.map((day) => <th key={day} scope="col" className="px-2 py-2 text-center whitespace-nowrap tabular-nums">{weekday.format(new Date(day))} {day.slice(5)}</th>)}</tr></thead>
            <tbody>
              {clocks.map((clock) => (
                <tr key={clock} className="border-t border-line">
                  <th scope="row" className="px-3 py-1 text-left font-medium tabular-nums">{clock}</th>
                  {days.map((day) => <Cell key={day} slot={at.get(`${day} ${clock}`)} t={t} />)}
                </tr>
              ))}
            </tbody>
            <tfoot><tr className="border-t border-line-strong bg-canvas"><th scope="row" className="px-3 py-2 text-left">{t("week.sum")}</th>{totals.map((total, index) => <td key={index} className="px-2 py-2 text-center tabular-nums">{total.booked}/{total.wanted}</td>)}</tr></tfoot>
          </table>
        </div>
      )}
    </section>
  );
}

function Cell({ slot, t }: { slot: WeekSlot | undefined; t: Translate }) {
  if (!slot) return <td className="px-2 py-1 text-center text-ink-soft">–</td>;
  const over = slot.booked > slot.wanted;
  const word = over ? t("week.over") : slot.closed ? t("week.closed") : slot.booked >= slot.wanted ? t("week.full") : "";
  return (
    <td className={clsx("px-2 py-1 text-center tabular-nums", over ? "bg-bad-soft text-bad" : slot.closed ? "bg-canvas text-ink-soft" : slot.booked >= slot.wanted && "bg-warn-soft")}>
      {slot.booked}/{slot.wanted}{slot.adjust === 0 ? null : <span className="text-ink-soft"> ({slot.adjust > 0 ? "+" : ""}{slot.adjust})</span>}{word ? <span className="block text-xs">{word}</span> : null}
      {slot.note ? <span className="block max-w-24 truncate text-xs text-ink-soft" title={slot.note}>{slot.note}</span> : null}
    </td>
  );
}
