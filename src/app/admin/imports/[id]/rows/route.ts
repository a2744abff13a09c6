import { param, placeForAction, type SearchParams } from "@/components/admin/place";
import { IMPORT_ROLES, importColumns } from "@/components/exchange/columns";
import { downloadResponse, formatOf } from "@/components/exchange/download";
import { faultsText } from "@/components/exchange/faults";
import { database } from "@/lib/db/database";
import { importFacts, importRows } from "@/lib/exchange/data";
import { LIMITS } from "@/lib/exchange/upload";
import { writeTable } from "@/lib/exchange/write";
import { translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";

/** The rows that were wrong or not written, as they were uploaded, with a column that says what to correct. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const search: SearchParams = Object.fromEntries(new URL(request.url).searchParams);
    const place = await placeForAction(IMPORT_ROLES, param(search, "hall"));
    const t = translator(place.locale, "admin");
    const facts = await importFacts(database(), place.hall?.id, Number((await params).id) || 0);
    const [columns, format] = [await importColumns(facts.kind, place), formatOf(param(search, "format"))];
    const { rows } = await importRows(database(), facts.id, { filter: param(search, "show") === "refused" ? "refused" : "wrong", limit: LIMITS.rows });
    const headings = facts.columns.map((key) => `${columns.find((column) => column.key === key)?.label ?? key}[${key}]`);
    const table = await writeTable(format, t("imports.wrongRows"), [...headings, t("imports.faultColumn")], rows.map((row) => [...facts.columns.map((key) => row.cells[key] ?? ""), faultsText(place.locale, row.errors, columns)]));
    return downloadResponse(table, format, `${t("imports.wrongRows")}-${facts.id}`, `import-${facts.id}-wrong`);
  } catch (error) {
    if (error instanceof AppError) return new Response(null, { status: error.status });
    throw error;
  }
}
