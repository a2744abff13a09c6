"use client";
import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { NO_ANSWER } from "@/components/api-client";
import { TransferDialog, type TransferTarget } from "@/components/staff/transfer-dialog";
import { usePress } from "@/components/staff/use-press";
import { useProblemText } from "@/components/staff/use-problem-text";
import { useServerNow } from "@/components/staff/use-now";
import { Button } from "@/components/ui/button";
import { Banner, type Tone } from "@/components/ui/state";
import { isAllowed, UNDOABLE } from "@/lib/queue/ticket/model";
import type { TicketPage } from "@/lib/queue/ticket/schema";
import type { HallDetail } from "@/lib/regions/schema";
import { CancelDialog, PrioritiseDialog } from "./ticket-dialogs";

interface TicketActionsProps {
  hall: string;
  detail: HallDetail | undefined;
  page: TicketPage;
  offset: number;
  reload: () => Promise<void>;
}

type Action = "return" | "transfer" | "prioritise" | "cancel";
const ACTIONS: readonly Action[] = ["return", "transfer", "prioritise", "cancel"];
/** The undo time of the policy; the server decides, this only hides a button that cannot work any more. */
const UNDO_MS = 60_000;

/** Only what is possible in the ticket's state is offered. One that stands at a window is moved by the window itself. */
const offered = (action: Action, state: TicketPage["state"]): boolean => isAllowed(action, state) && !(action === "transfer" && (state === "called" || state === "serving"));

export function TicketActions({ hall, detail, page, offset, reload }: TicketActionsProps) {
  const t = useTranslations("guide.action");
  const problemText = useProblemText();
  const now = useServerNow(offset);
  const { pending, press } = usePress(reload);
  const [dialog, setDialog] = useState<Action>();
  const [error, setError] = useState<string>();
  const [notice, setNotice] = useState<{ tone: Tone; text: string }>();
  const base = `/halls/${hall}/tickets/${encodeURIComponent(page.number)}`;

  const send = useCallback(async (action: Action | "undo", body: unknown, values: Record<string, string> = {}) => {
    setError(undefined);
    const result = await press(action, `${base}/${action}`, body);
    if (!result) return;
    if (result.ok) {
      setNotice({ tone: "good", text: t(`done.${action}`, { number: page.number, ...values }) });
      setDialog(undefined);
      return;
    }
    const text = result.problem.code === NO_ANSWER ? t("noAnswer") : problemText(result.problem);
    setError(text);
    setNotice({ tone: "warn", text });
  }, [base, page.number, press, problemText, t]);

  const last = page.moves[0];
  const undoLeft = last && UNDOABLE.includes(last.type) ? Math.max(0, Math.ceil((Date.parse(last.at) + UNDO_MS - now) / 1000)) : 0;
  // What a window did is undone at the window; here only what a guide desk does.
  const undo = undoLeft > 0 && last && ["ticket.transferred", "ticket.cancelled"].includes(last.type) && page.state !== "called" && page.state !== "serving";
  const open = (action: Action) => {
    setError(undefined);
    if (action === "return") void send("return", {});
    else setDialog(action);
  };
  const possible = ACTIONS.filter((action) => offered(action, page.state));
  const frame = { number: page.number, busy: pending !== undefined, error, onClose: () => setDialog(undefined) };
  return (
    <div className="flex flex-col gap-3">
      <div role="group" aria-label={t("label")} className="flex flex-wrap gap-2">
        {possible.map((action) => <Button key={action} look={action === "return" ? "primary" : action === "cancel" ? "danger" : "secondary"} aria-busy={pending?.name === action} onClick={() => open(action)}>{t(action)}</Button>)}
        {undo ? <Button onClick={() => void send("undo", {})}>{t("undo", { seconds: undoLeft })}</Button> : null}
        {possible.length === 0 && !undo ? <p className="text-ink-soft">{t(page.state === "finished" ? "finished" : "atWindow", { window: page.window ?? "" })}</p> : null}
      </div>
      {pending?.waiting ? <Banner tone="warn"><p>{t("waiting")}</p></Banner> : notice ? <Banner tone={notice.tone} role="status"><p>{notice.text}</p></Banner> : null}
      {dialog === "transfer" ? <TransferDialog {...frame} hall={hall} detail={detail} line={page.window ? undefined : page.line} onTransfer={(target: TransferTarget, name) => void send("transfer", target, { name })} /> : null}
      {dialog === "prioritise" && detail ? <PrioritiseDialog {...frame} classes={detail.classes} current={page.class} onSubmit={(code, reason) => void send("prioritise", { class: code, reason })} /> : null}
      {dialog === "cancel" ? <CancelDialog {...frame} onSubmit={(reason) => void send("cancel", reason ? { reason } : {})} /> : null}
    </div>
  );
}
