import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { formFields, loadOptions, timeZoneOf } from "@/components/admin/choices";
import { BookingPanel, DutyPanel, PausePanel } from "@/components/admin/booking/panels";
import { DevicePanel } from "@/components/admin/device-panel";
import { GuidePanel } from "@/components/admin/guide/guide-panel";
import { HallChoice } from "@/components/admin/hall-choice";
import { OpeningsPanel, WindowPanel } from "@/components/admin/openings-panel";
import { MessagePanel } from "@/components/admin/messages/message-panel";
import { TemplatePanel } from "@/components/admin/messages/template-panel";
import { PageHead } from "@/components/admin/page-head";
import { formAttributes, recordValues } from "@/components/admin/parse-form";
import { openPlace, type Place, type SearchParams } from "@/components/admin/place";
import { formTexts, RecordView } from "@/components/admin/record-view";
import { mayWrite, type Register, type Row } from "@/components/admin/register";
import { addressOf, keepOf } from "@/components/admin/register-list";
import { readRecord, registerOf } from "@/components/admin/registers";
import { ReceivedPanel } from "@/components/admin/residency/received-panel";
import { StaffPanel } from "@/components/admin/staff-panel";
import { addressParams } from "@/components/data-table/address";
import { hrefOf } from "@/components/data-table/data-table";
import { RecordForm } from "@/components/form/record-form";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { saveAction } from "../../actions";

interface RecordPageProps {
  params: Promise<{ register: string; key: string }>;
  searchParams: Promise<SearchParams>;
}

/** What a register has beside its form. */
const PANELS: Record<string, (props: { place: Place; row: Row; writable: boolean }) => ReactNode | Promise<ReactNode>> = { devices: DevicePanel, staff: StaffPanel, halls: OpeningsPanel, windows: WindowPanel, items: GuidePanel, guides: GuidePanel, "received-items": ReceivedPanel, messages: MessagePanel, bookings: BookingPanel, duties: DutyPanel, "booking-pauses": PausePanel, "message-templates": TemplatePanel };

export default async function RecordPage({ params, searchParams }: RecordPageProps) {
  const { register: name, key } = await params;
  const register = registerOf(name);
  if (!register) notFound();
  const search = await searchParams;
  const place = await openPlace(register.readers, `/admin/${register.key}`, search);
  if (!register.platform && !place.hall) return <HallChoice place={place} path={`/admin/${register.key}/record/${encodeURIComponent(decodeURIComponent(key))}`} />;
  const row = await readRecord(register, place, decodeURIComponent(key));
  if (!row) notFound();
  const t = translator(place.locale, "admin");
  const writable = mayWrite(register, place, row);
  const list = addressParams(addressOf(register, place, search));
  const back = hrefOf(`/admin/${register.key}`, { ...keepOf(place), ...list });
  const Panel = PANELS[register.key];
  return (
    <>
      <PageHead title={titleOf(register, row, place)} hall={register.key === "halls" ? undefined : place.hall ? localName(place.locale, place.hall) : t("platform")} back={{ href: back, label: t(`registers.${register.key}.title`) }} />
      {writable ? <EditForm register={register} row={row} place={place} back={back} list={list} /> : <RecordView register={register} row={row} options={await loadOptions(register, place, t)} place={place} t={t} />}
      {Panel ? <Panel place={place} row={row} writable={writable} /> : null}
    </>
  );
}

function titleOf(register: Register, row: Row, place: Place): string {
  if (register.title) return register.title(row, place.locale);
  const key = String(row[register.identity]);
  const name = typeof row.name === "string" ? localName(place.locale, { name: row.name, nameEn: row.nameEn as string | undefined }) : "";
  return name ? `${key} ${name}` : key;
}

async function EditForm({ register, row, place, back, list }: { register: Register; row: Row; place: Place; back: string; list: Record<string, string | undefined> }) {
  const t = translator(place.locale, "admin");
  const options = await loadOptions(register, place, t);
  return (
    <RecordForm action={saveAction.bind(null, { register: register.key, key: String(row[register.identity]), ...(place.hall ? { hall: place.hall.code } : {}), back: list })} version={row.version}
      fields={formFields(register, formAttributes(register), row, options, place, t)} values={recordValues(register, row, timeZoneOf(place))} backHref={back} texts={formTexts(t)} />
  );
}
