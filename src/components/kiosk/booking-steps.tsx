"use client";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { api, type Problem } from "@/components/api-client";
import type { Booked, Slot } from "@/lib/appointments/schema";
import type { ItemGuide } from "@/lib/catalog/schema";
import { toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { ArriveChooseScreen, ArriveNotScreen, ArriveScreen, ArriveTypeScreen } from "./arrive-screens";
import { BookDayScreen, BookPhoneScreen, BookTimeScreen } from "./book-screens";
import { BookedScreen } from "./booked-screen";
import type { BookChoice, BookingStep, Move, NoArrival } from "./flow";
import { choiceOf } from "./lines";
import type { Shown } from "./use-check-in";
import type { usePressOnce } from "./use-press-once";

export interface BookingStepsProps {
  step: BookingStep;
  hall: HallDetail;
  token: string;
  publicUrl?: string | undefined;
  elder: boolean;
  typed: string;
  press: ReturnType<typeof usePressOnce>;
  go: (move: Move) => void;
  checkIn: (shown: Shown, chosen?: boolean) => Promise<void>;
  onEnd: () => void;
}

/** Books from the same stock as every other channel; the phone is all that is asked. */
function useBook({ hall, token, press, go }: Pick<BookingStepsProps, "hall" | "token" | "press" | "go">) {
  const t = useTranslations("kiosk.book");
  const locale = toLocale(useLocale());
  const [refusal, setRefusal] = useState<Problem>();
  const book = async (choice: BookChoice, slot: Slot, phone: string) => {
    setRefusal(undefined);
    const answer = await press.press<Booked>(`/halls/${encodeURIComponent(hall.code)}/appointments`, { item: choice.item.code, start: slot.start, kind: slot.kind, person: { name: t("visitor"), phone }, channel: "kiosk", locale });
    if (!answer) return;
    if (!answer.ok) return setRefusal(answer.problem);
    void api("/devices/me/usage", { body: { name: "booking" }, token });
    go({ do: "replace", to: { at: "booked", choice, booked: answer.value } });
  };
  return { refusal, book };
}

/** The screens of those who have booked, and of those who book at the kiosk: loaded when somebody does. */
export function BookingSteps({ step, hall, token, publicUrl, elder, typed, press, go, checkIn, onEnd }: BookingStepsProps) {
  const { refusal, book } = useBook({ hall, token, press, go });
  const { phase } = press;
  const onText = (text: string) => go({ do: "typed", text });
  const ordinary = async ({ item, line }: NoArrival) => {
    const known = hall.lines.find((each) => each.code === line);
    const found = item ? await api<ItemGuide>(`/items/${encodeURIComponent(item)}?hall=${encodeURIComponent(hall.code)}`, { tries: 2 }) : undefined;
    if (found?.ok && found.value.line) return go({ do: "go", to: { at: "confirm", choice: choiceOf(hall, found.value) } });
    if (known) return go({ do: "go", to: { at: "confirm", choice: { line: known } } });
    onEnd();
  };
  switch (step.at) {
    case "arrive":
      return <ArriveScreen phase={phase} onBy={(by) => go({ do: "go", to: { at: "arrive-type", by } })} />;
    case "arrive-type":
      return <ArriveTypeScreen by={step.by} text={typed} phase={phase} onText={onText} onDone={() => void checkIn({ by: step.by, text: typed })} />;
    case "arrive-choose":
      return <ArriveChooseScreen hall={hall} choices={step.choices} onChoose={({ token: text }) => void checkIn({ by: "token", text }, true)} />;
    case "arrive-not":
      return <ArriveNotScreen hall={hall} reason={step.reason} onTicket={() => void ordinary(step.reason)} onAgain={() => go({ do: "back" })} />;
    case "book-day":
      return <BookDayScreen hall={hall} token={token} choice={step.choice} onDay={(day) => go({ do: "go", to: { at: "book-time", choice: step.choice, day } })} onTicket={() => go({ do: "back" })} />;
    case "book-time":
      return <BookTimeScreen hall={hall} token={token} choice={step.choice} day={step.day} onSlot={(slot) => go({ do: "go", to: { at: "book-phone", choice: step.choice, slot } })} />;
    case "book-phone":
      return <BookPhoneScreen hall={hall} choice={step.choice} slot={step.slot} text={typed} phase={phase} refusal={refusal} onText={onText} onDone={() => void book(step.choice, step.slot, typed)} />;
    case "booked":
      return <BookedScreen hall={hall} choice={step.choice} booked={step.booked} elder={elder} publicUrl={publicUrl} onDone={onEnd} />;
  }
}
