import { ChevronRight } from "lucide-react";
import { toLocal } from "@/components/form/zoned-time";
import type { Locale } from "@/lib/i18n/locale";
import { MESSAGES, type Translate } from "@/lib/i18n/messages";
import type { EventRow } from "@/lib/queue/board/data-admin";
import { type EventDetail, eventDetails, eventText, REFERENCES } from "@/lib/queue/board/event-words";

interface EventListProps {
  rows: readonly EventRow[];
  /** Codes of the records that the events refer to by id. */
  codes: ReadonlyMap<string, string>;
  locale: Locale;
  timeZone: string;
  t: Translate;
}

/** Events in plain words; the facts of each open on demand. */
export function EventList({ rows, codes, locale, timeZone, t }: EventListProps) {
  const keys = MESSAGES[locale].admin.eventKeys as Record<string, string>;
  const show = (key: string, value: unknown) => valueText(key, value, { codes, locale, timeZone, t });
  return (
    <ol className="rounded-base border border-line bg-surface text-sm">
      {rows.map((row) => (
        <li key={row.seq} className="border-t border-line first:border-0">
          <details className="group">
            <summary className="flex min-h-10 cursor-pointer list-none flex-wrap items-center gap-x-4 gap-y-0.5 px-3 py-1.5 hover:bg-brand-soft focus-visible:-outline-offset-2">
              <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-soft group-open:rotate-90" />
              <span className="w-14 shrink-0 text-right text-ink-soft">{row.seq}</span>
              <time dateTime={row.at} className="w-40 shrink-0 text-ink-soft">{timeText(row.at, timeZone)}</time>
              <span className="min-w-48 flex-1">{eventText(locale, row)}</span>
              <span className="shrink-0 text-ink-soft">{row.actorName ?? actorText(row.actor, t)}</span>
            </summary>
            <dl className="grid grid-cols-1 gap-x-6 gap-y-1 border-t border-line bg-canvas px-4 py-3 sm:grid-cols-[12rem_1fr] sm:pl-14">
              {factsOf(row).map((detail, index) => (
                <div key={`${detail.key}-${index}`} className="contents">
                  <dt className="text-ink-soft">{keys[detail.key] ?? detail.key}</dt>
                  <dd className="min-w-0 break-words max-sm:mb-2">{detail.before === undefined ? show(detail.key, detail.value) : t("ledger.changed", { before: show(detail.key, detail.before), after: show(detail.key, detail.value) })}</dd>
                </div>
              ))}
            </dl>
          </details>
        </li>
      ))}
    </ol>
  );
}

const factsOf = (row: EventRow): EventDetail[] => [
  { key: "type", value: row.type }, { key: "actor", value: row.actorName ? `${row.actorName} (${row.actor})` : row.actor }, { key: "subject", value: row.subjectName ? `${row.subjectName} (${row.subject})` : row.subject },
  ...eventDetails(row.data),
];

const timeText = (at: string, timeZone: string): string => `${toLocal(at, timeZone).replace("T", " ")}:${at.slice(17, 19)}`;

const actorText = (actor: string, t: Translate): string => {
  if (actor.startsWith("token:")) return t("ledger.token", { id: actor.slice(6) });
  return actor === "public" || actor === "system" || actor === "import" ? t(`ledger.${actor}`) : actor;
};

/** One value as people read it: words for states, the hall's clock for times, codes for references. */
function valueText(key: string, value: unknown, context: Omit<EventListProps, "rows">): string {
  const { codes, locale, timeZone, t } = context;
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return t(`values.flag.${value}`);
  if (Array.isArray(value)) return value.length === 0 ? "—" : value.map((entry) => valueText(key, entry, context)).join(" ");
  if (typeof value === "object") return Object.entries(value).map(([inner, deep]) => `${inner} ${valueText(inner, deep, context)}`).join(" · ");
  const table = (REFERENCES as Record<string, string | undefined>)[key];
  if (table && typeof value === "number") return codes.get(`${table}:${value}`) ?? String(value);
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return timeText(new Date(text).toISOString(), timeZone);
  return (MESSAGES[locale].admin.eventValues as Record<string, string>)[text] ?? text;
}
