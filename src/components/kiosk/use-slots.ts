"use client";
import { useEffect, useState } from "react";
import { api } from "@/components/api-client";
import type { Slot } from "@/lib/appointments/schema";

export interface SlotList {
  state: "loading" | "ready" | "failed";
  slots: readonly Slot[];
}

/** The times of an item at the hall, from the stock of every channel; home visits are booked with an address, not here. */
export function useSlots(hall: string, item: string, token: string): SlotList & { retry: () => void } {
  const [list, setList] = useState<SlotList>({ state: "loading", slots: [] });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stopped = false;
    setList((before) => ({ ...before, state: "loading" }));
    void api<Slot[]>(`/halls/${encodeURIComponent(hall)}/slots?item=${encodeURIComponent(item)}`, { token, tries: 2 }).then((answer) => {
      if (!stopped) setList(answer.ok ? { state: "ready", slots: answer.value.filter((slot) => slot.kind !== "home") } : { state: "failed", slots: [] });
    });
    return () => {
      stopped = true;
    };
  }, [hall, item, token, attempt]);
  return { ...list, retry: () => setAttempt((count) => count + 1) };
}
