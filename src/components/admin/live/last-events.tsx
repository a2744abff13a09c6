import Link from "next/link";
import { useTranslations } from "use-intl";
import { hourMinuteSecond } from "@/components/staff/time";
import type { Overview } from "@/lib/queue/board/overview-schema";
import { Block } from "./block";

const SHOWN = 12;

/** What happened last, in plain words. */
export function LastEvents({ events, timeZone, href }: { events: Overview["events"]; timeZone: string; href: string | undefined }) {
  const t = useTranslations("admin.live");
  return (
    <Block id="events" title={t("events")} aside={href ? <Link href={href} className="text-sm">{t("allEvents")}</Link> : undefined}>
      {events.length === 0 ? <p className="px-4 py-3 text-sm text-ink-soft">{t("noEvents")}</p> : (
        <ol className="text-sm">
          {events.slice(0, SHOWN).map((event) => (
            <li key={event.seq} className="flex gap-3 border-t border-line px-4 py-1 first:border-0">
              <time dateTime={event.at} className="shrink-0 text-ink-soft">{hourMinuteSecond(event.at, timeZone)}</time>
              <span className="min-w-0 flex-1">{event.text}</span>
              <span className="shrink-0 text-ink-soft">{event.actor}</span>
            </li>
          ))}
        </ol>
      )}
    </Block>
  );
}
