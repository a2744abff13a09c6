"use client";
import { useEffect } from "react";
import { tellWorker } from "@/components/citizen/offline/keep-page";

/** After signing out nothing of the visitor stays on this phone. */
export function ForgetKept() {
  useEffect(() => void tellWorker({ type: "yiting-forget" }), []);
  return null;
}
