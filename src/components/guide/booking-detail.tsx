"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { momentText } from "@/components/citizen/times";
import { useClassName } from "@/components/staff/use-hall";
import { usePress } from "@/components/staff/use-press";
import { useProblemText } from "@/components/staff/use-problem-text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";
import type { Appointment, Booking, Slot } from "@/lib/appointments/schema";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Ticket } from "@/lib/queue/ticket/schema";
import type { HallDetail } from "@/lib/regions/schema";
import { BookingChip, zoneOf } from "./booking-chip";
import { IssuedCard } from "./issued-card";
import { useNeedNames } from "./needs-alert";
import { SlotPicker } from "./slot-picker";

interface DetailProps {
  hall: string;
  detail: HallDetail | undefined;
  facts: Booking | undefined;
  appointment: Appointment;
  onChanged: (appointment: Appointment) => void;
  /** Opens the number under "find". */
  onNumber: (number: string) => void;
}

type Changed = { appointment: Appointment; ticket?: Ticket & { token: string } };
const nothing = () => Promise.resolve();

/** One booking with everything the guide desk can do for it. Personal data stay masked. */
export function BookingDetail({ hall, detail, facts, appointment, onChanged, onNumber }: DetailProps) {
  const t = useTranslations("guide.booking");
  const locale = useLocale() as Locale;
  const problemText = useProblemText();
  const { pending, press } = usePress(nothing);
  const [dialog, setDialog] = useState<"move" | "cancel">();
  const [error, setError] = useState<string>();
  const [ticket, setTicket] = useState<Changed["ticket"]>();
  const names = appointment.items.map((item) => localName(locale, item)).join(locale === "en" ? ", " : "、");
  const send = async (step: "check-in" | "cancel" | "reschedule", body: unknown) => {
    setError(undefined);
    const result = await press<Changed>(step, `/appointments/${appointment.token}/${step}`, body);
    if (!result) return;
    if (!result.ok) return setError(problemText(result.problem));
    setDialog(undefined);
    if (result.value.ticket) setTicket(result.value.ticket);
    onChanged(result.value.appointment);
  };
  if (ticket) return <IssuedCard ticket={{ ...ticket, ahead: ticket.ahead ?? 0 }} itemName={names} detail={detail} onAgain={() => setTicket(undefined)} onShow={() => onNumber(ticket.number)} again={t("backToBooking")} />;
  const { state } = appointment;
  const zone = zoneOf(detail);
  return (
    <section aria-label={t("label", { number: appointment.number })} className="flex flex-col gap-4">
      <div>
        <h2 className="flex flex-wrap items-center gap-x-4 gap-y-1"><strong data-slot="number" className="text-4xl font-bold tracking-tight">{appointment.number}</strong><BookingChip appointment={appointment} /></h2>
        <p className="text-lg font-medium">{names}</p>
      </div>
      <Facts appointment={appointment} facts={facts} detail={detail} />
      {appointment.proposal ? <Banner tone="warn"><p>{t("proposal", { time: momentText(appointment.proposal.start, zone, locale) })}</p></Banner> : null}
      {error ? <Banner tone="bad"><p>{error}</p></Banner> : null}
      <div role="group" aria-label={t("actions")} className="flex flex-wrap gap-2">
        {state === "booked" || state === "missed" ? <Button look="primary" size="large" aria-busy={pending?.name === "check-in"} onClick={() => void send("check-in", {})}>{t("checkIn")}</Button> : null}
        {state === "booked" ? <Button size="large" onClick={() => setDialog("move")}>{t("move")}</Button> : null}
        {state === "booked" ? <Button size="large" look="danger" onClick={() => setDialog("cancel")}>{t("cancel")}</Button> : null}
        {appointment.ticket ? <Button size="large" onClick={() => onNumber(appointment.ticket!.number)}>{t("showNumber", { number: appointment.ticket.number })}</Button> : null}
      </div>
      {dialog === "move" ? <MoveDialog hall={hall} timeZone={zone} appointment={appointment} busy={pending !== undefined} error={error} onClose={() => setDialog(undefined)} onSubmit={(slot) => void send("reschedule", { start: slot.start, kind: slot.kind })} /> : null}
      {dialog === "cancel" ? <CancelDialog number={appointment.number} busy={pending !== undefined} error={error} onClose={() => setDialog(undefined)} onSubmit={(reason) => void send("cancel", reason ? { reason } : {})} /> : null}
    </section>
  );
}

