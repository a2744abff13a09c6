import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ClientMessages } from "@/components/intl/client-messages";
import { texts } from "@/components/intl/server";
import { currentStaff } from "@/components/session";
import { homeOf, safePath } from "@/components/staff/roles";
import { SignOutButton } from "@/components/staff/sign-out-button";
import { buttonClass } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import type { StaffPrincipal } from "@/lib/auth/model";
import { pickMessages } from "@/lib/i18n/messages";
import { LoginForm } from "./login-form";
import { LoginFrame } from "./login-frame";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("login")).t("title") };
}

interface Props {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[] }>;
}

/** Signing in; who is signed in already goes on to where they wanted, or to the work of their role. */
export default async function LoginPage({ searchParams }: Props) {
  const { next, error } = await searchParams;
  const staff = await currentStaff();
  const target = safePath(next);
  if (staff?.mustChange) redirect(target ? `/login/password?next=${encodeURIComponent(target)}` : "/login/password");
  if (staff && error !== "forbidden") redirect(target ?? homeOf(staff.role));
  const { locale, t } = await texts("login");
  if (staff) return <LoginFrame title={t("forbidden.title")}><Forbidden staff={staff} /></LoginFrame>;
  return (
    <LoginFrame title={t("title")}>
      <ClientMessages locale={locale} messages={pickMessages(locale, ["login", "refusals"])}>
        <LoginForm next={target} />
      </ClientMessages>
    </LoginFrame>
  );
}

async function Forbidden({ staff }: { staff: StaffPrincipal }) {
  const { t } = await texts("login");
  const common = (await texts("common")).t;
  return (
    <>
      <Banner tone="warn"><p>{t("forbidden.text", { name: staff.name, role: t(`roles.${staff.role}`) })}</p></Banner>
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Link href={homeOf(staff.role)} className={buttonClass({ look: "primary" })}>{t("forbidden.home")}</Link>
        <SignOutButton label={common("signOut")} />
      </div>
    </>
  );
}
