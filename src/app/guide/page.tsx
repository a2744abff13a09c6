import type { Metadata } from "next";
import { GuideScreen } from "@/components/guide/guide-screen";
import { ClientMessages } from "@/components/intl/client-messages";
import { currentLocale, texts } from "@/components/intl/server";
import { requireStaff } from "@/components/session";
import { StaffHeader } from "@/components/staff/staff-header";
import { pickMessages } from "@/lib/i18n/messages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("guide")).t("title") };
}

export default async function GuidePage() {
  const staff = await requireStaff(["guide", "chief", "hall_admin"], "/guide");
  const locale = await currentLocale();
  return (
    <ClientMessages locale={locale} messages={pickMessages(locale, ["common", "refusals", "desk", "guide"])}>
      {/* On paper only the slip remains. */}
      <div className="flex min-h-dvh flex-col print:hidden">
        <StaffHeader staff={staff} />
        <GuideScreen hall={staff.hall!.code} />
      </div>
    </ClientMessages>
  );
}
