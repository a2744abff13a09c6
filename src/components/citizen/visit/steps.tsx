import Link from "next/link";
import { ActionForm } from "@/components/citizen/action-form";
import { bookPath } from "@/components/citizen/book/wish";
import { DayLinks, daysOf, TimeButtons } from "@/components/citizen/book/time-choice";
import { momentText, spanText } from "@/components/citizen/times";
import type { StepState } from "@/components/citizen/visitor";
import { texts } from "@/components/intl/server";
import { Button, buttonClass } from "@/components/ui/button";
import { bookingPage, slotOffers } from "@/lib/appointments/book/data";
import type { Appointment } from "@/lib/appointments/schema";
import { comingDays } from "@/lib/calendar/data";
import { database } from "@/lib/db/database";
import { hallRef } from "@/lib/regions/data";

type Action = (state: StepState, form: FormData) => Promise<StepState>;

interface StepProps {
  visit: Appointment;
  timeZone: string;
  action: Action;
}

const Token = ({ visit }: { visit: Appointment }) => <input type="hidden" name="token" value={visit.token} />;

/** At the hall: one press, and the number is there. */
export async function ArriveStep({ visit, action }: Omit<StepProps, "timeZone">) {
  const { t } = await texts("visit");
  return (
    <section aria-labelledby="arrive-title" className="no-print flex flex-col gap-3 rounded-base border border-brand bg-brand-soft p-4">
      <h2 id="arrive-title" className="text-xl font-semibold">{t("arrive.title")}</h2>
      <p>{t("arrive.text")}</p>
      <ActionForm action={action} away={t("away")} className="flex flex-col gap-3"><Token visit={visit} /><Button type="submit" look="primary" size="large" className="w-full">{t("arrive.button")}</Button></ActionForm>
    </section>
  );
}

/** The hall asks for another time: agree, choose, or keep. */
export async function ProposalStep({ visit, timeZone, action }: StepProps) {
  const { locale, t } = await texts("visit");
  if (!visit.proposal) return null;
  const time = spanText(visit.proposal.start, visit.proposal.end, timeZone, locale);
  return (
    <section aria-labelledby="proposal-title" className="no-print flex flex-col gap-3 rounded-base border border-warn bg-warn-soft p-4">
      <h2 id="proposal-title" className="text-xl font-semibold">{t("proposal.title")}</h2>
      <p>{t("proposal.text", { reason: visit.proposal.reason, time, until: momentText(visit.proposal.until, timeZone, locale) })}</p>
      <ActionForm action={action} away={t("away")} className="flex flex-col gap-3">
        <Token visit={visit} />
        <Button type="submit" name="accept" value="1" look="primary" size="large">{t("proposal.accept", { time })}</Button>
        <Button type="submit" name="accept" value="0">{t("proposal.keep")}</Button>
      </ActionForm>
      <Link href={`/a/${visit.token}?step=move`} className={buttonClass()}>{t("proposal.other")}</Link>
    </section>
  );
}

/** Asks once before the place is given up. */
export async function CancelStep({ visit, timeZone, action }: StepProps) {
  const { locale, t } = await texts("visit");
  return (
    <>
      <h1 className="text-3xl font-semibold">{t("cancel.title")}</h1>
      <p className="text-lg">{t("cancel.text", { time: spanText(visit.start, visit.end, timeZone, locale) })}</p>
      <ActionForm action={action} away={t("away")} className="flex flex-wrap gap-3">
        <Token visit={visit} />
        <Button type="submit" look="danger" size="large">{t("cancel.yes")}</Button>
        <Link href={`/a/${visit.token}`} className={buttonClass({ size: "large" })}>{t("cancel.no")}</Link>
      </ActionForm>
    </>
  );
}

/** Another day and time from the same stock as at booking. */
export async function MoveStep({ visit, timeZone, action, day: wanted }: StepProps & { day: string | undefined }) {
  const { locale, t } = await texts("visit");
  const { id } = await hallRef(visit.hall);
  const booking = await bookingPage(database(), id);
  const offers = await slotOffers(database(), id, { items: visit.items.map((item) => item.code), party: visit.party, kind: visit.kind === "home" ? "home" : undefined });
  const slots = offers.ok ? offers.value.filter((slot) => (visit.kind === "home") === (slot.kind === "home") && slot.start !== visit.start) : [];
  const days = daysOf(await comingDays(database(), id, 60), slots, booking.rules.horizonDays, timeZone);
  const day = days.find((each) => each.date === wanted) ?? days.find((each) => each.free > 0) ?? days[0];
  const href = (date: string) => `/a/${visit.token}?step=move&day=${date}`;
  return (
    <>
      <h1 className="text-3xl font-semibold">{t("move.title")}</h1>
      <p>{t("move.now", { time: spanText(visit.start, visit.end, timeZone, locale) })}</p>
      <DayLinks days={days} chosen={day?.date ?? ""} href={href} />
      <ActionForm action={action} away={t("away")} className="flex flex-col gap-4"><Token visit={visit} /><TimeButtons day={day} days={days} href={href} timeZone={timeZone} /></ActionForm>
      <p><Link href={`/a/${visit.token}`} className={buttonClass()}>{t("move.back")}</Link></p>
    </>
  );
}

/** What can still be done with it: move, cancel, or book again. */
export async function VisitActions({ visit, timeZone }: Omit<StepProps, "action">) {
  const { locale, t } = await texts("visit");
  const book = (await texts("book")).t;
  const over = visit.state === "cancelled" || visit.state === "expired" || visit.state === "missed";
  const limit = momentText(visit.changeUntil, timeZone, locale);
  return (
    <section className="no-print flex flex-col gap-3">
      {visit.state === "booked" ? <p className="text-ink-soft">{visit.canCancel ? t("live", { time: limit }) : t("tooLate", { time: limit, phone: visit.phone })}</p> : null}
      <p className="flex flex-wrap gap-3">
        {visit.canMove ? <Link href={`/a/${visit.token}?step=move`} className={buttonClass()}>{t("move.link")}</Link> : null}
        {visit.canCancel && visit.state === "booked" ? <Link href={`/a/${visit.token}?step=cancel`} className={buttonClass({ look: "danger" })}>{t("cancel.link")}</Link> : null}
        {over ? <Link href={bookPath(visit.hall, { items: visit.items.map((item) => item.code), party: visit.party })} className={buttonClass({ look: "primary" })}>{t("again")}</Link> : null}
        <Link href={`/my?hall=${visit.hall}`} className={buttonClass({ look: "quiet" })}>{t("ownList")}</Link>
      </p>
      {over ? <p>{book("walkIn")}</p> : <p className="text-ink-soft">{t("private")}</p>}
    </section>
  );
}
