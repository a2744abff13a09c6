"use client";
import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { StateChip } from "@/components/ui/state";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { WindowChoice } from "@/lib/queue/desk/schema";

const TONES = { open: "good", paused: "warn", closed: "neutral" } as const;

export function WindowCard({ window, large, pending, onOpen }: { window: WindowChoice; large: boolean; pending: boolean; onOpen: () => void }) {
  const t = useTranslations("desk");
  const locale = useLocale() as Locale;
  const taken = window.state !== "closed" && !window.mine;
  const hint = window.mine ? t("choose.continue") : window.usual ? t("choose.usual") : undefined;
  return (
    <li>
      <button
        type="button" data-slot="window-card" onClick={onOpen} disabled={taken || pending}
        className={clsx("flex w-full items-center gap-3 rounded-base border px-4 text-left", large ? "min-h-24" : "min-h-16", taken ? "cursor-not-allowed border-line bg-canvas" : "border-line-strong bg-surface hover:bg-brand-soft")}
      >
        <strong className={clsx("shrink-0", large ? "text-4xl" : "text-xl", taken ? "text-ink-soft" : "text-brand")}>{window.code}</strong>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{localName(locale, window)}</span>
          <span className="block truncate text-sm text-ink-soft">{taken ? (window.operatorName ? t("choose.taken", { name: window.operatorName }) : t("choose.machine")) : (hint ?? t("choose.lines", { lines: window.lines.join("、") || "–" }))}</span>
        </span>
        {pending ? <LoaderCircle aria-hidden className="size-5 animate-spin" /> : <StateChip tone={TONES[window.state]}>{t(`windowState.${window.state}`)}</StateChip>}
      </button>
    </li>
  );
}
