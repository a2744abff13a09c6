"use client";
import { clsx } from "clsx";
import { useLocale, useTranslations } from "use-intl";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { NORMAL_CLASS } from "./flow";

const FACE = "flex min-h-14 items-center gap-3 rounded-base border border-line-strong bg-surface px-4 text-lg leading-tight has-checked:border-2 has-checked:border-brand has-checked:bg-brand-soft has-checked:font-semibold has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand";

interface ClassChoiceProps {
  classes: HallDetail["classes"];
  value: string;
  onChange: (code: string) => void;
}

/** Native radio buttons under large faces: arrow keys and screen readers work without further code. */
export function ClassChoice({ classes, value, onChange }: ClassChoiceProps) {
  const t = useTranslations("kiosk.confirm");
  const locale = toLocale(useLocale());
  return (
    <fieldset>
      <legend className="text-xl font-semibold">{t("class")}</legend>
      <div className="mt-2 grid grid-cols-2 gap-2 landscape:grid-cols-3">
        {classes.filter((known) => !known.byBooking).map((known, index, shown) => (
          <label key={known.code} className={clsx(FACE, index === 0 && shown.length % 2 === 1 && "portrait:col-span-2")}>
            <input type="radio" name="class" value={known.code} checked={known.code === value} onChange={() => onChange(known.code)} className="size-6 shrink-0 accent-brand outline-none" />
            {localName(locale, known)}
          </label>
        ))}
      </div>
      {value === NORMAL_CLASS ? null : <p className="mt-2 text-ink-soft">{t("classHint")}</p>}
    </fieldset>
  );
}
