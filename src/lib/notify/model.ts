/** Messages to visitors: kinds with their variables, life of a message, texts with placeholders. Pure. */
import { type Locale, LOCALES } from "@/lib/i18n/locale";

/** Visitors may stop these groups; a code that somebody just asked for cannot be stopped. */
export const STOPPABLE = ["booking", "queue"] as const;
export type Group = (typeof STOPPABLE)[number];

interface Kind {
  group: Group | "code";
  /** What a text of this kind may say; `hall` and `stop` (link to stop messages) are known everywhere. */
  variables: readonly string[];
  /** What it must say: the contents of GD-6.1.2, or what makes it useless when missing. */
  needed: readonly string[];
  /** Sent in quiet hours as well. */
  urgent: boolean;
  /** Of no use after so many minutes. */
  lifeMinutes: number;
  /** Only these kinds of channels may carry it; default all. */
  only?: readonly ChannelKind[];
}

export const CHANNEL_KINDS = ["sms", "email", "gateway", "push", "log"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

const THREE_DAYS = 3 * 24 * 60;
const booking = <const Names extends readonly string[]>(variables: Names, needed: readonly Names[number][]) => ({ group: "booking", urgent: false, lifeMinutes: THREE_DAYS, variables, needed }) as const;

export const KINDS = {
  booking_confirmed: booking(["name", "number", "time", "place", "item", "action", "link"], ["name", "number", "time", "place", "item", "action"]),
  booking_changed: booking(["name", "number", "time", "place", "item", "action", "link"], ["number", "time", "place"]),
  booking_cancelled: booking(["name", "number", "time", "item", "reason", "link"], ["number", "time"]),
  booking_moved: booking(["name", "number", "time", "newTime", "place", "item", "reason", "link"], ["number", "newTime", "link"]),
  booking_reminder: booking(["name", "number", "time", "place", "item", "action", "link"], ["number", "time", "place"]),
  booking_missed: booking(["name", "number", "time", "item", "link"], ["number", "time"]),
  booking_warning: booking(["name", "count", "limit", "days", "link"], ["count", "limit"]),
  booking_paused: booking(["name", "until", "count", "link"], ["until"]),
  phone_code: { group: "code", urgent: true, lifeMinutes: 10, variables: ["code", "minutes"], needed: ["code"], only: ["sms", "log"] },
  queue_near: { group: "queue", urgent: true, lifeMinutes: 10, variables: ["number", "ahead", "line", "link"], needed: ["number"] },
  queue_called: { group: "queue", urgent: true, lifeMinutes: 5, variables: ["number", "window", "place", "link"], needed: ["number", "window"] },
  queue_missed: { group: "queue", urgent: true, lifeMinutes: 30, variables: ["number", "window", "link"], needed: ["number"] },
} as const satisfies Record<string, Kind>;
export type MessageKind = keyof typeof KINDS;
export const MESSAGE_KINDS = Object.keys(KINDS) as MessageKind[];
export type VariableOf<K extends MessageKind> = (typeof KINDS)[K]["variables"][number];
export const kindOf = (kind: MessageKind): Kind => KINDS[kind];
export const isKind = (text: string): text is MessageKind => text in KINDS;

/** Known to every kind, filled in by the outbox. */
export const COMMON = ["hall", "stop"] as const;

export const STATES = ["queued", "sending", "sent", "delivered", "failed", "dropped"] as const;
export type MessageState = (typeof STATES)[number];

/**
 * Life of a message. claim: a worker takes it, also when the one before did not come back · accept: a channel took it ·
 * put_off: it will be tried again · give_up: no channel will take it · drop: stopped, no channel, or too late ·
 * deliver, bounce: delivery reports · again: an administrator sends it once more.
 */
export const TRANSITIONS = {
  queued: { claim: "sending", drop: "dropped" },
  sending: { claim: "sending", accept: "sent", put_off: "queued", give_up: "failed", drop: "dropped" },
  sent: { deliver: "delivered", bounce: "failed", again: "queued" },
  delivered: {},
  failed: { again: "queued", deliver: "delivered" },
  dropped: { again: "queued" },
} as const satisfies Record<MessageState, Partial<Record<string, MessageState>>>;
export type Step = "claim" | "accept" | "put_off" | "give_up" | "drop" | "deliver" | "bounce" | "again";

/** State after a step; undefined where the step is not allowed. */
export const after = (state: MessageState, step: Step): MessageState | undefined => (TRANSITIONS[state] as Partial<Record<Step, MessageState>>)[step];
/** States in which a step is allowed, for SQL conditions and buttons. */
export const statesFor = (step: Step): MessageState[] => STATES.filter((state) => after(state, step) !== undefined);

/** A text in one language for all, or one per language. */
export type Text = string | number | Readonly<Record<Locale, string>>;
export const textIn = (locale: Locale, text: Text): string => (typeof text === "object" ? text[locale] : String(text));

const PLACEHOLDER = /\{([^{}]*)\}/g;
export const placeholdersOf = (text: string): string[] => [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!.trim()))];
/** Fills a checked text; a value is taken as it is, whatever signs it has. */
export const render = (text: string, values: Readonly<Record<string, string>>): string => text.replace(PLACEHOLDER, (_, name: string) => values[name.trim()] ?? "");

export type TemplateFault = { code: "placeholder_unknown"; name: string } | { code: "placeholder_needed"; name: string } | { code: "braces_open"; name: string };

/** What is wrong with a text of this kind: a placeholder that it does not know, one that it must have, a brace without its pair. */
export function templateFault(kind: MessageKind, text: string): TemplateFault | undefined {
  const found = placeholdersOf(text);
  const known: readonly string[] = [...kindOf(kind).variables, ...COMMON];
  const unknown = found.find((name) => !known.includes(name));
  if (unknown !== undefined) return { code: "placeholder_unknown", name: unknown };
  const rest = text.replace(PLACEHOLDER, "");
  if (/[{}]/.test(rest)) return { code: "braces_open", name: /[{}].{0,12}/.exec(rest)![0] };
  const missing = kindOf(kind).needed.find((name) => !found.includes(name));
  return missing === undefined ? undefined : { code: "placeholder_needed", name: missing };
}

/** Characters of one short message in UCS-2; a longer one is sent in parts of 67, each of which costs. */
const SMS_ONE = 70;
const SMS_PART = 67;
export const smsSegments = (text: string): number => (text.length <= SMS_ONE ? 1 : Math.ceil(text.length / SMS_PART));

const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 900;
export const MOST_ATTEMPTS = 8;
/** Seconds until the next attempt: doubled each time, up to a quarter of an hour, spread by a fifth so that not all come at once. */
export const pauseAfter = (attempt: number, random: number): number => Math.round(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)) * (0.8 + 0.4 * random));

export const isLocale = (text: string): text is Locale => (LOCALES as readonly string[]).includes(text);
