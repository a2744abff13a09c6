import type { Locale } from "@/lib/i18n/locale";
import { Both, Pair } from "./both";
import type { Line } from "./record";
import { text } from "./texts";
import { pageAt } from "./view";

/** Wait of somebody who takes a number now, as a range in whole minutes. */
function estimateText(locale: Locale, line: Line): string {
  const estimate = line.estimateMinutes;
  if (!estimate) return text(locale, line.windows === 0 ? "unserved" : "unknown");
  if (estimate.p90 < 1) return text(locale, "soon");
  return estimate.p50 === estimate.p90 ? text(locale, "minutesOne", { p50: estimate.p50 }) : text(locale, "minutes", { p50: estimate.p50, p90: estimate.p90 });
}

export function Lines({ lines, locale, size, turn }: { lines: Line[]; locale: Locale; size: number; turn: number }) {
  const { page, pages, entries } = pageAt(lines, size, turn);
  return (
    <section class="lines" aria-labelledby="lines-title">
      <h2 id="lines-title">
        <Both locale={locale} k="lines" />
        {pages > 1 ? <span class="page">{text(locale, "page", { page, pages })}</span> : null}
      </h2>
      <ul>
        {entries.map((line) => (
          <li key={line.code} data-line={line.code} data-waiting={line.waiting}>
            <strong class="code">{line.code}</strong>
            <span class="name"><Pair locale={locale} zh={line.name} en={line.nameEn} /></span>
            <strong class="waiting">{text(locale, "people", { count: line.waiting })}</strong>
            <span class="estimate">{estimateText(locale, line)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
