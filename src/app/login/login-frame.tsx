import type { ReactNode } from "react";
import { texts } from "@/components/intl/server";
import { LanguageSwitch } from "@/components/staff/language-switch";

/** The calm page around one form: product, language, the form, who it is for. */
export async function LoginFrame({ title, children }: { title: string; children: ReactNode }) {
  const { locale, t } = await texts("login");
  const common = (await texts("common")).t;
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-surface">
        <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:bg-surface focus:px-4 focus:py-2">{common("skip")}</a>
        <div className="mx-auto flex min-h-14 max-w-5xl items-center justify-between gap-4 px-4">
          <p className="flex flex-wrap items-baseline gap-x-3"><span className="text-xl font-semibold text-brand">{common("product")}</span><span className="text-ink-soft">{t("frame.subtitle")}</span></p>
          <LanguageSwitch locale={locale} label={common("language")} title={common("languageLabel")} />
        </div>
      </header>
      <main id="main" className="flex flex-1 items-start justify-center px-4 py-8 sm:py-16">
        <div className="w-full max-w-md rounded-base border border-line bg-surface p-5 sm:p-8">
          <h1 className="mb-5 text-2xl font-semibold">{title}</h1>
          {children}
        </div>
      </main>
      <footer className="px-4 pb-6 text-center text-sm text-ink-soft">{t("frame.notice")}</footer>
    </div>
  );
}
