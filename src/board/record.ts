/**
 * Reads what the server sends without trusting it: a board hangs on the wall for weeks and must not go blank because one
 * record of a newer or broken server is odd. Odd records are left out, everything else is shown.
 */
import type { LiveEvent } from "@/lib/live/schema";
import type { Board } from "@/lib/queue/board/schema";

export type Line = Board["lines"][number];
export type WindowCell = Board["windows"][number];
export type Call = Board["calls"][number];
export type Zone = Board["zones"][number];
export type Notice = Board["notices"][number];

type Loose = Record<string, unknown>;
const WINDOW_STATES: readonly string[] = ["closed", "open", "paused", "calling", "serving"];
const CALL_STATES: readonly string[] = ["called", "serving", "missed", "ended"];
/** No hall has more; a runaway answer does not fill the screen's memory. */
const MOST = 1_000;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isWhole = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const loose = (value: unknown): Loose => (typeof value === "object" && value !== null ? (value as Loose) : {});
const textOf = (value: unknown, instead = ""): string => (isText(value) ? value : instead);

function listOf<T>(value: unknown, read: (entry: Loose) => T | undefined): T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST).map((entry) => read(loose(entry))).filter((entry): entry is T & {} => entry !== undefined);
}

function readEstimate(value: unknown): Line["estimateMinutes"] {
  const { p50, p90 } = loose(value);
  return isWhole(p50) && isWhole(p90) && p50 >= 0 && p90 >= p50 ? { p50, p90 } : undefined;
}

const readLine = (entry: Loose): Line | undefined =>
  isText(entry.code)
    ? {
        code: entry.code, name: textOf(entry.name, entry.code), nameEn: textOf(entry.nameEn, entry.code), field: textOf(entry.field),
        zone: isText(entry.zone) ? entry.zone : undefined, waiting: isWhole(entry.waiting) ? Math.max(0, entry.waiting) : 0,
        windows: isWhole(entry.windows) ? entry.windows : 0, estimateMinutes: readEstimate(entry.estimateMinutes),
      }
    : undefined;

function readWindow(entry: Loose): WindowCell | undefined {
  if (!isText(entry.code) || !WINDOW_STATES.includes(entry.state as string)) return undefined;
  const ticket = loose(entry.ticket);
  return {
    code: entry.code, name: textOf(entry.name), nameEn: textOf(entry.nameEn), zone: textOf(entry.zone), floor: isWhole(entry.floor) ? entry.floor : 1,
    state: entry.state as WindowCell["state"], lines: Array.isArray(entry.lines) ? entry.lines.filter(isText) : [],
    ticket: isText(ticket.number) ? { number: ticket.number, at: textOf(ticket.at) } : undefined,
  };
}

const readCall = (entry: Loose): Call | undefined =>
  isText(entry.number) && isText(entry.window) && isWhole(entry.seq)
    ? {
        number: entry.number, window: entry.window, zone: textOf(entry.zone), at: textOf(entry.at), seq: entry.seq,
        times: isWhole(entry.times) ? entry.times : 1, state: CALL_STATES.includes(entry.state as string) ? (entry.state as Call["state"]) : "called",
      }
    : undefined;

const readZone = (entry: Loose): Zone | undefined =>
  isText(entry.code)
    ? { code: entry.code, name: textOf(entry.name, entry.code), nameEn: textOf(entry.nameEn, entry.code), floor: isWhole(entry.floor) ? entry.floor : 1, voice: entry.voice === "speak" ? "speak" : "silent" }
    : undefined;

const readNotice = (entry: Loose): Notice | undefined =>
  isText(entry.text) ? { text: entry.text, textEn: textOf(entry.textEn), zone: isText(entry.zone) ? entry.zone : undefined } : undefined;

/** Throws only when the answer is no snapshot at all (no `seq`). Calls come back newest first, one per number. */
export function readBoard(value: unknown): Board {
  const board = loose(value);
  if (!isWhole(board.seq)) throw new Error("no board snapshot");
  const seen = new Set<string>();
  const calls = listOf(board.calls, readCall).sort((a, b) => b.seq - a.seq).filter(({ number }) => !seen.has(number) && seen.add(number));
  return {
    hall: textOf(board.hall), seq: board.seq, at: textOf(board.at), lines: listOf(board.lines, readLine), windows: listOf(board.windows, readWindow),
    calls, zones: listOf(board.zones, readZone), notices: listOf(board.notices, readNotice),
  };
}

/** The call in a live event, or undefined when the event is another one. */
export function callOf(event: LiveEvent): Call | undefined {
  if (event.type !== "ticket.called" && event.type !== "ticket.recalled") return undefined;
  const data = loose(event.data);
  return readCall({ number: data.number, window: data.window, zone: data.zone, at: event.at, times: data.calls, seq: event.seq, state: "called" });
}

/** The call is a fact of the ledger, so it is shown at once; the snapshot that follows brings everything else. */
export function withCall(board: Board, call: Call): Board {
  return {
    ...board,
    seq: Math.max(board.seq, call.seq),
    calls: [call, ...board.calls.filter(({ number }) => number !== call.number)].slice(0, 12),
    windows: board.windows.map((cell) => (cell.code === call.window ? { ...cell, state: "calling" as const, ticket: { number: call.number, at: call.at } } : cell)),
  };
}
