import { texts } from "@/components/intl/server";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { boardOf } from "@/lib/queue/board/data";
import { hallRef } from "@/lib/regions/data";
import type { HallDetail } from "@/lib/regions/schema";

/** Waiting per line now: people, range of the wait, windows at work. */
export async function HallQueue({ hall }: { hall: HallDetail }) {
  const { locale, t } = await texts("citizen");
  const board = await boardOf(database(), await hallRef(hall.code));
  const time = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: hall.timeZone }).format(new Date(board.at));
  return (
    <section aria-labelledby="queue-title">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="queue-title" className="text-xl font-semibold">{t("queue")}</h2>
        <p className="text-ink-soft">{t("updated", { time })}</p>
      </div>
      <div role="region" aria-labelledby="queue-title" tabIndex={0} className="overflow-x-auto rounded-base border border-line bg-surface">
        <table className="w-full">
          <thead className="bg-canvas text-left">
            <tr><th scope="col" className="px-4 py-2">{t("line")}</th><th scope="col" className="px-4 py-2 text-right">{t("waiting")}</th><th scope="col" className="px-4 py-2 text-right">{t("estimate")}</th><th scope="col" className="px-4 py-2 text-right">{t("windows")}</th></tr>
          </thead>
          <tbody className="divide-y divide-line">
            {board.lines.map((line) => (
              <tr key={line.code}>
                <th scope="row" className="px-4 py-2 text-left font-normal">{localName(locale, line)}</th>
                <td className="px-4 py-2 text-right">{line.waiting}</td>
                <td className="px-4 py-2 text-right whitespace-nowrap">{line.estimateMinutes ? (line.estimateMinutes.p50 === 0 ? t("soon") : t("minutesRange", { ...line.estimateMinutes })) : <span className="text-ink-soft">{t("noWindow")}</span>}</td>
                <td className="px-4 py-2 text-right">{line.windows}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
