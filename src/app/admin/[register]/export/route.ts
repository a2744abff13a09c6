import { cellOf, columnsOfAttribute, loadOptions } from "@/components/admin/choices";
import { param, type Place, placeForAction, type SearchParams } from "@/components/admin/place";
import type { Attribute, Register, Row } from "@/components/admin/register";
import { addressOf, columnsOf, listAttributes } from "@/components/admin/register-list";
import { registerOf } from "@/components/admin/registers";
import { toListQuery } from "@/components/data-table/address";
import type { Column } from "@/components/data-table/data-table";
import { downloadResponse, formatOf } from "@/components/exchange/download";
import { database } from "@/lib/db/database";
import { writeTable } from "@/lib/exchange/write";
import { type Translate, translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";

/** No list of a hall is longer; a longer one needs a report. */
const MOST = 100_000;

/** Several words of one cell get the separator that an import reads. */
const exported = (attribute: Attribute, row: Row, shown: string): string => (attribute.kind === "tags" && Array.isArray(row[attribute.key]) ? (row[attribute.key] as string[]).join(attribute.separator ?? "|") : shown);

/** In English the list shows English names: their column says so, or loading it again would overwrite the Chinese ones. */
function headingOf(register: Register, place: Place, column: Column, t: Translate): string {
  const english = place.locale === "en" ? register.attributes.find((attribute) => attribute.key === `${column.key}En`) : undefined;
  return english ? t(`fields.${english.label ?? english.key}`) : column.label;
}

/** The list as it is shown, all pages of it, as CSV or workbook; it can be loaded again. */
export async function GET(request: Request, { params }: { params: Promise<{ register: string }> }): Promise<Response> {
  const register = registerOf((await params).register);
  if (!register) return new Response(null, { status: 404 });
  try {
    const search: SearchParams = Object.fromEntries(new URL(request.url).searchParams);
    const place = await placeForAction(register.readers, param(search, "hall"));
    if (!register.platform && !place.hall) return new Response(null, { status: 404 });
    const t = translator(place.locale, "admin");
    const [list, options] = await Promise.all([register.read(database(), place, { ...toListQuery(addressOf(register, place, search)), offset: 0, limit: MOST }), loadOptions(register, place, t)]);
    const format = formatOf(param(search, "format"));
    const title = t(`registers.${register.key}.title`);
    const table = await writeTable(format, title, columnsOf(register, place, options, t).map((column) => headingOf(register, place, column, t)), list.rows.map((row) => listAttributes(register, place).flatMap((attribute) => columnsOfAttribute(attribute, options).map(({ valueOf }) => exported(attribute, row, cellOf(attribute, valueOf(row), options, place, t).text)))));
    return downloadResponse(table, format, `${title}${place.hall ? `-${place.hall.code}` : ""}`, register.key);
  } catch (error) {
    if (error instanceof AppError) return new Response(null, { status: error.status });
    throw error;
  }
}
