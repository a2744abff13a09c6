import Form from "next/form";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type Place, type SearchParams } from "@/components/admin/place";
import { keepOf } from "@/components/admin/register-list";
import { APPLICANTS } from "@/components/admin/registers/residency";
import { ItemBoxes } from "@/components/admin/residency/item-boxes";
import { StepForm } from "@/components/admin/residency/step-form";
import { FormControl } from "@/components/form/form-control";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { EmptyState } from "@/components/ui/state";
import { listDepartments } from "@/lib/catalog/data-admin";
import { unitOfStaff } from "@/lib/catalog/residency/data";
import { listResidencyItems } from "@/lib/catalog/residency/data-admin";
import { APPLICATION_KINDS, type ApplicationKind, STARTS_FROM } from "@/lib/catalog/residency/model";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";
import { codeList } from "@/lib/regions/data-admin";
import { applyAction } from "../actions";

const PATH = "/admin/residency-applications/new";
const MOST = 500;

/** A new application: kind and unit first, then the items that suit it, many at once (HN-7.1.3). */
export default async function NewApplicationPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(APPLICANTS, PATH, params);
  if (!place.hall) return <HallChoice place={place} path={PATH} />;
  const t = translator(place.locale, "residency");
  const admin = translator(place.locale, "admin");
  const own = place.staff.role === "chief" ? await unitOfStaff(database(), place.staff.id) : undefined;
  const units = (await listDepartments(database(), place.hall.id, { filters: { active: "true", ...(own ? { code: own } : {}) }, limit: 1_000 })).rows;
  const kind = APPLICATION_KINDS.find((each) => each === param(params, "kind")) ?? "enter";
  const unit = units.find((each) => each.code === param(params, "unit"))?.code ?? own;
  return (
    <>
      <PageHead title={t("apply.title")} hall={localName(place.locale, place.hall)} intro={admin("registers.residency-applications.intro")} back={{ href: adminHref(place, "/admin/residency-applications"), label: admin("registers.residency-applications.title") }} />
      <Form action={PATH} className="flex flex-wrap items-end gap-3">
        {Object.entries(keepOf(place)).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <div className="w-full sm:w-40"><SelectField id="kind" name="kind" label={t("apply.kind")} defaultValue={kind} key={kind}>{APPLICATION_KINDS.map((each) => <option key={each} value={each}>{admin(`values.applicationKind.${each}`)}</option>)}</SelectField></div>
        <div className="w-full sm:w-80"><SelectField id="unit" name="unit" label={t("apply.unit")} defaultValue={unit} key={unit}>{units.map((each) => <option key={each.code} value={each.code}>{localName(place.locale, each)}</option>)}</SelectField></div>
        <div className="w-full sm:w-60"><TextField id="q" name="q" label={t("apply.q")} defaultValue={param(params, "q")} maxLength={60} /></div>
        <Button type="submit">{t("apply.show")}</Button>
      </Form>
      {unit ? <ApplicationForm place={place} kind={kind} unit={unit} q={param(params, "q")} t={t} /> : null}
    </>
  );
}

async function ApplicationForm({ place, kind, unit, q, t }: { place: Place; kind: ApplicationKind; unit: string; q: string | undefined; t: Translate }) {
  const hall = place.hall!;
  const [items, modes] = await Promise.all([listResidencyItems(database(), hall.id, { ...(q ? { q } : {}), filters: { department: unit, residency: STARTS_FROM[kind] }, limit: MOST }), codeList(database(), "residency_mode")]);
  if (items.total === 0) return <EmptyState title={t("apply.none")} />;
  const noChoice = t("apply.modeKeep");
  return (
    <section className="max-w-5xl rounded-base border border-line bg-surface p-4 sm:p-6">
      <StepForm action={applyAction.bind(null, hall.code)} buttons={[{ value: "apply", label: t("apply.submit") }]} sending={t("apply.sending")}>
        <input type="hidden" name="kind" value={kind} /><input type="hidden" name="department" value={unit} />
        {items.total > MOST ? <p className="text-warn">{t("apply.more", { count: MOST })}</p> : null}
        <ItemBoxes key={`${kind}-${unit}-${q ?? ""}`} items={items.rows.map((item) => ({ code: item.code, name: localName(place.locale, item) }))} texts={{ legend: t("apply.choose"), hint: t("apply.chooseIntro"), all: t("apply.all"), chosen: t("apply.chosen", { count: "#" }) }} />
        <div className="grid gap-4 md:grid-cols-2">
          <FormControl field={{ name: "reason", kind: "longtext", label: t("apply.reason"), required: true, maxLength: 1000 }} value="" noChoice={noChoice} />
          <FormControl field={{ name: "documents", kind: "longtext", label: t("apply.documents"), hint: t("apply.documentsHint"), maxLength: 4000 }} value="" noChoice={noChoice} />
          {kind === "leave" ? null : <FormControl field={{ name: "mode", kind: "choice", label: t("apply.mode"), options: modes.map((mode) => ({ value: mode.code, label: localName(place.locale, mode) })) }} value="" noChoice={noChoice} />}
          <FormControl field={{ name: "wantedOn", kind: "date", label: t("apply.wantedOn") }} value="" noChoice={noChoice} />
        </div>
      </StepForm>
    </section>
  );
}
