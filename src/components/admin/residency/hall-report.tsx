import Link from "next/link";
import { publishNegativeListAction } from "@/app/admin/residency/actions";
import { ConfirmButton } from "@/components/admin/confirm-button";
import { Panel } from "@/components/admin/panel";
import { adminHref, type Place } from "@/components/admin/place";
import { HALL_WRITERS } from "@/components/admin/register";
import { toLocal } from "@/components/form/zoned-time";
import { SimpleTable } from "@/components/ui/simple-table";
import { Banner } from "@/components/ui/state";
import { listReceived } from "@/lib/catalog/handed/data-admin";
import { negativeVersions } from "@/lib/catalog/residency/data";
import { listResidencyItems, listUnitChecks } from "@/lib/catalog/residency/data-admin";
import { channelShares, type Counted, type HallRate, itemsByIntake, itemsByMode, residencyWarnings, sinksByRegion, type Warnings } from "@/lib/catalog/residency/data-report";
import { itemsToTarget, sinkPowers } from "@/lib/catalog/residency/model";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";

interface BlockProps {
  place: Place;
  t: Translate;
}

const TOP = 10;

/** Rate in one sentence with its formula, the exemption beside it, what is not counted. */
export function RateHeadline({ rate, t }: { rate: HallRate; t: Translate }) {
  const values = { rate: rate.rate ?? 0, target: rate.target ?? 0, missing: itemsToTarget(rate, rate.target ?? 0) };
  const title = rate.rate === null ? t("report.rateNone") : rate.target === null ? t("report.noTarget", values) : t(rate.verdict === "met" ? "report.meetsTarget" : "report.belowTarget", values);
  return (
    <Banner tone={rate.verdict === "met" ? "good" : rate.verdict === "none" ? "info" : "warn"} title={title}>
      <p>{t("report.formula", { resident: rate.resident, eligible: rate.eligible, negative: rate.negative, rate: rate.rate ?? "–", gross: rate.gross ?? "–" })}</p>
      {rate.exempted === undefined ? null : <p>{t("report.exemptLine", { exempt: rate.exempt, exempted: rate.exempted ?? "–" })}</p>}
      {rate.outside === 0 ? null : <p>{t("report.outsideLine", { outside: rate.outside })}</p>}
    </Banner>
  );
}

/** Where each warning is put right. */
const WARNING_LISTS: Record<keyof Warnings, [string, Record<string, string>]> = {
  negativeLapsed: ["/admin/negative-list", { state: "lapsed" }], negativeReview: ["/admin/negative-list", { state: "review_due" }], exemptionsDue: ["/admin/exemptions", {}], agreementsLapsed: ["/admin/agreements", { state: "lapsed" }],
  agreementsEnding: ["/admin/agreements", { state: "ending" }], entrustedWithout: ["/admin/residency-items", { mode: "entrusted" }], openChecks: ["/admin/unit-checks", {}], withoutPlace: ["/admin/residency-items", { residency: "not_resident" }],
};

export async function WarningList({ place, t }: BlockProps) {
  const warnings = await residencyWarnings(database(), place.hall!.id);
  const open = (Object.keys(WARNING_LISTS) as (keyof Warnings)[]).filter((key) => warnings[key] > 0);
  return (
    <Panel id="warnings" title={t("report.warnings")}>
      {open.length === 0 ? <p className="text-ink-soft">{t("report.noWarnings")}</p> : <ul className="list-disc pl-5">{open.map((key) => <li key={key} className="min-h-7"><Link href={adminHref(place, ...WARNING_LISTS[key])}>{t(`report.warning.${key}`, { count: warnings[key] })}</Link></li>)}</ul>}
    </Panel>
  );
}

