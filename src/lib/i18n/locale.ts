export const LOCALES = ["zh", "en"] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = "yiting-locale";

/** Chinese unless English was chosen: a hall's screens speak Chinese first, whatever the browser was shipped with. */
export const toLocale = (value: string | null | undefined): Locale => (value === "en" ? "en" : "zh");

export const htmlLang = (locale: Locale): string => (locale === "en" ? "en" : "zh-CN");

/** Picks the text of a record that carries both languages; English falls back to Chinese. */
export const localName = (locale: Locale, record: { name: string; nameEn?: string | null }): string =>
  locale === "en" && record.nameEn ? record.nameEn : record.name;
