"use client";
import { clsx } from "clsx";
import { Star } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";

const REASONS = ["seen", "card", "declared"] as const;

interface ClassPickerProps {
  id: string;
  classes: HallDetail["classes"];
  value: string;
  reason: string;
  reasonError?: string;
  onChange: (code: string) => void;
  onReason: (reason: string) => void;
}

/** Priority class as large radio buttons; any but the ordinary one needs its reason. */
export function ClassPicker({ id, classes, value, reason, reasonError, onChange, onReason }: ClassPickerProps) {
  const t = useTranslations("guide.class");
  const locale = useLocale() as Locale;
  const evidence = classes.find((each) => each.code === value)?.evidence ?? [];
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium">{t("label")}</legend>
      <div className="flex flex-wrap gap-2">
        {classes.filter((each) => !each.byBooking).map((each) => (
          <label key={each.code} className={clsx("flex min-h-11 cursor-pointer items-center gap-1.5 rounded-base border px-3 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand", value === each.code ? "border-brand bg-brand-soft font-semibold text-brand-strong" : "border-line-strong bg-surface")}>
            <input type="radio" name={`${id}-class`} value={each.code} checked={value === each.code} onChange={() => onChange(each.code)} className="size-4 accent-brand" />
            {each.code === "normal" ? null : <Star aria-hidden className="size-3.5" />}{localName(locale, each)}
          </label>
        ))}
      </div>
      {value === "normal" ? null : (
        <div className="flex flex-col gap-2">
          {evidence.length > 0 ? <p className="text-ink-soft">{t("evidence", { evidence: evidence.map((each) => localName(locale, each)).join(locale === "en" ? ", " : "、") })}</p> : null}
          <TextField id={`${id}-reason`} label={t("reason")} required maxLength={200} value={reason} error={reasonError} autoComplete="off" onChange={(event) => onReason(event.target.value)} />
          <div role="group" aria-label={t("presets")} className="flex flex-wrap gap-2">
            {REASONS.map((preset) => <Button key={preset} size="small" aria-pressed={reason === t(`reasons.${preset}`)} onClick={() => onReason(t(`reasons.${preset}`))}>{t(`reasons.${preset}`)}</Button>)}
          </div>
        </div>
      )}
    </fieldset>
  );
}
