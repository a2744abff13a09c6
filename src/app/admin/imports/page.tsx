import type { Metadata } from "next";
import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type Place, type SearchParams } from "@/components/admin/place";
import { IMPORT_ROLES, kindsFor, kindTitle } from "@/components/exchange/columns";
import { ImportState } from "@/components/exchange/import-state";
import { UploadForm } from "@/components/exchange/upload-form";
import { toLocal } from "@/components/form/zoned-time";
import { texts } from "@/components/intl/server";
import { EmptyState } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { listImports } from "@/lib/exchange/data";
import { LIMITS } from "@/lib/exchange/upload";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";
import { uploadAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("admin")).t("imports.title") };
}

/** Choose a table, take its template, upload; and what was imported before. */
export default async function ImportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const place = await openPlace(IMPORT_ROLES, "/admin/imports", params);
  const t = translator(place.locale, "admin");
  const kinds = kindsFor(place, t);
  if (kinds.length === 0) return <HallChoice place={place} path="/admin/imports" />;
  const hall = place.hall && place.choosing ? { hall: place.hall.code } : {};
  const links = kinds.map(({ kind, title }) => ({
    kind, title, xlsx: adminHref(place, "/admin/imports/template", { kind, format: "xlsx" }), csv: adminHref(place, "/admin/imports/template", { kind, format: "csv" }), data: adminHref(place, "/admin/imports/template", { kind, format: "xlsx", data: "1" }),
  }));
  return (
    <>
      <PageHead title={t("imports.title")} hall={place.hall ? localName(place.locale, place.hall) : t("platform")} intro={place.hall ? t("imports.intro") : t("imports.platformIntro")} />
      <UploadForm action={uploadAction.bind(null, hall)} kinds={links} chosen={param(params, "kind")} texts={{
        kind: t("imports.kind"), file: t("imports.file"), fileHint: t("imports.fileHint", { megabytes: LIMITS.bytes / 1024 / 1024, rows: LIMITS.rows }), upload: t("imports.upload"), uploading: t("imports.uploading"),
        template: t("imports.template"), templateHint: t("imports.templateHint"), templateXlsx: t("imports.templateXlsx"), templateCsv: t("imports.templateCsv"), current: t("imports.current"), currentHint: t("imports.currentHint"),
      }} />
      <History place={place} t={t} />
    </>
  );
}

async function History({ place, t }: { place: Place; t: Translate }) {
  const imports = await listImports(database(), place.hall?.id);
  const cell = "border-b border-line px-3 py-1.5 text-left";
  return (
    <section aria-labelledby="history-title" className="flex flex-col gap-2">
      <h2 id="history-title" className="text-lg font-semibold">{t("imports.history")}</h2>
      {imports.length === 0 ? <EmptyState title={t("imports.empty")} /> : (
        <div role="region" aria-labelledby="history-title" tabIndex={0} className="overflow-x-auto rounded-base border border-line bg-surface">
          <table className="w-full text-sm">
            <thead className="bg-canvas"><tr>{["id", "kind", "file", "rows", "state", "by", "at"].map((key) => <th key={key} scope="col" className={`${cell} font-medium whitespace-nowrap`}>{t(`imports.columns.${key}`)}</th>)}</tr></thead>
            <tbody>
              {imports.map((each) => (
                <tr key={each.id}>
                  <td className={cell}><Link href={adminHref(place, `/admin/imports/${each.id}`)} className="inline-flex min-h-6 items-center font-medium">{each.id}</Link></td>
                  <td className={cell}>{kindTitle(each.kind, t)}</td><td className={`${cell} min-w-44 wrap-anywhere`}>{each.fileName}</td><td className={`${cell} text-right`}>{each.rows}</td>
                  <td className={cell}><ImportState facts={each} t={t} /></td><td className={cell}>{each.createdBy}</td>
                  <td className={`${cell} whitespace-nowrap`}>{toLocal(each.createdAt, place.hall?.timeZone ?? "Asia/Shanghai").replace("T", " ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
