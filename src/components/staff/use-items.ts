"use client";
import { useEffect, useState } from "react";
import { api } from "@/components/api-client";
import type { Item } from "@/lib/catalog/schema";

/** Items of a hall that match a text, pinyin or initials; without a text the popular ones. */
export function useItems(hall: string, query: string): { items: Item[]; loading: boolean; failed: boolean } {
  const [state, setState] = useState<{ query?: string; items: Item[]; failed: boolean }>({ items: [], failed: false });
  const text = query.trim();
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const result = await api<{ items: Item[] }>(`/halls/${hall}/items?${text ? `q=${encodeURIComponent(text)}` : "popular=1"}&limit=20`);
      if (current) setState({ query: text, items: result.ok ? result.value.items : [], failed: !result.ok });
    }, text ? 150 : 0);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [hall, text]);
  return { items: state.items, loading: state.query !== text, failed: state.failed };
}
