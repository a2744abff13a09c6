import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { type BookingRules, bookingRulesSchema, DEFAULT_RULES } from "./schema";

/** The booking rules in force, with their version; 0 while the hall works with the defaults. */
export async function bookingRules(db: Database | Tx, hallId: number): Promise<BookingRules & { version: number }> {
  const row = await db.selectFrom("booking_rules").select(["version", "document"]).where("hall_id", "=", hallId).orderBy("version", "desc").limit(1).executeTakeFirst();
  return row ? { ...bookingRulesSchema.parse(row.document), version: row.version } : { ...DEFAULT_RULES, version: 0 };
}
