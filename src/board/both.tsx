import { htmlLang, type Locale } from "@/lib/i18n/locale";
import { otherLocale, text, type TextKey, type Values } from "./texts";

/** A text in the board's language, large, and in the other one, small. */
export function Both({ locale, k, values }: { locale: Locale; k: TextKey; values?: Values }) {
  return <Pair locale={locale} zh={text("zh", k, values)} en={text("en", k, values)} />;
}

export function Pair({ locale, zh, en }: { locale: Locale; zh: string; en: string }) {
  const other = otherLocale(locale);
  const words = { zh, en };
  return (
    <span class="both">
      <span lang={htmlLang(locale)}>{words[locale] || words[other]}</span>
      {words[other] && words[other] !== words[locale] ? <small lang={htmlLang(other)}>{words[other]}</small> : null}
    </span>
  );
}
