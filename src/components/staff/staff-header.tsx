import Link from "next/link";
import type { ReactNode } from "react";
import { texts } from "@/components/intl/server";
import type { StaffPrincipal } from "@/lib/auth/model";
import { localName } from "@/lib/i18n/locale";
import { LanguageSwitch } from "./language-switch";
import { homeOf } from "./roles";
import { SignOutButton } from "./sign-out-button";

/** The one line on top of every staff page: product, hall, page's own links, who works here, language, sign out. */
export async function StaffHeader({ staff, children }: { staff: Pick<StaffPrincipal, "name" | "role" | "hall">; children?: ReactNode }) {
  const { locale, t } = await texts("login");
  const common = (await texts("common")).t;
  return (
    <header data-slot="staff-header" className="no-print border-b border-line bg-surface">
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:px-4 focus:py-2">{common("skip")}</a>
      <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1">
        <Link href={homeOf(staff.role)} className="text-lg font-semibold text-brand no-underline">{common("product")}</Link>
        {staff.hall ? <span className="text-sm text-ink-soft">{localName(locale, staff.hall)}</span> : null}
        {children ? <nav aria-label={t("header.nav")} className="flex flex-wrap items-center gap-1">{children}</nav> : null}
        <div className="ml-auto flex flex-wrap items-center gap-x-2">
          <span className="text-sm"><Link href="/login/password" title={t("change.title")} className="font-medium text-ink no-underline hover:underline">{staff.name}</Link><span className="text-ink-soft"> · {t(`roles.${staff.role}`)}</span></span>
          <LanguageSwitch locale={locale} label={common("language")} title={common("languageLabel")} />
          <SignOutButton label={common("signOut")} />
        </div>
      </div>
    </header>
  );
}
