import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { BOOKED_CLASS } from "../policy/model";
import type { TicketRow } from "./sql";

export interface AheadReasons {
  /** Took their number first · hold a booking · have a priority · came back after a missed call. */
  earlier: number;
  booked: number;
  priority: number;
  returned: number;
  /** Came later and were called already. */
  overtaken: number;
}

/** How those before a waiting ticket got there; counts only, nobody is named. */
export async function aheadReasons(db: Database | Tx, row: Pick<TicketRow, "hall_id" | "id" | "day" | "line_id" | "target_window_id" | "rank" | "issued_at">): Promise<AheadReasons> {
  const place = row.target_window_id === null ? sql`line_id = ${row.line_id} and target_window_id is null` : sql`target_window_id = ${row.target_window_id}`;
  const { rows } = await sql<AheadReasons>`
    select count(*) filter (where before and rule <> 'returned' and earlier)::int as earlier, count(*) filter (where before and rule <> 'returned' and not earlier and booked)::int as booked,
           count(*) filter (where before and rule <> 'returned' and not earlier and not booked)::int as priority, count(*) filter (where before and rule = 'returned')::int as returned,
           count(*) filter (where not before)::int as overtaken
      from (select rank_rule as rule, issued_at <= ${row.issued_at}::timestamptz as earlier, class = ${BOOKED_CLASS} as booked, true as before from tickets
             where hall_id = ${row.hall_id} and day = ${row.day} and state = 'waiting' and ${place} and (rank, id) < (${row.rank}::timestamptz, ${row.id})
            union all
            select rank_rule, false, class = ${BOOKED_CLASS}, false from tickets
             where hall_id = ${row.hall_id} and day = ${row.day} and line_id = ${row.line_id} and called_at is not null and issued_at > ${row.issued_at}::timestamptz and id <> ${row.id}) others`.execute(db);
  return rows[0]!;
}

/** 为什么他在我前面, in one sentence; `minutes` is the most that anybody counts as having come earlier. */
export function aheadText(locale: Locale, reasons: AheadReasons, minutes: number): string {
  const t = translator(locale, "ticket");
  const parts = (["earlier", "booked", "priority", "returned"] as const).filter((kind) => reasons[kind] > 0).map((kind) => t(`ahead.${kind}`, { count: reasons[kind], minutes }));
  if (reasons.overtaken > 0) parts.push(t("ahead.overtaken", { count: reasons.overtaken, minutes }));
  return parts.length === 0 ? t("ahead.first") : t("ahead.sentence", { parts: parts.join(t("ahead.joint")) });
}
