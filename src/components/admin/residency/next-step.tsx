import { Panel } from "@/components/admin/panel";
import type { Place } from "@/components/admin/place";
import { FormControl } from "@/components/form/form-control";
import type { FormField } from "@/components/form/form-state";
import { listLines } from "@/lib/catalog/data-admin";
import type { ApplicationDetail } from "@/lib/catalog/residency/data-admin";
import { type ApplicationStepName, stepsFrom } from "@/lib/catalog/residency/model";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";
import { codeList, listZones } from "@/lib/regions/data-admin";
import { StepForm, type StepState } from "./step-form";

interface NextStepProps {
  application: ApplicationDetail;
  place: Place;
  /** Reviews, places, opens; otherwise only what the unit itself may do. */
  mayDecide: boolean;
  action: (state: StepState, form: FormData) => Promise<StepState>;
  t: Translate;
}

/** What can be done with an application now: one form per step of the table. */
export async function NextStep({ application, place, mayDecide, action, t }: NextStepProps) {
  const steps = stepsFrom(application.kind, application.state);
  const can = (step: ApplicationStepName) => steps.includes(step);
  const sending = t("application.sending");
  const control = (field: FormField, value: string) => <FormControl field={field} value={value} noChoice={t("application.keep")} />;
  return (
    <Panel id="next" title={t("application.next")}>
      {mayDecide && can("approve") ? (
        <StepForm action={action} sending={sending} buttons={[{ value: "approve", label: t("application.approve") }, { value: "return", label: t("application.return"), look: "secondary" }, { value: "reject", label: t("application.reject"), look: "danger" }]}>
          {control({ name: "note", kind: "longtext", label: t("application.note"), hint: t("application.noteHint"), maxLength: 1000 }, "")}
        </StepForm>
      ) : null}
      {can("resubmit") ? (
        <StepForm action={action} sending={sending} buttons={[{ value: "resubmit", label: t("application.resubmit") }]}>
          {control({ name: "reason", kind: "longtext", label: t("apply.reason"), required: true, maxLength: 1000 }, application.reason)}
          {control({ name: "documents", kind: "longtext", label: t("apply.documents"), hint: t("apply.documentsHint"), maxLength: 4000 }, application.documents.join("\n"))}
        </StepForm>
      ) : null}
      {mayDecide && can("open") ? <StepForm action={action} sending={sending} buttons={[{ value: "open", label: t("application.open") }]}><p>{t("application.openText")}</p></StepForm> : null}
      {mayDecide && can("place") ? (
        <StepForm action={action} sending={sending} buttons={[{ value: "place", label: t("application.place"), look: can("open") ? "secondary" : "primary" }]}><PlaceFields application={application} place={place} t={t} /></StepForm>
      ) : null}
      {mayDecide && can("leave") ? <StepForm action={action} sending={sending} buttons={[{ value: "leave", label: t("application.leave"), look: "danger" }]}><p>{t("application.leaveText")}</p></StepForm> : null}
      {mayDecide || can("resubmit") ? null : <p className="text-ink-soft">{t("application.notYours")}</p>}
      {can("withdraw") ? <StepForm action={action} sending={sending} buttons={[{ value: "withdraw", label: t("application.withdraw"), look: "quiet" }]} /> : null}
    </Panel>
  );
}

async function PlaceFields({ application, place, t }: Pick<NextStepProps, "application" | "place" | "t">) {
  const hall = place.hall!;
  const [zones, lines, modes] = await Promise.all([listZones(database(), hall.id, { filters: { active: "true" }, limit: 500 }), listLines(database(), hall.id, { filters: { active: "true" }, limit: 500 }), codeList(database(), "residency_mode")]);
  const coded = (rows: readonly { code: string; name: string; nameEn: string }[]) => rows.map((row) => ({ value: row.code, label: `${row.code} ${localName(place.locale, row)}` }));
  const fields: [FormField, string][] = [
    [{ name: "zone", kind: "choice", label: t("application.zone"), hint: t("application.zoneHint"), required: true, options: coded(zones.rows) }, application.zone ?? ""],
    [{ name: "line", kind: "choice", label: t("application.line"), hint: t("application.lineHint"), options: coded(lines.rows) }, application.line ?? ""],
    [{ name: "windows", kind: "text", label: t("application.windows"), hint: t("application.windowsHint"), maxLength: 400 }, application.windows.join(" ")],
    [{ name: "mode", kind: "choice", label: t("apply.mode"), options: modes.map((mode) => ({ value: mode.code, label: localName(place.locale, mode) })) }, application.mode ?? ""],
    [{ name: "devices", kind: "text", label: t("application.devices"), maxLength: 400 }, application.devices],
    [{ name: "network", kind: "text", label: t("application.network"), maxLength: 400 }, application.network],
  ];
  return <div className="grid items-end gap-4 md:grid-cols-2">{fields.map(([field, value]) => <FormControl key={field.name} field={field} value={value} noChoice={t("application.keep")} />)}</div>;
}
