"use client";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import type { PolicyDocument, TicketClass } from "@/lib/queue/policy/schema";
import { type Named, nameIn, numberOr } from "./named";

interface Props {
  classes: PolicyDocument["classes"];
  evidence: readonly Named[];
  readOnly: boolean;
  onChange: (classes: PolicyDocument["classes"]) => void;
}

/** The classes in their order, each with credit, proof and limit. */
export function ClassRows({ classes, evidence, readOnly, onChange }: Props) {
  const t = useTranslations("policy.classes");
  const set = (index: number, change: Partial<TicketClass>) => onChange(classes.map((known, at) => (at === index ? { ...known, ...change } : known)));
  const move = (index: number, by: number) => {
    const next = [...classes];
    next.splice(index + by, 0, ...next.splice(index, 1));
    onChange(next);
  };
  const add = () => {
    let n = 1;
    const code = () => `class_${String.fromCharCode(96 + n)}`;
    while (classes.some((known) => known.code === code())) n++;
    onChange([...classes, { code: code(), name: "", nameEn: "", creditMinutes: 0, evidence: [] }]);
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-ink-soft">{t("intro")}</p>
      <ul className="flex flex-col gap-3">
        {classes.map((known, index) => (
          <ClassRow key={known.code} known={known} index={index} last={index === classes.length - 1} evidence={evidence} readOnly={readOnly} onChange={(change) => set(index, change)} onMove={(by) => move(index, by)} onRemove={() => onChange(classes.filter((_, at) => at !== index))} />
        ))}
      </ul>
      {readOnly ? null : <p><Button onClick={add}>{t("add")}</Button></p>}
    </div>
  );
}

interface RowProps {
  known: TicketClass;
  index: number;
  last: boolean;
  evidence: readonly Named[];
  readOnly: boolean;
  onChange: (change: Partial<TicketClass>) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

function ClassRow({ known, index, last, evidence, readOnly, onChange, onMove, onRemove }: RowProps) {
  const t = useTranslations("policy.classes");
  const locale = useLocale();
  const id = `class-${index}`;
  const proofs = known.evidence ?? [];
  const off = { disabled: readOnly };
  return (
    <li data-policy-class={known.code} className="flex flex-col gap-3 rounded-base border border-line p-3">
      <div className="grid grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))] items-end gap-3">
        <TextField id={`${id}-name`} label={t("name")} value={known.name} maxLength={40} required {...off} onChange={(event) => onChange({ name: event.target.value })} />
        <TextField id={`${id}-name-en`} label={t("nameEn")} value={known.nameEn} maxLength={60} required {...off} onChange={(event) => onChange({ nameEn: event.target.value })} />
        <TextField id={`${id}-credit`} label={t("credit")} type="number" min={0} max={240} value={known.creditMinutes} {...off} onChange={(event) => onChange({ creditMinutes: numberOr(event.target.value, 0) })} />
        {known.byBooking || known.code === "normal" ? null : <TextField id={`${id}-age`} label={t("minAge")} type="number" min={0} max={120} value={known.minAge ?? ""} {...off} onChange={(event) => onChange({ minAge: numberOr(event.target.value, undefined) })} />}
        {known.code === "normal" ? null : <TextField id={`${id}-row`} label={t("maxInRow")} type="number" min={1} max={20} value={known.maxInRow ?? ""} {...off} onChange={(event) => onChange({ maxInRow: numberOr(event.target.value, undefined) })} />}
      </div>
      <div className="flex flex-wrap items-start justify-between gap-3">
        {known.byBooking ? <p className="text-sm text-ink-soft">{t("byBooking")}</p> : known.code === "normal" ? <span /> : (
          <details className="min-w-0 flex-1 text-sm">
            <summary className="min-h-9 cursor-pointer py-1.5"><span className="font-medium">{t("evidence")}</span> <span className="text-ink-soft">{evidence.filter(({ code }) => proofs.includes(code)).map((proof) => nameIn(locale, proof)).join(locale === "en" ? ", " : "、") || "–"}</span></summary>
            <fieldset aria-label={t("evidence")} className="flex flex-wrap gap-x-4 gap-y-1 pt-1">
              {evidence.map((proof) => (
                <label key={proof.code} className="flex min-h-9 items-center gap-1.5">
                  <input type="checkbox" className="size-5" checked={proofs.includes(proof.code)} {...off} onChange={(event) => onChange({ evidence: event.target.checked ? [...proofs, proof.code] : proofs.filter((code) => code !== proof.code) })} />{nameIn(locale, proof)}
                </label>
              ))}
            </fieldset>
          </details>
        )}
        {readOnly ? null : (
          <div className="flex gap-1">
            <Button size="small" look="quiet" aria-label={t("up", { name: nameIn(locale, known) })} disabled={index === 0} onClick={() => onMove(-1)}><ArrowUp aria-hidden className="size-4" /></Button>
            <Button size="small" look="quiet" aria-label={t("down", { name: nameIn(locale, known) })} disabled={last} onClick={() => onMove(1)}><ArrowDown aria-hidden className="size-4" /></Button>
            {known.code === "normal" || known.byBooking ? null : <Button size="small" look="quiet" aria-label={t("remove", { name: nameIn(locale, known) })} onClick={onRemove}><Trash2 aria-hidden className="size-4" /></Button>}
          </div>
        )}
      </div>
    </li>
  );
}
