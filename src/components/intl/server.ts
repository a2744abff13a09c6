import { cookies } from "next/headers";
import { LOCALE_COOKIE, type Locale, toLocale } from "@/lib/i18n/locale";
import { type Namespace, translator } from "@/lib/i18n/messages";

/** Language of the visitor, from the cookie that the language switch sets. */
export async function currentLocale(): Promise<Locale> {
  return toLocale((await cookies()).get(LOCALE_COOKIE)?.value);
}

/** Texts of a namespace for a server component. */
export async function texts(namespace: Namespace) {
  const locale = await currentLocale();
  return { locale, t: translator(locale, namespace) };
}
