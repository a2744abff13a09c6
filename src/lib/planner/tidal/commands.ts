import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { eachHall } from "@/lib/db/faults";
import { notFound } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { inThread } from "@/lib/kernel/threads";
import { changeHall, type HallContext, type HallRef } from "@/lib/ledger/commands";
import { hallsToWatch, watchWaits } from "@/lib/queue/alerts/commands";
import { closeWindow } from "@/lib/queue/desk/commands";
import { openWindowFor } from "@/lib/windows/commands";
import { moveWindow, restoreWindow } from "@/lib/windows/tidal/commands";
import { type Present, hallAhead, tidalRules } from "./data";
import { candidatesOf, type compareChanges, type Proposal, proposalsOf, STEP } from "./model";
import type { Forecast, TidalRules } from "./schema";

const RUNS = 80;
const SYSTEM = "system";

/** Saves how advice for now is given. */
export async function saveTidalRules(ctx: HallContext, rules: TidalRules): Promise<Result<TidalRules>> {
  const values = { cost_minutes: rules.costMinutes, quiet_minutes: rules.quietMinutes, horizon_minutes: rules.horizonMinutes, long_minutes: rules.longMinutes, too_long_minutes: rules.tooLongMinutes, escalate_minutes: rules.escalateMinutes };
  await ctx.tx.insertInto("tidal_rules").values({ hall_id: ctx.hall.id, ...values }).onConflict((conflict) => conflict.column("hall_id").doUpdateSet({ ...values, version: sql`tidal_rules.version + 1` })).execute();
  await ctx.append("tidal_rules.changed", "tidal_rules", { values });
  return ok(rules);
}

/** What would help the hall now, by simulation in another thread (JY-6.3c). */
export async function adviceNow(db: Database, hallId: number, seed = 1): Promise<{ present: Present; proposals: Proposal[] }> {
  const present = await hallAhead(db, hallId);
  const candidates = candidatesOf(present.windows, present.waiting, present.rules);
  if (candidates.length === 0) return { present, proposals: [] };
  const compared = await inThread<typeof compareChanges>("src/lib/planner/tidal/model.ts", "compareChanges", present.model, candidates, { runs: RUNS, seed, horizon: present.rules.horizonMinutes });
  return { present, proposals: proposalsOf(candidates, compared, present.rules) };
}

const codesOf = (present: Present, lines: readonly number[]): string[] => lines.map((line) => present.lines[line]!.code);

/** Simulates a hall and keeps what is worth proposing; what no longer is, runs out. A proposal that stays keeps its time and its first forecast. */
export async function adviseHall(db: Database, hall: HallRef, seed = 1): Promise<Result<number>> {
  const { present, proposals } = await adviceNow(db, hall.id, seed);
  const known = await db.selectFrom("tidal_advice").select("id").where("hall_id", "=", hall.id).where("state", "=", "open").limit(1).executeTakeFirst();
  if (proposals.length === 0 && !known) return ok(0);
  return changeHall(db, { hall, actor: SYSTEM }, async (ctx) => {
    const open = await ctx.tx.selectFrom("tidal_advice").select(["id", "window_id", "kind", "lines"]).where("hall_id", "=", hall.id).where("state", "=", "open").execute();
    const kept = new Set<number>();
    const fresh: Proposal[] = [];
    for (const proposal of proposals) {
      const lines = { own: codesOf(present, proposal.own), helping: codesOf(present, proposal.helping) };
      const same = open.find((row) => row.window_id === present.windows[proposal.window]!.id && row.kind === proposal.kind && JSON.stringify((row.lines as { own: string[] }).own) === JSON.stringify(lines.own));
      if (same) kept.add(same.id);
      else fresh.push(proposal);
    }
    if (kept.size > 0) await ctx.tx.updateTable("tidal_advice").set({ seen_at: ctx.now }).where("hall_id", "=", hall.id).where("id", "in", [...kept]).execute();
    const over = open.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    if (over.length > 0) await ctx.tx.updateTable("tidal_advice").set({ state: "expired", decided_at: ctx.now, decided_by: SYSTEM }).where("hall_id", "=", hall.id).where("id", "in", over).execute();
    for (const proposal of fresh) await propose(ctx, present, proposal);
    return ok(proposals.length);
  });
}

async function propose(ctx: HallContext, present: Present, proposal: Proposal): Promise<void> {
  const window = present.windows[proposal.window]!;
  const forecast: Forecast = {
    lines: codesOf(present, proposal.focus), waiting: proposal.focus.reduce((sum, line) => sum + present.waiting[line]!, 0), step: STEP, horizon: present.rules.horizonMinutes,
    without: proposal.compared.without, with: proposal.compared.with,
  };
  const row = await ctx.tx.insertInto("tidal_advice").values({
    hall_id: ctx.hall.id, at: ctx.now, seen_at: ctx.now, kind: proposal.kind, window_id: window.id, staff_id: proposal.kind === "open" ? window.staff! : null,
    lines: JSON.stringify({ own: codesOf(present, proposal.own), helping: codesOf(present, proposal.helping) }), forecast: JSON.stringify(forecast), gain: proposal.gain,
  }).returning("id").executeTakeFirstOrThrow();
  await ctx.append("advice.proposed", `advice:${row.id}`, { kind: proposal.kind, code: window.code, lines: forecast.lines, gain: Math.round(proposal.gain * 10) / 10 });
}

