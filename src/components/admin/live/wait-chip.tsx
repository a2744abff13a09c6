import { StateChip } from "@/components/ui/state";
import { type WaitLevel, waitLevel, type WaitLimits } from "@/lib/queue/board/overview-schema";

/** A wait in minutes: plain while it is normal, else word, colour and shape. */
export function WaitChip({ minutes, limits, text }: { minutes: number; limits?: WaitLimits; text: (minutes: number, level: WaitLevel) => string }) {
  const level = waitLevel(minutes, limits);
  const words = text(minutes, level);
  return level === "normal" ? <span>{words}</span> : <StateChip tone={level === "long" ? "warn" : "bad"}>{words}</StateChip>;
}
