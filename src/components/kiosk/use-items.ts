"use client";
import { useEffect, useState } from "react";
import { api } from "@/components/api-client";
import type { Item } from "@/lib/catalog/schema";

export interface ItemList {
  state: "loading" | "ready" | "failed";
  items: Item[];
  /** The server has more than these. */
  more: boolean;
}

/** The items of a field or of a search, popular ones first; `query` is the rest of the address, undefined asks nothing. */
export function useItems(hall: string, query: Record<string, string> | undefined): ItemList & { retry: () => void } {
  const [list, setList] = useState<ItemList>({ state: "loading", items: [], more: false });
  const [attempt, setAttempt] = useState(0);
  const address = query && new URLSearchParams({ ...query, limit: "60" }).toString();
  useEffect(() => {
    if (address === undefined) return setList({ state: "ready", items: [], more: false });
    let stopped = false;
    setList((before) => ({ ...before, state: "loading" }));
    // A short pause while somebody types; a server that is away is told at once, the visitor can try again.
    const timer = setTimeout(async () => {
      const answer = await api<{ items: Item[]; nextCursor?: string }>(`/halls/${encodeURIComponent(hall)}/items?${address}`, { tries: 2 });
      if (!stopped) setList(answer.ok ? { state: "ready", items: answer.value.items, more: answer.value.nextCursor !== undefined } : { state: "failed", items: [], more: false });
    }, address.includes("q=") ? 200 : 0);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [hall, address, attempt]);
  return { ...list, retry: () => setAttempt((count) => count + 1) };
}
