"use client";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useClassName, useHall } from "@/components/staff/use-hall";
import { useProblemText } from "@/components/staff/use-problem-text";
import { buttonClass } from "@/components/ui/button";
import { Banner, Loading } from "@/components/ui/state";
import { ActionGrid, UndoButton } from "./action-grid";
import { blockedBy, isForeign, KEYS, waitingTotal } from "./actions";
import { CurrentTicket } from "./current-ticket";
import { DeskDialogs } from "./desk-dialogs";
import { NoticeLine } from "./notice-line";
import { PrimaryButton } from "./primary-button";
import { HeldTickets, MissedTickets, TodayFigures, WaitingLines } from "./side-lists";
import { StatusStrip } from "./status-strip";
import { useArrivalSound } from "./use-arrival-sound";
import { type DeskControl, useDesk } from "./use-desk";
import { useKeys } from "./use-keys";

const ACTION_OF_KEY = new Map(Object.entries(KEYS).map(([action, key]) => [key, action as keyof typeof KEYS]));

/** The clerk's desk at one window: eight hours a day, one screen, one large button. */
export function DeskScreen({ hall, windowCode }: { hall: string; windowCode: string }) {
  const control = useDesk(hall, windowCode);
  const { desk, feed, act, actPrimary, dialog } = control;
  const detail = useHall(hall);
  const className = useClassName(detail);
  const free = desk !== undefined && desk.window.state === "open" && !desk.ticket;
  const sound = useArrivalSound(free, desk ? waitingTotal(desk) : undefined);
  useKeys(dialog === undefined, (key) => {
    if (key === "SPACE") return actPrimary(), true;
    const action = ACTION_OF_KEY.get(key);
    if (action) act(action);
    return action !== undefined;
  });

  if (feed.failure) return <Failed control={control} windowCode={windowCode} />;
  if (!desk) return <DeskLoading windowCode={windowCode} />;
  return (
    <main id="main" className="flex min-h-0 flex-1 flex-col">
      <StatusStrip control={control} sound={sound} />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] gap-3 p-3 md:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_20rem_18rem] min-[100rem]:grid-cols-[minmax(0,1fr)_28rem_24rem]">
        <div className="flex min-h-0 flex-col gap-3 md:col-span-2 xl:col-span-1">
          <CurrentTicket desk={desk} now={control.now} className={className} />
          {isForeign(desk) ? <Foreign control={control} /> : <PrimaryButton control={control} />}
          <ActionGrid control={control} />
          <div className="flex gap-2"><NoticeLine control={control} /><UndoButton control={control} /></div>
        </div>
        <div className="flex min-h-0 flex-col"><WaitingLines desk={desk} now={control.now} className={className} /></div>
        <Aside control={control} />
      </div>
      <DeskDialogs control={control} hall={detail} />
    </main>
  );
}

function Aside({ control }: { control: DeskControl }) {
  const { desk, now, path, send, openDialog, explainBlocked } = control;
  if (!desk) return null;
  const resume = (number: string) => void (explainBlocked("resume") || send(`resume:${number}`, `${path}/resume`, { number }, "resume", { number }));
  const back = (number: string) => void send(`return:${number}`, `/halls/${desk.hall}/tickets/${encodeURIComponent(number)}/return`, {}, "return", { number });
  return (
    <div className="flex min-h-0 flex-col gap-3">
      <HeldTickets desk={desk} blocked={blockedBy("resume", desk, now) !== undefined} onResume={resume} />
      <MissedTickets desk={desk} onCall={(number) => { if (!explainBlocked("call")) openDialog({ name: "call", number }); }} onReturn={back} />
      <TodayFigures desk={desk} />
    </div>
  );
}

/** Somebody else works here: look, but do not touch. */
function Foreign({ control }: { control: DeskControl }) {
  const t = useTranslations("desk");
  const { desk } = control;
  return (
    <div className="flex min-h-24 items-center justify-between gap-4 rounded-base border border-warn bg-warn-soft px-5">
      <p className="text-lg font-medium text-warn">{t("blocked.foreign", { name: desk?.window.operatorName ?? desk?.window.operator ?? "" })}</p>
      <Link href="/desk" className={buttonClass({ look: "primary" })}>{t("changeWindow")}</Link>
    </div>
  );
}

function DeskLoading({ windowCode }: { windowCode: string }) {
  const t = useTranslations("desk");
  const common = useTranslations("common");
  return <main id="main" className="flex-1 p-4"><h1 className="mb-4 text-lg font-semibold">{t("windowTitle", { code: windowCode, name: "" })}</h1><Loading label={common("loading")} /></main>;
}

function Failed({ control, windowCode }: { control: DeskControl; windowCode: string }) {
  const t = useTranslations("desk");
  const problemText = useProblemText();
  const failure = control.feed.failure!;
  const expired = failure.status === 401;
  return (
    <main id="main" className="mx-auto w-full max-w-2xl flex-1 p-6">
      <h1 className="mb-4 text-lg font-semibold">{t("windowTitle", { code: windowCode, name: "" })}</h1>
      <Banner tone="bad" title={expired ? t("expired.title") : problemText(failure)}>
        <p className="mb-3">{expired ? t("expired.text") : t("failedText")}</p>
        {/* A full load, so that the server decides anew who this is. */}
        <a href={expired ? `/login?next=${encodeURIComponent(`/desk?window=${windowCode}`)}` : "/desk"} className={buttonClass({ look: "primary" })}>{t(expired ? "expired.signIn" : "changeWindow")}</a>
      </Banner>
    </main>
  );
}
