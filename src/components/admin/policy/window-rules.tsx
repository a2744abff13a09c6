"use client";
import { Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import type { PolicyDocument, TierRule } from "@/lib/queue/policy/schema";
import { type Named, nameIn, numberOr } from "./named";

interface TierProps {
  tier: "helping" | "tidal";
  rule: TierRule;
  lines: readonly Named[];
  readOnly: boolean;
  onChange: (rule: TierRule) => void;
}

/** When windows work for lines that are not their own, in general and for single lines. */
export function TierFields({ tier, rule, lines, readOnly, onChange }: TierProps) {
  const t = useTranslations("policy");
  const locale = useLocale();
  const left = lines.filter((line) => rule.lines[line.code] === undefined);
  const without = (code: string) => Object.fromEntries(Object.entries(rule.lines).filter(([line]) => line !== code));
  return (
    <div className="flex flex-col gap-3">
      <TextField id={`${tier}-wait`} label={t(`rules.${tier}.waitOver`)} hint={t("tierHint")} type="number" min={0} max={240} value={rule.waitOver ?? ""} disabled={readOnly} onChange={(event) => onChange({ ...rule, waitOver: numberOr(event.target.value, null) })} />
      {Object.entries(rule.lines).map(([code, minutes]) => {
        const line = lines.find((known) => known.code === code);
        return (
          <div key={code} className="flex items-end gap-2">
            <div className="flex-1"><TextField id={`${tier}-${code}`} label={`${code} ${line ? nameIn(locale, line) : ""} ${t("over")} (${t("minutesUnit")})`} type="number" min={0} max={240} value={minutes} disabled={readOnly} onChange={(event) => onChange({ ...rule, lines: { ...rule.lines, [code]: numberOr(event.target.value, 0) } })} /></div>
            {readOnly ? null : <Button look="quiet" aria-label={`${t("remove")} ${code}`} onClick={() => onChange({ ...rule, lines: without(code) })}><Trash2 aria-hidden className="size-4" /></Button>}
          </div>
        );
      })}
      {readOnly || left.length === 0 ? null : (
        <SelectField id={`${tier}-add`} label={t("addLine")} value="" onChange={(event) => { if (event.target.value) onChange({ ...rule, lines: { ...rule.lines, [event.target.value]: rule.waitOver ?? 20 } }); }}>
          <option value="" />
          {left.map((line) => <option key={line.code} value={line.code}>{line.code} {nameIn(locale, line)}</option>)}
        </SelectField>
      )}
    </div>
  );
}

interface ReservedProps {
  reserved: PolicyDocument["reserved"];
  classes: PolicyDocument["classes"];
  windows: readonly Named[];
  readOnly: boolean;
  onChange: (reserved: PolicyDocument["reserved"]) => void;
}

/** Windows that call certain classes first, or nobody else (BG-C07g: 专座优先办). */
export function ReservedRows({ reserved, classes, windows, readOnly, onChange }: ReservedProps) {
  const t = useTranslations("policy");
  const locale = useLocale();
  const set = (index: number, change: Partial<PolicyDocument["reserved"][number]>) => onChange(reserved.map((rule, at) => (at === index ? { ...rule, ...change } : rule)));
  const free = windows.filter((window) => !reserved.some((rule) => rule.window === window.code));
  return (
    <div className="flex flex-col gap-3">
      {reserved.map((rule, index) => (
        <fieldset key={rule.window} className="flex flex-col gap-2 rounded-base border border-line p-3">
          <legend className="px-1 font-medium">{t("window")} {rule.window}</legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {classes.map((known) => (
              <label key={known.code} className="flex min-h-11 items-center gap-1.5">
                <input type="checkbox" className="size-5" disabled={readOnly} checked={rule.classes.includes(known.code)} onChange={(event) => set(index, { classes: event.target.checked ? [...rule.classes, known.code] : rule.classes.filter((code) => code !== known.code) })} />{nameIn(locale, known)}
              </label>
            ))}
          </div>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <label className="flex min-h-11 items-center gap-1.5"><input type="checkbox" className="size-5" disabled={readOnly} checked={rule.only} onChange={(event) => set(index, { only: event.target.checked })} />{t("only")}</label>
            {readOnly ? null : <Button size="small" look="quiet" aria-label={`${t("remove")} ${rule.window}`} onClick={() => onChange(reserved.filter((_, at) => at !== index))}><Trash2 aria-hidden className="size-4" /></Button>}
          </div>
        </fieldset>
      ))}
      {readOnly || free.length === 0 ? null : (
        <SelectField id="reserved-add" label={t("addReserved")} value="" onChange={(event) => { const first = classes.find((known) => known.code !== "normal"); if (event.target.value && first) onChange([...reserved, { window: event.target.value, classes: [first.code], only: false }]); }}>
          <option value="" />
          {free.map((window) => <option key={window.code} value={window.code}>{window.code} {nameIn(locale, window)}</option>)}
        </SelectField>
      )}
    </div>
  );
}
