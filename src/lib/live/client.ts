/**
 * A screen's view of a hall (browser side, no framework). Live events are hints and the snapshot is the truth: on start,
 * reconnect, gap in `seq` or a tick that is ahead, the snapshot is fetched; nothing is ever computed from a guess.
 */
import { io, type Socket } from "socket.io-client";
import type { LiveEvent, Tick } from "./schema";

/** Older than this a screen must say that it is not live, in milliseconds (reliability R12). */
export const STALE_AFTER = 15_000;

export interface FollowOptions<Snapshot extends { seq: number }> {
  /** Hall code; a device or staff token names its own hall. */
  hall: string;
  token?: string;
  /** Base address, empty in the browser. */
  origin?: string;
  fetchSnapshot: () => Promise<Snapshot>;
  onSnapshot: (snapshot: Snapshot) => void;
  /** In `seq` order, each once, only events that are newer than the first snapshot. */
  onEvent?: (event: LiveEvent) => void;
  /** `live` false when nothing was heard for STALE_AFTER; `since` is when it last was. */
  onLive?: (live: boolean, since: number) => void;
  /** Least time between two snapshots in milliseconds; a burst of events costs one. */
  throttle?: number;
}

export interface Following {
  stop(): void;
  refresh(): void;
}

export function followHall<Snapshot extends { seq: number }>(options: FollowOptions<Snapshot>): Following {
  const throttle = options.throttle ?? 250;
  const socket: Socket = io(options.origin ?? "", {
    path: "/live", transports: ["websocket"], auth: { hall: options.hall, token: options.token },
    reconnectionDelay: 500, reconnectionDelayMax: 5_000, randomizationFactor: 0.7,
  });
  let seq = -1;
  let heardAt = Date.now();
  let live = true;
  let fetching = false;
  let again = false;
  let lastFetch = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const heard = () => {
    heardAt = Date.now();
    if (!live) options.onLive?.((live = true), heardAt);
  };

  const refresh = () => {
    if (fetching) return void (again = true);
    clearTimeout(timer);
    timer = setTimeout(() => void load(), Math.max(0, lastFetch + throttle - Date.now()));
  };

  const load = async () => {
    fetching = true;
    again = false;
    lastFetch = Date.now();
    try {
      const snapshot = await options.fetchSnapshot();
      if (stopped) return;
      // Whatever the snapshot says is so, even when it is older than what was heard: a restored database starts lower.
      seq = snapshot.seq;
      options.onSnapshot(snapshot);
      heard();
    } catch {
      if (!stopped) timer = setTimeout(refresh, 1_000 + Math.random() * 2_000);
    } finally {
      fetching = false;
      if (again && !stopped) refresh();
    }
  };

  socket.on("connect", refresh);
  socket.on("event", (event: LiveEvent) => {
    heard();
    if (event.seq <= seq) return;
    const gap = seq >= 0 && event.seq > seq + 1;
    if (!gap && seq >= 0) {
      seq = event.seq;
      options.onEvent?.(event);
    }
    refresh();
  });
  socket.on("tick", (tick: Tick) => {
    heard();
    if (tick.seq !== seq) refresh();
  });
  const watch = setInterval(() => {
    if (live && Date.now() - heardAt > STALE_AFTER) options.onLive?.((live = false), heardAt);
    // A half-open line looks connected: nothing heard for twice the tick means a new connection.
    if (socket.connected && Date.now() - heardAt > STALE_AFTER) socket.disconnect().connect();
  }, 1_000);
  // Before the first connection succeeds the snapshot is fetched over plain HTTP as well.
  refresh();

  return {
    stop() {
      stopped = true;
      clearInterval(watch);
      clearTimeout(timer);
      socket.disconnect();
    },
    refresh,
  };
}
