"use client";
import { type FormEvent, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { PickList } from "@/components/staff/pick-list";
import { useItems } from "@/components/staff/use-items";
import { usePress } from "@/components/staff/use-press";
import { useProblemText } from "@/components/staff/use-problem-text";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { Banner } from "@/components/ui/state";
import type { Booked, Booking, Slot } from "@/lib/appointments/schema";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { HallDetail } from "@/lib/regions/schema";
import { zoneOf } from "./booking-chip";
import { SlotPicker } from "./slot-picker";

const CHANNELS = ["guide", "phone"] as const;
const EMPTY = { channel: "guide", name: "", phone: "", class: "normal", needs: [] as string[], address: "", note: "" };
const nothing = () => Promise.resolve();

interface BookingFormProps {
  hall: string;
  detail: HallDetail | undefined;
  facts: Booking | undefined;
  onBooked: (booked: Booked) => void;
  onClose: () => void;
}

/** Books for somebody at the desk or on the telephone, from the same stock as every other channel (GD-6.1.1a). */
export function BookingForm({ hall, detail, facts, onBooked, onClose }: BookingFormProps) {
  const t = useTranslations("guide.booking");
  const common = useTranslations("common");
  const locale = useLocale() as Locale;
  const problemText = useProblemText();
  const { pending, press } = usePress(nothing);
  const [query, setQuery] = useState("");
  const { items, loading } = useItems(hall, query);
  const [item, setItem] = useState<string>();
  const [slot, setSlot] = useState<Slot>();
  const [who, setWho] = useState(EMPTY);
  const [error, setError] = useState<string>();
  const set = (part: Partial<typeof EMPTY>) => setWho((old) => ({ ...old, ...part }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const phone = who.phone.replace(/[\s-]/g, "");
    if (!item || !slot) return setError(t("chooseFirst"));
    if (!who.name.trim() || !/^1[3-9]\d{9}$/.test(phone)) return setError(t("personMissing"));
    if (slot.kind === "home" && !who.address.trim()) return setError(t("addressMissing"));
    setError(undefined);
    const result = await press<Booked>("book", `/halls/${hall}/appointments`, {
      item, start: slot.start, kind: slot.kind, person: { name: who.name.trim(), phone }, channel: who.channel, class: who.class, needs: who.needs, locale,
      ...(slot.kind === "home" ? { address: who.address.trim() } : {}), ...(who.note.trim() ? { note: who.note.trim() } : {}),
    });
    if (!result) return;
    if (result.ok) onBooked(result.value);
    else setError(problemText(result.problem));
  };

  return (
    <form noValidate aria-label={t("new")} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <h2 className="text-xl font-semibold">{t("new")}</h2>
      <PickList id="book-item" label={t("item")} placeholder={t("itemHint")} query={query} onQuery={setQuery} options={items.map((each) => ({ id: each.code, title: localName(locale, each), detail: `${each.line} ${localName(locale, { name: each.lineName, nameEn: each.lineNameEn })}` }))}
        selected={item} onSelect={(code) => { setItem(code); setSlot(undefined); }} empty={t("noItems")} loading={loading} listClassName="h-40" />
      <SlotPicker id="book" hall={hall} timeZone={zoneOf(detail)} items={item ? [item] : []} value={slot} onPick={setSlot} />
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField id="book-channel" label={t("channel")} value={who.channel} onChange={(event) => set({ channel: event.target.value })}>{CHANNELS.map((each) => <option key={each} value={each}>{t(`channels.${each}`)}</option>)}</SelectField>
        <SelectField id="book-class" label={t("class")} value={who.class} onChange={(event) => set({ class: event.target.value })}>{(detail?.classes ?? []).filter((each) => !each.byBooking).map((each) => <option key={each.code} value={each.code}>{localName(locale, each)}</option>)}</SelectField>
        <TextField id="book-name" label={t("name")} required maxLength={60} autoComplete="off" value={who.name} onChange={(event) => set({ name: event.target.value })} />
        <TextField id="book-phone" label={t("phone")} required inputMode="tel" maxLength={20} autoComplete="off" value={who.phone} onChange={(event) => set({ phone: event.target.value })} />
        {slot?.kind === "home" ? <TextField id="book-address" label={t("address")} required maxLength={200} autoComplete="off" value={who.address} onChange={(event) => set({ address: event.target.value })} /> : null}
        <TextField id="book-note" label={t("note")} maxLength={200} autoComplete="off" value={who.note} onChange={(event) => set({ note: event.target.value })} />
      </div>
      <fieldset>
        <legend className="mb-1 font-medium">{t("needs")}</legend>
        <div className="flex flex-wrap gap-2">
          {(facts?.needs ?? []).map((need) => (
            <label key={need.code} className="flex min-h-11 cursor-pointer items-center gap-2 rounded-base border border-line-strong px-3">
              <input type="checkbox" checked={who.needs.includes(need.code)} onChange={(event) => set({ needs: event.target.checked ? [...who.needs, need.code] : who.needs.filter((code) => code !== need.code) })} className="size-4 accent-brand" />{localName(locale, need)}
            </label>
          ))}
        </div>
      </fieldset>
      {error ? <Banner tone="bad"><p>{error}</p></Banner> : null}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" size="large" aria-busy={pending !== undefined} className="flex-1">{t(pending ? "booking" : "book")}</Button>
        <Button size="large" onClick={onClose}>{common("cancel")}</Button>
      </div>
    </form>
  );
}
