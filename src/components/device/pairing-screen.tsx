"use client";
import { useTranslations } from "use-intl";
import { ClientMessages } from "@/components/intl/client-messages";
import { htmlLang, LOCALES, type Locale } from "@/lib/i18n/locale";
import type { PairingState } from "./pairing";

const STEPS = ["step1", "step2", "step3"] as const;

function Instructions({ locale, pairing }: { locale: Locale; pairing: PairingState }) {
  const t = useTranslations("kiosk.pairing");
  return (
    <section lang={htmlLang(locale)} className="flex-1">
      <h2 className="text-xl font-semibold">{t("heading")}</h2>
      <ol className="mt-4 grid list-none gap-3">
        {STEPS.map((step, index) => (
          <li key={step} className="flex items-center gap-3">
            <span aria-hidden className="grid size-9 shrink-0 place-items-center rounded-full border border-line-strong font-semibold">{index + 1}</span>
            {t(step)}
          </li>
        ))}
      </ol>
      <p role="status" className={pairing.offline ? "mt-4 font-medium text-bad" : "mt-4 text-ink-soft"}>{t(pairing.offline ? "offline" : "auto")}</p>
      <p className="mt-2 font-medium">{t("citizen")}</p>
    </section>
  );
}

function CodeLabel({ locale }: { locale: Locale }) {
  const t = useTranslations("kiosk.pairing");
  return <span lang={htmlLang(locale)} className="mx-3">{t("code")}</span>;
}

/** A screen that belongs to no hall yet: its code, and how an administrator confirms it, in both languages at once. */
export function PairingScreen({ pairing, messages }: { pairing: PairingState; messages: Record<Locale, object> }) {
  const t = useTranslations("kiosk.pairing");
  return (
    <main className="mx-auto flex min-h-dvh max-w-[60rem] flex-col items-center justify-center gap-8 p-8">
      <h1 className="text-center text-2xl font-semibold">
        {LOCALES.map((locale) => <ClientMessages key={locale} locale={locale} messages={messages[locale]}><CodeLabel locale={locale} /></ClientMessages>)}
      </h1>
      <p data-pairing-code={pairing.code} aria-live="polite" className="rounded-base border border-line-strong bg-surface px-10 py-5 text-7xl font-bold tracking-[0.12em]">
        {pairing.code ?? <span className="text-2xl font-normal tracking-normal">{t("asking")}</span>}
      </p>
      <div className="flex w-full flex-col gap-8 rounded-base border border-line bg-surface p-8 landscape:flex-row">
        {LOCALES.map((locale) => (
          <ClientMessages key={locale} locale={locale} messages={messages[locale]}><Instructions locale={locale} pairing={pairing} /></ClientMessages>
        ))}
      </div>
    </main>
  );
}
