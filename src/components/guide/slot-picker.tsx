"use client";
import { clsx } from "clsx";
import { useEffect, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { api } from "@/components/api-client";
import { LoadMark } from "@/components/citizen/book/load-mark";
import { loadOf } from "@/components/citizen/book/wish";
import { dateOf, dayText } from "@/components/citizen/times";
import { hourMinute } from "@/components/staff/time";
import { SelectField } from "@/components/ui/field";
import { Loading } from "@/components/ui/state";
import type { Slot } from "@/lib/appointments/schema";
import type { Locale } from "@/lib/i18n/locale";

interface SlotPickerProps {
  id: string;
  hall: string;
  /** The hall's own clock: its days are meant. */
  timeZone: string;
  items: readonly string[];
  value: Slot | undefined;
  /** Only this kind of stock: a booking that is moved stays what it is. */
  kind?: Slot["kind"];
  onPick: (slot: Slot | undefined) => void;
}

/** Day and time from the hall's one stock, with how full each time is. */
export function SlotPicker({ id, hall, timeZone, items, value, kind, onPick }: SlotPickerProps) {
  const t = useTranslations("guide.booking");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const [list, setList] = useState<{ asked: string; slots: Slot[] }>();
  const [day, setDay] = useState("");
  const asked = items.join(",");
  useEffect(() => {
    let current = true;
    if (!asked) return;
    void api<Slot[]>(`/halls/${hall}/slots?items=${encodeURIComponent(asked)}${kind ? `&kind=${kind}` : ""}`).then((result) => current && setList({ asked, slots: result.ok ? result.value : [] }));
    return () => {
      current = false;
    };
  }, [hall, asked, kind]);
  const days = useMemo(() => [...new Set((list?.slots ?? []).filter((slot) => slot.free > 0).map((slot) => dateOf(slot.start, timeZone)))], [list, timeZone]);
  if (!asked) return null;
  if (list?.asked !== asked) return <Loading label={common("loading")} />;
  if (days.length === 0) return <p role="status" className="text-ink-soft">{t("noSlots")}</p>;
  const chosen = days.includes(day) ? day : days[0]!;
  const free = list.slots.filter((slot) => slot.free > 0 && dateOf(slot.start, timeZone) === chosen);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t("time")}</legend>
      <SelectField id={`${id}-day`} label={t("day")} value={chosen} onChange={(event) => { setDay(event.target.value); onPick(undefined); }}>
        {days.map((each) => <option key={each} value={each}>{dayText(each, locale)}</option>)}
      </SelectField>
      <div role="group" aria-label={t("time")} tabIndex={0} className="grid max-h-56 grid-cols-3 gap-2 overflow-y-auto sm:grid-cols-5">
        {free.map((slot) => {
          const picked = value?.start === slot.start && value.kind === slot.kind;
          return (
            <button key={`${slot.start}${slot.kind}`} type="button" aria-pressed={picked} onClick={() => onPick(slot)} className={clsx("flex min-h-14 flex-col items-center justify-center rounded-base border text-sm", picked ? "border-brand bg-brand-soft font-semibold" : "border-line-strong bg-surface hover:bg-canvas")}>
              <span className="text-base">{hourMinute(slot.start, timeZone)}</span>
              <LoadMark load={loadOf(slot)} label={t(`load.${loadOf(slot)}`)} />
              {slot.kind === "regular" ? null : <span className="text-ink-soft">{t(`kinds.${slot.kind}`)}</span>}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
