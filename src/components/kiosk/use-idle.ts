"use client";
import { useEffect, useRef, useState } from "react";

const SIGNS_OF_LIFE = ["pointerdown", "keydown", "input"] as const;

export interface IdleTimes {
  /** Seconds without a touch until the end. */
  total: number;
  /** Seconds before the end at which the countdown begins. */
  warning: number;
}

/** Counts the seconds without a touch; undefined until the countdown begins, 0 never shows because `onEnd` was called. */
export function useIdle(active: boolean, { total, warning }: IdleTimes, onEnd: () => void): number | undefined {
  const [left, setLeft] = useState<number>();
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    setLeft(undefined);
    if (!active) return;
    let last = Date.now();
    const alive = () => {
      last = Date.now();
      setLeft(undefined);
    };
    const timer = setInterval(() => {
      const rest = Math.ceil(total - (Date.now() - last) / 1_000);
      if (rest > 0) return setLeft(rest <= warning ? rest : undefined);
      clearInterval(timer);
      end.current();
    }, 250);
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, alive, true);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, alive, true);
    };
  }, [active, total, warning]);
  return left;
}
