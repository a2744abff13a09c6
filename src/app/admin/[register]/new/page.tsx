import { notFound } from "next/navigation";
import { formFields, loadOptions, timeZoneOf } from "@/components/admin/choices";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { formAttributes, recordValues } from "@/components/admin/parse-form";
import { openPlace, type SearchParams } from "@/components/admin/place";
import { formTexts } from "@/components/admin/record-view";
import { addressOf, keepOf } from "@/components/admin/register-list";
import { registerOf } from "@/components/admin/registers";
import { addressParams } from "@/components/data-table/address";
import { hrefOf } from "@/components/data-table/data-table";
import { RecordForm } from "@/components/form/record-form";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { saveAction } from "../actions";

interface NewPageProps {
  params: Promise<{ register: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function NewPage({ params, searchParams }: NewPageProps) {
  const register = registerOf((await params).register);
  if (!register) notFound();
  const search = await searchParams;
  const place = await openPlace(register.creators ?? register.writers, `/admin/${register.key}/new`, search);
  if (!register.platform && !place.hall) return <HallChoice place={place} path={`/admin/${register.key}/new`} />;
  const t = translator(place.locale, "admin");
  const options = await loadOptions(register, place, t);
  const list = addressParams(addressOf(register, place, search));
  const back = hrefOf(`/admin/${register.key}`, { ...keepOf(place), ...list });
  const where = place.hall ? localName(place.locale, place.hall) : t("platform");
  return (
    <>
      <PageHead title={t(`registers.${register.key}.create`)} hall={register.key === "halls" ? undefined : where} back={{ href: back, label: t(`registers.${register.key}.title`) }} />
      <RecordForm action={saveAction.bind(null, { register: register.key, ...(place.hall ? { hall: place.hall.code } : {}), back: list })}
        fields={formFields(register, formAttributes(register), undefined, options, place, t)} values={recordValues(register, undefined, timeZoneOf(place))} backHref={back} texts={formTexts(t)} />
    </>
  );
}
