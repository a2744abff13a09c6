"use client";
import { useState } from "react";
import { api, type Problem } from "@/components/api-client";
import type { IssuedTicket } from "@/lib/queue/ticket/schema";
import { type Choice, NORMAL_CLASS, type Visit } from "./flow";
import { isLost, type usePressOnce } from "./use-press-once";

export interface TakeOptions {
  hall: string;
  token: string;
  visit: Visit;
  press: ReturnType<typeof usePressOnce>["press"];
  onTicket: (choice: Choice, ticket: IssuedTicket) => void;
  /** No answer after all tries: no number is shown. */
  onFailed: (choice: Choice) => void;
}

/** One press, one number. */
export function useTakeTicket({ hall, token, visit, press, onTicket, onFailed }: TakeOptions) {
  const [refusal, setRefusal] = useState<Problem>();

  async function take(choice: Choice): Promise<void> {
    setRefusal(undefined);
    const answer = await press<IssuedTicket>(`/halls/${encodeURIComponent(hall)}/tickets`, {
      ...(choice.item ? { item: choice.item.code } : { line: choice.line.code }),
      ...(visit.class === NORMAL_CLASS ? {} : { class: visit.class }),
      ...(visit.idNumber ? { person: { idNumber: visit.idNumber } } : {}),
      channel: "kiosk",
    });
    if (!answer) return;
    if (answer.ok) {
      void api("/devices/me/usage", { body: { name: "ticket" }, token });
      return onTicket(choice, answer.value);
    }
    if (isLost(answer.problem)) return onFailed(choice);
    setRefusal(answer.problem);
  }

  return { refusal, take, forgetRefusal: () => setRefusal(undefined) };
}
