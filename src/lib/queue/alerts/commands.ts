import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { notFound } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { changeHall, type HallContext, type HallRef } from "@/lib/ledger/commands";
import { WAIT_LIMITS } from "../board/overview-schema";
import { type AlertLimits, type AlertStep, alertSteps, type LineWait, type RunningAlert } from "./model";

async function waitsNow(ctx: HallContext, limits: AlertLimits): Promise<LineWait[]> {
  const { rows } = await sql<LineWait>`
    select t.line_id as line, max(extract(epoch from ${ctx.now}::timestamptz - t.issued_at))::float8 / 60 as minutes, (array_agg(t.number order by t.issued_at))[1] as number,
           count(*) filter (where t.issued_at <= ${ctx.now}::timestamptz - make_interval(secs => ${limits.longMinutes * 60}))::int as over
      from tickets t where t.hall_id = ${ctx.hall.id} and t.day = ${ctx.today} and t.state = 'waiting' group by t.line_id`.execute(ctx.tx);
  return rows;
}

/** Looks at the waits of a hall once: raises, escalates and ends alerts (BG-C09c). Answers how many steps there were beside mere updates. */
export async function watchWaits(db: Database, hall: HallRef, limits: AlertLimits): Promise<Result<number>> {
  return changeHall(db, { hall, actor: "system" }, async (ctx) => {
    const running = await ctx.tx.selectFrom("wait_alerts").select(["id", "line_id as line", "severity", "level", sql<number>`extract(epoch from ${ctx.now}::timestamptz - level_at)::float8 / 60`.as("atLevel"), sql<boolean>`acknowledged_at is not null`.as("acknowledged")])
      .where("hall_id", "=", hall.id).where("ended_at", "is", null).execute();
    const steps = alertSteps(await waitsNow(ctx, limits), running as RunningAlert[], limits);
    const codes = new Map((await ctx.tx.selectFrom("lines").select(["id", "code"]).where("hall_id", "=", hall.id).execute()).map(({ id, code }) => [id, code]));
    for (const step of steps) await take(ctx, step, running as RunningAlert[], codes);
    return ok(steps.filter((step) => step.do !== "update").length);
  });
}

async function take(ctx: HallContext, step: AlertStep, running: readonly RunningAlert[], codes: ReadonlyMap<number, string>): Promise<void> {
  const alerts = ctx.tx.updateTable("wait_alerts").where("hall_id", "=", ctx.hall.id);
  if (step.do === "end") {
    await alerts.set({ ended_at: ctx.now }).where("id", "=", step.id).execute();
    await note(ctx, "wait_alert.ended", step.id, codes.get(running.find(({ id }) => id === step.id)!.line)!, {});
    return;
  }
  const { wait } = step;
  const seen = { minutes: wait.minutes, waiting: wait.over };
  const line = codes.get(wait.line)!;
  if (step.do === "update") return void (await alerts.set(seen).where("id", "=", step.id).execute());
  const told = { minutes: Math.round(wait.minutes), waiting: wait.over, number: wait.number, severity: step.severity };
  if (step.do === "raise") {
    const row = await ctx.tx.insertInto("wait_alerts").values({ hall_id: ctx.hall.id, line_id: wait.line, number: wait.number, raised_at: ctx.now, severity: step.severity, level_at: ctx.now, ...seen }).returning("id").executeTakeFirstOrThrow();
    return note(ctx, "wait_alert.raised", row.id, line, told);
  }
  await alerts.set({ ...seen, severity: step.severity, level: step.level, level_at: ctx.now }).where("id", "=", step.id).execute();
  await note(ctx, "wait_alert.escalated", step.id, line, { ...told, level: step.level });
}

const note = async (ctx: HallContext, type: string, id: number, line: string, data: object): Promise<void> => void (await ctx.append(type, `wait_alert:${id}`, { ...data, code: line, public: { line } }));

/** Somebody takes an alert up: it goes no higher by itself, and its record says who and what. */
export async function acknowledgeAlert(ctx: HallContext, id: number, note: string): Promise<Result<{ line: string }>> {
  const row = await ctx.tx.selectFrom("wait_alerts as a").innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "a.hall_id").onRef("l.id", "=", "a.line_id"))
    .select(["a.ended_at", "a.acknowledged_at", "l.code"]).where("a.hall_id", "=", ctx.hall.id).where("a.id", "=", id).executeTakeFirst();
  if (!row) throw notFound("alert_not_found");
  if (row.ended_at !== null) return refuse("alert_over", { line: row.code });
  if (row.acknowledged_at !== null) return ok({ line: row.code });
  await ctx.tx.updateTable("wait_alerts").set({ acknowledged_at: ctx.now, acknowledged_by: ctx.actor, note }).where("hall_id", "=", ctx.hall.id).where("id", "=", id).execute();
  await ctx.append("wait_alert.acknowledged", `wait_alert:${id}`, { code: row.code, ...(note ? { reason: note } : {}), public: { line: row.code } });
  return ok({ line: row.code });
}

/** Halls where somebody waits too long, or an alert runs. */
export const hallsToWatch = (db: Database): Promise<HallRef[]> =>
  sql<HallRef>`
    select h.id, h.code from halls h left join tidal_rules r on r.hall_id = h.id where h.active and (
      exists (select 1 from wait_alerts a where a.hall_id = h.id and a.ended_at is null)
      or exists (select 1 from tickets t where t.hall_id = h.id and t.day = (app_now() at time zone h.time_zone)::date and t.state = 'waiting' and t.issued_at < app_now() - make_interval(mins => coalesce(r.long_minutes, ${WAIT_LIMITS.long}))))
     order by h.id`.execute(db).then(({ rows }) => rows);
