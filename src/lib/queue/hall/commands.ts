import { database } from "@/lib/db/database";
import { violated } from "@/lib/db/faults";
import { inTransaction } from "@/lib/db/transaction";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { changeHall, type HallRef } from "@/lib/ledger/commands";
import { createHall } from "@/lib/regions/commands";
import type { HallInput } from "@/lib/regions/schema";
import { publishPolicy } from "../policy/commands";
import { currentPolicy } from "../policy/data";

/**
 * Makes a hall that can give numbers: its record, its ledger and its first calling policy, taken from `model`. A hall
 * that a lost connection left without a policy is completed by doing it again.
 */
export async function openHall(input: HallInput, actor: string, model: HallRef): Promise<Result<HallRef, "code_taken" | "reference_missing">> {
  const db = database();
  const current = await currentPolicy(db, model.id);
  // Rules about certain windows and lines stay with the hall that has them.
  const { version: _, ...document } = { ...current, reserved: [], helping: { ...current.helping, lines: {} }, tidal: { ...current.tidal, lines: {} } };
  let made: { id: number; created: boolean };
  try {
    made = await inTransaction(db, (tx) => createHall(tx, input));
  } catch (error) {
    if (violated(error) === undefined) throw error;
    return refuse("reference_missing", {}, "region");
  }
  const hall = { id: made.id, code: input.code };
  return (await changeHall(db, { hall, actor }, async (ctx) => {
    const published = await ctx.tx.selectFrom("policies").select("version").where("hall_id", "=", hall.id).limit(1).executeTakeFirst();
    if (published) return refuse("code_taken", { code: input.code }, "code");
    await ctx.append("hall.created", `hall:${hall.id}`, { code: input.code, values: { name: input.name, region: input.region, level: input.level } });
    await publishPolicy(ctx, document);
    return ok(hall);
  })) as Result<HallRef, "code_taken" | "reference_missing">;
}
