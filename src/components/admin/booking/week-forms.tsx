import { closureAction, copyWeekAction, slotsAction } from "@/app/admin/booking/actions";
import { Panel } from "@/components/admin/panel";
import { StepForm } from "@/components/admin/residency/step-form";
import { SelectField, TextField } from "@/components/ui/field";
import type { StockWeek } from "@/lib/appointments/report/data";
import { type Locale, localName } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";

interface WeekFormsProps {
  hall: { code: string };
  stock: StockWeek;
  stocks: readonly StockWeek[];
  monday: string;
  today: string;
  windows: readonly { code: string; name: string; nameEn: string }[];
  locale: Locale;
  t: Translate;
}

/** Changes of a week: slots closed, opened, more or fewer seats; a whole week copied; a window out of work. */
export function WeekForms({ hall, stock, stocks, monday, today, windows, locale, t }: WeekFormsProps) {
  const stockField = (id: string) => <SelectField id={id} name="stock" label={t("week.stock")} defaultValue={stock.code}><option value="">{t("week.allStocks")}</option>{stocks.map((each) => <option key={each.code} value={each.code}>{each.code} {localName(locale, each)}</option>)}</SelectField>;
  const next = new Date(Date.parse(monday) + 7 * 86_400_000).toISOString().slice(0, 10);
  const first = monday > today ? monday : today;
  return (
    <div className="grid gap-4 print:hidden xl:grid-cols-3">
      <Panel id="slots" title={t("week.change")}>
        <StepForm action={slotsAction.bind(null, hall.code)} sending={t("sending")} buttons={[{ value: "close", label: t("week.close") }, { value: "open", label: t("week.open"), look: "secondary" }, { value: "seats", label: t("week.seatsButton"), look: "secondary" }]}>
          {stockField("slots-stock")}
          <div className="grid grid-cols-2 gap-3">
            <TextField id="slots-day" name="day" type="date" label={t("week.from")} defaultValue={first} required />
            <TextField id="slots-until" name="until" type="date" label={t("week.to")} defaultValue={first} required />
            <TextField id="slots-from" name="from" label={t("week.fromTime")} placeholder="08:30" maxLength={5} inputMode="numeric" />
            <TextField id="slots-to" name="to" label={t("week.toTime")} placeholder="12:00" maxLength={5} inputMode="numeric" />
          </div>
          <TextField id="slots-seats" name="seats" type="number" label={t("week.seats")} hint={t("week.seatsHint")} />
          <TextField id="slots-note" name="note" label={t("week.note")} maxLength={200} />
        </StepForm>
      </Panel>
      <Panel id="copy" title={t("week.copy")}>
        <p className="text-sm text-ink-soft">{t("week.copyText")}</p>
        <StepForm action={copyWeekAction.bind(null, hall.code)} sending={t("sending")} buttons={[{ value: "copy", label: t("week.copyButton") }]}>
          {stockField("copy-stock")}
          <TextField id="copy-from" name="from" type="date" label={t("week.copyFrom")} defaultValue={monday} required />
          <TextField id="copy-to" name="to" type="date" label={t("week.copyTo")} defaultValue={next} required />
        </StepForm>
      </Panel>
      <Panel id="closure" title={t("week.closure")}>
        <p className="text-sm text-ink-soft">{t("week.closureText")}</p>
        <StepForm action={closureAction.bind(null, hall.code)} sending={t("sending")} buttons={[{ value: "closure", label: t("week.closureButton") }]}>
          <SelectField id="closure-window" name="window" label={t("week.window")}>{windows.map((window) => <option key={window.code} value={window.code}>{window.code} {localName(locale, window)}</option>)}</SelectField>
          <TextField id="closure-from" name="from" type="datetime-local" label={t("week.from")} defaultValue={`${first}T08:30`} required />
          <TextField id="closure-to" name="to" type="datetime-local" label={t("week.to")} defaultValue={`${first}T17:30`} required />
          <TextField id="closure-reason" name="reason" label={t("reason")} required maxLength={200} />
        </StepForm>
      </Panel>
    </div>
  );
}
