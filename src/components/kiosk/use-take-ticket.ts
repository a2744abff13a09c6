"use client";
import { useEffect, useRef, useState } from "react";
import { api, newKey, NO_ANSWER, type Problem } from "@/components/api-client";
import type { IssuedTicket } from "@/lib/queue/ticket/schema";
import { type Choice, NORMAL_CLASS, type Visit } from "./flow";

/** After this many milliseconds the visitor is told that it takes longer. */
const SLOW = 4_000;

export interface TakeOptions {
  hall: string;
  token: string;
  visit: Visit;
  onTicket: (choice: Choice, ticket: IssuedTicket) => void;
  /** No answer after all tries: no number is shown. */
  onFailed: (choice: Choice) => void;
  onRevoked: () => void;
}

interface Taking {
  phase: "idle" | "taking" | "slow";
  refusal?: Problem;
}

/** One press, one number: every try of a press carries the same key, also the one after "try again". */
export function useTakeTicket({ hall, token, visit, onTicket, onFailed, onRevoked }: TakeOptions) {
  const [taking, setTaking] = useState<Taking>({ phase: "idle" });
  const press = useRef<{ key: string; body: string }>(undefined);
  const busy = useRef(false);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => void (gone.current = true);
  }, []);

  async function take(choice: Choice): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    const body = {
      ...(choice.item ? { item: choice.item.code } : { line: choice.line.code }),
      ...(visit.class === NORMAL_CLASS ? {} : { class: visit.class }),
      ...(visit.idNumber ? { person: { idNumber: visit.idNumber } } : {}),
      channel: "kiosk",
    };
    // The same wish after a lost answer is the same press; a changed wish is a new one.
    if (press.current?.body !== JSON.stringify(body)) press.current = { key: newKey(), body: JSON.stringify(body) };
    setTaking({ phase: "taking" });
    const slow = setTimeout(() => setTaking({ phase: "slow" }), SLOW);
    const answer = await api<IssuedTicket>(`/halls/${encodeURIComponent(hall)}/tickets`, { body, token, key: press.current.key, tries: 4 });
    clearTimeout(slow);
    busy.current = false;
    if (gone.current) return;
    setTaking({ phase: "idle" });
    if (answer.ok) {
      press.current = undefined;
      void api("/devices/me/usage", { body: { name: "ticket" }, token });
      return onTicket(choice, answer.value);
    }
    const { status, code } = answer.problem;
    if (status === 401) return onRevoked();
    if (code === NO_ANSWER || status >= 500 || status === 429) return onFailed(choice);
    press.current = undefined;
    setTaking({ phase: "idle", refusal: answer.problem });
  }

  return { ...taking, take, forgetRefusal: () => setTaking({ phase: "idle" }) };
}
