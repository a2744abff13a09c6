"use client";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button, buttonClass } from "@/components/ui/button";

/** Any touch is a sign of life and closes it; the button says so. */
export function IdleWarning({ seconds, onRestart }: { seconds: number; onRestart: () => void }) {
  const t = useTranslations("kiosk");
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    stay.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div className="fixed inset-0 z-50 grid place-items-center bg-ink/60 p-8">
      <div role="alertdialog" aria-modal="true" aria-labelledby="idle-title" aria-describedby="idle-text" className="flex w-full max-w-[40rem] flex-col items-center gap-6 rounded-base bg-surface p-10 text-center">
        <h2 id="idle-title" className="text-4xl font-semibold">{t("idle.heading")}</h2>
        <p aria-hidden className="text-8xl font-bold text-brand">{seconds}</p>
        <p id="idle-text" className="text-xl">{t("idle.text", { seconds })}</p>
        <div className="grid w-full grid-cols-2 gap-4">
          <Button size="huge" onClick={onRestart}>{t("restart")}</Button>
          <button ref={stay} type="button" className={buttonClass({ look: "primary", size: "huge" })}>{t("idle.stay")}</button>
        </div>
      </div>
    </div>
  );
}
