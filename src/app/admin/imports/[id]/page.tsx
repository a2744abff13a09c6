import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, param, type SearchParams } from "@/components/admin/place";
import { IMPORT_ROLES, importColumns, kindTitle } from "@/components/exchange/columns";
import { ImportRows } from "@/components/exchange/import-rows";
import { ImportState } from "@/components/exchange/import-state";
import { ImportSteps } from "@/components/exchange/import-steps";
import { texts } from "@/components/intl/server";
import { database } from "@/lib/db/database";
import { importFacts } from "@/lib/exchange/data";
import { AppError } from "@/lib/kernel/errors";
import { translator } from "@/lib/i18n/messages";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await texts("admin")).t("imports.title") };
}

/** One import: what its rows would do, the next step, and afterwards what became of them. */
export default async function ImportPage({ params, searchParams }: Props) {
  const search = await searchParams;
  const { id } = await params;
  const place = await openPlace(IMPORT_ROLES, `/admin/imports/${id}`, search);
  const t = translator(place.locale, "admin");
  const facts = await importFacts(database(), place.hall?.id, Number(id) || 0).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  const columns = await importColumns(facts.kind, place);
  const running = ["checking", "applying", "undoing"].includes(facts.state);
  return (
    <>
      <PageHead title={t("imports.head", { id: facts.id, kind: kindTitle(facts.kind, t) })} hall={t("imports.summary", { file: facts.fileName, rows: facts.rows, by: facts.createdBy })} back={{ href: adminHref(place, "/admin/imports", { kind: facts.kind }), label: t("imports.title") }}>
        <ImportState facts={facts} t={t} />
      </PageHead>
      {running && !facts.interrupted ? <AutoRefresh seconds={1} /> : null}
      <ImportSteps facts={facts} place={place} t={t} />
      <ImportRows facts={facts} columns={columns} place={place} show={param(search, "show")} q={param(search, "q")} page={Number(param(search, "page")) || 1} t={t} />
    </>
  );
}
