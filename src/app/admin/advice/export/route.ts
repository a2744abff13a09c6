import { param, placeForAction, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { downloadResponse, formatOf } from "@/components/exchange/download";
import { database } from "@/lib/db/database";
import { writeTable } from "@/lib/exchange/write";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { AppError } from "@/lib/kernel/errors";
import { windowNeeds } from "@/lib/planner/data";
import { rosterFor } from "@/lib/planner/staffing/data";

/** The plan of a day, one row per field and half hour, as CSV or workbook. */
export async function GET(request: Request): Promise<Response> {
  try {
    const search: SearchParams = Object.fromEntries(new URL(request.url).searchParams);
    const place = await placeForAction(HALL_READERS, param(search, "hall"));
    if (!place.hall) return new Response(null, { status: 404 });
    const t = translator(place.locale, "floor");
    const needs = await windowNeeds(database(), place.hall.id, param(search, "date"));
    const roster = await rosterFor(database(), place.hall.id, needs);
    const rows = needs.fields.flatMap((field) => field.halfHours.map(({ start, end, walkIns, booked, needed, late, p90Wait, load }, i) => {
      const missing = roster.missing.get(field.field)![i]!;
      return [needs.date, localName(place.locale, field), `${start}–${end}`, walkIns.toFixed(2), booked.toFixed(2), String(field.windows), String(needed), String(needed - missing), String(missing), (late * 100).toFixed(2), String(p90Wait ?? ""), (load * 100).toFixed(1)];
    }));
    const headings = ["date", "field", "time", "walkIns", "bookings", "windows", "neededNow", "staffed", "gap", "late", "p90", "load"].map((key) => t(`advice.${key}`));
    const format = formatOf(param(search, "format"));
    return downloadResponse(await writeTable(format, t("advice.title"), headings, rows), format, `${t("advice.title")}-${place.hall.code}-${needs.date}`, "plan");
  } catch (error) {
    if (error instanceof AppError) return new Response(null, { status: error.status });
    throw error;
  }
}
