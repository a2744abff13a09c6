import Link from "next/link";
import { ConfirmButton } from "@/components/admin/confirm-button";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { Panel } from "@/components/admin/panel";
import { adminHref, openPlace, param, type Place, type SearchParams } from "@/components/admin/place";
import { Changes } from "@/components/admin/policy/findings";
import { PolicyEditor } from "@/components/admin/policy/policy-editor";
import { PolicyFile } from "@/components/admin/policy/policy-file";
import { HALL_READERS, HALL_WRITERS } from "@/components/admin/register";
import { toLocal } from "@/components/form/zoned-time";
import { ClientMessages } from "@/components/intl/client-messages";
import { buttonClass } from "@/components/ui/button";
import { SimpleTable } from "@/components/ui/simple-table";
import { codeTables } from "@/lib/catalog/codes/data";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { MESSAGES, translator } from "@/lib/i18n/messages";
import { currentPolicy, policyDraft, policyOfVersion, policyVersions } from "@/lib/queue/policy/data";
import { policyFacts, policyNames } from "@/lib/queue/policy/data-check";
import { draftFromVersionAction, dropDraftAction, policyAction } from "./actions";

/** The calling policy: edit a draft beside what is in force, see promise, checks and differences, publish, go back (JY-9.1.1e). */
export default async function PolicyPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(HALL_READERS, "/admin/policy", params);
  if (!place.hall) return <HallChoice place={place} path="/admin/policy" />;
  const { hall, locale } = place;
  const t = translator(locale, "policy");
  const admin = translator(locale, "admin");
  const db = database();
  const [current, draft, versions, names, evidence] = await Promise.all([currentPolicy(db, hall.id), policyDraft(db, hall.id), policyVersions(db, hall.id), policyNames(db, hall.id), codeTables(db, ["class_evidence"])]);
  const edited = draft?.document ?? current;
  const facts = await policyFacts(db, hall.id, edited);
  const readOnly = !HALL_WRITERS.includes(place.staff.role);
  const local = (at: string) => toLocal(at, hall.timeZone).replace("T", " ");
  const shown = Number(param(params, "version"));
  const compared = versions.some(({ version }) => version === shown) && shown > 1 ? await Promise.all([policyOfVersion(db, hall.id, shown - 1), policyOfVersion(db, hall.id, shown)]) : undefined;
  const dialog = { cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied") };
  return (
    <ClientMessages locale={locale} messages={{ policy: MESSAGES[locale].policy, admin: { error: MESSAGES[locale].admin.error } }}>
      <PageHead title={t("title")} hall={localName(locale, hall)} intro={t("intro")}>
        <Link href={adminHref(place, "/admin/what-if")} className={buttonClass({ size: "small" })}>{admin("menu.what-if")}</Link>
        <a href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(edited, null, 2))}`} download={`policy-${hall.code}.json`} className={buttonClass({ size: "small" })}>{t("export")}</a>
      </PageHead>
      <p data-slot="policy-state" className="text-ink-soft"><strong className="text-ink">{t("inForce", { version: current.version })}</strong>　{readOnly ? t("readOnly") : draft ? t("draft", { by: names.people[draft.savedBy] ?? draft.savedBy, at: local(draft.savedAt) }) : t("noDraft")}</p>
      {draft && !readOnly ? <ConfirmButton action={dropDraftAction.bind(null, hall.code)} texts={{ ...dialog, open: t("drop"), title: t("dropTitle"), description: t("dropText"), confirm: t("drop"), done: t("dropped") }} /> : null}
      <PolicyEditor current={current} edited={edited} note={draft?.note ?? ""} draftVersion={draft?.version ?? 0} facts={facts} names={{ ...names, evidence: evidence.get("class_evidence")! }} readOnly={readOnly} action={policyAction.bind(null, hall.code)} />
      <Versions place={place as Place & { hall: NonNullable<Place["hall"]> }} versions={versions} people={names.people} readOnly={readOnly} dialog={dialog} />
      {compared ? <Panel id="compare" title={t("changes.between", { from: shown - 1, to: shown })}><Changes before={compared[0]} after={compared[1]} /></Panel> : null}
      {readOnly ? null : <Panel id="file" title={t("file")}><PolicyFile action={policyAction.bind(null, hall.code)} draftVersion={draft?.version ?? 0} /></Panel>}
    </ClientMessages>
  );
}

interface VersionsProps {
  place: Place & { hall: NonNullable<Place["hall"]> };
  versions: Awaited<ReturnType<typeof policyVersions>>;
  people: Record<string, string>;
  readOnly: boolean;
  dialog: { cancel: string; close: string; copy: string; copied: string };
}

function Versions({ place, versions, people, readOnly, dialog }: VersionsProps) {
  const t = translator(place.locale, "policy");
  return (
    <section aria-labelledby="versions" className="flex flex-col gap-3">
      <h2 id="versions" className="text-lg font-semibold">{t("versions.title")}</h2>
      <SimpleTable label={t("versions.title")} empty={t("changes.none")} columns={[{ label: t("versions.version"), figure: true }, { label: t("versions.at") }, { label: t("versions.by") }, { label: t("versions.note") }, { label: t("versions.compare") }, ...(readOnly ? [] : [{ label: t("versions.restore") }])]}
        rows={versions.map((row, index) => ({ key: String(row.version), cells: [
          row.version, toLocal(row.publishedAt, place.hall.timeZone).replace("T", " "), people[row.publishedBy] ?? row.publishedBy, row.note,
          row.version > 1 ? <Link key="compare" href={`${adminHref(place, "/admin/policy", { version: String(row.version) })}#compare`} className="text-brand underline">{t("versions.compare")}</Link> : t("versions.first"),
          ...(readOnly ? [] : [index === 0 ? "" : <ConfirmButton key="restore" action={draftFromVersionAction.bind(null, place.hall.code, row.version)} texts={{ ...dialog, open: t("versions.restore"), title: t("versions.restore"), description: t("versions.restored", { version: row.version }), confirm: t("versions.restore"), done: t("saved") }} />]),
        ] }))} />
    </section>
  );
}
