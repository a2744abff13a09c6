"use client";
import { CalendarClock, IdCard, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Problem } from "@/components/api-client";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import { checkIdNumber } from "@/lib/kernel/id-number";
import { localName, toLocale } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { ClassChoice } from "./class-choice";
import type { Choice, Visit } from "./flow";
import { Heading } from "./heading";
import { boardLine, zoneOf } from "./lines";
import type { HallData } from "./use-hall-data";
import { useWaitText } from "./wait-text";

interface ConfirmProps {
  hall: HallDetail;
  data: HallData;
  choice: Choice;
  visit: Visit;
  phase: "idle" | "taking" | "slow";
  refusal?: Problem;
  /** The class that the ID number proves. */
  proven?: HallDetail["classes"][number];
  onClass: (code: string) => void;
  onId: () => void;
  onNoId: () => void;
  onTake: () => void;
  /** Another time instead: offered for an item, quieter than the number. */
  onBook: (choice: Choice) => void;
}

function Fact({ term, wide, children }: { term: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? "col-span-2" : undefined}>
      <dt className="text-ink-soft">{term}</dt>
      <dd className="text-2xl leading-tight font-semibold">{children}</dd>
    </div>
  );
}

function Summary({ hall, data, choice }: Pick<ConfirmProps, "hall" | "data" | "choice">) {
  const t = useTranslations("kiosk");
  const locale = toLocale(useLocale());
  const waitText = useWaitText();
  const zone = zoneOf(hall, choice.line.code);
  const line = boardLine(data, choice.line.code);
  return (
    <div className="rounded-base border border-line bg-surface px-6 py-3">
      <p className="text-3xl leading-tight font-semibold">{localName(locale, choice.item ?? choice.line)}</p>
      <p className="border-b border-line pt-1 pb-3 text-ink-soft">{t("confirm.line", { line: localName(locale, choice.line) })}</p>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 pt-3">
        {zone ? <Fact wide term={t("confirm.zone")}>{t("place", { zone: localName(locale, zone), floor: zone.floor })}</Fact> : null}
        {line ? <Fact term={t("confirm.ahead")}>{t("confirm.people", { count: line.waiting })}</Fact> : null}
        {line ? <Fact term={t("confirm.estimate")}>{waitText(line.estimateMinutes)}</Fact> : null}
      </dl>
      {line?.windows === 0 ? <p className="mt-3 border-t border-line pt-3 font-medium text-warn">{t("confirm.unserved")}</p> : null}
    </div>
  );
}

function IdRow({ visit, proven, onId, onNoId }: Pick<ConfirmProps, "visit" | "proven" | "onId" | "onNoId">) {
  const t = useTranslations("kiosk.confirm");
  const locale = toLocale(useLocale());
  const known = checkIdNumber(visit.idNumber).ok;
  return (
    <div>
      {known ? (
        <div className="flex flex-wrap items-center gap-3">
          <p role="status" className="flex-1 text-lg font-medium">{t("idDone", { tail: visit.idNumber.slice(-4) })}</p>
          <Button size="large" onClick={onId}>{t("idChange")}</Button>
          <Button size="large" onClick={onNoId}>{t("idRemove")}</Button>
        </div>
      ) : (
        <button type="button" onClick={onId} className="flex w-full items-center gap-4 rounded-base border border-line-strong bg-surface px-5 py-2 text-left active:bg-brand-soft">
          <IdCard aria-hidden className="size-9 shrink-0 text-brand" />
          <span><span className="block text-xl leading-snug font-medium">{t("id")}</span><span className="block text-ink-soft">{t("idHint")}</span></span>
        </button>
      )}
      {known && proven && visit.class === proven.code ? <p className="mt-1 text-ink-soft">{t("byAge", { age: proven.minAge ?? 0, class: localName(locale, proven) })}</p> : null}
    </div>
  );
}

/** The third touch. Class and ID number may be given here; nobody has to. */
export function ConfirmScreen({ hall, data, choice, visit, phase, refusal, proven, onClass, onId, onNoId, onTake, onBook }: ConfirmProps) {
  const t = useTranslations("kiosk");
  const taking = phase !== "idle";
  // A half-typed number is not sent: the visitor went back from it.
  const ready = visit.idNumber === "" || checkIdNumber(visit.idNumber).ok;
  return (
    <>
      <Heading>{t("confirm.heading")}</Heading>
      <fieldset disabled={taking} className="-mx-1 mt-3 flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-1 pb-1 landscape:flex-row landscape:gap-8">
        <div className="landscape:flex-1"><Summary hall={hall} data={data} choice={choice} /></div>
        <div className="flex flex-col gap-3 landscape:flex-1 landscape:gap-4">
          <ClassChoice classes={hall.classes} value={visit.class} onChange={onClass} />
          <IdRow visit={visit} proven={proven} onId={onId} onNoId={onNoId} />
        </div>
      </fieldset>
      {/* Outside of what may scroll: the third touch is always in sight. */}
      <div className="pt-3">
        {refusal ? <Banner tone="bad" title={t("refused")}>{refusal.detail} {t("refusedNext")}</Banner> : null}
        <p role="status" className={phase === "slow" ? "py-2 text-lg" : "sr-only"}>{phase === "slow" ? t("confirm.takingSlow") : ""}</p>
        <div className="mt-2 flex flex-col gap-3 landscape:flex-row">
          <Button look="primary" size="huge" className="w-full text-4xl landscape:flex-2 portrait:min-h-24 portrait:in-[[data-elder=true]]:min-h-16" disabled={taking || !ready} onClick={onTake}>
            {taking ? <LoaderCircle aria-hidden className="size-10 animate-spin" /> : null}
            {t(taking ? "confirm.taking" : "confirm.take")}
          </Button>
          {choice.item ? <Button size="large" className="w-full landscape:flex-1" disabled={taking} onClick={() => onBook(choice)}><CalendarClock aria-hidden className="size-7" />{t("confirm.later")}</Button> : null}
        </div>
      </div>
    </>
  );
}
