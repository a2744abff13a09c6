"use client";
import { useEffect } from "react";

/** Makes the pages installable and lets kept ones be shown without a net; a page from memory reads itself again when the net is back. */
export function OfflineSupport() {
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    // A browser that allows no worker has the pages without it.
    void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
    const back = () => document.querySelector("[data-offline]") && window.location.reload();
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, []);
  return null;
}
