"use client";
import { useTranslations } from "use-intl";
import { HALL_ZONE } from "@/components/staff/time";
import { StateChip, type Tone } from "@/components/ui/state";
import type { AppointmentState } from "@/lib/appointments/model";
import type { Appointment } from "@/lib/appointments/schema";
import type { HallDetail } from "@/lib/regions/schema";

const TONES: Record<AppointmentState, Tone> = { held: "neutral", booked: "info", arrived: "good", missed: "bad", cancelled: "neutral", expired: "neutral" };

/** The clock by which a booking is meant. */
export const zoneOf = (detail: HallDetail | undefined): string => detail?.timeZone ?? HALL_ZONE;

/** State of a booking; who came late has an ordinary number, which is worth a word. */
export function BookingChip({ appointment: { state, late } }: { appointment: Pick<Appointment, "state" | "late"> }) {
  const t = useTranslations("guide.booking.state");
  return <StateChip tone={TONES[state]}>{t(state === "arrived" && late ? "late" : state)}</StateChip>;
}
