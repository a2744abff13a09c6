import type { Metadata } from "next";
import { DeskScreen } from "@/components/desk/desk-screen";
import { WindowChooser } from "@/components/desk/window-chooser";
import { ClientMessages } from "@/components/intl/client-messages";
import { currentLocale, texts } from "@/components/intl/server";
import { requireStaff } from "@/components/session";
import { StaffHeader } from "@/components/staff/staff-header";
import { pickMessages } from "@/lib/i18n/messages";

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { t } = await texts("desk");
  const code = windowOf((await searchParams).window);
  return { title: code ? t("pageTitle", { code }) : t("choose.title") };
}

interface Props {
  searchParams: Promise<{ window?: string | string[] }>;
}

const windowOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" && /^[A-Z0-9][A-Z0-9-]{0,15}$/.test(value) ? value : undefined;

export default async function DeskPage({ searchParams }: Props) {
  const code = windowOf((await searchParams).window);
  const staff = await requireStaff(["clerk", "chief", "hall_admin"], code ? `/desk?window=${code}` : "/desk");
  const locale = await currentLocale();
  const hall = staff.hall!.code;
  // From 1200×640 on everything fits without scrolling; smaller or zoomed screens scroll.
  return (
    <ClientMessages locale={locale} messages={pickMessages(locale, ["common", "refusals", "desk"])}>
      <div className={code ? "flex min-h-dvh flex-col [@media(min-width:75rem)_and_(min-height:40rem)]:h-dvh" : "flex min-h-dvh flex-col"}>
        <StaffHeader staff={staff} />
        {code ? <DeskScreen key={code} hall={hall} windowCode={code} /> : <WindowChooser hall={hall} />}
      </div>
    </ClientMessages>
  );
}
