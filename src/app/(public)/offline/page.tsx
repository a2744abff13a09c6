import type { Metadata } from "next";
import { KeptList } from "@/components/citizen/offline/kept-list";
import { ClientMessages } from "@/components/intl/client-messages";
import { texts } from "@/components/intl/server";
import { pickMessages } from "@/lib/i18n/messages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("my")).t("offlineTitle"), robots: { index: false } };
}

/** What a phone shows without a net instead of a page that it has not kept. */
export default async function OfflinePage() {
  const { locale, t } = await texts("my");
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-5">
      <h1 className="text-3xl font-semibold">{t("offlineTitle")}</h1>
      <p className="text-lg">{t("offlineText")}</p>
      <ClientMessages locale={locale} messages={pickMessages(locale, ["my"])}><KeptList /></ClientMessages>
    </div>
  );
}
