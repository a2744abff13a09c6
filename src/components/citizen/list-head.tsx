import Link from "next/link";
import { notFound } from "next/navigation";
import { texts } from "@/components/intl/server";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { AppError } from "@/lib/kernel/errors";
import type { HallRef } from "@/lib/ledger/commands";
import { hallRef, listHalls } from "@/lib/regions/data";

/** The hall of an address, or the page that says there is none. */
export async function publicHall(code: string): Promise<HallRef> {
  try {
    return await hallRef(code);
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
}

/** Title of a public list with the way back to the hall. */
export async function ListHead({ hall, title, intro }: { hall: string; title: string; intro?: string }) {
  const { locale, t } = await texts("lists");
  const summary = (await listHalls(database(), { code: hall }))[0];
  return (
    <div>
      <p><Link href={`/h/${hall}`} className="inline-flex min-h-11 items-center">{t("back")}</Link></p>
      <h1 className="text-3xl font-semibold">{title}</h1>
      {summary ? <p className="mt-1 text-ink-soft">{localName(locale, summary)}</p> : null}
      {intro ? <p className="mt-3">{intro}</p> : null}
    </div>
  );
}
