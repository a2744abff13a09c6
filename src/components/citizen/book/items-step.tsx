import { Search } from "lucide-react";
import Link from "next/link";
import { texts } from "@/components/intl/server";
import { Button, buttonClass } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";
import type { Booking, Slot } from "@/lib/appointments/schema";
import { searchItems } from "@/lib/catalog/data";
import type { Item } from "@/lib/catalog/schema";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import type { BookHall } from "./place";
import { bookPath, type Wish } from "./wish";

interface ItemsStepProps {
  hall: BookHall;
  booking: Booking;
  wish: Wish;
  chosen: readonly Item[];
  /** Times of what is chosen; undefined before anything is. */
  slots: readonly Slot[] | undefined;
  /** Why the chosen items cannot be booked. */
  problem: string | undefined;
  query: string | undefined;
}

/** First step: what for, how many people, at the hall or at home. Search and choice are links and plain forms. */
export async function ItemsStep({ hall, booking, wish, chosen, slots, problem, query }: ItemsStepProps) {
  const { locale, t } = await texts("book");
  const { maxItems, maxParty } = booking.rules;
  const full = chosen.length >= maxItems;
  return (
    <>
      {problem ? <Banner tone="warn">{problem} {t("walkIn")}</Banner> : null}
      {chosen.length > 0 ? (
        <section aria-labelledby="chosen-title">
          <h2 id="chosen-title" className="mb-2 text-xl font-semibold">{t("items.chosen")}</h2>
          <ul className="divide-y divide-line rounded-base border border-brand bg-surface">
            {chosen.map((item) => (
              <li key={item.code} className="flex flex-wrap items-center gap-x-4 px-4 py-2">
                <span className="grow text-lg font-medium">{localName(locale, item)}</span>
                <Link href={bookPath(hall.code, { ...wish, items: wish.items.filter((code) => code !== item.code) })} aria-label={t("items.removeOf", { name: localName(locale, item) })} className="inline-flex min-h-11 items-center">{t("items.remove")}</Link>
              </li>
            ))}
          </ul>
          {problem ? null : <Onward hall={hall} wish={wish} slots={slots ?? []} maxParty={maxParty} />}
        </section>
      ) : null}
      {full ? <p className="text-ink-soft">{t("items.full", { max: maxItems })}</p> : <Finder hall={hall} wish={wish} query={query} lead={t("items.lead", { max: maxItems })} />}
    </>
  );
}

/** How many people, at the hall or at home, and on to the times. */
async function Onward({ hall, wish, slots, maxParty }: { hall: BookHall; wish: Wish; slots: readonly Slot[]; maxParty: number }) {
  const { t } = await texts("book");
  const home = slots.some((slot) => slot.kind === "home");
  const atHall = slots.some((slot) => slot.kind !== "home");
  const kinds = [...(atHall ? ["regular" as const] : []), ...(home ? ["home" as const] : [])];
  const wanted = wish.kind === "home" && home ? "home" : kinds[0];
  return (
    <form action={`/h/${hall.code}/book`} className="mt-4 flex flex-col gap-4">
      <input type="hidden" name="items" value={wish.items.join(",")} />
      <input type="hidden" name="step" value="time" />
      {kinds.length > 1 ? (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium">{t("items.kind")}</legend>
          {kinds.map((kind) => (
            <label key={kind} className="flex min-h-12 items-start gap-3 rounded-base border border-line-strong bg-surface px-4 py-3 has-checked:border-brand has-checked:bg-brand-soft">
              <input type="radio" name="kind" value={kind === "home" ? "home" : ""} defaultChecked={kind === wanted} className="mt-1 size-5 shrink-0 accent-brand" />
              <span><span className="font-medium">{t(`kinds.${kind}`)}</span><span className="block text-ink-soft">{t(`kinds.${kind}Hint`)}</span></span>
            </label>
          ))}
        </fieldset>
      ) : wanted === "home" ? <input type="hidden" name="kind" value="home" /> : null}
      <div className="max-w-60">
        <SelectField id="party" name="party" label={t("items.party")} hint={t("items.partyHint", { max: maxParty })} defaultValue={String(Math.min(wish.party, maxParty))}>
          {Array.from({ length: maxParty }, (_, index) => <option key={index} value={index + 1}>{t("check.people", { count: index + 1 })}</option>)}
        </SelectField>
      </div>
      <p><Button type="submit" look="primary" size="large">{t("items.next")}</Button></p>
    </form>
  );
}

const MOST = 12;

async function Finder({ hall, wish, query, lead }: { hall: BookHall; wish: Wish; query: string | undefined; lead: string }) {
  const { locale, t } = await texts("book");
  const { items: all } = await searchItems(database(), hall.id, { limit: MOST, ...(query ? { q: query } : { popular: "1" as const }) });
  const found = all.filter((item) => item.line !== "" && !wish.items.includes(item.code));
  return (
    <section aria-labelledby="find-title" className="flex flex-col gap-3">
      <form action={`/h/${hall.code}/book`} role="search" className="flex flex-col gap-2">
        {wish.items.length > 0 ? <input type="hidden" name="items" value={wish.items.join(",")} /> : null}
        <label htmlFor="q" id="find-title" className="text-xl font-semibold">{t("items.search")}</label>
        <p id="q-hint" className="text-ink-soft">{lead} {t("items.hint")}</p>
        <div className="flex gap-2">
          <input id="q" name="q" type="search" defaultValue={query} maxLength={60} aria-describedby="q-hint" autoComplete="off" className="min-h-14 min-w-0 grow rounded-base border border-line-strong bg-surface px-4 text-lg" />
          <Button type="submit" size="large"><Search aria-hidden className="size-5" /><span className="sr-only sm:not-sr-only">{t("items.submit")}</span></Button>
        </div>
      </form>
      <h2 className="text-lg font-semibold" aria-live="polite">{query ? (found.length > 0 ? t("items.found", { count: found.length }) : t("items.none", { query, phone: hall.summary.phone })) : t("items.common")}</h2>
      {found.length > 0 ? (
        <ul className="divide-y divide-line rounded-base border border-line bg-surface">
          {found.map((item) => (
            <li key={item.code} className="flex items-center gap-4 px-4 py-2">
              <span className="grow"><span className="block text-lg">{localName(locale, item)}</span><span className="text-ink-soft">{localName(locale, { name: item.departmentName, nameEn: item.departmentNameEn })}</span></span>
              <Link href={bookPath(hall.code, { items: [...wish.items, item.code], party: wish.party, ...(wish.kind ? { kind: wish.kind } : {}) })} aria-label={t("items.addOf", { name: localName(locale, item) })} className={buttonClass({}, "shrink-0")}>{t("items.add")}</Link>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
