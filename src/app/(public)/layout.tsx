import { cookies } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { ElderSwitch } from "@/components/citizen/elder-switch";
import { OfflineSupport } from "@/components/citizen/offline/offline-support";
import { texts } from "@/components/intl/server";
import { LanguageSwitch } from "@/components/staff/language-switch";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  const { locale, t } = await texts("common");
  const citizen = await texts("citizen");
  const elder = (await cookies()).get("yiting-elder")?.value === "1";
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-3">{t("skip")}</a>
      <header className="no-print border-b border-line bg-surface">
        <div className="mx-auto flex max-w-5xl flex-wrap items-center justify-between gap-x-4 px-4 py-2">
          <Link href="/" className="inline-flex min-h-11 items-center text-xl font-semibold text-brand no-underline">{t("product")}</Link>
          <div className="flex items-center gap-1">
            <ElderSwitch on={elder} label={elder ? t("standardMode") : t("elderMode")} />
            <LanguageSwitch locale={locale} label={t("language")} title={t("languageLabel")} />
          </div>
        </div>
      </header>
      <main id="main" className="mx-auto w-full max-w-5xl grow px-4 py-6">{children}</main>
      <OfflineSupport />
      <footer className="no-print border-t border-line bg-surface px-4 py-4 text-center text-ink-soft">{citizen.t("footer")}</footer>
    </div>
  );
}
