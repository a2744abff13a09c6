import { notFound } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { saveWindow } from "../commands";
import { windowInput } from "../schema";
import { layoutPlan } from "./data";

export interface LayoutInput {
  template: string;
  zone: string;
  /** Codes as they were shown: something else than what was looked at is not made. */
  codes: readonly string[];
}

/**
 * Makes the windows that a hall lacks of a template, each through the window's own command, in one step. They serve nothing
 * yet: lines are given window by window. The way back is to put them out of use.
 */
export async function makeLayout(ctx: HallContext, { template, zone, codes }: LayoutInput): Promise<Result<string[]>> {
  const plan = await layoutPlan(ctx.tx, ctx.hall.id, template, zone);
  if (!plan) throw notFound("not_found");
  if (plan.windows.length === 0) return refuse("layout_complete");
  const made = plan.windows.map(({ code }) => code);
  if (made.join() !== codes.join()) return refuse("layout_changed");
  for (const { code, name, nameEn, kind } of plan.windows) {
    const saved = await saveWindow(ctx, windowInput.parse({ code, name, nameEn, kind, zone, active: true }));
    if (!saved.ok) return saved;
  }
  await ctx.append("layout.made", `hall:${ctx.hall.id}`, { code: template, zone, windows: made });
  return ok(made);
}
