/** What of the snapshot is shown, and where: pure, no clock. */
import type { Board } from "@/lib/queue/board/schema";
import type { Call } from "./record";

/**
 * A board of a zone shows that zone's windows, their calls and the lines they serve. A zone without windows (entrance,
 * waiting area) sees all of the hall.
 */
export function ofZone(board: Board, zone: string | undefined): Board {
  const windows = board.windows.filter((cell) => cell.zone === zone);
  if (zone === undefined || windows.length === 0) return board;
  const codes = new Set(windows.map((cell) => cell.code));
  const served = new Set(windows.flatMap((cell) => cell.lines));
  return {
    ...board,
    windows,
    calls: board.calls.filter((call) => call.zone === zone || codes.has(call.window)),
    lines: board.lines.filter((line) => line.zone === zone || served.has(line.code)),
    notices: board.notices.filter((notice) => notice.zone === undefined || notice.zone === zone),
  };
}

/** Windows now at work; closed ones are left out. */
export const inService = (board: Board): Board["windows"] => board.windows.filter((cell) => cell.state !== "closed");

const timeOf = (call: Call): number => Date.parse(call.at) || 0;
const newestFirst = (a: Call, b: Call): number => timeOf(b) - timeOf(a) || b.seq - a.seq;

/**
 * Tickets that are at a window although their call has left the snapshot: it holds the last calls of the whole hall, and a
 * quiet zone's are soon pushed out by a busy one's. `seq` 0: never announced from here.
 */
function atWindows(board: Board): Call[] {
  const known = new Set(board.calls.map((call) => call.number));
  return board.windows.flatMap(({ code, zone, state, ticket }) =>
    ticket && (state === "calling" || state === "serving") && !known.has(ticket.number)
      ? [{ number: ticket.number, window: code, zone, at: ticket.at, times: 1, seq: 0, state: state === "calling" ? ("called" as const) : ("serving" as const) }]
      : [],
  );
}

/** At most `most` calls, newest first. Those who still have to come stay before those who are served, gone or missed. */
export function shownCalls(board: Board, most: number): Call[] {
  const waits = (call: Call): number => (call.state === "called" ? 0 : 1);
  const kept = [...board.calls, ...atWindows(board)].sort((a, b) => waits(a) - waits(b) || newestFirst(a, b)).slice(0, most);
  return kept.sort(newestFirst);
}

/** One page of a list that is longer than its place; which one follows from the time alone. */
export function pageAt<T>(list: readonly T[], size: number, turn: number): { page: number; pages: number; entries: T[] } {
  const pages = Math.max(1, Math.ceil(list.length / size));
  const page = turn % pages;
  return { page: page + 1, pages, entries: list.slice(page * size, page * size + size) };
}
