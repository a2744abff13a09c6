"use client";
import { CalendarClock, CircleAlert, Hash, IdCard, LoaderCircle, QrCode as QrIcon, Smartphone } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import type { Appointment } from "@/lib/appointments/schema";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { ChoiceButton } from "./choice-button";
import { ARRIVE_BY, type ArriveBy, lengthOf, type NoArrival } from "./flow";
import { Heading } from "./heading";
import { IdScreen } from "./id-screen";
import { KeypadScreen } from "./keypad-screen";
import { Pager, usePages } from "./pager";
import { clockAt } from "./use-check-in";
import type { Phase } from "./use-press-once";

const ICONS = { number: Hash, phone: Smartphone, idNumber: IdCard } as const;

/** What shows the booking: its code before the scanner, or one of three numbers. */
export function ArriveScreen({ phase, onBy }: { phase: Phase; onBy: (by: ArriveBy) => void }) {
  const t = useTranslations("kiosk.arrive");
  return (
    <>
      <Heading>{t("heading")}</Heading>
      <div className="mt-5 flex flex-1 flex-col gap-5 landscape:flex-row landscape:gap-8">
        <div className="flex flex-1 flex-col items-center justify-center gap-4 rounded-base border border-line bg-surface p-6 text-center">
          {phase === "idle" ? <QrIcon aria-hidden className="size-32 text-brand" /> : <LoaderCircle aria-hidden className="size-32 animate-spin text-brand" />}
          <p role="status" className="text-3xl font-semibold">{t(phase === "idle" ? "scan" : phase === "slow" ? "slow" : "looking")}</p>
          <p className="text-lg text-ink-soft">{t("scanHint")}</p>
        </div>
        <div className="flex flex-1 flex-col gap-3">
          <p className="text-lg text-ink-soft">{t("or")}</p>
          <div className="grid flex-1 gap-3">
            {ARRIVE_BY.map((by) => {
              const Icon = ICONS[by];
              return <ChoiceButton key={by} icon={<Icon aria-hidden className="size-10 shrink-0 text-brand" />} title={t(`by.${by}`)} hint={t(`byHint.${by}`)} onClick={() => phase === "idle" && onBy(by)} />;
            })}
          </div>
        </div>
      </div>
    </>
  );
}

const groups = { number: [3, 6], phone: [3, 7, 11] } as const;
const grouped = (text: string, ends: readonly number[]): string => ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end)).filter(Boolean).join(" ");

interface TypeProps {
  by: ArriveBy;
  text: string;
  phase: Phase;
  onText: (text: string) => void;
  onDone: () => void;
}

/** Booking number, phone or ID number. */
export function ArriveTypeScreen({ by, text, phase, onText, onDone }: TypeProps) {
  const t = useTranslations("kiosk.arrive");
  const id = useTranslations("kiosk.id");
  const busy = phase !== "idle";
  const done = t(busy ? "looking" : "submit");
  if (by === "idNumber") return <IdScreen text={text} heading={t("type.idNumber")} hint={t("typeHint.idNumber")} done={done} busy={busy} onText={onText} onDone={onDone} />;
  const length = lengthOf({ at: "arrive-type", by });
  const valid = text.length === length && (by === "number" || /^1[3-9]/.test(text));
  const verdict = text === "" ? "" : text.length < length ? id("missing", { count: length - text.length }) : valid ? id("complete") : t("phoneWrong");
  return <KeypadScreen heading={t(`type.${by}`)} hint={t(`typeHint.${by}`)} label={t(`by.${by}`)} text={text} shown={`${by === "number" ? "Y " : ""}${grouped(text, groups[by])}`} length={length} valid={valid} verdict={verdict} done={done} busy={busy} onText={onText} onDone={onDone} />;
}

/** Several bookings of one person today: name masked, time and item. */
export function ArriveChooseScreen({ hall, choices, onChoose }: { hall: HallDetail; choices: readonly Appointment[]; onChoose: (appointment: Appointment) => void }) {
  const t = useTranslations("kiosk.arrive");
  const locale = toLocale(useLocale());
  const { entries, ...pages } = usePages(choices, 6);
  return (
    <>
      <Heading>{t("choose")}</Heading>
      <div className="mt-5 grid flex-1 gap-3 grid-rows-[repeat(6,minmax(max-content,1fr))] landscape:grid-cols-2 landscape:grid-rows-[repeat(3,minmax(max-content,1fr))]">
        {entries.map((appointment) => (
          <ChoiceButton key={appointment.token} icon={<CalendarClock aria-hidden className="size-9 shrink-0 text-brand" />} title={`${clockAt(appointment.start, hall.timeZone)} ${appointment.items.map((item) => localName(locale, item)).join(locale === "en" ? ", " : "、")}`}
            hint={t("whose", { name: appointment.person.name, number: appointment.number })} onClick={() => onChoose(appointment)} />
        ))}
      </div>
      <Pager {...pages} />
    </>
  );
}

interface NotProps {
  hall: HallDetail;
  reason: NoArrival;
  onTicket: () => void;
  onAgain: () => void;
}

/** No check-in now: what it was, and an ordinary number, which nobody is refused (JY-7.2.2c). */
export function ArriveNotScreen({ hall, reason, onTicket, onAgain }: NotProps) {
  const t = useTranslations("kiosk.arrive");
  const { why, from, start } = reason;
  const clock = (instant: string | undefined) => (instant ? clockAt(instant, hall.timeZone) : "");
  return (
    <div className="m-auto flex w-full max-w-[44rem] flex-1 flex-col items-center justify-center gap-6 text-center portrait:justify-end">
      {why === "early" ? <CalendarClock aria-hidden className="size-24 text-brand landscape:in-[[data-elder=true]]:hidden" /> : <CircleAlert aria-hidden className="size-24 text-warn landscape:in-[[data-elder=true]]:hidden" />}
      <Heading>{t(`not.${why}`)}</Heading>
      <p role="status" className="text-2xl">{why === "early" ? t("earlyText", { start: clock(start), from: clock(from) }) : why === "refused" ? reason.detail : t(`notText.${why}`)}</p>
      {why === "failed" ? null : <p className="text-xl text-ink-soft">{t(why === "early" ? "earlyNote" : "walkIn")}</p>}
      <div className="mt-2 flex w-full flex-col gap-4">
        {why === "failed" ? null : <Button size="huge" look="primary" onClick={onTicket}>{t("ordinary")}</Button>}
        {why === "early" || why === "refused" ? null : <Button size="huge" look={why === "failed" ? "primary" : "secondary"} onClick={onAgain}>{t("again")}</Button>}
      </div>
    </div>
  );
}
