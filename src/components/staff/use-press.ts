"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, type ApiResult, newKey, NO_ANSWER } from "@/components/api-client";

/** Longer than this nobody waits for an answer; the snapshot then tells what the press did. */
const GIVE_UP_AFTER = 120_000;
/** After this the screen says that it is still waiting. */
const SLOW_AFTER = 1_500;
/** A press that follows another waits for it so long; then it is dropped, since nobody remembers it. */
const FOLLOW_WITHIN = 6_000;

export interface Pending {
  /** What was pressed, e.g. `call-next` or `resume:A012`. */
  name: string;
  /** No answer yet: tried again with the same key. */
  waiting: boolean;
}

interface Running {
  name: string;
  stopped: boolean;
  wake?: () => void;
  done: Promise<void>;
}

export type PressFunction = <T>(name: string, path: string, body?: unknown) => Promise<ApiResult<T> | undefined>;

/**
 * One press, one effect: one idempotency key per press, repeated with the same key until an answer comes. A second press
 * meanwhile only hurries the retry (same button) or does nothing (another one). `settle` reads the truth before the
 * button is free again. With `follow` another press that comes a moment too soon, on what the screen shows already, follows as
 * soon as the first is settled; not when that takes long.
 */
export function usePress(settle: () => Promise<void>, { follow = false }: { follow?: boolean } = {}) {
  const [pending, setPending] = useState<Pending>();
  const running = useRef<Running>(undefined);
  const following = useRef(false);
  const settleRef = useRef(settle);
  useEffect(() => { settleRef.current = settle; }, [settle]);

  const press: PressFunction = useCallback(async <T,>(name: string, path: string, body?: unknown) => {
    const before = running.current;
    if (before) {
      if (before.name === name) before.wake?.();
      if (before.name === name || !follow || following.current || !(await soon(before, following)) || running.current) return undefined;
    }
    let end = () => {};
    const own: Running = { name, stopped: false, done: new Promise((resolve) => { end = resolve; }) };
    running.current = own;
    setPending({ name, waiting: false });
    const slow = setTimeout(() => setPending({ name, waiting: true }), SLOW_AFTER);
    try {
      const result = await send<T>(own, path, body, () => setPending({ name, waiting: true }));
      await settleRef.current();
      return result;
    } finally {
      clearTimeout(slow);
      running.current = undefined;
      setPending(undefined);
      end();
    }
  }, [follow]);

  /** Stops waiting; whether the press took effect is what the snapshot says. */
  const giveUp = useCallback(() => {
    if (!running.current) return;
    running.current.stopped = true;
    running.current.wake?.();
  }, []);
  const hurry = useCallback(() => running.current?.wake?.(), []);

  return { pending, press, giveUp, hurry };
}

/** Waits for a press to be settled, one at a time; false when it takes long. */
async function soon({ done }: Running, following: { current: boolean }): Promise<boolean> {
  following.current = true;
  try {
    return await Promise.race([done.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), FOLLOW_WITHIN))]);
  } finally {
    following.current = false;
  }
}

async function send<T>(own: Running, path: string, body: unknown, onLost: () => void): Promise<ApiResult<T>> {
  const key = newKey();
  const started = Date.now();
  for (let attempt = 0; ; attempt++) {
    const result = await api<T>(path, { method: "POST", body, key, tries: 1 });
    const lost = !result.ok && (result.problem.code === NO_ANSWER || result.problem.status === 503);
    if (!lost || own.stopped || Date.now() - started > GIVE_UP_AFTER) return result;
    onLost();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(5_000, 500 * 2 ** attempt));
      own.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    if (own.stopped) return result;
  }
}
