import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { LiveRefresh } from "@/components/citizen/live-refresh";
import { KeepPage } from "@/components/citizen/offline/keep-page";
import { bookHall } from "@/components/citizen/book/place";
import { offlineLine } from "@/components/citizen/offline/offline-line";
import { ArriveStep, CancelStep, MoveStep, ProposalStep, VisitActions } from "@/components/citizen/visit/steps";
import { stateSentence, VisitFacts } from "@/components/citizen/visit/facts";
import { momentText } from "@/components/citizen/times";
import { publicOrigin } from "@/components/citizen/visitor";
import { currentLocale, texts } from "@/components/intl/server";
import { buttonClass } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import { appointmentPage, bookingPage } from "@/lib/appointments/book/data";
import { serverNow } from "@/lib/citizens/data";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";
import { answerAction, arriveAction, cancelAction, moveAction } from "./actions";

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ step?: string; day?: string; done?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const locale = await currentLocale();
  return { title: translator(locale, "visit")("title"), robots: { index: false }, other: offlineLine(locale) };
}

/** The page of a booking: what was booked, and every step its holder may take. Complete before scripts, and kept for when the net is away. */
export default async function VisitPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { step, day, done } = await searchParams;
  const visit = await appointmentPage(database(), token).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const hall = await bookHall(visit.hall);
  const { timeZone } = hall.summary;
  if (step === "cancel" && visit.canCancel) return <Narrow><CancelStep visit={visit} timeZone={timeZone} action={cancelAction} /></Narrow>;
  if (step === "move" && visit.canMove) return <Narrow><MoveStep visit={visit} timeZone={timeZone} action={moveAction} day={day} /></Narrow>;
  const { locale, t } = await texts("visit");
  const now = await serverNow(database());
  const state = await stateSentence(visit, timeZone, now);
  const booked = visit.state === "booked";
  const { needs } = await bookingPage(database(), hall.id);
  const link = `${await publicOrigin()}/a/${token}`;
  return (
    <Narrow>
      <h1 className="text-3xl font-semibold">{t("title")} <span className="tabular-nums">{visit.number}</span></h1>
      {booked && done === "1" ? <Banner tone="good" title={t("done")}>{t("doneText", { phone: visit.person.phone })}</Banner> : null}
      {booked && done === "moved" ? <Banner tone="good">{t("move.done", { time: momentText(visit.start, timeZone, locale) })}</Banner> : null}
      {booked && done === "kept" ? <Banner tone="good">{t("proposal.kept")}</Banner> : null}
      <Banner tone={state.tone}><span className="text-lg font-medium">{state.text}</span></Banner>
      {booked && visit.duplicate ? <Banner tone="warn">{t("duplicate")}</Banner> : null}
      {visit.ticket ? <p className="no-print"><Link href={`/t/${visit.ticket.token}`} className={buttonClass({ look: "primary", size: "large" })}>{t("arrive.toTicket")}</Link></p> : null}
      {booked ? <ProposalStep visit={visit} timeZone={timeZone} action={answerAction} /> : null}
      {visit.canArrive && visit.kind !== "home" ? <ArriveStep visit={visit} action={arriveAction} /> : booked && visit.kind !== "home" && now < Date.parse(visit.arriveFrom) ? <p className="text-ink-soft">{t("arrive.from", { time: momentText(visit.arriveFrom, timeZone, locale) })}</p> : null}
      <VisitFacts visit={visit} timeZone={timeZone} link={link} needs={needs} />
      <VisitActions visit={visit} timeZone={timeZone} />
      <LiveRefresh />
      <KeepPage done={done === "1"} />
    </Narrow>
  );
}

const Narrow = ({ children }: { children: React.ReactNode }) => <div className="mx-auto flex max-w-3xl flex-col gap-5">{children}</div>;
