"use client";
import { useTranslations } from "use-intl";
import { StateChip, type Tone } from "@/components/ui/state";
import type { AppointmentState } from "@/lib/appointments/model";
import type { Appointment } from "@/lib/appointments/schema";

const TONES: Record<AppointmentState, Tone> = { held: "neutral", booked: "info", arrived: "good", missed: "bad", cancelled: "neutral", expired: "neutral" };

/** State of a booking; who came late has an ordinary number, which is worth a word. */
export function BookingChip({ appointment: { state, late } }: { appointment: Pick<Appointment, "state" | "late"> }) {
  const t = useTranslations("guide.booking.state");
  return <StateChip tone={TONES[state]}>{t(state === "arrived" && late ? "late" : state)}</StateChip>;
}
