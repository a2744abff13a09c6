import { answerPauseAction, assignDutyAction, cancelBookingAction, revealPersonAction } from "@/app/admin/booking/actions";
import { Panel } from "@/components/admin/panel";
import type { Place } from "@/components/admin/place";
import { HALL_WRITERS, type Row } from "@/components/admin/register";
import { StepForm } from "@/components/admin/residency/step-form";
import { TextField } from "@/components/ui/field";
import type { BookingRow, DutyRow, PauseRow } from "@/lib/appointments/data-admin";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { listStaff } from "@/lib/staff/data-admin";

const mayWrite = (place: Place): boolean => HALL_WRITERS.includes(place.staff.role);

/** What an administrator may do with a booking: show the person with a reason, cancel it for the hall. */
export function BookingPanel({ place, row }: { place: Place; row: Row }) {
  const booking = row as unknown as BookingRow;
  if (!place.hall || !mayWrite(place)) return null;
  const t = translator(place.locale, "appointments");
  return (
    <>
      <Panel id="person" title={t("booking.showPerson")}>
        <p className="text-sm text-ink-soft">{t("booking.showPersonText")}</p>
        <StepForm action={revealPersonAction.bind(null, place.hall.code, Number(booking.code))} buttons={[{ value: "show", label: t("booking.show"), look: "secondary" }]} sending={t("sending")}><TextField id="show-reason" name="reason" label={t("reason")} required maxLength={200} /></StepForm>
      </Panel>
      {booking.state === "booked" ? (
        <Panel id="cancel" title={t("booking.cancel")}>
          <StepForm action={cancelBookingAction.bind(null, place.hall.code, Number(booking.code))} buttons={[{ value: "cancel", label: t("booking.cancel"), look: "danger" }]} sending={t("sending")}><TextField id="cancel-reason" name="reason" label={t("booking.cancelReason")} required maxLength={200} /></StepForm>
        </Panel>
      ) : null}
    </>
  );
}

/** Who does a session outside of office hours. */
export async function DutyPanel({ place, row }: { place: Place; row: Row }) {
  const duty = row as unknown as DutyRow;
  if (!place.hall || !mayWrite(place) || duty.state === "cancelled" || duty.state === "over") return null;
  const t = translator(place.locale, "appointments");
  const staff = (await listStaff(database(), place.hall.id, { filters: { active: "true" }, limit: 500 })).rows;
  return (
    <Panel id="staff" title={t("duty.staff")}>
      <StepForm action={assignDutyAction.bind(null, place.hall.code, Number(duty.code))} buttons={[{ value: "assign", label: t("duty.assign") }]} sending={t("sending")}>
        <fieldset><legend className="sr-only">{t("duty.staff")}</legend>
          <div className="grid max-h-96 gap-x-4 overflow-y-auto sm:grid-cols-2 lg:grid-cols-3">
            {staff.map((each) => <label key={each.username} className="flex min-h-11 items-center gap-2"><input type="checkbox" name="staff" value={each.username} defaultChecked={duty.staff.includes(each.name)} className="size-5" />{each.name}</label>)}
          </div>
        </fieldset>
      </StepForm>
    </Panel>
  );
}

/** The answer to an appeal against a pause. */
export function PausePanel({ place, row }: { place: Place; row: Row }) {
  const pause = row as unknown as PauseRow;
  if (!place.hall || !mayWrite(place) || pause.state === "lifted" || pause.state === "over") return null;
  const t = translator(place.locale, "appointments");
  return (
    <Panel id="answer" title={t("pause.answer")}>
      <StepForm action={answerPauseAction.bind(null, place.hall.code, Number(pause.code))} buttons={[{ value: "lift", label: t("pause.lift") }, { value: "uphold", label: t("pause.uphold"), look: "secondary" }]} sending={t("sending")}><TextField id="answer-text" name="answer" label={t("pause.text")} required maxLength={300} /></StepForm>
    </Panel>
  );
}
