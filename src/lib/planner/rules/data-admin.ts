import type { Database } from "@/lib/db/database";
import type { List, ListQuery } from "@/lib/db/list";
import { plannerRules } from "./data";
import type { PlannerRules } from "./schema";

export type PlannerRulesRow = PlannerRules & { code: string; version: number };

/** The planner's rules as a list of one row. */
export async function listPlannerRules(db: Database, hallId: number, _query: ListQuery): Promise<List<PlannerRulesRow>> {
  const rules = await plannerRules(db, hallId);
  const { code } = await db.selectFrom("halls").select("code").where("id", "=", hallId).executeTakeFirstOrThrow();
  return { rows: [{ code, ...rules }], total: 1 };
}
