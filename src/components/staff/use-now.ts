"use client";
import { useEffect, useState } from "react";

/** The server's time in milliseconds, twice a second; `offset` is server minus local clock at the last snapshot. */
export function useServerNow(offset: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now + offset;
}
