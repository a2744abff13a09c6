"use client";
import { useEffect, useState } from "react";
import { api, type Problem } from "@/components/api-client";
import type { Appointment, Booking } from "@/lib/appointments/schema";

interface Page {
  items: Appointment[];
  nextCursor?: string;
}

const PAGE = 30;
/** Needs for help are read again so often: somebody has to go to the door. */
const NEEDS_EVERY = 10_000;

/** Today's bookings in the order of their times, by number or phone and state; read again when the hall changes (`tick`). */
export function useBookings(hall: string, search: { q: string; state: string }, tick: number) {
  const [state, setState] = useState<{ key?: string; page: Page; problem?: Problem }>({ page: { items: [] } });
  const [pages, setPages] = useState(1);
  const [attempt, setAttempt] = useState(0);
  const key = new URLSearchParams({ ...(search.q.trim() ? { q: search.q.trim() } : {}), ...(search.state ? { state: search.state } : {}) }).toString();
  useEffect(() => setPages(1), [key]);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const result = await api<Page>(`/halls/${hall}/appointments?${key}&limit=${Math.min(200, PAGE * pages)}`);
      if (current) setState((old) => (result.ok ? { key, page: result.value } : { ...old, key, problem: result.problem }));
    }, 200);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [hall, key, tick, pages, attempt]);
  return { ...state.page, problem: state.problem, loading: state.key !== key, more: () => setPages((old) => old + 1), reload: () => setAttempt((old) => old + 1) };
}

/** Bookings of today whose visitors need help. */
export function useNeeds(hall: string): readonly Appointment[] {
  const [items, setItems] = useState<readonly Appointment[]>([]);
  useEffect(() => {
    let current = true;
    const read = async () => {
      const result = await api<Page>(`/halls/${hall}/appointments?needs=yes&limit=200`, { tries: 1 });
      if (current && result.ok) setItems(result.value.items);
    };
    void read();
    const timer = setInterval(() => void read(), NEEDS_EVERY);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [hall]);
  return items;
}

/** Rules and codes of booking in the hall, once. */
export function useBookingFacts(hall: string): Booking | undefined {
  const [facts, setFacts] = useState<Booking>();
  useEffect(() => {
    let current = true;
    void api<Booking>(`/halls/${hall}/booking`).then((result) => current && result.ok && setFacts(result.value));
    return () => {
      current = false;
    };
  }, [hall]);
  return facts;
}
