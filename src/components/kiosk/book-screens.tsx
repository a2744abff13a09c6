"use client";
import { clsx } from "clsx";
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Problem } from "@/components/api-client";
import { LoadMark } from "@/components/citizen/book/load-mark";
import { loadOf } from "@/components/citizen/book/wish";
import { dateOf, dayText } from "@/components/citizen/times";
import { Button } from "@/components/ui/button";
import { Banner, Loading } from "@/components/ui/state";
import type { Slot } from "@/lib/appointments/schema";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { ChoiceButton } from "./choice-button";
import { type BookChoice, lengthOf } from "./flow";
import { Heading } from "./heading";
import { KeypadScreen } from "./keypad-screen";
import { Pager, usePages } from "./pager";
import { clockAt } from "./use-check-in";
import type { Phase } from "./use-press-once";
import { useSlots } from "./use-slots";

interface SlotsProps {
  hall: HallDetail;
  token: string;
  choice: BookChoice;
}

/** First question of a booking: the day. The present day goes on with the times that are left. */
export function BookDayScreen({ hall, token, choice, onDay, onTicket }: SlotsProps & { onDay: (day: string) => void; onTicket: () => void }) {
  const t = useTranslations("kiosk.book");
  const common = useTranslations("common");
  const locale = toLocale(useLocale());
  const list = useSlots(hall.code, choice.item.code, token);
  const days = useMemo(() => {
    const free = new Map<string, number>();
    for (const slot of list.slots) free.set(dateOf(slot.start, hall.timeZone), (free.get(dateOf(slot.start, hall.timeZone)) ?? 0) + slot.free);
    return [...free].filter(([, count]) => count > 0).map(([day, count]) => ({ day, count }));
  }, [list.slots, hall.timeZone]);
  const { entries, ...pages } = usePages(days, 6);
  return (
    <>
      <Heading>{t("day")}</Heading>
      <p className="mt-2 text-lg text-ink-soft">{localName(locale, choice.item)}</p>
      <div className="mt-5 flex flex-1 flex-col">
        {list.state === "failed" ? <div role="alert" className="flex flex-col items-start gap-4"><p className="text-xl">{t("failed")}</p><Button size="large" onClick={list.retry}>{common("retry")}</Button></div> : null}
        {list.state === "loading" && days.length === 0 ? <Loading label={common("loading")} /> : null}
        {list.state === "ready" && days.length === 0 ? <div className="flex flex-col gap-6"><p role="status" className="text-2xl">{t("none")}</p><Button size="huge" look="primary" onClick={onTicket}>{t("ticket")}</Button></div> : null}
        {days.length > 0 ? (
          <div className="grid flex-1 gap-3 grid-rows-[repeat(6,minmax(max-content,1fr))] landscape:grid-cols-2 landscape:grid-rows-[repeat(3,minmax(max-content,1fr))]">
            {entries.map(({ day, count }) => <ChoiceButton key={day} title={`${dayText(day, locale)}${day === hall.today ? ` · ${t("today")}` : ""}`} hint={t("free", { count })} onClick={() => onDay(day)} />)}
          </div>
        ) : null}
        <Pager {...pages} />
      </div>
    </>
  );
}

/** Second question: the time, each with how full it is; quiet ones are recommended (JY-6.3d). */
export function BookTimeScreen({ hall, token, choice, day, onSlot }: SlotsProps & { day: string; onSlot: (slot: Slot) => void }) {
  const t = useTranslations("kiosk.book");
  const common = useTranslations("common");
  const locale = toLocale(useLocale());
  const list = useSlots(hall.code, choice.item.code, token);
  const slots = useMemo(() => list.slots.filter((slot) => slot.free > 0 && dateOf(slot.start, hall.timeZone) === day), [list.slots, day, hall.timeZone]);
  const { entries, ...pages } = usePages(slots, 15);
  return (
    <>
      <Heading>{t("time")}</Heading>
      <p className="mt-2 text-lg text-ink-soft">{dayText(day, locale)} · {localName(locale, choice.item)}</p>
      <div className="mt-auto flex flex-col pt-5">
        {list.state === "failed" ? <div role="alert" className="flex flex-col items-start gap-4"><p className="text-xl">{t("failed")}</p><Button size="large" onClick={list.retry}>{common("retry")}</Button></div> : null}
        {list.state === "loading" && slots.length === 0 ? <Loading label={common("loading")} /> : null}
        {list.state === "ready" && slots.length === 0 ? <p role="status" className="text-2xl">{t("dayFull")}</p> : null}
        <div className="grid grid-cols-3 gap-3 landscape:grid-cols-5">
          {entries.map((slot) => (
            <button key={`${slot.start}${slot.kind}`} type="button" data-start={slot.start} onClick={() => onSlot(slot)} className={clsx("flex min-h-28 flex-col items-center justify-center gap-1 rounded-base border bg-surface px-2 py-2 active:bg-brand-soft landscape:min-h-20", slot.quiet ? "border-2 border-good" : "border-line-strong")}>
              <span className="text-2xl font-semibold">{clockAt(slot.start, hall.timeZone)}</span>
              <LoadMark load={loadOf(slot)} label={t(`load.${loadOf(slot)}`)} />
              {slot.quiet ? <span className="text-good">{t("quiet")}</span> : null}
            </button>
          ))}
        </div>
        <Pager {...pages} />
      </div>
    </>
  );
}

interface PhoneProps {
  hall: HallDetail;
  choice: BookChoice;
  slot: Slot;
  text: string;
  phase: Phase;
  refusal?: Problem | undefined;
  onText: (text: string) => void;
  onDone: () => void;
}

/** Third question: the phone that the confirmation goes to. Nothing else about the person is asked here. */
export function BookPhoneScreen({ hall, choice, slot, text, phase, refusal, onText, onDone }: PhoneProps) {
  const t = useTranslations("kiosk.book");
  const arrive = useTranslations("kiosk.arrive");
  const id = useTranslations("kiosk.id");
  const locale = toLocale(useLocale());
  const length = lengthOf({ at: "book-phone", choice, slot });
  const valid = /^1[3-9]\d{9}$/.test(text);
  const verdict = text === "" ? "" : text.length < length ? id("missing", { count: length - text.length }) : valid ? id("complete") : arrive("phoneWrong");
  const busy = phase !== "idle";
  const shown = [text.slice(0, 3), text.slice(3, 7), text.slice(7)].filter(Boolean).join(" ");
  return (
    <KeypadScreen heading={t("phone")} hint={t("phoneHint", { time: `${dayText(dateOf(slot.start, hall.timeZone), locale)} ${clockAt(slot.start, hall.timeZone)}` })} label={arrive("by.phone")} text={text} shown={shown} length={length} valid={valid} verdict={verdict} done={t(busy ? "booking" : "book")} busy={busy} onText={onText} onDone={onDone}>
      {refusal ? <Banner tone="bad" title={t("refused")}>{refusal.detail || t("failed")}</Banner> : null}
    </KeypadScreen>
  );
}
