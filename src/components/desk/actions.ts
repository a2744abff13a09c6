/** What the clerk can press and when: pure, from the snapshot and the server's time. */
import { secondsUntil } from "@/components/staff/time";
import type { Desk } from "@/lib/queue/desk/schema";
import { isAllowed, type Step } from "@/lib/queue/ticket/model";

export type ActionId = "call-next" | "start" | "finish" | "outcome" | "recall" | "miss" | "hold" | "transfer" | "call" | "resume" | "undo" | "pause" | "open" | "close";

/** One key each, shown on the button; none with modifier keys. Space is the primary action of the moment. */
export const KEYS: Partial<Record<ActionId, string>> = {
  start: "S", finish: "F", outcome: "O", recall: "R", miss: "M", hold: "H", transfer: "T", call: "N", undo: "Z", pause: "P",
};

/** A text under `desk.blocked` that says why a button does nothing now. */
export interface Blocked {
  reason: string;
  values?: Record<string, string | number>;
}

const TICKET_STEP: Partial<Record<ActionId, Step>> = { start: "start", finish: "finish", outcome: "finish", recall: "recall", miss: "miss", hold: "hold", transfer: "transfer" };

/** The window belongs to somebody else. */
export const isForeign = (desk: Desk): boolean => desk.window.state !== "closed" && !desk.window.mine;

/** The one large button: what a clerk does next in this state. */
export function primaryOf(desk: Desk): "call-next" | "start" | "finish" | "open" {
  if (desk.window.state === "closed") return "open";
  if (desk.ticket?.state === "called") return "start";
  if (desk.ticket?.state === "serving") return "finish";
  return desk.window.state === "paused" ? "open" : "call-next";
}

export const waitingTotal = (desk: Desk): number => desk.lines.reduce((sum, line) => sum + line.waiting, 0);

export const recallSeconds = (desk: Desk, now: number): number =>
  desk.ticket?.state === "called" && desk.ticket.calledAt ? secondsUntil(new Date(Date.parse(desk.ticket.calledAt) + desk.calls.pauseSeconds * 1000).toISOString(), now) : 0;

export const undoSeconds = (desk: Desk, now: number): number => (desk.undo ? secondsUntil(desk.undo.until, now) : 0);

/** Why an action is not possible now; undefined when it is. */
export function blockedBy(action: ActionId, desk: Desk, now: number): Blocked | undefined {
  const { window, ticket } = desk;
  if (isForeign(desk)) return { reason: "foreign", values: { name: window.operatorName ?? window.operator ?? "" } };
  if (action === "open") return window.state === "open" ? { reason: "isOpen" } : undefined;
  if (window.state === "closed") return { reason: "closed" };
  const step = TICKET_STEP[action];
  if (step) return stepBlocked(action, step, desk, now);
  switch (action) {
    case "call-next":
    case "call":
    case "resume":
      if (ticket) return { reason: "busy", values: { number: ticket.number } };
      return window.state === "paused" ? { reason: "paused" } : undefined;
    case "undo":
      return undoSeconds(desk, now) > 0 ? undefined : { reason: "noUndo" };
    case "pause":
      // With somebody at the window too: the pause then begins when they are done.
      return window.state === "paused" ? { reason: "paused" } : undefined;
    case "close":
      if (ticket) return { reason: "busy", values: { number: ticket.number } };
      return desk.held.length > 0 ? { reason: "held", values: { count: desk.held.length } } : undefined;
    default:
      return undefined;
  }
}

function stepBlocked(action: ActionId, step: Step, desk: Desk, now: number): Blocked | undefined {
  const { ticket, calls } = desk;
  if (!ticket) return { reason: "noTicket" };
  if (!isAllowed(step, ticket.state)) return { reason: ticket.state === "serving" ? "serving" : "notStarted", values: { number: ticket.number } };
  if (action !== "recall") return undefined;
  if (ticket.calls >= calls.max) return { reason: "recallLimit", values: { max: calls.max } };
  const seconds = recallSeconds(desk, now);
  return seconds > 0 ? { reason: "recallSoon", values: { seconds } } : undefined;
}
