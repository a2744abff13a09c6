"use client";
import { clsx } from "clsx";
import { Volume2, VolumeX, WifiOff } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "use-intl";
import { hourMinute, hourMinuteSecond } from "@/components/staff/time";
import { buttonClass } from "@/components/ui/button";
import { StateChip } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import { blockedBy, KEYS } from "./actions";
import { KeyHint } from "./action-button";
import type { DeskControl } from "./use-desk";

const WINDOW_TONES = { open: "good", paused: "warn", closed: "neutral" } as const;

interface Props {
  control: DeskControl;
  sound: { on: boolean; toggle: () => void };
}

/** Which window, in which state, and whether the screen is live. One row of constant height, red when the line is cut. */
export function StatusStrip({ control, sound }: Props) {
  const t = useTranslations("desk");
  const locale = useLocale() as Locale;
  const { desk, feed } = control;
  if (!desk) return null;
  const { window } = desk;
  const lost = !feed.live;
  const SoundIcon = sound.on ? Volume2 : VolumeX;
  return (
    <div className={clsx("flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-1", lost ? "border-bad bg-bad-soft" : "border-line bg-canvas")}>
      <h1 className="text-lg font-semibold">{t("windowTitle", { code: window.code, name: localName(locale, window) })}</h1>
      <span className="text-sm text-ink-soft">{localName(locale, { name: window.zone, nameEn: window.zoneEn })}</span>
      <StateChip tone={WINDOW_TONES[window.state]}>{window.state === "paused" ? t("pausedSince", { time: hourMinute(window.stateAt) }) : t(`windowState.${window.state}`)}</StateChip>
      <div role="alert" className="min-w-0 flex-1">
        {lost ? <p className="flex items-center gap-2 text-sm font-medium text-bad"><WifiOff aria-hidden className="size-4 shrink-0" />{t("lost", { time: hourMinuteSecond(feed.since) })}</p> : null}
      </div>
      <div className="flex flex-wrap items-center gap-1">
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={sound.toggle} aria-pressed={sound.on} title={t("sound.hint")} className={buttonClass({ look: "quiet", size: "small" })}><SoundIcon aria-hidden className="size-4" />{t(sound.on ? "sound.on" : "sound.off")}</button>
        {window.mine && window.state !== "closed" ? <WindowButtons control={control} /> : <Link href="/desk" className={buttonClass({ size: "small" })}>{t("changeWindow")}</Link>}
      </div>
    </div>
  );
}

function WindowButtons({ control }: { control: DeskControl }) {
  const t = useTranslations("desk");
  const { desk, now, act } = control;
  if (!desk) return null;
  const toggle = desk.window.state === "paused" ? "open" : "pause";
  return (
    <>
      {([toggle, "close"] as const).map((action) => {
        const blocked = blockedBy(action, desk, now);
        const reason = blocked ? t(`blocked.${blocked.reason}`, blocked.values) : undefined;
        return (
          <button
            key={action} type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => act(action)} aria-disabled={blocked ? true : undefined} title={reason} aria-keyshortcuts={KEYS[action]}
            className={buttonClass({ size: "small" }, blocked ? "border-line text-ink-soft" : undefined)}
          >
            {t(action === "open" ? "action.reopen" : `action.${action}`)}{KEYS[action] ? <KeyHint>{KEYS[action]}</KeyHint> : null}
          </button>
        );
      })}
    </>
  );
}
