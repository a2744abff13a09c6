import type { Metadata } from "next";
import Link from "next/link";
import { Search } from "lucide-react";
import { texts } from "@/components/intl/server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { findEverywhere, type FoundItem } from "@/lib/queue/hall/data-search";

const MOST = 30;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("catalog")).t("find.title") };
}

/** Which hall and window handles it, and how long now, over all halls (GD-5.1.3w). */
export default async function SearchPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { t } = await texts("catalog");
  const { q: typed } = await searchParams;
  const q = (Array.isArray(typed) ? typed[0] : typed)?.trim().slice(0, 60);
  const found = q ? await findEverywhere(database(), { q, limit: MOST }) : undefined;
  const exact = found ? found.items.slice(0, found.similarFrom ?? found.items.length) : [];
  const similar = found?.similarFrom === undefined ? [] : found.items.slice(found.similarFrom);
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-3xl font-semibold">{t("find.title")}</h1>
      <form action="/search" role="search" className="flex flex-col gap-2">
        <label htmlFor="q" className="text-xl font-semibold">{t("find.label")}</label>
        <p id="q-hint" className="text-ink-soft">{t("find.hint")}</p>
        <div className="flex gap-2">
          <input id="q" name="q" type="search" defaultValue={q} maxLength={60} aria-describedby="q-hint" autoComplete="off" className="min-h-14 min-w-0 grow rounded-base border border-line-strong bg-surface px-4 text-lg" />
          <Button type="submit" look="primary" size="large"><Search aria-hidden className="size-5" /><span className="sr-only sm:not-sr-only">{t("find.submit")}</span></Button>
        </div>
      </form>
      {!found ? <p>{t("find.empty")}</p> : (
        <section aria-live="polite" className="flex flex-col gap-3">
          {exact.length > 0 ? <><h2 className="text-lg font-semibold">{t(found.nextCursor ? "find.more" : "find.count", { count: exact.length })}</h2><FoundList items={exact} /></> : null}
          {exact.length === 0 && similar.length === 0 ? <EmptyState title={t("find.none", { query: q! })}><p>{t("find.noneHelp")}</p></EmptyState> : null}
          {similar.length > 0 ? <><h2 className="text-lg font-semibold">{t("find.similar")}</h2><FoundList items={similar} /></> : null}
        </section>
      )}
    </div>
  );
}

async function FoundList({ items }: { items: readonly FoundItem[] }) {
  const { locale, t } = await texts("catalog");
  const common = await texts("common");
  const wait = ({ estimateMinutes }: FoundItem) => (estimateMinutes ? (estimateMinutes.p50 === 0 ? t("find.soon") : t("find.wait", { ...estimateMinutes })) : "");
  return (
    <ul className="grid gap-3 md:grid-cols-2">
      {items.map((item) => {
        const places = [...new Set(item.windows.map((window) => t("find.zone", { zone: localName(locale, { name: window.zone, nameEn: window.zoneEn }), floor: common.t("floor", { floor: window.floor }) })))];
        return (
          <li key={`${item.hall} ${item.code}`} className="flex flex-col gap-1 rounded-base border border-line bg-surface p-4">
            <Link href={`/h/${item.hall}/items/${encodeURIComponent(item.code)}`} className="inline-flex min-h-11 items-center text-lg font-medium">{localName(locale, item)}</Link>
            <p>{localName(locale, { name: item.hallName, nameEn: item.hallNameEn })}</p>
            <p className="text-ink-soft">{item.waiting > 0 ? t("find.waiting", { count: item.waiting }) : t("find.nobody")}{wait(item) ? ` · ${wait(item)}` : ""}</p>
            <p>{item.windows.length > 0 ? `${t("find.windows", { windows: item.windows.map((window) => window.code).join(" ") })}（${places.join("；")}）` : t("find.noWindow")}</p>
          </li>
        );
      })}
    </ul>
  );
}
