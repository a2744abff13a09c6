"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, type ApiResult, newKey, NO_ANSWER, type Problem } from "@/components/api-client";

/** After this many milliseconds the visitor is told that it takes longer. */
const SLOW = 4_000;

export type Phase = "idle" | "taking" | "slow";

/** No answer came, or none that says what became of the press. */
export const isLost = ({ status, code }: Problem): boolean => code === NO_ANSWER || status >= 500 || status === 429;

/**
 * One press, one effect: every try of a press carries the same key, also the one after "try again". The answer is
 * undefined while another press runs, when the screen has gone, and when the kiosk is not paired any more.
 */
export function usePressOnce(token: string, onRevoked: () => void) {
  const [phase, setPhase] = useState<Phase>("idle");
  const last = useRef<{ key: string; wish: string }>(undefined);
  const busy = useRef(false);
  const gone = useRef(false);
  const revoked = useRef(onRevoked);
  useEffect(() => {
    revoked.current = onRevoked;
  });
  useEffect(() => {
    gone.current = false;
    return () => void (gone.current = true);
  }, []);

  const press = useCallback(async <T,>(path: string, body: unknown): Promise<ApiResult<T> | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    const wish = `${path} ${JSON.stringify(body)}`;
    // The same wish after a lost answer is the same press; a changed wish is a new one.
    if (last.current?.wish !== wish) last.current = { key: newKey(), wish };
    setPhase("taking");
    const slow = setTimeout(() => setPhase("slow"), SLOW);
    const answer = await api<T>(path, { body, token, key: last.current.key, tries: 4 });
    clearTimeout(slow);
    busy.current = false;
    if (gone.current) return undefined;
    setPhase("idle");
    if (answer.ok || !isLost(answer.problem)) last.current = undefined;
    if (!answer.ok && answer.problem.status === 401) return void revoked.current();
    return answer;
  }, [token]);
  return { phase, press };
}
