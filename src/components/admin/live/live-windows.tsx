import { clsx } from "clsx";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { minutesBetween } from "@/components/staff/time";
import { StateChip, type Tone } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Overview } from "@/lib/queue/board/overview-schema";
import { Block } from "./block";
import { WindowDialog } from "./window-dialog";

export type LiveWindow = Overview["windows"][number];

export const WINDOW_TONES: Record<LiveWindow["state"], Tone> = { closed: "neutral", open: "good", paused: "warn", calling: "info", serving: "info" };

interface LiveWindowsProps {
  hall: string;
  windows: readonly LiveWindow[];
  now: number;
  timeZone: string;
  mayClose: boolean;
  reload: () => Promise<void>;
}

/** Every window by zone: state, current ticket, for how long, who works there. A press shows more. */
export function LiveWindows({ hall, windows, now, timeZone, mayClose, reload }: LiveWindowsProps) {
  const t = useTranslations("admin.live");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const [chosen, setChosen] = useState<string>();
  const zones = [...new Map(windows.map((window) => [window.zone, window])).values()];
  const count = (state: LiveWindow["state"]) => windows.filter((window) => window.state === state).length;
  const summary = (["serving", "calling", "open", "paused", "closed"] as const).map((state) => t("stateCount", { state: t(`state.${state}`), count: count(state) })).join(" · ");
  return (
    <Block id="windows" title={t("windows")} aside={<p className="text-sm text-ink-soft">{summary}</p>}>
      <div className="flex flex-col gap-3 p-4">
        {zones.map((zone) => (
          <div key={zone.zone} className="grid grid-cols-1 gap-2 border-t border-line pt-3 first:border-0 first:pt-0 lg:grid-cols-[7.5rem_minmax(0,1fr)]">
            <h3 className="text-sm lg:pt-2"><span className="text-ink-soft">{common("floor", { floor: zone.floor })}</span><br className="max-lg:hidden" /> {localName(locale, { name: zone.zoneName, nameEn: zone.zoneNameEn })}</h3>
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.6rem,1fr))] gap-2">
              {windows.filter((window) => window.zone === zone.zone).map((window) => <li key={window.code}><Tile window={window} now={now} onOpen={() => setChosen(window.code)} /></li>)}
            </ul>
          </div>
        ))}
      </div>
      <WindowDialog hall={hall} window={windows.find((window) => window.code === chosen)} now={now} timeZone={timeZone} mayClose={mayClose} onClose={() => setChosen(undefined)} reload={reload} />
    </Block>
  );
}

function Tile({ window, now, onOpen }: { window: LiveWindow; now: number; onOpen: () => void }) {
  const t = useTranslations("admin.live");
  const minutes = minutesBetween(window.since, now);
  return (
    <button type="button" onClick={onOpen} aria-haspopup="dialog" className={clsx("flex h-full w-full flex-col gap-0.5 rounded-base border px-2 py-1.5 text-left hover:border-brand", window.state === "closed" ? "border-line bg-canvas" : "border-line-strong bg-surface")}>
      <span className="flex w-full items-center justify-between gap-1"><span className="font-semibold">{window.code}</span><StateChip tone={WINDOW_TONES[window.state]}>{t(`state.${window.state}`)}</StateChip></span>
      {window.state === "closed" ? null : (
        <>
          <span className="flex min-h-6 w-full items-baseline justify-between gap-1"><span className="text-base font-semibold">{window.ticket?.number ?? ""}</span><span className="text-sm text-ink-soft">{t("forMinutes", { minutes })}</span></span>
          <span className="truncate text-sm text-ink-soft">{window.operatorName ?? t("machine")}</span>
        </>
      )}
    </button>
  );
}
