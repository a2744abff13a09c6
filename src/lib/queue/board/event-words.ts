/** Ledger events in plain words of the administration, and what they changed as pairs. Pure. */
import type { Locale } from "@/lib/i18n/locale";
import { MESSAGES, type Translate, translator } from "@/lib/i18n/messages";

export interface EventFacts {
  type: string;
  subject: string;
  data: Record<string, unknown>;
  /** Name of what the subject is: window or device code, user name. */
  subjectName?: string | null;
}

const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

/** One sentence without the person who did it. An event of a later module that has no words yet shows its type. */
export function eventText(locale: Locale, event: EventFacts): string {
  const t: Translate = translator(locale, "admin");
  const shown = (event.data.public ?? {}) as Record<string, unknown>;
  const [noun = "", verb = ""] = event.type.split(".");
  const values = {
    number: text(shown.number ?? event.data.number), window: text(shown.window ?? event.subjectName), line: text(shown.line), from: text(event.data.fromLine), target: text(event.data.target), reason: text(event.data.reason),
    calls: text(shown.calls), name: text(event.data.code ?? event.subjectName ?? event.data.username ?? event.subject.split(":")[1]), version: text(event.data.version),
    tickets: text(event.data.tickets), windows: text(event.data.windows), day: text(event.subject.split(":")[1]), import: text(event.subject.split(":")[1]),
  };
  const words = MESSAGES[locale].admin.events as Record<string, string | Record<string, string>>;
  const key = `${noun}_${verb}`;
  if (key === "ticket_transferred" && values.target) return t("events.ticket_transferred_window", values);
  if (key === "device_fault") return t("events.device_fault", { ...values, name: text(event.subjectName), fault: text(event.data.text ?? event.data.code) });
  if (typeof words[key] === "string") return t(`events.${key}`, values);
  if ((verb === "created" || verb === "changed" || verb === "removed") && noun in (words.nouns as object)) return t(`events.${verb}`, { noun: t(`events.nouns.${noun}`), name: values.name });
  return t("events.other", { type: event.type });
}

/** References inside events are ids; each key names the table in which its id is known. */
export const REFERENCES = {
  zone_id: "zones", field_id: "fields", department_id: "departments", line_id: "lines", line: "lines", item: "items", window: "windows", target: "windows", usual_window_id: "windows",
} as const;
export type ReferenceTable = (typeof REFERENCES)[keyof typeof REFERENCES];

export interface EventDetail {
  key: string;
  value: unknown;
  /** The value before, when it changed; absent when the event does not tell. */
  before?: unknown;
}

/** Shown elsewhere in the line, or of no use to a reader. */
const HIDDEN = new Set(["public", "ticket", "before", "values", "compared", "id", "window_id", "search"]);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const empty = (value: unknown): boolean => value === null || value === undefined || value === "";

/** Facts of an event as key and value; a change has the value before as well. */
export function eventDetails(data: Record<string, unknown>): EventDetail[] {
  const after = { ...(isRecord(data.ticket) ? data.ticket : {}), ...(isRecord(data.values) ? data.values : {}) };
  const before = isRecord(data.before) ? data.before : undefined;
  const changed = Object.entries(after).filter(([key, value]) => !HIDDEN.has(key) && (before === undefined ? !empty(value) : JSON.stringify(before[key] ?? null) !== JSON.stringify(value ?? null)))
    .map(([key, value]) => (before === undefined ? { key, value } : { key, value, before: before[key] ?? null }));
  const compared = Array.isArray(data.compared) ? [{ key: "compared", value: (data.compared as { number?: string }[]).map((head) => head.number ?? "") }] : [];
  const rest = Object.entries(data).filter(([key]) => !HIDDEN.has(key))
    .flatMap(([key, value]) => (isRecord(value) ? Object.entries(value).filter(([inner]) => !HIDDEN.has(inner)).map(([inner, deep]) => ({ key: inner, value: deep })) : [{ key, value }]));
  return [...rest, ...changed, ...compared];
}
