import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ActionForm } from "@/components/citizen/action-form";
import { Countdown } from "@/components/citizen/book/countdown";
import { ItemsStep } from "@/components/citizen/book/items-step";
import { type BookHall, bookHall, chosenItems } from "@/components/citizen/book/place";
import { BookingRules } from "@/components/citizen/book/rules";
import { DayLinks, daysOf, TimeButtons } from "@/components/citizen/book/time-choice";
import { NOBODY } from "@/components/citizen/book/who";
import { WhoForm } from "@/components/citizen/book/who-form";
import { bookPath, type Params, type Wish, wishOf } from "@/components/citizen/book/wish";
import { clockText, spanText } from "@/components/citizen/times";
import { currentCitizen } from "@/components/citizen/visitor";
import { ClientMessages } from "@/components/intl/client-messages";
import { texts } from "@/components/intl/server";
import { appointmentPage, bookingPage, countFullDays, slotOffers } from "@/lib/appointments/book/data";
import type { Booking } from "@/lib/appointments/schema";
import { comingDays } from "@/lib/calendar/data";
import { serverNow } from "@/lib/citizens/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { pickMessages, refusalText } from "@/lib/i18n/messages";
import { randomToken } from "@/lib/kernel/ids";
import { currentPolicy } from "@/lib/queue/policy/data";
import { bookAction, holdAction } from "./actions";

interface Props {
  params: Promise<{ hall: string }>;
  searchParams: Promise<Params>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, t } = await texts("book");
  return { title: `${t("title")} · ${localName(locale, (await bookHall((await params).hall)).summary)}` };
}

/** Booking a visit, one question a page: what for, when, who, check, done. The address keeps what was chosen; all of it works before scripts. */
export default async function BookPage({ params, searchParams }: Props) {
  const query = await searchParams;
  const hall = await bookHall((await params).hall);
  const wish = wishOf(query);
  const booking = await bookingPage(database(), hall.id);
  if (query.step === "time" && wish.items.length > 0) return <TimeStep hall={hall} wish={wish} booking={booking} />;
  if (wish.hold) return <WhoStep hall={hall} wish={wish} hold={wish.hold} />;
  return <FirstStep hall={hall} wish={wish} booking={booking} query={typeof query.q === "string" ? query.q.trim().slice(0, 60) || undefined : undefined} />;
}

async function Frame({ step, back, children }: { step?: number; back: { href: string; label: string }; children: React.ReactNode }) {
  const { t } = await texts("book");
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <div>
        <p><Link href={back.href} className="inline-flex min-h-11 items-center">{back.label}</Link></p>
        {step ? <p className="text-ink-soft">{t("title")} · {t("step", { step })}</p> : null}
      </div>
      {children}
    </div>
  );
}

async function FirstStep({ hall, wish, booking, query }: { hall: BookHall; wish: Wish; booking: Booking; query: string | undefined }) {
  const { locale, t } = await texts("book");
  const chosen = await chosenItems(hall.id, wish.items);
  const known = { ...wish, items: chosen.map((item) => item.code) };
  const offers = chosen.length > 0 ? await slotOffers(database(), hall.id, { items: known.items, party: 1 }) : undefined;
  const problem = offers && !offers.ok ? refusalText(locale, offers.code, offers.details) : offers?.ok && offers.value.length === 0 ? refusalText(locale, "not_bookable") : undefined;
  return (
    <Frame step={1} back={{ href: `/h/${hall.code}`, label: t("hall") }}>
      <h1 className="text-3xl font-semibold">{t("items.title")}</h1>
      <ItemsStep hall={hall} booking={booking} wish={known} chosen={chosen} slots={offers?.ok ? offers.value : undefined} problem={problem} query={query} />
      <BookingRules booking={booking} />
    </Frame>
  );
}

