"use client";
import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import { useTranslations } from "use-intl";
import { blockedBy } from "./actions";
import { KeyHint } from "./action-button";
import type { DeskControl } from "./use-desk";

/** The next action, one key (Space). Its place and size never change, its meaning follows the state. */
export function PrimaryButton({ control }: { control: DeskControl }) {
  const t = useTranslations("desk");
  const { desk, primary, pending, isSettled, actPrimary, now } = control;
  if (!desk || !primary) return null;
  const blocked = blockedBy(primary, desk, now);
  const mine = pending?.name === primary;
  const label = primary === "open" && desk.window.state === "paused" ? t("action.reopen") : t(`action.${primary}`);
  return (
    <button
      type="button" data-slot="primary" data-action={primary} onMouseDown={(event) => event.preventDefault()} onClick={actPrimary} aria-keyshortcuts="Space" aria-busy={mine}
      aria-disabled={blocked || !isSettled ? true : undefined} title={blocked ? t(`blocked.${blocked.reason}`, blocked.values) : undefined}
      className={clsx("flex min-h-24 w-full min-[100rem]:min-h-36 min-[100rem]:text-5xl shrink-0 items-center justify-center gap-4 rounded-base border-2 px-6 text-3xl font-semibold", blocked ? "cursor-not-allowed border-line bg-canvas text-ink-soft" : "border-brand bg-brand text-white hover:bg-brand-strong active:bg-brand-strong")}
    >
      <span>{label}</span>
      <span className="inline-flex w-14 justify-center">{mine ? <LoaderCircle aria-hidden className="size-8 animate-spin" /> : <KeyHint inverse={!blocked}>{t("space")}</KeyHint>}</span>
    </button>
  );
}
