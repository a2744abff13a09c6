import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { DEFAULT_PLANNER_RULES, type PlannerRules, plannerRulesSchema } from "./schema";

/** What the hall plans by, with the version; 0 while it works with the defaults. */
export async function plannerRules(db: Database | Tx, hallId: number): Promise<PlannerRules & { version: number }> {
  const row = await db.selectFrom("planner_rules").select(["version", "document"]).where("hall_id", "=", hallId).orderBy("version", "desc").limit(1).executeTakeFirst();
  return row ? { ...plannerRulesSchema.parse(row.document), version: row.version } : { ...DEFAULT_PLANNER_RULES, version: 0 };
}
