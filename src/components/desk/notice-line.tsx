"use client";
import { clsx } from "clsx";
import { CircleAlert, CircleCheck, Info, LoaderCircle, TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { DeskControl } from "./use-desk";

const LOOKS = {
  neutral: ["border-line text-ink-soft bg-surface", Info], info: ["border-brand text-brand-strong bg-brand-soft", Info],
  good: ["border-good text-good bg-good-soft", CircleCheck], warn: ["border-warn text-warn bg-warn-soft", TriangleAlert], bad: ["border-bad text-bad bg-bad-soft", CircleAlert],
} as const;

/** What became of the last press, beside the buttons; keeps its height when there is nothing to say. */
export function NoticeLine({ control }: { control: DeskControl }) {
  const t = useTranslations("desk");
  const { notice, pending, giveUp, hurry } = control;
  const [look, Icon] = LOOKS[pending?.waiting ? "warn" : (notice?.tone ?? "neutral")];
  const text = pending?.waiting ? t("waitingAnswer") : (notice?.text ?? "");
  return (
    <div data-slot="notice" className={clsx("flex min-h-14 flex-1 items-center gap-2 rounded-base border px-3 py-1 leading-snug", text ? look : "border-transparent")}>
      {text ? (pending?.waiting ? <LoaderCircle aria-hidden className="size-5 shrink-0 animate-spin" /> : <Icon aria-hidden className="size-5 shrink-0" />) : null}
      <p role="status" className={clsx("line-clamp-3 min-w-0 flex-1", pending?.waiting && "text-sm leading-tight")} title={text}>{text}</p>
      {pending?.waiting ? (
        <span className="flex shrink-0 flex-col">
          <button type="button" onClick={hurry} className="min-h-6 rounded-base px-2 text-sm underline">{t("retryNow")}</button>
          <button type="button" onClick={giveUp} className="min-h-6 rounded-base px-2 text-sm underline">{t("giveUp")}</button>
        </span>
      ) : null}
    </div>
  );
}
