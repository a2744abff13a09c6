/** The board's texts. Its own tiny format function: the ICU parser would cost more than the board itself. */
import type { Locale } from "@/lib/i18n/locale";
import en from "@/messages/en/board.json";
import zh from "@/messages/zh/board.json";

export type TextKey = keyof typeof zh;
export type Values = Record<string, string | number>;

// A key that English lacks does not compile.
const TEXTS: Record<Locale, Record<TextKey, string>> = { zh, en };

export const text = (locale: Locale, key: TextKey, values: Values = {}): string =>
  TEXTS[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

export const otherLocale = (locale: Locale): Locale => (locale === "zh" ? "en" : "zh");
