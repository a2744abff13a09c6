import type { Metadata } from "next";
import { type ReactNode, Suspense } from "react";
import { AdminMenu } from "@/components/admin/admin-menu";
import { menuOf } from "@/components/admin/menu";
import { ADMIN_ROLES } from "@/components/admin/register";
import { ClientMessages } from "@/components/intl/client-messages";
import { texts } from "@/components/intl/server";
import { requireStaff } from "@/components/session";
import { StaffHeader } from "@/components/staff/staff-header";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { MESSAGES } from "@/lib/i18n/messages";
import { hallsInScope } from "@/lib/regions/data-admin";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("admin")).t("title") };
}

/** Header and menu only: each page decides itself who may see it. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const staff = await requireStaff(ADMIN_ROLES, "/admin");
  const { locale, t } = await texts("admin");
  const halls = staff.hallId === undefined ? await hallsInScope(database(), { region: staff.region }) : undefined;
  return (
    <div className="flex min-h-dvh flex-col">
      <StaffHeader staff={staff} />
      <div className="flex flex-1 flex-col lg:flex-row">
        <Suspense>
          <AdminMenu groups={menuOf(staff.role, t)} {...(halls ? { halls: halls.map((hall) => ({ code: hall.code, name: localName(locale, hall) })) } : {})}
            texts={{ label: t("menu.label"), open: t("menu.open"), hall: t("menu.hall"), allHalls: t("allHalls") }} />
        </Suspense>
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col gap-4 p-4 outline-none lg:p-6">
          <ClientMessages locale={locale} messages={{ admin: { error: MESSAGES[locale].admin.error } }}>{children}</ClientMessages>
        </main>
      </div>
    </div>
  );
}
