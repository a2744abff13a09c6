"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** How often the page is read again while it is looked at, in milliseconds. */
const EVERY = 15_000;

/** Keeps a server-rendered page fresh while somebody looks at it; without scripts the page is as fresh as its loading. */
export function LiveRefresh() {
  const router = useRouter();
  useEffect(() => {
    // Without a net there is nothing to read, and the page would be loaded anew.
    const refresh = () => document.visibilityState === "visible" && navigator.onLine && router.refresh();
    const timer = setInterval(refresh, EVERY);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refresh);
    };
  }, [router]);
  return null;
}
