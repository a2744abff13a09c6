"use client";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "@/lib/i18n/locale";

/** Hands the texts that a page's client parts need to them: `useTranslations("desk")` from use-intl reads them. */
export function ClientMessages({ locale, messages, children }: { locale: Locale; messages: object; children: ReactNode }) {
  return <IntlProvider locale={locale} messages={messages as never} timeZone="Asia/Shanghai">{children}</IntlProvider>;
}