function Facts({ appointment, facts, detail }: { appointment: Appointment; facts: Booking | undefined; detail: HallDetail | undefined }) {
  const t = useTranslations("guide.booking");
  const locale = useLocale() as Locale;
  const needs = useNeedNames(facts);
  const className = useClassName(detail);
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4 gap-y-2">
      <Fact label={t("time")}>{momentText(appointment.start, zoneOf(detail), locale)}</Fact>
      <Fact label={t("line")}>{appointment.line} {localName(locale, { name: appointment.lineName, nameEn: appointment.lineNameEn })}</Fact>
      <Fact label={t("person")}>{appointment.person.name} {appointment.person.phone}</Fact>
      {appointment.party > 1 ? <Fact label={t("party")}>{t("people", { count: appointment.party })}</Fact> : null}
      {appointment.class === "normal" ? null : <Fact label={t("class")}>{className(appointment.class)}</Fact>}
      {appointment.needs.length > 0 ? <Fact label={t("needs")}><span className="text-warn">{needs(appointment.needs)}</span></Fact> : null}
      {appointment.kind === "regular" ? null : <Fact label={t("kind")}>{t(`kinds.${appointment.kind}`)}</Fact>}
      {appointment.ticket ? <Fact label={t("ticket")}>{appointment.ticket.number}</Fact> : null}
    </dl>
  );
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => <div><dt className="text-sm text-ink-soft">{label}</dt><dd className="font-semibold">{children}</dd></div>;

interface DialogFrame {
  busy: boolean;
  error: string | undefined;
  onClose: () => void;
}

function MoveDialog({ hall, timeZone, appointment, busy, error, onClose, onSubmit }: DialogFrame & { hall: string; timeZone: string; appointment: Appointment; onSubmit: (slot: Slot) => void }) {
  const t = useTranslations("guide.booking");
  const common = useTranslations("common");
  const [slot, setSlot] = useState<Slot>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (slot && !busy) onSubmit(slot);
  };
  return (
    <Dialog open onClose={onClose} title={t("moveTitle", { number: appointment.number })} description={t("moveText")} closeLabel={common("close")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <SlotPicker id="move" hall={hall} timeZone={timeZone} items={appointment.items.map((item) => item.code)} kind={appointment.kind} value={slot} onPick={setSlot} />
        <p role="alert" className="min-h-6 text-bad">{error}</p>
        <div className="flex justify-end gap-3"><Button onClick={onClose}>{common("cancel")}</Button><Button type="submit" look="primary" disabled={busy || !slot}>{t("move")}</Button></div>
      </form>
    </Dialog>
  );
}

function CancelDialog({ number, busy, error, onClose, onSubmit }: DialogFrame & { number: string; onSubmit: (reason: string) => void }) {
  const t = useTranslations("guide.booking");
  const common = useTranslations("common");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit(reason.trim());
  };
  return (
    <Dialog open onClose={onClose} title={t("cancelTitle", { number })} description={t("cancelText")} closeLabel={common("close")}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <TextField id="booking-reason" label={t("reason")} maxLength={200} autoFocus autoComplete="off" value={reason} onChange={(event) => setReason(event.target.value)} />
        <p role="alert" className="min-h-6 text-bad">{error}</p>
        <div className="flex justify-end gap-3"><Button onClick={onClose}>{t("keep")}</Button><Button type="submit" look="danger" disabled={busy}>{t("cancel")}</Button></div>
      </form>
    </Dialog>
  );
}
