"use client";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import type { Problem } from "@/components/api-client";

/** A refusal as a sentence: the server's own, else the text of its code, else the general one. */
export function useProblemText(): (problem: Problem) => string {
  const t = useTranslations("refusals");
  return useCallback((problem: Problem) => problem.detail || t(t.has(problem.code) ? problem.code : "unexpected"), [t]);
}
