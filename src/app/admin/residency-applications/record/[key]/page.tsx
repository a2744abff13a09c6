import { notFound } from "next/navigation";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { Panel } from "@/components/admin/panel";
import { adminHref, openPlace, type Place, type SearchParams } from "@/components/admin/place";
import { HALL_READERS, HALL_WRITERS } from "@/components/admin/register";
import { APPLICANTS } from "@/components/admin/registers/residency";
import { NextStep } from "@/components/admin/residency/next-step";
import { toLocal } from "@/components/form/zoned-time";
import { SimpleTable } from "@/components/ui/simple-table";
import { StateChip } from "@/components/ui/state";
import { unitOfStaff } from "@/lib/catalog/residency/data";
import { applicationByCode, type ApplicationDetail } from "@/lib/catalog/residency/data-admin";
import { isClosed } from "@/lib/catalog/residency/model";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";
import { stepAction } from "../../actions";

interface ApplicationPageProps {
  params: Promise<{ key: string }>;
  searchParams: Promise<SearchParams>;
}

/** One application: where it stands, its items, every step with day, person and note, and what can be done next (HN-7.1.3). */
export default async function ApplicationPage({ params, searchParams }: ApplicationPageProps) {
  const key = decodeURIComponent((await params).key);
  const path = `/admin/residency-applications/record/${encodeURIComponent(key)}`;
  const place = await openPlace(HALL_READERS, path, await searchParams);
  if (!place.hall) return <HallChoice place={place} path={path} />;
  const application = await applicationByCode(database(), place.hall.id, key);
  if (!application) notFound();
  const t = translator(place.locale, "residency");
  const admin = translator(place.locale, "admin");
  return (
    <>
      <PageHead title={`${application.code} ${admin(`values.applicationKind.${application.kind}`)}`} hall={localName(place.locale, place.hall)} back={{ href: adminHref(place, "/admin/residency-applications"), label: admin("registers.residency-applications.title") }}>
        <StateChip tone={application.state === "opened" ? "good" : application.state === "rejected" ? "bad" : isClosed(application.state) ? "neutral" : "info"}>{admin(`values.applicationState.${application.state}`)}</StateChip>
      </PageHead>
      <Facts application={application} place={place} t={t} admin={admin} />
      {isClosed(application.state) ? <p className="text-ink-soft">{t("application.closed")}</p> : <Next application={application} place={place} t={t} />}
      <section aria-labelledby="items" className="flex flex-col gap-3">
        <h2 id="items" className="text-lg font-semibold">{t("application.items")}（{application.items.length}）</h2>
        <SimpleTable label={t("application.items")} empty={t("application.none")} columns={[{ label: admin("fields.itemCode") }, { label: admin("fields.itemName") }, { label: t("application.stateNow") }, { label: t("application.line") }]}
          rows={application.items.map((item) => ({ key: item.code, cells: [item.code, localName(place.locale, item), admin(`values.residency.${item.residency}`), item.line ?? t("application.noLine")] }))} />
      </section>
      <section aria-labelledby="steps" className="flex flex-col gap-3">
        <h2 id="steps" className="text-lg font-semibold">{t("application.steps")}</h2>
        <SimpleTable label={t("application.steps")} empty={t("application.none")} columns={[{ label: t("application.step") }, { label: t("application.at") }, { label: t("application.by") }, { label: t("application.note") }]}
          rows={application.steps.map((step) => ({ key: `${step.type}${step.at}`, cells: [admin(`ledger.types.${step.type}`), toLocal(step.at, place.hall!.timeZone).replace("T", " "), step.actor, step.note] }))} />
      </section>
    </>
  );
}

function Facts({ application, place, t, admin }: { application: ApplicationDetail; place: Place; t: Translate; admin: Translate }) {
  const where = [application.zone, application.line, application.windows.join(" "), application.devices, application.network].filter(Boolean).join(" · ");
  const facts: [string, string][] = [
    [admin("fields.department"), localName(place.locale, { name: application.departmentName, nameEn: application.departmentNameEn })], [admin("fields.reason"), application.reason],
    [admin("fields.wantedOn"), application.wantedOn ?? ""], [t("application.where"), where], [t("application.note"), application.reviewNote],
  ];
  return (
    <Panel id="facts" title={t("application.facts")}>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-[10rem_1fr]">
        {facts.filter(([, value]) => value).map(([label, value]) => <div key={label} className="contents"><dt className="text-ink-soft">{label}</dt><dd className="whitespace-pre-line">{value}</dd></div>)}
        <dt className="text-ink-soft">{t("application.documents")}</dt>
        <dd>{application.documents.length === 0 ? t("application.none") : <ul>{application.documents.map((document) => <li key={document}>{/^https?:\/\//.test(document) ? <a href={document} rel="noreferrer">{document}</a> : document}</li>)}</ul>}</dd>
      </dl>
    </Panel>
  );
}

async function Next({ application, place, t }: { application: ApplicationDetail; place: Place; t: Translate }) {
  const own = place.staff.role !== "chief" || (await unitOfStaff(database(), place.staff.id)) === application.department;
  const mayDecide = HALL_WRITERS.includes(place.staff.role);
  const mayApply = own && (APPLICANTS as readonly string[]).includes(place.staff.role);
  if (!mayDecide && !mayApply) return null;
  return <NextStep application={application} place={place} mayDecide={mayDecide} action={stepAction.bind(null, { hall: place.hall!.code, code: application.code, version: application.version })} t={t} />;
}
