"use client";
import { useTranslations } from "use-intl";
import { checkIdNumber } from "@/lib/kernel/id-number";
import { ID_LENGTH } from "./flow";
import { KeypadScreen } from "./keypad-screen";

/** 110101 19900307 8515: region, birth date, rest; easier to compare with the card. */
const grouped = (text: string): string => [text.slice(0, 6), text.slice(6, 14), text.slice(14)].filter(Boolean).join(" ");

interface IdProps {
  text: string;
  /** For a check-in it is what the booking is found by; before a number it is a choice. */
  heading?: string;
  hint?: string;
  done?: string;
  busy?: boolean;
  onText: (text: string) => void;
  onDone: () => void;
}

/** An ID number, typed or read from the card. */
export function IdScreen({ text, heading, hint, done, busy, onText, onDone }: IdProps) {
  const t = useTranslations("kiosk.id");
  const complete = text.length === ID_LENGTH;
  const valid = complete && checkIdNumber(text).ok;
  const verdict = text === "" ? "" : !complete ? t("missing", { count: ID_LENGTH - text.length }) : t(valid ? "valid" : "invalid");
  return <KeypadScreen heading={heading ?? t("heading")} hint={hint ?? t("hint")} label={t("label")} text={text} shown={grouped(text)} length={ID_LENGTH} valid={valid} withX verdict={verdict} done={done ?? t("done")} busy={busy} onText={onText} onDone={onDone} />;
}
