"use client";
import { useTranslations } from "use-intl";
import { TextField } from "@/components/ui/field";

export interface PaperNumber {
  number: string;
  /** `HH:MM` in the hall's zone, today. */
  at: string;
}
export const NO_PAPER: PaperNumber = { number: "", at: "" };

/** Number and time of a paper number that was given while the system was away; folded, because it is rare. */
export function PaperFields({ paper, onChange }: { paper: PaperNumber; onChange: (paper: PaperNumber) => void }) {
  const t = useTranslations("guide.issue.paper");
  return (
    <details className="rounded-base border border-line px-3 py-2">
      <summary className="min-h-8 cursor-pointer py-1">{t("title")}</summary>
      <p className="my-2 text-sm text-ink-soft">{t("hint")}</p>
      <div className="grid grid-cols-2 gap-3">
        <TextField id="paper-number" label={t("number")} value={paper.number} maxLength={16} autoComplete="off" onChange={(event) => onChange({ ...paper, number: event.target.value })} />
        <TextField id="paper-at" label={t("at")} type="time" value={paper.at} onChange={(event) => onChange({ ...paper, at: event.target.value })} />
      </div>
    </details>
  );
}