async function openAdvice(ctx: HallContext, id: number) {
  const row = await ctx.tx.selectFrom("tidal_advice as a").innerJoin("windows as w", (join) => join.onRef("w.hall_id", "=", "a.hall_id").onRef("w.id", "=", "a.window_id"))
    .select(["a.id", "a.kind", "a.window_id", "a.staff_id", "a.lines", "a.forecast", "a.gain", "a.state", "w.code"]).where("a.hall_id", "=", ctx.hall.id).where("a.id", "=", id).executeTakeFirst();
  if (!row) throw notFound("advice_not_found");
  return row;
}

const decide = async (ctx: HallContext, id: number, state: "done" | "dismissed"): Promise<void> =>
  void (await ctx.tx.updateTable("tidal_advice").set({ state, decided_at: ctx.now, decided_by: ctx.actor }).where("hall_id", "=", ctx.hall.id).where("id", "=", id).execute());

/**
 * Does what was advised (JY-6.3a): the window opens for the clerk it was meant for, serves other lines, gets its own back, or closes. Boards,
 * signs and the clerk's desk follow its event. Refused when the advice has run out or the hall has changed meanwhile.
 */
export async function followAdvice(ctx: HallContext, id: number, reason: string): Promise<Result<{ window: string }>> {
  const advice = await openAdvice(ctx, id);
  if (advice.state !== "open") return refuse("advice_over", { window: advice.code });
  const lines = advice.lines as unknown as { own: string[]; helping: string[] };
  const done = advice.kind === "open" ? await openWindowFor(ctx, advice.window_id, advice.staff_id!, reason)
    : advice.kind === "close" ? await closeWindow(ctx, advice.window_id, true)
    : advice.kind === "move" ? await moveWindow(ctx, advice.window_id, { ...lines, reason })
    : await restoreWindow(ctx, advice.window_id);
  // Whoever was meant sits at another window by now.
  if (!done.ok) return done.code === "operator_elsewhere" || done.code === "window_taken" ? refuse("advice_over", { window: advice.code }) : done;
  await decide(ctx, id, "done");
  await ctx.append("advice.followed", `advice:${id}`, { kind: advice.kind, code: advice.code, gain: advice.gain });
  return ok({ window: advice.code });
}

/** Puts advice aside; the window is left alone for the quiet time. */
export async function dismissAdvice(ctx: HallContext, id: number): Promise<Result<{ window: string }>> {
  const advice = await openAdvice(ctx, id);
  if (advice.state !== "open") return refuse("advice_over", { window: advice.code });
  await decide(ctx, id, "dismissed");
  await ctx.append("advice.dismissed", `advice:${id}`, { kind: advice.kind, code: advice.code });
  return ok({ window: advice.code });
}

/** Records what came of advice that was followed, once its horizon and the waits that began in it are over. */
export async function measureAdvice(db: Database, hall: HallRef): Promise<number> {
  const due = await db.selectFrom("tidal_advice").select(["id", "decided_at", "forecast"]).where("hall_id", "=", hall.id).where("state", "=", "done").where("outcome", "is", null)
    .where(sql<boolean>`decided_at + make_interval(mins => 2 * (forecast ->> 'horizon')::int) < app_now()`).execute();
  for (const row of due) {
    const { lines, step, horizon } = row.forecast as unknown as Forecast;
    const { rows } = await sql<{ step: number | null; p90: number }>`
      with wait as (
        select case when t.issued_at <= ${row.decided_at} then 0 else 1 + floor(extract(epoch from t.issued_at - ${row.decided_at}::timestamptz) / 60 / ${step})::int end as step, extract(epoch from t.called_at - t.issued_at) / 60 as minutes
          from tickets t join lines l on l.hall_id = t.hall_id and l.id = t.line_id
         where t.hall_id = ${hall.id} and l.code = any(${lines}) and t.called_at > ${row.decided_at}
           and t.issued_at between ${row.decided_at}::timestamptz - interval '8 hours' and ${row.decided_at}::timestamptz + make_interval(mins => ${horizon}))
      select step, percentile_cont(0.9) within group (order by minutes)::float8 as p90 from wait group by grouping sets ((step), ())`.execute(db);
    const curve = Array.from({ length: 1 + Math.ceil(horizon / step) }, (_, index) => rows.find((each) => each.step === index)?.p90 ?? null);
    const outcome = { p90: rows.find((each) => each.step === null)?.p90 ?? 0, curve };
    await changeHall(db, { hall, actor: SYSTEM }, async (ctx) => {
      await ctx.tx.updateTable("tidal_advice").set({ outcome: JSON.stringify(outcome) }).where("hall_id", "=", hall.id).where("id", "=", row.id).execute();
      await ctx.append("advice.measured", `advice:${row.id}`, { p90: Math.round(outcome.p90 * 10) / 10 });
      return ok(undefined);
    });
  }
  return due.length;
}

/** The periodic job: waits that are too long in any hall (BG-C09c). */
export async function watchAllHalls(db: Database): Promise<void> {
  await eachHall(await hallsToWatch(db), "wait alerts", async (hall) => watchWaits(db, hall, await tidalRules(db, hall.id)));
}

/** The periodic job: every hall at work is simulated; what was followed is measured. */
export async function adviseAllHalls(db: Database): Promise<void> {
  const halls = await db.selectFrom("halls as h").select(["h.id", "h.code"]).where("h.active", "=", true)
    .where(({ exists, selectFrom }) => exists(selectFrom("windows as w").select("w.id").whereRef("w.hall_id", "=", "h.id").where("w.state", "=", "open"))).orderBy("h.id").execute();
  await eachHall(halls, "advice", async (hall) => {
    await adviseHall(db, hall);
    await measureAdvice(db, hall);
  });
}
