"use client";
import { api, type Problem } from "@/components/api-client";
import type { Appointment } from "@/lib/appointments/schema";
import type { Ticket } from "@/lib/queue/ticket/schema";
import type { ArriveBy, Move, NoArrival } from "./flow";
import { isLost, type usePressOnce } from "./use-press-once";

interface Arrived {
  choices?: Appointment[];
  appointment?: Appointment;
  ticket?: Ticket & { token: string };
}

/** What a visitor shows or types; the link of a chosen booking is a token. */
export type Shown = { by: ArriveBy | "token"; text: string };

export interface CheckInOptions {
  hall: string;
  token: string;
  press: ReturnType<typeof usePressOnce>["press"];
  go: (move: Move) => void;
}

function notArrived(problem: Problem): NoArrival {
  const { code, detail, start, minutes, item, line } = problem;
  if (isLost(problem)) return { why: "failed", detail: "" };
  if (code === "too_early") return { why: "early", detail, start: String(start), from: new Date(Date.parse(String(start)) - Number(minutes) * 60_000).toISOString(), item: String(item), line: String(line) };
  return { why: code === "appointment_none_today" ? "none" : "refused", detail };
}

/** Check-in of a booked visitor: one press gives the number, or the bookings to choose from, or says what else can be done. */
export function useCheckIn({ hall, token, press, go }: CheckInOptions) {
  return async function checkIn({ by, text }: Shown, chosen = false): Promise<void> {
    const answer = await press<Arrived>(chosen ? `/appointments/${encodeURIComponent(text)}/check-in` : `/halls/${encodeURIComponent(hall)}/check-in`, chosen ? {} : { [by]: text });
    if (!answer) return;
    if (!answer.ok) return go({ do: "go", to: { at: "arrive-not", reason: notArrived(answer.problem) } });
    const { choices, appointment, ticket } = answer.value;
    if (choices) return go({ do: "go", to: { at: "arrive-choose", choices } });
    if (!appointment || !ticket) return;
    void api("/devices/me/usage", { body: { name: "check_in" }, token });
    const line = { code: appointment.line, name: appointment.lineName, nameEn: appointment.lineNameEn };
    go({ do: "replace", to: { at: "result", choice: { item: appointment.items[0], line }, ticket, booked: { start: appointment.start, late: appointment.late } } });
  };
}

/** A booking's time on the hall's clock. */
export const clockAt = (instant: string, timeZone: string): string => new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant));
