"use client";
import { useEffect, useState } from "react";

const EVERY = 5_000;

/** The server's time in milliseconds, every five seconds; at first that of the snapshot, so that server and browser draw the same. */
export function useClock(at: string): number {
  const [now, setNow] = useState(() => Date.parse(at));
  useEffect(() => {
    const offset = Date.parse(at) - Date.now();
    setNow(Date.parse(at));
    const timer = setInterval(() => setNow(Date.now() + offset), EVERY);
    return () => clearInterval(timer);
  }, [at]);
  return now;
}
