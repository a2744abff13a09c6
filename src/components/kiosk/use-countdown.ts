"use client";
import { useEffect, useRef, useState } from "react";

/** Seconds until the screen is cleared; touching anything but "more time" does not change it, so it can be relied on. */
export function useCountdown(seconds: number, onEnd: () => void): [left: number, again: () => void] {
  const [left, setLeft] = useState(seconds);
  const until = useRef(0);
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    until.current = Date.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const rest = Math.ceil((until.current - Date.now()) / 1_000);
      if (rest > 0) return setLeft(rest);
      clearInterval(timer);
      end.current();
    }, 250);
    return () => clearInterval(timer);
  }, [seconds]);
  return [
    left,
    () => {
      until.current = Date.now() + seconds * 1_000;
      setLeft(seconds);
    },
  ];
}