/** What should be brought in next: outside without a ground, most asked for first (JY-7.1.2e). */
export async function MissingItems({ place, t }: BlockProps) {
  const admin = translator(place.locale, "admin");
  const { rows, total } = await listResidencyItems(database(), place.hall!.id, { filters: { standing: "missing" }, sort: "demandTotal", desc: true, limit: TOP });
  return (
    <section aria-labelledby="missing" className="flex flex-col gap-3">
      <h2 id="missing" className="text-lg font-semibold">{t("report.missingTitle")}</h2>
      <SimpleTable label={t("report.missingTitle")} empty={t("report.missingNone")} columns={[{ label: t("report.item") }, { label: t("report.demand"), figure: true }, ...(["asked", "refused", "guideViews", "manualDemand"] as const).map((key) => ({ label: admin(`fields.${key}`), figure: true })), { label: t("report.place") }]}
        rows={rows.map((row) => ({ key: row.code, cells: [<Link key="item" href={adminHref(place, `/admin/residency-items/record/${row.code}`)} className="whitespace-normal">{localName(place.locale, row)}</Link>, row.demandTotal, row.asked, row.refused, row.viewed, row.demand, place.locale === "en" && row.placeEn ? row.placeEn : row.place] }))} />
      {total > 0 ? <p><Link href={adminHref(place, "/admin/residency-items", { standing: "missing", sort: "-demandTotal" })}>{t("report.all", { count: total })}</Link></p> : null}
    </section>
  );
}

export async function OpenChecks({ place, t }: BlockProps) {
  const admin = translator(place.locale, "admin");
  const { rows } = await listUnitChecks(database(), place.hall!.id, { limit: 500 });
  const open = rows.filter((row) => row.openChecks > 0);
  const names = (["functionsMerged", "movedIn", "itemsOnline"] as const);
  return (
    <section aria-labelledby="checks" className="flex flex-col gap-3">
      <h2 id="checks" className="text-lg font-semibold">{t("report.checks")}</h2>
      <SimpleTable label={t("report.checks")} empty={t("report.checksNone")} columns={[{ label: t("report.unit") }, { label: t("report.open") }]}
        rows={open.slice(0, TOP).map((row) => ({ key: row.code, cells: [<Link key="unit" href={adminHref(place, `/admin/departments/record/${row.code}`)}>{localName(place.locale, row)}</Link>, names.filter((name) => !row[name]).map((name) => admin(`fields.${name}`)).join(admin("listSeparator"))] }))} />
      {open.length > 0 ? <p><Link href={adminHref(place, "/admin/unit-checks")}>{t("report.all", { count: open.length })}</Link></p> : null}
    </section>
  );
}

export async function Channels({ place, t }: BlockProps) {
  const shares = await channelShares(database(), place.hall!.id);
  const percent = (value: number | null) => (value === null ? "–" : t("report.percent", { value }));
  return (
    <section aria-labelledby="channels" className="flex flex-col gap-3">
      <h2 id="channels" className="text-lg font-semibold">{t("report.channels")}</h2>
      <SimpleTable label={t("report.channels")} empty="–" columns={[{ label: t("report.channel") }, { label: t("report.now"), figure: true }, { label: t("report.planned"), figure: true }, { label: t("report.items"), figure: true }, { label: t("report.gap"), figure: true }]}
        rows={shares.map((share) => ({
          key: share.channel, cells: [localName(place.locale, share), percent(share.share), percent(share.target), <Link key="items" href={adminHref(place, "/admin/item-channels", { channels: share.channel })}>{share.items}</Link>, <Link key="gaps" href={adminHref(place, "/admin/item-channels", { gaps: share.channel })}>{share.total - share.items}</Link>],
        }))} />
      <p><Link href={adminHref(place, "/admin/item-channels")}>{t("report.channelLists")}</Link></p>
    </section>
  );
}

