/** What other people in the hall do during a journey: over the public API, as kiosks, clerks and guides do it. */
import { randomBytes } from "node:crypto";
import { readState } from "./state";

export interface Issued {
  number: string;
  token: string;
  ahead: number;
  estimate?: { p50: number; p90: number };
}

type Body = Record<string, unknown>;

/** One request; throws when it is refused, with the sentence of the refusal. */
async function send<T>(url: string, method: "GET" | "POST", path: string, token: string | undefined, body?: Body): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method, signal: AbortSignal.timeout(10_000),
    headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(method === "POST" ? { "Idempotency-Key": randomBytes(16).toString("hex") } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const result = (await answer.json().catch(() => ({}))) as T & { detail?: string };
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${result.detail}`);
  return result;
}

export interface Clerk {
  open(): Promise<void>;
  pause(): Promise<void>;
  close(): Promise<void>;
  callNext(): Promise<string>;
  call(number: string): Promise<void>;
  recall(): Promise<void>;
  start(): Promise<void>;
  finish(): Promise<void>;
  miss(): Promise<void>;
}

export function hallAt(code = "demo", url = readState().url) {
  const { tokens } = readState();
  const base = `/halls/${code}`;
  const guide = tokens.api[`${code}:guide`];
  const admin = tokens.api[`${code}:hall_admin`];
  return {
    /** Takes a number for a line (A) or an item (code with digits). */
    take: (what: string, more: Body = {}): Promise<Issued> => send(url, "POST", `${base}/tickets`, guide, { ...(/^[A-Z]{1,2}$/.test(what) ? { line: what } : { item: what }), channel: "guide", ...more }),
    async takeMany(what: string, count: number): Promise<Issued[]> {
      const issued: Issued[] = [];
      for (let i = 0; i < count; i++) issued.push(await this.take(what));
      return issued;
    },
    stateOf: async (token: string): Promise<{ state: string; ahead?: number; calls: number; window?: string }> => send(url, "GET", `/tickets/${token}`, undefined),
    cancel: (number: string) => send(url, "POST", `${base}/tickets/${number}/cancel`, admin, {}),
    board: () => send<Body & { seq: number; calls: { number: string; window: string }[]; lines: { code: string; waiting: number }[] }>(url, "GET", `${base}/board`, undefined),
    detail: () => send<{ policy: { remindAhead: number; callsMax: number; missedBehind: number }; lines: { code: string; name: string }[] }>(url, "GET", base, undefined),
    events: (after: number) => send<{ items: { type: string; subject: string; data: Body }[] }>(url, "GET", `${base}/events?after=${after}&limit=500`, admin),
    /** Everybody who waits in these lines goes home: a journey begins with an empty line. */
    async clear(...lines: string[]): Promise<void> {
      for (const line of lines) {
        const { items } = await send<{ items: { number: string }[] }>(url, "GET", `${base}/tickets?state=waiting&line=${line}&limit=100`, admin);
        for (const { number } of items) await this.cancel(number);
      }
    },
    /** The clerk of a window, working through the API. */
    clerk(window: string): Clerk {
      const token = tokens.api[`${code}:${window}`];
      const step = (name: string, body?: Body) => send<{ ticket: { number: string } }>(url, "POST", `${base}/windows/${window}/${name}`, token, body);
      return {
        open: async () => void (await step("open")), pause: async () => void (await step("pause", {})), close: async () => void (await step("close")),
        callNext: async () => (await step("call-next")).ticket.number, call: async (number) => void (await step("call", { number, reason: "e2e" })),
        recall: async () => void (await step("recall")), start: async () => void (await step("start")),
        finish: async () => void (await step("finish", {})), miss: async () => void (await step("miss")),
      };
    },
    /** Whoever still stands at a window of `clerk` is served, and the window is closed: a journey begins at an empty one. */
    async clearWindow(window: string): Promise<void> {
      const { ticket, window: { state } } = await send<{ ticket?: { state: string }; window: { state: string } }>(url, "GET", `${base}/windows/${window}`, admin);
      const clerk = this.clerk(window);
      if (ticket?.state === "called") await clerk.start();
      if (ticket) await clerk.finish();
      if (state !== "closed") await send(url, "POST", `${base}/windows/${window}/close`, admin);
    },
  };
}

export type Hall = ReturnType<typeof hallAt>;
