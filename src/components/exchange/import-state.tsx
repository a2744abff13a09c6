import { StateChip, type Tone } from "@/components/ui/state";
import type { ImportFacts } from "@/lib/exchange/schema";
import type { Translate } from "@/lib/i18n/messages";

const TONES: Partial<Record<ImportFacts["state"], Tone>> = { ready: "warn", applied: "good", checking: "info", applying: "info", undoing: "info" };

export function ImportState({ facts, t }: { facts: ImportFacts; t: Translate }) {
  return facts.interrupted ? <StateChip tone="bad">{t("imports.states.interrupted")}</StateChip> : <StateChip tone={TONES[facts.state] ?? "neutral"}>{t(`imports.states.${facts.state}`)}</StateChip>;
}