export async function ModesAndIntake({ place, t }: BlockProps) {
  const [modes, systems] = await Promise.all([itemsByMode(database(), place.hall!.id), itemsByIntake(database(), place.hall!.id)]);
  const table = (id: string, title: string, rows: readonly Counted[], filter: string, intro?: string) => (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-lg font-semibold">{title}</h2>
      {intro ? <p className="text-sm text-ink-soft">{intro}</p> : null}
      <SimpleTable label={title} empty="–" columns={[{ label: title }, { label: t("report.items"), figure: true }]} rows={rows.map((row) => ({ key: row.code, cells: [localName(place.locale, row), <Link key="items" href={adminHref(place, "/admin/residency-items", { [filter]: row.code })}>{row.items}</Link>] }))} />
    </section>
  );
  return <div className="grid gap-6 xl:grid-cols-2">{table("modes", t("report.modes"), modes, "mode")}{table("intake", t("report.intake"), systems, "intakeSystem", t("report.intakeIntro"))}</div>;
}

/** Down to towns and villages, with each place's list; and what came down to this hall. */
export async function HandedDown({ place, t }: BlockProps) {
  const [regions, received] = await Promise.all([sinksByRegion(database(), place.hall!.id), listReceived(database(), place.hall!.id, { limit: TOP })]);
  const admin = translator(place.locale, "admin");
  const powers = (mode: string) => { const may = sinkPowers(mode); return [may.accept ? t("report.power.accept") : t("report.power.assist"), ...(may.decide ? [t("report.power.decide")] : [])].join(" · "); };
  return (
    <section aria-labelledby="sinks" className="flex flex-col gap-3">
      <h2 id="sinks" className="text-lg font-semibold">{t("report.sinks")}</h2>
      <SimpleTable label={t("report.sinks")} empty={t("report.sinksNone")} columns={[{ label: t("report.region") }, { label: t("report.items"), figure: true }]}
        rows={regions.map((region) => ({ key: region.code, cells: [<Link key="region" href={adminHref(place, "/admin/sinks", { regions: region.code })}>{localName(place.locale, region)}</Link>, region.items] }))} />
      <p><Link href={adminHref(place, "/admin/sink-candidates")}>{t("report.candidates")}</Link></p>
      {received.total === 0 ? null : (
        <>
          <h3 className="font-semibold">{t("report.received")}</h3>
          <SimpleTable label={t("report.received")} empty="–" columns={[{ label: t("report.item") }, { label: t("report.from") }, { label: t("report.powers") }, { label: t("report.since") }, { label: t("report.catalogue") }]}
            rows={received.rows.map((row) => ({ key: row.code, cells: [<Link key="item" href={adminHref(place, `/admin/received-items/record/${row.code}`)} className="whitespace-normal">{localName(place.locale, row)}</Link>, localName(place.locale, { name: row.sourceName, nameEn: row.sourceNameEn }), powers(row.mode), row.fromOn, admin(`values.receivedState.${row.state}`)] }))} />
          <p><Link href={adminHref(place, "/admin/received-items")}>{t("report.all", { count: received.total })}</Link></p>
        </>
      )}
    </section>
  );
}

/** The published negative list and the way to the next one (BG-C02a). */
export async function Publishing({ place, t }: BlockProps) {
  const hall = place.hall!;
  const admin = translator(place.locale, "admin");
  const current = (await negativeVersions(database(), hall.id))[0];
  return (
    <Panel id="lists" title={t("report.lists")}>
      <p>{current ? t("report.current", { number: current.number, date: toLocal(current.publishedAt, hall.timeZone).slice(0, 10), count: current.entries }) : t("report.never")}</p>
      <p><Link href={`/h/${hall.code}/negative-list`}>{t("report.publicPage")}</Link></p>
      {HALL_WRITERS.includes(place.staff.role) ? (
        <ConfirmButton action={publishNegativeListAction.bind(null, hall.code)}
          texts={{ open: t("report.publish"), title: t("report.publishTitle"), description: t("report.publishText"), confirm: t("report.publish"), cancel: admin("form.cancel"), close: admin("form.close"), copy: admin("form.copy"), copied: admin("form.copied"), done: admin("form.done") }} />
      ) : null}
    </Panel>
  );
}
