import Link from "next/link";
import { texts } from "@/components/intl/server";
import { EmptyState } from "@/components/ui/state";
import { disclosuresOf, servicesByKind, tolerableItems } from "@/lib/catalog/lists/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import type { HallRef } from "@/lib/ledger/commands";

const LIST = "divide-y divide-line rounded-base border border-line bg-surface";
const itemHref = (hall: HallRef, code: string): string => `/h/${hall.code}/items/${encodeURIComponent(code)}`;

/** Items whose guide lets papers follow later, with the time for each (GD-5.7.1). */
export async function TolerableList({ hall }: { hall: HallRef }) {
  const { locale, t } = await texts("lists");
  const items = await tolerableItems(database(), hall.id);
  if (items.length === 0) return <EmptyState title={t("none")} />;
  return (
    <ul className={LIST}>
      {items.map((item) => (
        <li key={item.code} className="flex flex-col gap-1 px-4 py-3">
          <Link href={itemHref(hall, item.code)} className="text-lg">{localName(locale, item)}</Link>
          <p className="text-ink-soft">{localName(locale, { name: item.unit, nameEn: item.unitEn })}</p>
          <ul aria-label={t("material")} className="list-disc pl-6">{item.materials.map(({ name, days }) => <li key={name.zh}>{localName(locale, { name: name.zh, nameEn: name.en })}<span className="text-ink-soft">（{days === null ? t("later") : t("within", { days })}）</span></li>)}</ul>
        </li>
      ))}
    </ul>
  );
}

/** Value-added services by their six kinds, or utilities by their lines; a kind without a service says so. */
export async function ServiceList({ hall, category }: { hall: HallRef; category: "value_added" | "utility" }) {
  const { locale, t } = await texts("lists");
  const groups = await servicesByKind(database(), hall.id, category);
  return groups.map((group) => (
    <section key={group.code} aria-labelledby={`kind-${group.code}`}>
      <h2 id={`kind-${group.code}`} className="mb-2 text-xl font-semibold">{localName(locale, group)}</h2>
      {group.services.length === 0 ? <p className="text-ink-soft">{t("noneOfKind")}</p> : (
        <ul className={LIST}>{group.services.map((service) => <li key={service.code} className="flex flex-col px-4 py-3"><Link href={itemHref(hall, service.code)} className="text-lg">{localName(locale, service)}</Link><span className="text-ink-soft">{localName(locale, { name: service.unit, nameEn: service.unitEn })}</span></li>)}</ul>
      )}
    </section>
  ));
}

/** What is published, by whom it is kept and when it is brought up to date (GD-5.4.1). */
export async function DisclosureList({ hall }: { hall: HallRef }) {
  const { locale, t } = await texts("lists");
  const entries = await disclosuresOf(database(), hall.id);
  if (entries.length === 0) return <EmptyState title={t("none")} />;
  return (
    <ul className={LIST}>
      {entries.map((entry) => {
        const facts: [string, string][] = [
          [t("owner"), localName(locale, { name: entry.owner, nameEn: entry.ownerEn })], [t("rule"), localName(locale, { name: entry.rule, nameEn: entry.ruleEn })],
          ...(entry.channels.length > 0 ? [[t("channels"), entry.channels.map((channel) => localName(locale, channel)).join(locale === "en" ? ", " : "、")] as [string, string]] : []), ...(entry.reviewedOn ? [[t("reviewed"), entry.reviewedOn] as [string, string]] : []),
        ];
        return (
          <li key={entry.code} className="flex flex-col gap-1 px-4 py-3">
            <p className="text-lg">{entry.link ? <Link href={entry.link}>{localName(locale, entry)}</Link> : localName(locale, entry)}</p>
            <dl className="flex flex-col gap-0.5">{facts.map(([name, value]) => <div key={name} className="flex flex-col gap-x-3 sm:flex-row"><dt className="w-28 shrink-0 text-ink-soft">{name}</dt><dd>{value}</dd></div>)}</dl>
          </li>
        );
      })}
    </ul>
  );
}
