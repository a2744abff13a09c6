/** One hall's board as it changes: snapshot, calls to announce, and whether it is still true. */
import { followHall, STALE_AFTER } from "@/lib/live/client";
import type { Board } from "@/lib/queue/board/schema";
import { callOf, readBoard, withCall } from "./record";

/** Calls that happened while the line was away longer than this are shown but not announced. */
const SPEAK_AFTER_GAP = 60_000;

export interface FeedOptions {
  hall: string;
  token?: string;
  /** `first` on the first snapshot; calls before `silentBefore` (server time, milliseconds) are not announced. */
  onBoard: (board: Board, how: { first: boolean; silentBefore: number }) => void;
  /** `since` is when the board was last known to be true, in this screen's time. */
  onLive: (live: boolean, since: number) => void;
  /** The server knows no such hall. */
  onMissing: () => void;
  /** The server is behind what this board has shown (restored from a backup): only a new start shows its truth. */
  onRewound: () => void;
}

export function openFeed(options: FeedOptions): { stop(): void } {
  let board: Board | undefined;
  let lineLive = true;
  let shownLive = true;
  let lineSince = Date.now();
  let awaySince: number | undefined;
  let recoveredAt: number | undefined;
  let lastGood = Date.now();
  let failing = false;

  const recovered = () => {
    if (awaySince !== undefined && Date.now() - awaySince > SPEAK_AFTER_GAP) recoveredAt = Date.now();
    awaySince = undefined;
  };

  // The line may be alive while snapshots fail: then the board is just as old.
  const judge = () => {
    const stuck = failing && Date.now() - lastGood > STALE_AFTER;
    const live = lineLive && !stuck;
    if (live === shownLive) return;
    shownLive = live;
    options.onLive(live, stuck ? Math.min(lastGood, lineSince) : lineSince);
  };

  const fetchSnapshot = async (): Promise<Board> => {
    failing = true;
    const shown = board?.seq ?? -1;
    const answer = await fetch(`/api/v1/halls/${encodeURIComponent(options.hall)}/board`, { cache: "no-store", signal: AbortSignal.timeout(8_000) });
    if (answer.status === 404) options.onMissing();
    if (!answer.ok) throw new Error(`board ${answer.status}`);
    const snapshot = readBoard(await answer.json());
    if (snapshot.seq < shown) options.onRewound();
    failing = false;
    lastGood = Date.now();
    return snapshot;
  };

  const following = followHall<Board>({
    hall: options.hall,
    token: options.token,
    fetchSnapshot,
    onSnapshot(snapshot) {
      if (awaySince !== undefined) recovered();
      const silentBefore = recoveredAt === undefined ? -Infinity : (Date.parse(snapshot.at) || 0) - (Date.now() - recoveredAt);
      recoveredAt = undefined;
      const first = board === undefined;
      board = snapshot;
      options.onBoard(snapshot, { first, silentBefore });
    },
    onEvent(event) {
      const call = callOf(event);
      if (!call || !board) return;
      board = withCall(board, call);
      options.onBoard(board, { first: false, silentBefore: -Infinity });
    },
    onLive(live, since) {
      lineLive = live;
      lineSince = since;
      if (live) recovered();
      else awaySince ??= since;
      judge();
    },
  });
  const watch = setInterval(judge, 1_000);

  return {
    stop() {
      clearInterval(watch);
      following.stop();
    },
  };
}
