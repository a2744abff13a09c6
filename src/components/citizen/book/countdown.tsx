"use client";
import { Clock } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Banner } from "@/components/ui/state";

/** Minutes at which the rest is told aloud. */
const TOLD = new Set([5, 2, 1]);

/** How long the chosen time is still kept. `seconds` is counted from the page's loading, so the phone's clock may be wrong. */
export function Countdown({ seconds, until, children }: { seconds: number; until: string; children?: React.ReactNode }) {
  const t = useTranslations("book.who");
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const begun = performance.now();
    const timer = setInterval(() => setLeft(Math.max(0, seconds - (performance.now() - begun) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  if (left <= 0) return <Banner tone="warn" role="status">{t("ranOut")}{children}</Banner>;
  const minutes = Math.floor(left / 60);
  const text = minutes >= 1 ? t("left", { minutes }) : t("leftSeconds");
  return (
    <p className="flex items-center gap-2 text-ink-soft">
      <Clock aria-hidden className="size-5 shrink-0" /><span>{t("kept", { time: until })} · {text}</span>
      <span role="status" className="sr-only">{TOLD.has(minutes) || minutes === 0 ? text : ""}</span>
    </p>
  );
}
