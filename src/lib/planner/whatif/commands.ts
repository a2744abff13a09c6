import type { Database } from "@/lib/db/database";
import { log } from "@/lib/env/log";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { inThread } from "@/lib/kernel/threads";
import { changeHall, type HallRef } from "@/lib/ledger/commands";
import { plannerRules } from "../rules/data";
import { policyDraft, policyOfVersion } from "@/lib/queue/policy/data";
import { compilePolicy } from "@/lib/queue/policy/order";
import type { PolicyDocument } from "@/lib/queue/policy/schema";
import { pastDay, pastDays } from "./data";
import { compareOutcomes, type Outcome, type PastDay, type replayDay } from "./model";
import { MOST_DAYS, type WhatIfInput, type WhatIfResult } from "./schema";

/** Runs of the only day: its services are drawn anew. */
const RUNS_OF_ONE = 60;

/** Replays past days under another arrangement beside the one they had (JY-6.3m), each in another thread; `progress` hears of every day. */
export async function replayDays(db: Database, hallId: number, input: WhatIfInput, progress: (done: number) => Promise<void> = async () => {}): Promise<WhatIfResult> {
  const days = (await pastDays(db, hallId, input.from, input.to)).slice(0, MOST_DAYS);
  const wished = await wishedPolicy(db, hallId, input);
  const alone = days.length === 1;
  const found: { day: PastDay; before: Outcome[]; after: Outcome[] }[] = [];
  for (const { day, version } of days) {
    const past = await pastDay(db, hallId, day);
    const live = compilePolicy(await policyOfVersion(db, hallId, version));
    const [before, after] = await inThread<typeof replayDay>("src/lib/planner/whatif/model.ts", "replayDay", past, [{ policy: live, windows: {} }, { policy: wished ? compilePolicy(wished) : live, windows: input.windows }], { runs: alone ? RUNS_OF_ONE : 1, seed: 1, redraw: alone });
    found.push({ day: past, before: before!, after: after! });
    await progress(found.length);
  }
  return compareOutcomes(found, (await plannerRules(db, hallId)).withinMinutes);
}

const wishedPolicy = async (db: Database, hallId: number, { policy }: WhatIfInput): Promise<PolicyDocument | undefined> =>
  policy === "live" ? undefined : policy === "draft" ? (await policyDraft(db, hallId))?.document : policyOfVersion(db, hallId, policy);

/** Begins a run and answers at once; it goes on by itself, and its row tells how far it is. */
export async function startWhatIf(db: Database, hall: HallRef, actor: string, input: WhatIfInput): Promise<Result<{ id: number; finished: Promise<void> }>> {
  const days = (await pastDays(db, hall.id, input.from, input.to)).slice(0, MOST_DAYS);
  if (days.length === 0) return refuse("no_past_days", {});
  if (input.policy === "draft" && !(await policyDraft(db, hall.id))) return refuse("draft_gone", {});
  const started = await changeHall(db, { hall, actor }, async (ctx) => {
    const row = await ctx.tx.insertInto("what_if_runs").values({ hall_id: hall.id, at: ctx.now, asked_by: actor, input: JSON.stringify(input), days: days.length }).returning("id").executeTakeFirstOrThrow();
    await ctx.append("what_if.started", `what_if:${row.id}`, { ...input });
    return ok(row.id);
  });
  if (!started.ok) return started;
  const update = (values: { done?: number; state?: "done" | "failed"; result?: string; reason?: string }) => db.updateTable("what_if_runs").set(values).where("hall_id", "=", hall.id).where("id", "=", started.value).execute();
  const finished = replayDays(db, hall.id, input, async (done) => void (await update({ done })))
    .then(async (result) => void (await update({ state: "done", result: JSON.stringify(result) })))
    .catch(async (error: unknown) => {
      log().error({ err: error, hall: hall.code }, "what-if failed");
      await update({ state: "failed", reason: error instanceof Error ? error.message.slice(0, 200) : "" }).catch(() => undefined);
    });
  return ok({ id: started.value, finished });
}
