"use client";
import { clsx } from "clsx";
import { ALargeSmall, ArrowLeft, Languages, RotateCcw, WifiOff } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import type { DeviceSelf } from "@/lib/devices/schema";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import type { Preferences } from "./kiosk-app";

interface FrameProps {
  hall: HallDetail;
  self: DeviceSelf;
  online: boolean;
  preferences: Preferences;
  onPreferences: (preferences: Preferences) => void;
  /** A number is being taken: nothing may be left now. */
  locked: boolean;
  /** Absent where it leads nowhere; its place stays empty, nothing moves. */
  onBack?: () => void;
  onRestart?: () => void;
  children: ReactNode;
}

const TOOL = "px-4 text-lg whitespace-nowrap landscape:px-6";
/** Large print on a tall screen needs the room for the words. */
const TOOL_ICON = "size-7 shrink-0 portrait:in-[[data-elder=true]]:hidden";

function Clock({ timeZone }: { timeZone: string }) {
  const t = useTranslations("kiosk");
  const [now, setNow] = useState<number>();
  const format = useMemo(() => new Intl.DateTimeFormat("zh-CN", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }), [timeZone]);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return <p className="text-3xl font-semibold" aria-label={t("clock")} role="timer" aria-live="off">{now === undefined ? "" : format.format(now)}</p>;
}

function Notice({ hall, online, first }: { hall: HallDetail; online: boolean; first: boolean }) {
  const t = useTranslations("kiosk");
  if (!online) {
    return (
      <div role="alert" className="not-on-paper flex items-center gap-4 border-b border-bad bg-bad-soft px-8 py-3 text-bad">
        <WifiOff aria-hidden className="size-8 shrink-0" />
        <p><strong className="block text-xl">{t("offlineTitle")}</strong>{t("offlineText")}</p>
      </div>
    );
  }
  // Said once, before the first question; later it would only take the room.
  if (hall.openNow || !first) return null;
  const hours = hall.hoursToday.map(({ start, end }) => `${start}–${end}`).join("  ");
  return (
    <p role="status" className="not-on-paper border-b border-warn bg-warn-soft px-8 py-2 text-warn">
      <strong>{t("closedTitle")}</strong> · {hours ? t("closedToday", { hours }) : t("closedDay")}
    </p>
  );
}

/** The same on every screen: hall and clock above, back and start over below left, language and size below right. */
export function Frame({ hall, self, online, preferences, onPreferences, locked, onBack, onRestart, children }: FrameProps) {
  const t = useTranslations("kiosk");
  const common = useTranslations("common");
  const locale = toLocale(useLocale());
  const zone = self.zoneName ? localName(locale, { name: self.zoneName, nameEn: self.zoneNameEn }) : undefined;
  return (
    <div className="flex min-h-dvh flex-col portrait:h-dvh landscape:h-dvh">
      <header className="flex items-center gap-6 border-b border-line bg-surface px-8 py-3">
        <div className="min-w-0 flex-1">
          <p className="truncate text-2xl leading-tight font-semibold">{localName(locale, hall)}</p>
          {zone ? <p className="truncate text-ink-soft">{self.floor === undefined ? zone : t("place", { zone, floor: self.floor })}</p> : null}
        </div>
        <Clock timeZone={hall.timeZone} />
      </header>
      <Notice hall={hall} online={online} first={onRestart === undefined} />
      <main className="flex min-h-0 flex-1 flex-col overflow-y-auto px-8 py-5">{children}</main>
      <nav aria-label={t("tools")} className="grid grid-cols-[auto_auto_1fr_auto_auto] gap-3 border-t border-line bg-surface px-8 py-3">
        <Button size="large" className={clsx(TOOL, !onBack && "invisible")} disabled={locked} onClick={onBack}><ArrowLeft aria-hidden className={TOOL_ICON} />{t("back")}</Button>
        <Button size="large" className={clsx(TOOL, !onRestart && "invisible")} disabled={locked} onClick={onRestart}><RotateCcw aria-hidden className={TOOL_ICON} />{t("restart")}</Button>
        <span />
        <Button size="large" className={TOOL} aria-label={common("languageLabel")} disabled={locked} onClick={() => onPreferences({ ...preferences, locale: locale === "zh" ? "en" : "zh" })}>
          <Languages aria-hidden className={TOOL_ICON} /><span lang={locale === "zh" ? "en" : "zh-CN"}>{common("language")}</span>
        </Button>
        <Button size="large" className={TOOL} aria-pressed={preferences.elder} disabled={locked} onClick={() => onPreferences({ ...preferences, elder: !preferences.elder })}>
          <ALargeSmall aria-hidden className={TOOL_ICON} />{common(preferences.elder ? "standardMode" : "elderMode")}
        </Button>
      </nav>
    </div>
  );
}
