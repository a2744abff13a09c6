import Link from "next/link";
import { Panel } from "@/components/admin/panel";
import { adminHref, type Place } from "@/components/admin/place";
import type { Row } from "@/components/admin/register";
import { codeTables } from "@/lib/catalog/codes/data";
import type { ReceivedRow } from "@/lib/catalog/handed/data-admin";
import { sinkPowers } from "@/lib/catalog/residency/model";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";

/** Where an item comes from, what may be done with it here, and which guide of its source the hall has (HN-7.1.2). */
export async function ReceivedPanel({ place, row }: { place: Place; row: Row }) {
  const item = row as unknown as ReceivedRow;
  const [t, report] = [translator(place.locale, "admin"), translator(place.locale, "residency")];
  const mode = (await codeTables(database(), ["sink_mode"])).get("sink_mode")!.find(({ code }) => code === item.mode);
  const may = sinkPowers(item.mode);
  const powers = [report(may.accept ? "report.power.accept" : "report.power.assist"), ...(may.decide ? [report("report.power.decide")] : [])].join(" · ");
  const facts: [string, string][] = [
    [t("fields.receivedState"), t(`values.receivedState.${item.state}`)], [t("fields.source"), localName(place.locale, { name: item.sourceName, nameEn: item.sourceNameEn })],
    [t("fields.sinkMode"), `${mode ? localName(place.locale, mode) : item.mode} · ${powers}`], [t("fields.receiver"), item.receiver], [t("fields.sunkOn"), [item.fromOn, item.toOn].filter(Boolean).join(" – ")],
    [t("fields.sourceGuide"), String(item.sourceGuide ?? t("none"))], [t("fields.takenGuide"), String(item.guide ?? t("none"))],
  ];
  return (
    <Panel id="source" title={t("fields.source")}>
      <dl className="divide-y divide-line">{facts.map(([name, value]) => <div key={name} className="flex flex-wrap gap-x-4 py-1.5"><dt className="w-36 text-ink-soft">{name}</dt><dd className="min-w-0 grow basis-48">{value}</dd></div>)}</dl>
      {item.guide === null && !item.active ? null : <p><Link href={adminHref(place, `/admin/items/record/${encodeURIComponent(item.code)}`)}>{report("report.item")} {item.code}</Link></p>}
    </Panel>
  );
}
