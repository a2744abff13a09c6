import Link from "next/link";
import { toLocal } from "@/components/form/zoned-time";
import { buttonClass } from "@/components/ui/button";
import { StateChip, type Tone } from "@/components/ui/state";
import { guideItem, versionsOf, type VersionRow } from "@/lib/catalog/guide/data-admin";
import { database } from "@/lib/db/database";
import { type Translate, translator } from "@/lib/i18n/messages";
import { timeZoneOf } from "../choices";
import { Panel } from "../panel";
import { adminHref, type Place } from "../place";
import type { Row } from "../register";
import { GUIDE_WRITERS } from "./roles";

const TONES = { draft: "warn", valid: "good", coming: "info", replaced: "neutral" } as const satisfies Record<VersionRow["state"], Tone>;

/** The guide of an item on its record: versions with their days, the way to the editor, comparisons, what visitors see. */
export async function GuidePanel({ place, row }: { place: Place; row: Row }) {
  const hall = place.hall;
  if (!hall) return null;
  const t = translator(place.locale, "catalog");
  const code = String(row.code);
  const [versions, item] = await Promise.all([versionsOf(database(), hall.id, code), guideItem(database(), hall.id, code)]);
  const path = (page: string, params: Record<string, string> = {}) => adminHref(place, `/admin/guides/${page}/${encodeURIComponent(code)}`, params);
  const draft = versions.find((version) => version.state === "draft");
  const valid = versions.find((version) => version.state === "valid");
  const writes = (GUIDE_WRITERS as readonly string[]).includes(place.staff.role);
  return (
    <Panel id="guide" title={t("panel.title")}>
      {versions.length === 0 ? <p className="text-ink-soft">{t("panel.none")}</p> : <Versions versions={versions} path={path} place={place} t={t} />}
      <p className="flex flex-wrap gap-3">
        {writes ? <Link href={path("edit")} className={buttonClass({ look: "primary" })}>{draft ? t("panel.edit") : valid ? t("panel.copy", { version: valid.version }) : t("panel.start")}</Link> : null}
        {item?.baseCode ? <Link href={path("levels")} className={buttonClass()}>{t("panel.levels")}</Link> : null}
        {valid ? <a href={`/h/${hall.code}/items/${encodeURIComponent(code)}`} target="_blank" rel="noreferrer" className={buttonClass()}>{t("panel.public")}</a> : null}
      </p>
    </Panel>
  );
}

function Versions({ versions, path, place, t }: { versions: readonly VersionRow[]; path: (page: string, params?: Record<string, string>) => string; place: Place; t: Translate }) {
  const at = (time: string) => toLocal(time, timeZoneOf(place)).replace("T", " ");
  return (
    <div role="region" aria-label={t("panel.title")} tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <thead><tr>{(["version", "state", "effectiveOn", "counts", "by", "note"] as const).map((column) => <th key={column} scope="col" className="border-b border-line-strong px-2 py-2 text-left font-medium whitespace-nowrap">{t(`panel.columns.${column}`)}</th>)}<th scope="col" className="border-b border-line-strong"><span className="sr-only">{t("panel.view")}</span></th></tr></thead>
        <tbody>
          {versions.map((version, index) => {
            const older = versions[index + 1];
            return (
              <tr key={version.version} className="border-b border-line">
                <th scope="row" className="px-2 py-2 text-left font-medium whitespace-nowrap">{t("panel.version", { version: version.version })}</th>
                <td className="px-2 py-2"><StateChip tone={TONES[version.state]}>{t(`panel.state.${version.state}`)}</StateChip></td>
                <td className="px-2 py-2 whitespace-nowrap">{version.state === "draft" ? "" : version.effectiveOn}</td>
                <td className="px-2 py-2 whitespace-nowrap">{version.situations} / {version.materials} / {version.checks}</td>
                <td className="px-2 py-2 whitespace-nowrap">{version.publishedBy ?? version.createdBy} {at(version.publishedAt ?? version.createdAt)}</td>
                <td className="px-2 py-2">{version.note}</td>
                <td className="px-2 py-2 whitespace-nowrap"><span className="flex gap-3"><Link href={path("compare", { b: String(version.version) })}>{t("panel.view")}</Link>{older ? <Link href={path("compare", { a: String(older.version), b: String(version.version) })}>{t("panel.compare")}</Link> : null}</span></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
