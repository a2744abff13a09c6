/** Window session as data: closed → open ⇄ paused → closed. */
export const WINDOW_STATES = ["closed", "open", "paused"] as const;
export type WindowState = (typeof WINDOW_STATES)[number];

export const WINDOW_STEPS = {
  open: { from: ["closed", "paused", "open"], to: "open", event: "window.opened" },
  pause: { from: ["open"], to: "paused", event: "window.paused" },
  close: { from: ["open", "paused"], to: "closed", event: "window.closed" },
} as const satisfies Record<string, { from: readonly WindowState[]; to: WindowState; event: string }>;
export type WindowStep = keyof typeof WINDOW_STEPS;

/** A window's own lines come first; it helps the others when its own are empty. */
export const TIERS = { own: 1, helping: 2, tidal: 3 } as const;
