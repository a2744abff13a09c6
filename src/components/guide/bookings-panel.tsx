"use client";
import { clsx } from "clsx";
import { CalendarPlus, ChevronLeft, Search } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { momentText } from "@/components/citizen/times";
import { hourMinute } from "@/components/staff/time";
import { useProblemText } from "@/components/staff/use-problem-text";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { Banner, EmptyState, Loading } from "@/components/ui/state";
import type { Appointment, Booked, Booking } from "@/lib/appointments/schema";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { BookingChip, zoneOf } from "./booking-chip";
import { BookingDetail } from "./booking-detail";
import { BookingForm } from "./booking-form";
import { useNeedNames } from "./needs-alert";
import { useBookings } from "./use-bookings";

const STATES = ["booked", "arrived", "missed", "cancelled"] as const;

interface BookingsPanelProps {
  hall: string;
  detail: HallDetail | undefined;
  facts: Booking | undefined;
  tick: number;
  /** A booking to start with. */
  initial?: Appointment | undefined;
  onNumber: (number: string) => void;
}

/** Today's bookings: found by number or phone, checked in, moved, cancelled; and a new one for somebody. */
export function BookingsPanel({ hall, detail, facts, tick, initial, onNumber }: BookingsPanelProps) {
  const t = useTranslations("guide.booking");
  const locale = useLocale() as Locale;
  const problemText = useProblemText();
  const [query, setQuery] = useState("");
  const [state, setState] = useState("");
  const [picked, setPicked] = useState<Appointment | "new" | undefined>(initial);
  const [made, setMade] = useState<Booked>();
  const found = useBookings(hall, { q: query, state }, tick);
  // What the list knows is newer than what was picked from it.
  const shown = picked === "new" || picked === undefined ? picked : (found.items.find((each) => each.token === picked.token) ?? picked);
  const pick = (next: Appointment | "new" | undefined) => {
    setMade(undefined);
    setPicked(next);
  };
  const booked = (value: Booked) => {
    setMade(value);
    setPicked(undefined);
    found.reload();
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 md:grid-cols-[minmax(16rem,22rem)_minmax(0,1fr)]">
      <div className={clsx("flex flex-col gap-3", shown && "hidden md:flex")}>
        <Button look="primary" size="large" onClick={() => pick("new")}><CalendarPlus aria-hidden className="size-5" />{t("new")}</Button>
        <div className="flex flex-col gap-1">
          <label htmlFor="find-booking" className="font-medium">{t("search")}</label>
          <div className="relative">
            <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-ink-soft" />
            <input id="find-booking" type="search" autoComplete="off" placeholder={t("searchHint")} value={query} onChange={(event) => setQuery(event.target.value)} className="min-h-11 w-full rounded-base border border-line-strong bg-surface pr-3 pl-10 text-lg placeholder:text-base placeholder:text-ink-soft" />
          </div>
        </div>
        <SelectField id="booking-state" label={t("stateLabel")} value={state} onChange={(event) => setState(event.target.value)}>
          <option value="">{t("anyState")}</option>
          {STATES.map((each) => <option key={each} value={each}>{t(`state.${each}`)}</option>)}
        </SelectField>
        {found.problem ? <Banner tone="warn"><p>{problemText(found.problem)}</p></Banner> : null}
        <BookingList timeZone={zoneOf(detail)} found={found} facts={facts} picked={shown === "new" ? undefined : shown?.token} onPick={pick} />
      </div>
      <div className={clsx("min-w-0", !shown && !made && "hidden md:block")}>
        {shown ? <Button look="quiet" onClick={() => pick(undefined)} className="mb-2 md:hidden"><ChevronLeft aria-hidden className="size-5" />{t("backToList")}</Button> : null}
        {made ? <Banner tone="good" title={t("made", { number: made.number })}><p>{t("madeText", { time: momentText(made.start, zoneOf(detail), locale) })}</p></Banner> : null}
        {shown === "new" ? <BookingForm hall={hall} detail={detail} facts={facts} onBooked={booked} onClose={() => pick(undefined)} />
          : shown ? <BookingDetail key={shown.token} hall={hall} detail={detail} facts={facts} appointment={shown} onChanged={(next) => { setPicked(next); found.reload(); }} onNumber={onNumber} />
          : made ? null : <EmptyState title={t("pickTitle")}><p>{t("pickText")}</p></EmptyState>}
      </div>
    </div>
  );
}

function BookingList({ timeZone, found, facts, picked, onPick }: { timeZone: string; found: ReturnType<typeof useBookings>; facts: Booking | undefined; picked: string | undefined; onPick: (appointment: Appointment) => void }) {
  const t = useTranslations("guide.booking");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const needs = useNeedNames(facts);
  if (found.items.length === 0) return found.loading ? <Loading label={common("loading")} /> : <p role="status" className="text-ink-soft">{t("none")}</p>;
  return (
    <div className="overflow-y-auto rounded-base border border-line md:max-h-[60dvh]" tabIndex={0} role="region" aria-label={t("results")}>
      <ul>
        {found.items.map((appointment) => (
          <li key={appointment.token} className="border-b border-line last:border-b-0">
            <button type="button" onClick={() => onPick(appointment)} aria-current={appointment.token === picked ? "true" : undefined} className={clsx("flex min-h-14 w-full flex-col justify-center px-3 py-1.5 text-left hover:bg-brand-soft", appointment.token === picked ? "bg-brand-soft" : "bg-surface")}>
              <span className="flex w-full flex-wrap items-center gap-2"><strong className="text-lg">{hourMinute(appointment.start, timeZone)}</strong><span>{appointment.number}</span><BookingChip appointment={appointment} /></span>
              <span className="w-full truncate text-sm text-ink-soft">{appointment.person.name} · {appointment.items.map((item) => localName(locale, item)).join(locale === "en" ? ", " : "、")}</span>
              {appointment.needs.length > 0 ? <span className="text-sm font-medium text-warn">{needs(appointment.needs)}</span> : null}
            </button>
          </li>
        ))}
      </ul>
      {found.nextCursor ? <Button look="quiet" onClick={found.more} className="w-full">{t("more")}</Button> : null}
    </div>
  );
}
