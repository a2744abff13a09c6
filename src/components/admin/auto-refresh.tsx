"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads a page again from time to time while somebody looks at it; what was typed stays. */
export function AutoRefresh({ seconds }: { seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
