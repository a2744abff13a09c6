"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocale } from "use-intl";
import { api, type Problem } from "@/components/api-client";
import { followHall } from "@/lib/live/client";

export interface Feed<Snapshot> {
  snapshot?: Snapshot;
  /** Server clock minus local clock in milliseconds. */
  offset: number;
  /** False when nothing was heard for 15 s or the browser knows that it is offline. */
  live: boolean;
  /** Local time at which something was last heard. */
  since: number;
  /** The session ended, the window is not ours, or it does not exist: waiting does not help. */
  failure?: Problem;
  /** Reads the snapshot now; after a press it decides what the press did. */
  reload: () => Promise<void>;
}

const FINAL = [401, 403, 404];

/** A snapshot kept right by the hall's live events. */
export function useFeed<Snapshot extends { seq: number; at: string }>(hall: string, path: string, throttle = 250): Feed<Snapshot> {
  const [state, setState] = useState<{ snapshot?: Snapshot; offset: number; failure?: Problem }>({ offset: 0 });
  const [line, setLine] = useState({ live: true, since: 0 });
  const [offline, setOffline] = useState<number>();
  const seq = useRef(-1);
  // The reasons in a snapshot are sentences: another language needs another snapshot.
  const locale = useLocale();

  const take = useCallback((snapshot: Snapshot) => {
    if (snapshot.seq < seq.current) return;
    seq.current = snapshot.seq;
    setState({ snapshot, offset: Date.parse(snapshot.at) - Date.now() });
  }, []);

  const read = useCallback(async () => {
    const result = await api<Snapshot>(path, { tries: 1, timeout: 5_000 });
    if (result.ok) return result.value;
    if (FINAL.includes(result.problem.status)) setState((old) => ({ ...old, failure: result.problem }));
    throw new Error(result.problem.code);
  }, [path]);

  const reload = useCallback(() => read().then(take, () => undefined), [read, take]);

  useEffect(() => {
    const following = followHall<Snapshot>({ hall, throttle, fetchSnapshot: read, onSnapshot: take, onLive: (live, since) => setLine({ live, since }) });
    const cut = () => setOffline(Date.now());
    const back = () => {
      setOffline(undefined);
      following.refresh();
    };
    window.addEventListener("offline", cut);
    window.addEventListener("online", back);
    return () => {
      following.stop();
      window.removeEventListener("offline", cut);
      window.removeEventListener("online", back);
    };
  }, [hall, throttle, read, take, locale]);

  return { ...state, live: line.live && offline === undefined, since: offline ?? line.since, reload };
}
