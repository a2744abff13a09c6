"use client";
import { useTranslations } from "use-intl";
import type { Estimate } from "@/lib/queue/ticket/schema";

/** A wait as people say it: a range in minutes, or that it is soon, or that nobody knows. */
export function useWaitText(): (estimate: Estimate | undefined) => string {
  const t = useTranslations("common");
  return (estimate) => {
    if (!estimate) return t("waitUnknown");
    return estimate.p90 < 1 ? t("waitSoon") : t("wait", { p50: estimate.p50, p90: estimate.p90 });
  };
}
