"use client";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import type { HallDetail } from "@/lib/regions/schema";
import { ClassPicker } from "./class-picker";

interface Frame {
  number: string;
  busy: boolean;
  error?: string;
  onClose: () => void;
}

/** Sets the class of somebody who waits; also back to the ordinary one. The reason stays in the ledger. */
export function PrioritiseDialog({ number, busy, error, onClose, classes, current, onSubmit }: Frame & { classes: HallDetail["classes"]; current: string; onSubmit: (code: string, reason: string) => void }) {
  const t = useTranslations("guide.prioritise");
  const common = useTranslations("common");
  const [code, setCode] = useState(current);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = code === "normal" ? t("backToNormal") : reason.trim();
    setMissing(given.length < 2);
    if (!busy && given.length >= 2) onSubmit(code, given);
  };
  return (
    <Dialog open onClose={onClose} title={t("title", { number })} description={t("text")} closeLabel={common("close")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <ClassPicker id="prioritise" classes={classes} value={code} reason={reason} reasonError={missing ? t("reasonMissing") : undefined} onChange={setCode} onReason={setReason} />
        <p role="alert" className="min-h-6 text-bad">{error}</p>
        <div className="flex justify-end gap-3"><Button onClick={onClose}>{common("cancel")}</Button><Button type="submit" look="primary" disabled={busy || code === current}>{t("submit")}</Button></div>
      </form>
    </Dialog>
  );
}

const REASONS = ["left", "mistake", "double"] as const;

export function CancelDialog({ number, busy, error, onClose, onSubmit }: Frame & { onSubmit: (reason: string | undefined) => void }) {
  const t = useTranslations("guide.cancel");
  const common = useTranslations("common");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit(reason.trim() || undefined);
  };
  return (
    <Dialog open onClose={onClose} title={t("title", { number })} description={t("text")} closeLabel={common("close")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <TextField id="cancel-reason" label={t("reason")} maxLength={200} autoFocus autoComplete="off" value={reason} onChange={(event) => setReason(event.target.value)} />
        <div role="group" aria-label={t("presets")} className="flex flex-wrap gap-2">
          {REASONS.map((preset) => <Button key={preset} size="small" aria-pressed={reason === t(`reasons.${preset}`)} onClick={() => setReason(t(`reasons.${preset}`))}>{t(`reasons.${preset}`)}</Button>)}
        </div>
        <p role="alert" className="min-h-6 text-bad">{error}</p>
        <div className="flex justify-end gap-3"><Button onClick={onClose}>{t("keep")}</Button><Button type="submit" look="danger" disabled={busy}>{t("submit")}</Button></div>
      </form>
    </Dialog>
  );
}
