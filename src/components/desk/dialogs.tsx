"use client";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { type Outcome, OUTCOMES } from "@/lib/queue/ticket/model";
import { KeyHint } from "./action-button";

interface Frame {
  busy: boolean;
  error?: string;
  onClose: () => void;
}

/** A row of choices that also answer to the digit keys. */
function NumberedChoices({ choices, onChoose, busy }: { choices: { id: string; label: string }[]; onChoose: (id: string) => void; busy: boolean }) {
  return (
    <ol className="flex flex-col gap-2">
      {choices.map((choice, index) => (
        <li key={choice.id}>
          <button type="button" autoFocus={index === 0} disabled={busy} onClick={() => onChoose(choice.id)} aria-keyshortcuts={String(index + 1)} className="flex min-h-12 w-full items-center gap-3 rounded-base border border-line-strong bg-surface px-4 text-left hover:bg-brand-soft disabled:opacity-60">
            <KeyHint>{index + 1}</KeyHint>{choice.label}
          </button>
        </li>
      ))}
    </ol>
  );
}

const onDigit = (choices: { id: string }[], choose: (id: string) => void) => (event: KeyboardEvent) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
  const choice = choices[Number(event.key) - 1];
  if (choice) choose(choice.id);
};

/** 办结 with another result than "done". */
export function OutcomeDialog({ number, busy, error, onClose, onFinish }: Frame & { number: string; onFinish: (outcome: Outcome) => void }) {
  const t = useTranslations("desk");
  const common = useTranslations("common");
  const choices = OUTCOMES.map((outcome) => ({ id: outcome, label: t(`outcome.${outcome}`) }));
  const choose = (id: string) => { if (!busy) onFinish(id as Outcome); };
  return (
    <Dialog open onClose={onClose} title={t("outcome.title", { number })} description={t("outcome.text")} closeLabel={common("close")}>
      <div onKeyDown={onDigit(choices, choose)}><NumberedChoices choices={choices} onChoose={choose} busy={busy} /></div>
      <p role="alert" className="min-h-8 pt-2 text-bad">{error}</p>
    </Dialog>
  );
}

const PAUSE_REASONS = ["meal", "rest", "meeting", "fault"] as const;

/** A pause with its reason, shown to colleagues and in the statistics. */
export function PauseDialog({ busy, error, onClose, onPause }: Frame & { onPause: (reason: string | undefined) => void }) {
  const t = useTranslations("desk.pause");
  const common = useTranslations("common");
  const [own, setOwn] = useState("");
  const choices = PAUSE_REASONS.map((reason) => ({ id: reason, label: t(`reason.${reason}`) }));
  const choose = (id: string) => { if (!busy) onPause(t(`reason.${id}`)); };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onPause(own.trim() || undefined);
  };
  return (
    <Dialog open onClose={onClose} title={t("title")} description={t("text")} closeLabel={common("close")}>
      <div onKeyDown={onDigit(choices, choose)}><NumberedChoices choices={choices} onChoose={choose} busy={busy} /></div>
      <form onSubmit={submit} className="mt-4 flex flex-col gap-3">
        <TextField id="pause-own" label={t("own")} value={own} maxLength={200} onChange={(event) => setOwn(event.target.value)} />
        <p role="alert" className="min-h-6 text-bad">{error}</p>
        <div className="flex justify-end gap-3"><Button onClick={onClose}>{common("cancel")}</Button><Button type="submit" look="primary" disabled={busy}>{t("submit")}</Button></div>
      </form>
    </Dialog>
  );
}

export function CloseDialog({ code, waiting, busy, error, onClose, onConfirm }: Frame & { code: string; waiting: number; onConfirm: () => void }) {
  const t = useTranslations("desk.close");
  const common = useTranslations("common");
  return (
    <Dialog open onClose={onClose} title={t("title", { code })} description={t("text", { count: waiting })} closeLabel={common("close")}>
      <p role="alert" className="min-h-8 text-bad">{error}</p>
      <div className="flex justify-end gap-3"><Button onClick={onClose}>{common("cancel")}</Button><Button look="primary" autoFocus disabled={busy} onClick={onConfirm}>{t("submit")}</Button></div>
    </Dialog>
  );
}

const CALL_REASONS = ["returned", "ill", "recheck", "agreed"] as const;

/** Calls a certain number out of turn: the reason is required and stays in the ledger. */
export function CallDialog({ number: given, busy, error, onClose, onCall }: Frame & { number?: string; onCall: (number: string, reason: string) => void }) {
  const t = useTranslations("desk.call");
  const common = useTranslations("common");
  const [number, setNumber] = useState(given ?? "");
  const [reason, setReason] = useState(given ? t("reason.returned") : "");
  const [missing, setMissing] = useState<{ number?: string; reason?: string }>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = { ...(number.trim() ? {} : { number: t("numberMissing") }), ...(reason.trim().length >= 2 ? {} : { reason: t("reasonMissing") }) };
    setMissing(wrong);
    if (!busy && Object.keys(wrong).length === 0) onCall(number.trim().toUpperCase(), reason.trim());
  };
  return (
    <Dialog open onClose={onClose} title={t("title")} description={t("text")} closeLabel={common("close")}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField id="call-number" label={t("number")} required autoFocus={!given} autoComplete="off" autoCapitalize="characters" placeholder="A001" value={number} error={missing.number} onChange={(event) => setNumber(event.target.value)} className="text-xl uppercase placeholder:text-ink-soft" />
        <div className="flex flex-col gap-2">
          <TextField id="call-reason" label={t("reasonLabel")} required autoFocus={Boolean(given)} maxLength={200} value={reason} error={missing.reason} onChange={(event) => setReason(event.target.value)} />
          <div role="group" aria-label={t("presets")} className="flex flex-wrap gap-2">
            {CALL_REASONS.map((preset) => <Button key={preset} size="small" aria-pressed={reason === t(`reason.${preset}`)} onClick={() => setReason(t(`reason.${preset}`))}>{t(`reason.${preset}`)}</Button>)}
          </div>
        </div>
        <p role="alert" className="min-h-6 text-bad">{error}</p>
        <div className="flex justify-end gap-3"><Button onClick={onClose}>{common("cancel")}</Button><Button type="submit" look="primary" disabled={busy}>{t("submit")}</Button></div>
      </form>
    </Dialog>
  );
}
