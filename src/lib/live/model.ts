import type { LedgerEvent } from "@/lib/ledger/model";
import type { LiveEvent } from "./schema";

/** Facts of an event that screens may show: numbers, codes and states; nothing about a person. */
const PUBLIC_KEYS = ["number", "line", "window", "zone", "state", "calls"] as const;

/** What a screen gets of an event. The list is of what may leave: whatever else an event holds stays inside. */
export function toLiveEvent(hall: string, event: LedgerEvent): LiveEvent {
  const shown = (event.data.public ?? {}) as Record<string, unknown>;
  const data = Object.fromEntries(PUBLIC_KEYS.filter((key) => shown[key] !== undefined && shown[key] !== null).map((key) => [key, shown[key]]));
  return { hall, seq: event.seq, at: event.at, type: event.type, subject: event.subject, data: data as LiveEvent["data"] };
}
