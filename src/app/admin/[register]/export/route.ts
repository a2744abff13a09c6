import { cellOf, loadOptions } from "@/components/admin/choices";
import { param, placeForAction, type SearchParams } from "@/components/admin/place";
import { addressOf, columnsOf, listAttributes } from "@/components/admin/register-list";
import { registerOf } from "@/components/admin/registers";
import { toListQuery } from "@/components/data-table/address";
import { toCsv } from "@/components/data-table/csv";
import { database } from "@/lib/db/database";
import { translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";

/** No list of a hall is longer; a longer one needs a report. */
const MOST = 100_000;

/** The list as it is shown, all pages of it, as CSV. */
export async function GET(request: Request, { params }: { params: Promise<{ register: string }> }): Promise<Response> {
  const register = registerOf((await params).register);
  if (!register) return new Response(null, { status: 404 });
  try {
    const search: SearchParams = Object.fromEntries(new URL(request.url).searchParams);
    const place = await placeForAction(register.readers, param(search, "hall"));
    if (!register.platform && !place.hall) return new Response(null, { status: 404 });
    const t = translator(place.locale, "admin");
    const [list, options] = await Promise.all([register.read(database(), place, { ...toListQuery(addressOf(register, place, search)), offset: 0, limit: MOST }), loadOptions(register, place, t)]);
    const attributes = listAttributes(register, place);
    const csv = toCsv(columnsOf(register, place, t).map((column) => column.label), list.rows.map((row) => attributes.map((attribute) => cellOf(attribute, row, options, place, t).text)));
    const name = `${t(`registers.${register.key}.title`)}${place.hall ? `-${place.hall.code}` : ""}.csv`;
    return new Response(csv, {
      headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${register.key}.csv"; filename*=UTF-8''${encodeURIComponent(name)}`, "Cache-Control": "no-store" },
    });
  } catch (error) {
    if (error instanceof AppError) return new Response(null, { status: error.status });
    throw error;
  }
}
