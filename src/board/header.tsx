import { useMemo } from "preact/hooks";
import type { Locale } from "@/lib/i18n/locale";
import { Both, Pair } from "./both";
import type { HallInfo } from "./hall-info";
import type { Zone } from "./record";

interface Clock {
  time: Intl.DateTimeFormat;
  zh: Intl.DateTimeFormat;
  weekday: Intl.DateTimeFormat;
  en: Intl.DateTimeFormat;
}

/** Formatters are expensive; one set per time zone. */
const useClock = (timeZone: string): Clock =>
  useMemo(
    () => ({
      time: new Intl.DateTimeFormat("zh-CN", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
      zh: new Intl.DateTimeFormat("zh-CN", { timeZone, month: "long", day: "numeric" }),
      weekday: new Intl.DateTimeFormat("zh-CN", { timeZone, weekday: "long" }),
      en: new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "long", day: "numeric", month: "long" }),
    }),
    [timeZone],
  );

/** `now` is the server's time: the clock of the wall computer may be wrong for weeks. */
export function Header({ locale, hall, zone, now }: { locale: Locale; hall: HallInfo; zone?: Zone; now: number }) {
  const clock = useClock(hall.timeZone);
  return (
    <header class="top">
      <h1><Pair locale={locale} zh={hall.name} en={hall.nameEn} /></h1>
      {zone ? (
        <p class="zone">
          <Pair locale={locale} zh={zone.name} en={zone.nameEn} />
          <span class="floor"><Both locale={locale} k="floor" values={{ floor: zone.floor }} /></span>
        </p>
      ) : null}
      <p class="date"><Pair locale={locale} zh={`${clock.zh.format(now)} ${clock.weekday.format(now)}`} en={clock.en.format(now)} /></p>
      <p class="clock"><time>{clock.time.format(now)}</time></p>
    </header>
  );
}
