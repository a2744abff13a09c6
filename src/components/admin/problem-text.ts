import type { Locale } from "@/lib/i18n/locale";
import { MESSAGES, refusalText, translator } from "@/lib/i18n/messages";

/** Text of a refusal: the administration's own rules first, then the shared ones. */
export const problemText = (locale: Locale, code: string, details: Record<string, unknown> = {}): string =>
  code in MESSAGES[locale].admin.issues ? translator(locale, "admin")(`issues.${code}`) : refusalText(locale, code, details);
