import { Search } from "lucide-react";
import Link from "next/link";
import { texts } from "@/components/intl/server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import { searchItems } from "@/lib/catalog/data";
import type { Item } from "@/lib/catalog/schema";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { hallRef } from "@/lib/regions/data";
import type { HallDetail } from "@/lib/regions/schema";

const PAGE = 20;

/** Search by name, everyday word or pinyin, and the fields to browse; a plain form, so it works before scripts. */
export async function HallSearch({ hall, query }: { hall: HallDetail; query: { q?: string; field?: string; all?: string } }) {
  const { locale, t } = await texts("citizen");
  const common = await texts("common");
  const q = query.q?.trim().slice(0, 60);
  const field = hall.fields.find((each) => each.code === query.field);
  const chosen = q || field;
  const limit = query.all ? 200 : PAGE;
  const { items: found, nextCursor, similarFrom } = await searchItems(database(), (await hallRef(hall.code)).id, { limit, ...(q ? { q } : {}), ...(field ? { field: field.code } : {}), ...(chosen ? {} : { popular: "1" as const }) });
  const items = found.slice(0, similarFrom ?? found.length);
  const similar = similarFrom === undefined ? [] : found.slice(similarFrom);
  const more = new URLSearchParams({ ...(q ? { q } : {}), ...(field ? { field: field.code } : {}), all: "1" });
  return (
    <section aria-labelledby="search-title">
      <form action={`/h/${hall.code}`} role="search" className="flex flex-col gap-2">
        <label htmlFor="q" id="search-title" className="text-xl font-semibold">{t("searchLabel")}</label>
        <p id="q-hint" className="text-ink-soft">{t("searchHint")}</p>
        <div className="flex gap-2">
          <input id="q" name="q" type="search" defaultValue={q} aria-describedby="q-hint" autoComplete="off" className="min-h-14 min-w-0 grow rounded-base border border-line-strong bg-surface px-4 text-lg" />
          <Button type="submit" look="primary" size="large"><Search aria-hidden className="size-5" /><span className="sr-only sm:not-sr-only">{common.t("search")}</span></Button>
        </div>
      </form>
      <nav aria-label={t("fields")} className="mt-4 flex flex-wrap gap-2">
        {chosen ? <FieldLink href={`/h/${hall.code}`} active={false}>{t("allFields")}</FieldLink> : null}
        {hall.fields.map((each) => <FieldLink key={each.code} href={`/h/${hall.code}?field=${each.code}`} active={each.code === field?.code}>{localName(locale, each)}</FieldLink>)}
      </nav>
      <h2 className="mt-6 mb-2 text-lg font-semibold" aria-live="polite">
        {chosen ? (nextCursor ? t("resultsMore", { count: items.length }) : t("results", { count: items.length })) : t("popular")}
      </h2>
      {items.length === 0 && similar.length === 0 ? <EmptyState title={t("noResults", { query: q ?? "" })}>{t("noResultsHelp", { phone: hall.phone })}</EmptyState> : items.length > 0 ? <ItemList hall={hall.code} items={items} /> : null}
      {similar.length > 0 ? <><p className="mt-4 mb-2 font-semibold">{(await texts("catalog")).t("find.similar")}</p><ItemList hall={hall.code} items={similar} /></> : null}
      {nextCursor && !query.all ? <p className="mt-3"><Link href={`/h/${hall.code}?${more}`} className="inline-flex min-h-11 items-center">{t("showMore")}</Link></p> : null}
    </section>
  );
}

function FieldLink({ href, active, children }: { href: string; active: boolean; children: React.ReactNode }) {
  return <Link href={href} aria-current={active ? "true" : undefined} className="inline-flex min-h-11 items-center rounded-base border border-line-strong bg-surface px-3 text-ink no-underline hover:bg-brand-soft aria-[current=true]:border-brand aria-[current=true]:bg-brand aria-[current=true]:text-white">{children}</Link>;
}

async function ItemList({ hall, items }: { hall: string; items: Item[] }) {
  const { locale } = await texts("citizen");
  return (
    <ul className="divide-y divide-line rounded-base border border-line bg-surface">
      {items.map((item) => (
        <li key={item.code}>
          <Link href={`/h/${hall}/items/${encodeURIComponent(item.code)}`} className="flex min-h-14 flex-col justify-center px-4 py-2 no-underline hover:bg-brand-soft">
            <span className="text-lg text-brand">{localName(locale, item)}</span>
            <span className="text-ink-soft">{localName(locale, { name: item.departmentName, nameEn: item.departmentNameEn })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
