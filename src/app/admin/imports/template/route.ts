import { param, placeForAction, type SearchParams } from "@/components/admin/place";
import { IMPORT_ROLES, importColumns, kindsFor, kindTitle } from "@/components/exchange/columns";
import { downloadResponse, formatOf } from "@/components/exchange/download";
import { database } from "@/lib/db/database";
import { readRecords } from "@/lib/exchange/data-export";
import { writeTable, writeTemplate } from "@/lib/exchange/write";
import { translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";

/** An empty table to fill in, or with `data` the present records in the same form. */
export async function GET(request: Request): Promise<Response> {
  try {
    const search: SearchParams = Object.fromEntries(new URL(request.url).searchParams);
    const place = await placeForAction(IMPORT_ROLES, param(search, "hall"));
    const t = translator(place.locale, "admin");
    const kind = param(search, "kind") ?? "";
    if (!kindsFor(place, t).some((each) => each.kind === kind)) return new Response(null, { status: 404 });
    const [columns, format] = [await importColumns(kind, place), formatOf(param(search, "format"))];
    if (param(search, "data")) {
      const records = [...(await readRecords(database(), kind, place.hall?.id)).values()];
      const shown = columns.filter((column) => records.length === 0 || column.key in records[0]!);
      const table = await writeTable(format, t("imports.sheet"), shown.map((column) => `${column.label}[${column.key}]`), records.map((record) => shown.map((column) => record[column.key] ?? "")));
      return downloadResponse(table, format, `${kindTitle(kind, t)}${place.hall ? `-${place.hall.code}` : ""}`, kind);
    }
    const template = await writeTemplate(format, columns, {
      sheet: t("imports.sheet"), explanation: t("imports.explanation"), allowed: t("imports.allowed"), column: t("imports.columnName"), field: t("imports.fieldName"), required: t("imports.required"), yes: t("imports.requiredYes"), meaning: t("imports.meaning"), values: t("imports.values"),
    });
    return downloadResponse(template, format, `${kindTitle(kind, t)}-${t("imports.templateXlsx")}`, `${kind}-template`);
  } catch (error) {
    if (error instanceof AppError) return new Response(null, { status: error.status });
    throw error;
  }
}
