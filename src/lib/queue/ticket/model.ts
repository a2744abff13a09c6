/** Ticket life as data. Types, SQL conditions and buttons derive from the table; no clock and no I/O here. */

export const TICKET_STATES = ["waiting", "called", "serving", "held", "missed", "finished", "cancelled"] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** States in which a ticket occupies its window. */
export const ACTIVE_STATES = ["called", "serving"] as const satisfies readonly TicketState[];
/** States from which nothing more happens today, except a return. */
export const ENDED_STATES = ["finished", "cancelled"] as const satisfies readonly TicketState[];

interface Transition {
  from: readonly TicketState[];
  /** `from` itself when the step keeps the state. */
  to: TicketState;
  /** The ledger event that records it. */
  event: `ticket.${string}`;
}

/**
 * Every step of a ticket's life. A missed or cancelled ticket can always come back on the same day (JY-7.2.2c–e), so
 * `return` starts from both; a finished one needs a new ticket.
 */
export const STEPS = {
  call: { from: ["waiting", "missed", "held"], to: "called", event: "ticket.called" },
  recall: { from: ["called"], to: "called", event: "ticket.recalled" },
  start: { from: ["called"], to: "serving", event: "ticket.started" },
  finish: { from: ["serving"], to: "finished", event: "ticket.finished" },
  miss: { from: ["called"], to: "missed", event: "ticket.missed" },
  hold: { from: ["called", "serving"], to: "held", event: "ticket.held" },
  resume: { from: ["held"], to: "serving", event: "ticket.resumed" },
  transfer: { from: ["waiting", "called", "serving", "held"], to: "waiting", event: "ticket.transferred" },
  return: { from: ["missed", "cancelled"], to: "waiting", event: "ticket.returned" },
  cancel: { from: ["waiting", "called", "held", "missed"], to: "cancelled", event: "ticket.cancelled" },
  prioritise: { from: ["waiting"], to: "waiting", event: "ticket.prioritised" },
  release: { from: ["waiting"], to: "waiting", event: "ticket.released" },
  /** The end of the day for what was not served, and for what still stood at a window. */
  expire: { from: ["waiting", "called", "held", "missed"], to: "cancelled", event: "ticket.expired" },
  complete: { from: ["held", "serving"], to: "finished", event: "ticket.expired" },
} as const satisfies Record<string, Transition>;

export type Step = keyof typeof STEPS;

/** Events that a clerk may take back within the undo time, and only while nothing else has happened to the ticket. */
export const UNDOABLE: readonly string[] = ["ticket.called", "ticket.started", "ticket.finished", "ticket.missed", "ticket.held", "ticket.resumed", "ticket.transferred", "ticket.cancelled"];

export const isAllowed = (step: Step, from: TicketState): boolean => (STEPS[step].from as readonly TicketState[]).includes(from);

/** Line prefix and running number: three digits, four from 1000 on (A001, A1000). */
export const formatNumber = (prefix: string, seq: number): string => prefix + String(seq).padStart(3, "0");

/** How a served ticket ended; shown to the clerk, stored as `outcome`. */
export const OUTCOMES = ["done", "accepted", "supplement", "consulted", "not_possible"] as const;
export type Outcome = (typeof OUTCOMES)[number];
