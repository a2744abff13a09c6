"use client";
import { useTranslations } from "use-intl";
import { StateChip, type Tone } from "@/components/ui/state";
import type { TicketState } from "@/lib/queue/ticket/model";

const TONES: Record<TicketState, Tone> = { waiting: "info", called: "warn", serving: "good", held: "warn", missed: "bad", finished: "neutral", cancelled: "neutral" };

export function TicketStateChip({ state }: { state: TicketState }) {
  const t = useTranslations("desk.state");
  return <StateChip tone={TONES[state]}>{t(state)}</StateChip>;
}
