import Link from "next/link";
import { texts } from "@/components/intl/server";

/** The hall's public lists, by address below the hall's page. */
const LISTS = [["packages", "packages"], ["tolerable", "lists/tolerable"], ["valueAdded", "lists/value-added"], ["utilities", "lists/utilities"], ["shared", "shared-services"], ["negative", "negative-list"], ["disclosures", "lists/disclosures"]] as const;

export async function HallLists({ hall }: { hall: string }) {
  const { t } = await texts("lists");
  return (
    <nav aria-labelledby="lists-title">
      <h2 id="lists-title" className="mb-2 text-xl font-semibold">{t("title")}</h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {LISTS.map(([key, path]) => <li key={key}><Link href={`/h/${hall}/${path}`} className="flex min-h-14 items-center rounded-base border border-line bg-surface px-4 text-lg text-brand no-underline hover:bg-brand-soft">{t(key)}</Link></li>)}
      </ul>
    </nav>
  );
}