async function TimeStep({ hall, wish, booking }: { hall: BookHall; wish: Wish; booking: Booking }) {
  const { locale, t } = await texts("book");
  const chosen = await chosenItems(hall.id, wish.items);
  if (chosen.length === 0) redirect(bookPath(hall.code, { items: [], party: 1 }));
  const offers = await slotOffers(database(), hall.id, { items: chosen.map((item) => item.code), party: wish.party, kind: wish.kind });
  // A visit at home is asked for by name; all others are at the hall.
  const slots = offers.ok ? offers.value.filter((slot) => wish.kind !== undefined || slot.kind !== "home") : [];
  await countFullDays(database(), hall.id, wish.items, slots);
  const { timeZone } = hall.summary;
  const days = daysOf(await comingDays(database(), hall.id, 60), slots, booking.rules.horizonDays, timeZone);
  const day = days.find((each) => each.date === wish.day) ?? days.find((each) => each.free > 0) ?? days[0];
  const href = (date: string) => bookPath(hall.code, { ...wish, day: date }, "time");
  const names = chosen.map((item) => localName(locale, item)).join(locale === "en" ? ", " : "、");
  const hidden = { hall: hall.code, items: wish.items.join(","), party: String(wish.party), ...(wish.kind ? { kind: wish.kind } : {}), ...(wish.hold ? { hold: wish.hold } : {}), ...(day ? { day: day.date } : {}) };
  return (
    <Frame step={2} back={{ href: bookPath(hall.code, { items: wish.items, party: wish.party, ...(wish.kind ? { kind: wish.kind } : {}) }), label: t("back") }}>
      <h1 className="text-3xl font-semibold">{t("time.title")}</h1>
      <p className="-mt-4">{t("time.summary", { items: names })}{wish.party > 1 ? ` · ${t("check.people", { count: wish.party })}` : ""}</p>
      <DayLinks days={days} chosen={day?.date ?? ""} href={href} />
      <ActionForm action={holdAction} away={t("away")} proving={t("check.proof")} className="flex flex-col gap-4">
        {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <TimeButtons day={day} days={days} href={href} timeZone={timeZone} />
      </ActionForm>
      <p className="text-ink-soft">{t("time.holdNote", { minutes: booking.rules.holdMinutes })}</p>
      <p>{t("demand")} {t("phoneHelp", { phone: hall.summary.phone })} {t("walkIn")}</p>
    </Frame>
  );
}

async function WhoStep({ hall, wish, hold }: { hall: BookHall; wish: Wish; hold: string }) {
  const { locale, t } = await texts("book");
  const held = await appointmentPage(database(), hold).catch(() => undefined);
  // The time that is kept goes along and is given back once another one is chosen.
  const again = bookPath(hall.code, wish, "time");
  // Booked already: pressed back, or opened the link a second time.
  if (held && held.state !== "held" && held.state !== "expired") redirect(`/a/${hold}`);
  if (!held || held.hall !== hall.code) redirect(again);
  const [booking, policy, citizen, now] = await Promise.all([bookingPage(database(), hall.id), currentPolicy(database(), hall.id), currentCitizen(), serverNow(database())]);
  const { timeZone } = hall.summary;
  const named = (list: readonly { code: string; name: string; nameEn: string }[]) => list.map((entry) => ({ code: entry.code, name: localName(locale, entry) }));
  const shown = { time: spanText(held.start, held.end, timeZone, locale), items: held.items.map((item) => localName(locale, item)).join(locale === "en" ? ", " : "、"), kind: t(`kinds.${held.kind}`) };
  const chosen = { hold, items: held.items.map((item) => item.code), start: held.start, kind: held.kind, party: held.party };
  const first = { phase: "fill" as const, values: { ...NOBODY, name: citizen?.profile.name ?? "", phone: citizen?.profile.phone ?? "" }, errors: [] };
  return (
    <Frame back={{ href: again, label: t("back") }}>
      <ClientMessages locale={locale} messages={pickMessages(locale, ["book"])}>
        {held.heldUntil && held.state === "held" ? <Countdown seconds={Math.max(0, (Date.parse(held.heldUntil) - now) / 1000)} until={clockText(held.heldUntil, timeZone)} /> : null}
        <WhoForm action={bookAction} first={first} hall={hall.code} chosen={chosen} pageKey={randomToken()} again={again} shown={shown} idKnown={citizen?.profile.idNumber !== undefined}
          options={{ relations: named(booking.relations), needs: named(booking.needs), classes: named(policy.classes.filter((known) => !known.byBooking)) }} />
      </ClientMessages>
    </Frame>
  );
}
