"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { NO_ANSWER, type Problem } from "@/components/api-client";
import type { Tone } from "@/components/ui/state";
import { useFeed } from "@/components/staff/use-feed";
import { usePress } from "@/components/staff/use-press";
import { useProblemText } from "@/components/staff/use-problem-text";
import { useServerNow } from "@/components/staff/use-now";
import type { Desk } from "@/lib/queue/desk/schema";
import type { Ticket } from "@/lib/queue/ticket/schema";
import { type ActionId, blockedBy, primaryOf, waitingTotal } from "./actions";

export interface Notice {
  tone: Tone;
  text: string;
  /** Vanishes when somebody waits again. */
  untilArrival?: boolean;
}

export type DialogName = { name: "transfer" | "outcome" | "pause" | "close" } | { name: "call"; number?: string };

/** An accidental second press comes within this time of the first one's effect. */
const SETTLE = 400;

/** Everything the desk knows and does: the snapshot, one press at a time, and what to tell the clerk. */
export function useDesk(hall: string, windowCode: string) {
  const t = useTranslations("desk");
  const problemText = useProblemText();
  const path = `/halls/${hall}/windows/${windowCode}`;
  const feed = useFeed<Desk>(hall, path);
  const now = useServerNow(feed.offset);
  const { pending, press, giveUp, hurry } = usePress(feed.reload, { follow: true });
  const [notice, setNotice] = useState<Notice>();
  const [dialog, setDialog] = useState<DialogName>();
  const [dialogError, setDialogError] = useState<string>();
  const opened = useRef(0);
  const desk = feed.snapshot;

  const primary = desk ? primaryOf(desk) : undefined;
  const [settled, setSettled] = useState(primary);
  useEffect(() => {
    // Space means something else now: a double press of the old meaning must not trigger the new one.
    const timer = setTimeout(() => setSettled(primary), SETTLE);
    return () => clearTimeout(timer);
  }, [primary]);

  const wasLive = useRef(true);
  useEffect(() => {
    if (feed.live && !wasLive.current) hurry();
    wasLive.current = feed.live;
  }, [feed.live, hurry]);

  const waiting = desk ? waitingTotal(desk) : undefined;
  useEffect(() => { if (waiting) setNotice((old) => (old?.untilArrival ? undefined : old)); }, [waiting]);

  const refused = useCallback((problem: Problem): Notice => {
    if (problem.code === "queue_empty") return { tone: "neutral", text: problemText(problem), untilArrival: true };
    if (problem.code === NO_ANSWER) return { tone: "bad", text: t("gaveUp") };
    return { tone: problem.code === "window_busy" ? "info" : "warn", text: problemText(problem) };
  }, [problemText, t]);

  /** Sends one step; the text of success is `done.<text>` with the number. True when it took effect. */
  const send = useCallback(async (name: string, to: string, body: unknown, done: string, values: Record<string, string> = {}): Promise<boolean> => {
    setDialogError(undefined);
    const turn = opened.current;
    const result = await press<{ ticket?: Ticket }>(name, to, body);
    if (!result) return false;
    if (!result.ok) {
      const said = refused(result.problem);
      setNotice(said);
      setDialogError(said.text);
      return false;
    }
    setNotice({ tone: "good", text: t(`done.${done}`, { number: result.value.ticket?.number ?? "", ...values }) });
    // A late answer closes the dialog that it came from, never one that was opened meanwhile.
    if (opened.current === turn) setDialog(undefined);
    return true;
  }, [press, refused, t]);

  const openDialog = useCallback((next: DialogName) => {
    opened.current++;
    setDialogError(undefined);
    setDialog(next);
  }, []);

  /** Says why an action is not possible now; false when it is. */
  const explainBlocked = useCallback((action: ActionId): boolean => {
    const blocked = desk && blockedBy(action, desk, Date.now() + feed.offset);
    if (blocked) setNotice({ tone: "neutral", text: t(`blocked.${blocked.reason}`, blocked.values) });
    return blocked !== undefined;
  }, [desk, feed.offset, t]);

  /** A press of a button or key. A blocked one says why instead of doing nothing. */
  const act = useCallback((action: ActionId): void => {
    if (!desk || (pending?.name !== action && explainBlocked(action))) return;
    if (action === "transfer" || action === "outcome" || action === "close" || action === "pause") return openDialog({ name: action });
    if (action === "call") return openDialog({ name: "call" });
    const number = (action === "undo" ? desk.undo?.number : desk.ticket?.number) ?? "";
    void send(action, `${path}/${action}`, undefined, action, number ? { number } : {});
  }, [desk, explainBlocked, openDialog, path, pending?.name, send]);

  const isSettled = settled === undefined || settled === primary;
  const actPrimary = useCallback(() => { if (primary && (isSettled || pending)) act(primary); }, [act, isSettled, pending, primary]);

  return { feed, desk, now, path, pending, giveUp, hurry, notice, dialog, dialogError, openDialog, closeDialog: () => setDialog(undefined), send, act, explainBlocked, primary, isSettled, actPrimary };
}
export type DeskControl = ReturnType<typeof useDesk>;
