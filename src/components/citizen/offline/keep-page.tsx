"use client";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { KEPT } from "@/components/citizen/book/kept";

/** Keeps this page for when the net is away. `done`: it has just been booked, so what was typed is not needed any more. */
export function KeepPage({ done = false }: { done?: boolean }) {
  const path = usePathname();
  useEffect(() => {
    if (done) {
      try {
        sessionStorage.removeItem(KEPT);
      } catch {
        // Nothing was kept then.
      }
    }
    void tellWorker({ type: "yiting-keep", path });
  }, [done, path]);
  return null;
}

/** Says something to the worker, once there is one. */
export async function tellWorker(message: { type: "yiting-keep"; path: string } | { type: "yiting-forget" }): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  (await navigator.serviceWorker.ready).active?.postMessage(message);
}
