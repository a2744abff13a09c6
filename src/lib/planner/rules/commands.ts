import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { plannerRules } from "./data";
import type { PlannerRules } from "./schema";

/** Publishes what the hall plans by as the next version; `version` is the one that was read. */
export async function publishPlannerRules(ctx: HallContext, document: PlannerRules, version: number): Promise<Result<number, "edited_elsewhere">> {
  const current = await plannerRules(ctx.tx, ctx.hall.id);
  if (current.version !== version) return refuse("edited_elsewhere", { code: String(version) });
  const next = version + 1;
  await ctx.tx.insertInto("planner_rules").values({ hall_id: ctx.hall.id, version: next, document: JSON.stringify(document), published_by: ctx.actor, published_at: ctx.now }).execute();
  await ctx.append("planner_rules.published", `planner_rules:${next}`, { version: next, document });
  return ok(next);
}
