import { publishPlannerRules } from "@/lib/planner/rules/commands";
import { listPlannerRules, type PlannerRulesRow } from "@/lib/planner/rules/data-admin";
import { type PlannerRulesInput, plannerRulesInput } from "@/lib/planner/rules/schema";
import { hallRegister, type Register } from "../register";

const attribute = (key: keyof PlannerRulesRow & string, kind: "number" | "text", unit?: string) => ({ key, kind, label: `plan_${key}`, hint: `plan_${key}`, list: true, required: true, ...(unit ? { unit } : {}) }) as const;

/** What windows and rosters are planned by, one row per hall; saving publishes the next version (JY-6.2). */
export const plannerRules: Register = {
  ...hallRegister<PlannerRulesRow, PlannerRulesInput>({
    key: "planner-rules",
    attributes: [
      { key: "code", kind: "text", label: "hall", list: true, fixed: true },
      { ...attribute("sharePercent", "number", "percent"), group: "planTarget" }, attribute("withinMinutes", "number", "minutes"), attribute("historyDays", "number", "days"),
      { ...attribute("leastOpenMinutes", "number", "minutes"), group: "planRoster" }, attribute("restMinutes", "number", "minutes"), attribute("restFrom", "text"), attribute("restTo", "text"),
    ],
    schema: plannerRulesInput as never, read: listPlannerRules, save: (ctx, { code: _, ...document }, version) => publishPlannerRules(ctx, document, version ?? 0),
  }),
  creators: [],
};
