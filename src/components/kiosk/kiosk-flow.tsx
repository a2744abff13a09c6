"use client";
import { lazy, Suspense, useEffect, useReducer, useRef } from "react";
import { useTranslations } from "use-intl";
import { Loading } from "@/components/ui/state";
import { checkIdNumber } from "@/lib/kernel/id-number";
import type { DeviceSelf } from "@/lib/devices/schema";
import type { HallDetail } from "@/lib/regions/schema";
import { ConfirmScreen } from "./confirm-screen";
import { FailedScreen } from "./failed-screen";
import { FieldScreen } from "./field-screen";
import { type Choice, isBooking, move, newVisit, stepOf } from "./flow";
import { Frame } from "./frame";
import { IdScreen } from "./id-screen";
import { IdleWarning } from "./idle-warning";
import type { Preferences } from "./kiosk-app";
import { ResultScreen } from "./result-screen";
import { SearchScreen } from "./search-screen";
import { StartScreen } from "./start-screen";
import { useCheckIn } from "./use-check-in";
import type { HallData } from "./use-hall-data";
import { useIdle } from "./use-idle";
import { usePressOnce } from "./use-press-once";
import { useScan } from "./use-scan";
import { useTakeTicket } from "./use-take-ticket";

/** Most visitors take a number and go: the screens of booking come when somebody wants them. */
const BookingSteps = lazy(async () => ({ default: (await import("./booking-steps")).BookingSteps }));

/** 长辈版 leaves twice the time. */
const IDLE = { standard: { total: 30, warning: 10 }, elder: { total: 60, warning: 20 } } as const;

export interface FlowProps {
  hall: HallDetail;
  data: HallData;
  self: DeviceSelf;
  token: string;
  /** Address that phones reach; the kiosk's own when the operator named none. */
  publicUrl?: string;
  preferences: Preferences;
  onPreferences: (preferences: Preferences) => void;
  onEnd: () => void;
  onRevoked: () => void;
}

/** Keys pressed anywhere but in an input begin a search or the ID number: keyboards and card readers that type. */
function useTyping(onKey: (key: string) => void) {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      const { target, key } = event;
      const inField = target instanceof HTMLInputElement && target.type !== "radio";
      const wanted = key === "Backspace" || /^[\p{L}\p{N}]$/u.test(key);
      if (inField || !wanted || event.ctrlKey || event.metaKey || event.altKey) return;
      // The field that opens would get the same sign a second time.
      event.preventDefault();
      latest.current(key);
    };
    addEventListener("keydown", typed);
    return () => removeEventListener("keydown", typed);
  }, []);
}

/** The class with the most credit that the age proves. */
function classByAge(hall: HallDetail, idNumber: string) {
  const id = checkIdNumber(idNumber);
  if (!id.ok) return undefined;
  const age = id.age(hall.today);
  return hall.classes.filter(({ minAge }) => minAge !== undefined && age >= minAge).sort((a, b) => b.creditMinutes - a.creditMinutes)[0];
}

export function KioskFlow({ hall, data, self, token, publicUrl, preferences, onPreferences, onEnd, onRevoked }: FlowProps) {
  const [visit, go] = useReducer(move, undefined, newVisit);
  const step = stepOf(visit);
  const common = useTranslations("common");
  const press = usePressOnce(token, onRevoked);
  const { phase } = press;
  const { refusal, take, forgetRefusal } = useTakeTicket({
    hall: hall.code, token, visit, press: press.press,
    onTicket: (choice, ticket) => go({ do: "replace", to: { at: "result", choice, ticket } }),
    onFailed: (choice) => step.at !== "failed" && go({ do: "go", to: { at: "failed", choice } }),
  });
  const taking = phase !== "idle";
  const checkIn = useCheckIn({ hall: hall.code, token, press: press.press, go });
  const ended = step.at === "result" || step.at === "booked";

  const changed = preferences.elder || preferences.locale !== "zh" || step.at !== "start";
  const left = useIdle(changed && !taking && !ended, preferences.elder ? IDLE.elder : IDLE.standard, onEnd);
  const back = () => {
    forgetRefusal();
    go({ do: "back" });
  };
  const choose = (choice: Choice) => go({ do: "go", to: { at: "confirm", choice } });
  const acceptId = () => {
    const proven = classByAge(hall, visit.idNumber);
    if (proven) go({ do: "class", code: proven.code });
    go({ do: "back" });
  };

  useTyping((key) => {
    if (!taking) go(key === "Backspace" ? { do: "erase" } : { do: "type", sign: key });
  });
  useScan(!taking, (shown) => {
    forgetRefusal();
    go({ do: "scanned" });
    void checkIn(shown);
  });

  return (
    <Frame hall={hall} self={self} online={data.online} preferences={preferences} onPreferences={onPreferences} locked={taking} onBack={step.at === "start" || ended ? undefined : back} onRestart={step.at === "start" ? undefined : onEnd}>
      {step.at === "start" ? <StartScreen hall={hall} data={data} elder={preferences.elder} onArrive={() => go({ do: "go", to: { at: "arrive" } })} onSearch={() => go({ do: "go", to: { at: "search" } })} onField={(field) => go({ do: "go", to: { at: "field", field } })} onChoose={choose} /> : null}
      {step.at === "search" ? <SearchScreen hall={hall} data={data} elder={preferences.elder} query={visit.query} onQuery={(text) => go({ do: "query", text })} onChoose={choose} /> : null}
      {step.at === "field" ? <FieldScreen hall={hall} data={data} elder={preferences.elder} field={step.field} onChoose={choose} /> : null}
      {step.at === "confirm" ? (
        <ConfirmScreen hall={hall} data={data} choice={step.choice} visit={visit} phase={phase} refusal={refusal} proven={classByAge(hall, visit.idNumber)}
          onClass={(code) => go({ do: "class", code })} onId={() => go({ do: "go", to: { at: "id", choice: step.choice } })} onNoId={() => go({ do: "id", text: "" })} onTake={() => void take(step.choice)}
          onBook={({ item, line }) => item && go({ do: "go", to: { at: "book-day", choice: { item, line } } })} />
      ) : null}
      {step.at === "id" ? <IdScreen text={visit.idNumber} onText={(text) => go({ do: "id", text })} onDone={acceptId} /> : null}
      {step.at === "failed" ? <FailedScreen phase={phase} onRetry={() => void take(step.choice)} /> : null}
      {step.at === "result" ? <ResultScreen hall={hall} step={step} elder={preferences.elder} publicUrl={publicUrl} token={token} onDone={onEnd} /> : null}
      {isBooking(step) ? (
        <Suspense fallback={<Loading label={common("loading")} />}>
          <BookingSteps step={step} hall={hall} token={token} publicUrl={publicUrl} elder={preferences.elder} typed={visit.typed} press={press} go={go} checkIn={checkIn} onEnd={onEnd} />
        </Suspense>
      ) : null}
      {left === undefined ? null : <IdleWarning seconds={left} onRestart={onEnd} />}
    </Frame>
  );
}
