import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ClientMessages } from "@/components/intl/client-messages";
import { texts } from "@/components/intl/server";
import { currentStaff } from "@/components/session";
import { homeOf, safePath } from "@/components/staff/roles";
import { SignOutButton } from "@/components/staff/sign-out-button";
import { Banner } from "@/components/ui/state";
import { pickMessages } from "@/lib/i18n/messages";
import { LoginFrame } from "../login-frame";
import { PasswordForm } from "./password-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("login")).t("change.title") };
}

/** Changing the own password; after the first sign-in it cannot be passed by. */
export default async function PasswordPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const target = safePath((await searchParams).next);
  const staff = await currentStaff();
  if (!staff) redirect("/login");
  const { locale, t } = await texts("login");
  const common = (await texts("common")).t;
  return (
    <LoginFrame title={t("change.title")}>
      {staff.mustChange ? <div className="mb-5"><Banner tone="info"><p>{t("change.first", { name: staff.name })}</p></Banner></div> : null}
      <ClientMessages locale={locale} messages={pickMessages(locale, ["login", "refusals"])}>
        <PasswordForm username={staff.username} next={target ?? homeOf(staff.role)} />
      </ClientMessages>
      <div className="mt-4 border-t border-line pt-3"><SignOutButton label={common("signOut")} /></div>
    </LoginFrame>
  );
}
