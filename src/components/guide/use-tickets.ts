"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocale } from "use-intl";
import { api, type Problem } from "@/components/api-client";
import type { Ticket, TicketPage } from "@/lib/queue/ticket/schema";

export type FoundTicket = Ticket & { token: string };
interface Page {
  items: FoundTicket[];
  nextCursor?: string;
}

const PAGE = 30;

/** Today's tickets by number and state, newest first; read again when the hall changes (`tick`). */
export function useTickets(hall: string, search: { q: string; state: string }, tick: number) {
  const [state, setState] = useState<{ key?: string; page: Page; problem?: Problem }>({ page: { items: [] } });
  const [pages, setPages] = useState(1);
  const key = new URLSearchParams({ ...(search.q.trim() ? { q: search.q.trim() } : {}), ...(search.state ? { state: search.state } : {}) }).toString();
  useEffect(() => setPages(1), [key]);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const result = await api<Page>(`/halls/${hall}/tickets?${key}&limit=${PAGE * pages}`);
      if (current) setState((old) => (result.ok ? { key, page: result.value } : { ...old, key, problem: result.problem }));
    }, 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [hall, key, tick, pages]);
  return { ...state.page, problem: state.problem, loading: state.key !== key, more: () => setPages((old) => old + 1) };
}

/** One ticket with place, reason and history, read again when the hall changes. */
export function useTicketPage(token: string, tick: number): { page?: TicketPage; problem?: Problem; reload: () => Promise<void> } {
  const [state, setState] = useState<{ token?: string; page?: TicketPage; problem?: Problem }>({});
  const locale = useLocale();
  const latest = useRef(0);
  const reload = useCallback(async () => {
    const mine = ++latest.current;
    const result = await api<TicketPage>(`/tickets/${token}`);
    // An older answer never overwrites a newer one.
    if (mine !== latest.current) return;
    setState((old) => (result.ok ? { token, page: result.value } : { ...(old.token === token ? old : {}), token, problem: result.problem }));
  }, [token]);
  useEffect(() => { void reload(); }, [reload, tick, locale]);
  return state.token === token ? { page: state.page, problem: state.problem, reload } : { reload };
}
