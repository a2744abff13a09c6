import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import type { Principal } from "@/lib/auth/model";
import { callNext, finishService, startService } from "@/lib/queue/desk/commands";
import { windowChoices } from "@/lib/queue/desk/data";
import { adviseHall, dismissAdvice, followAdvice, measureAdvice, saveTidalRules } from "@/lib/planner/tidal/commands";
import { listAdvice, hallAhead, tidalRules } from "@/lib/planner/tidal/data";
import { TIDAL_RULES } from "@/lib/planner/tidal/schema";
import { acknowledgeAlert, watchWaits } from "@/lib/queue/alerts/commands";
import { listAlerts } from "@/lib/queue/alerts/data";
import { hallOverview } from "@/lib/queue/board/overview";
import { windowLines } from "@/lib/windows/data";
import { act, db, demo, later, must, open, refusal, take, windowId } from "../support/hall";

const LIMITS = { longMinutes: 20, tooLongMinutes: 30, escalateMinutes: 10 };

/** It is about ten in the morning in the hall, which is open all day. */
async function morning(): Promise<void> {
  const hall = await demo();
  const { rows } = await sql<{ utc: number }>`select extract(hour from app_now() at time zone 'UTC')::int as utc`.execute(db());
  const west = rows[0]!.utc - 10;
  await db().updateTable("halls").set({ time_zone: `Etc/GMT${west >= 0 ? "+" : "-"}${Math.abs(west)}` }).where("id", "=", hall.id).execute();
  // The tests share a hall: each begins with nobody in it.
  await db().updateTable("tickets").set({ state: "cancelled", ended_at: sql`app_now()` }).where("hall_id", "=", hall.id).where("state", "in", ["waiting", "called", "serving"]).execute();
  await db().updateTable("windows").set({ state: "closed", operator: null, state_at: sql`app_now() - interval '3 hours'` }).where("hall_id", "=", hall.id).execute();
  await db().updateTable("windows").set({ usual_lines: null }).where("hall_id", "=", hall.id).execute();
  await db().deleteFrom("tidal_advice").where("hall_id", "=", hall.id).execute();
  await db().deleteFrom("tidal_rules").where("hall_id", "=", hall.id).execute();
  await later(60 * 60);
  await db().updateTable("staff").set({ active: true }).where("hall_id", "=", hall.id).execute();
  await db().deleteFrom("openings").where("hall_id", "=", hall.id).execute();
  await db().insertInto("openings").values([1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ hall_id: hall.id, weekday, starts: "00:00", ends: "23:59" }))).execute();
}

const queue = async (line: string, count: number) => {
  for (let i = 0; i < count; i++) await take({ line });
};
const advice = async (which: "open" | "decided" = "open") => listAdvice(db(), (await demo()).id, which);
const lineOf = async (code: string) => (await windowLines(db(), (await demo()).id, await windowId(code))).own[0]!;

describe("tidal windows now", () => {
  beforeEach(morning);

  it("[JY-6.3c][JY-6.3a] too long a wait: opening a window is proposed with both curves, done with one press for a free clerk, not proposed again, and measured against its forecast", async () => {
    const hall = await demo();
    const line = await lineOf("A01");
    await open("A01");
    await queue(line, 14);
    must(await adviseHall(db(), hall));
    const [proposal, ...others] = await advice();
    expect(others.every((other) => !other.forecast.lines.includes(line))).toBe(true);
    expect(proposal).toMatchObject({ kind: "open", state: "open" });
    expect(proposal!.staff).not.toBeNull();
    expect(proposal!.forecast.lines).toContain(line);
    expect(proposal!.gain).toBeGreaterThan(TIDAL_RULES.costMinutes);
    expect(proposal!.gain).toBeCloseTo(proposal!.forecast.without.p90 - proposal!.forecast.with.p90, 3);
    expect(proposal!.forecast.with.curve).toHaveLength(7);
    // The same again keeps the proposal, its time and its forecast.
    must(await adviseHall(db(), hall, 2));
    expect((await advice()).map(({ id }) => id)).toContain(proposal!.id);
    must(await act((ctx) => followAdvice(ctx, proposal!.id, "采纳建议"), "staff:1"));
    const window = (await hallOverview(db(), hall.id, "zh")).windows.find(({ code }) => code === proposal!.window)!;
    expect(window).toMatchObject({ state: "open", operatorName: proposal!.staff });
    // The clerk is told at the desk, with the reason; nobody else is.
    const clerk = await db().selectFrom("windows as w").innerJoin("staff as s", (join) => join.on(sql`'staff:' || s.id`, "=", (eb) => eb.ref("w.operator"))).select(["s.id"]).where("w.hall_id", "=", hall.id).where("w.code", "=", proposal!.window).executeTakeFirstOrThrow();
    const choices = async (id: number) => (await windowChoices(db(), hall, { kind: "staff", id, actor: `staff:${id}` } as Principal)).filter(({ openedFor }) => openedFor !== undefined).map(({ code, openedFor }) => [code, openedFor]);
    expect(await choices(clerk.id)).toEqual([[proposal!.window, "采纳建议"]]);
    expect(await choices(clerk.id + 1)).toEqual([]);
    expect(refusal(await act((ctx) => followAdvice(ctx, proposal!.id, "采纳建议")))).toBe("advice_over");
    // Let alone for the quiet time: neither this window closed nor proposed in another way.
    must(await adviseHall(db(), hall, 3));
    expect((await advice()).some((each) => each.window === proposal!.window)).toBe(false);
    // A visitor is called; after twice the horizon the outcome stands beside the forecast.
    const called = must(await callNext({ hall, actor: "token:1" }, await windowId("A01")));
    expect(called).toBeTruthy();
    expect(await measureAdvice(db(), hall)).toBe(0);
    await later(2 * TIDAL_RULES.horizonMinutes * 60 + 60);
    expect(await measureAdvice(db(), hall)).toBe(1);
    const decided = (await advice("decided")).find(({ id }) => id === proposal!.id)!;
    expect(decided.outcome!.curve).toHaveLength(7);
    expect(decided.outcome!.p90).toBeLessThan(1);
    const events = await db().selectFrom("events").select("type").where("hall_id", "=", hall.id).where("subject", "=", `advice:${proposal!.id}`).orderBy("seq").execute();
    expect(events.map(({ type }) => type)).toEqual(["advice.proposed", "advice.followed", "advice.measured"]);
  });

  it("[JY-6.3a] without a free clerk nothing is opened: a window of another line is moved, told with its effect, and given back", async () => {
    const hall = await demo();
    await db().updateTable("staff").set({ active: false }).where("hall_id", "=", hall.id).where("role", "=", "clerk").execute();
    const busy = await lineOf("A01");
    const { lines, windows } = await hallAhead(db(), hall.id);
    const spare = windows.find(({ own }) => own.length === 1 && lines[own[0]!]!.code !== busy)!;
    const spareLine = lines[spare.own[0]!]!.code;
    await db().deleteFrom("window_lines").where("hall_id", "=", hall.id).where("window_id", "=", spare.id).where("tier", ">", 1).execute();
    await open("A01");
    await open(spare.code, "token:2");
    await later((TIDAL_RULES.quietMinutes + 1) * 60);
    await queue(busy, 16);
    must(await adviseHall(db(), hall));
    const [proposal] = await advice();
    expect(proposal).toMatchObject({ kind: "move", own: [busy] });
    expect(proposal!.window).toBe(spare.code);
    expect(proposal!.helping).toContain(spareLine);
    must(await act((ctx) => followAdvice(ctx, proposal!.id, "采纳建议")));
    expect((await windowLines(db(), hall.id, await windowId(proposal!.window))).own).toEqual([busy]);
    // The quiet time holds for giving it back as well; after the rush that is proposed.
    await db().updateTable("tickets").set({ state: "cancelled", ended_at: sql`app_now()` }).where("hall_id", "=", hall.id).where("state", "=", "waiting").where("number", "like", `${busy}%`).execute();
    must(await adviseHall(db(), hall));
    expect((await advice()).filter(({ window }) => window === spare.code)).toEqual([]);
    await later(75 * 60);
    must(await adviseHall(db(), hall));
    expect((await advice()).filter(({ window }) => window === spare.code)).toMatchObject([{ kind: "restore", own: [spareLine] }]);
    must(await act(async (ctx) => followAdvice(ctx, (await advice())[0]!.id, "采纳建议")));
    expect((await windowLines(db(), hall.id, spare.id)).own).toEqual([spareLine]);
  });

  it("[JY-6.3c] an idle window that its line can spare is proposed to be closed, never the last one, and not while anything else would help; advice that is put aside stays aside", async () => {
    const hall = await demo();
    const line = await lineOf("A01");
    await open("A01");
    await later(16 * 60);
    must(await adviseHall(db(), hall));
    expect(await advice()).toEqual([]);
    const present = await hallAhead(db(), hall.id);
    const twin = present.windows.find(({ code, own }) => code !== "A01" && own.some((number) => present.lines[number]!.code === line))!;
    await open(twin.code, "token:2");
    await later(22 * 60);
    must(await adviseHall(db(), hall));
    const [proposal] = await advice();
    expect(proposal).toMatchObject({ kind: "close" });
    must(await act((ctx) => dismissAdvice(ctx, proposal!.id)));
    must(await adviseHall(db(), hall));
    expect((await advice()).some(({ window }) => window === proposal!.window)).toBe(false);
  });

  it("[JY-6.3c] the cost, the quiet time and the horizon are the hall's own; a gain below the cost proposes nothing", async () => {
    const hall = await demo();
    const line = await lineOf("A01");
    must(await act((ctx) => saveTidalRules(ctx, { costMinutes: 120, quietMinutes: 5, horizonMinutes: 30, longMinutes: 15, tooLongMinutes: 25, escalateMinutes: 7 })));
    expect(await tidalRules(db(), hall.id)).toEqual({ costMinutes: 120, quietMinutes: 5, horizonMinutes: 30, longMinutes: 15, tooLongMinutes: 25, escalateMinutes: 7 });
    await open("A01");
    await queue(line, 8);
    must(await adviseHall(db(), hall));
    expect((await advice()).filter(({ kind }) => kind !== "close")).toEqual([]);
  });

  it("the present hall has who waits with rank and class, who is served since when, and what usually comes", async () => {
    const hall = await demo();
    const id = await open("A01");
    const line = await lineOf("A01");
    await queue(line, 3);
    must(await callNext({ hall, actor: "token:1" }, id));
    must(await act((ctx) => startService(ctx, id)));
    await later(300);
    const present = await hallAhead(db(), hall.id);
    const number = present.lines.findIndex(({ code }) => code === line);
    expect(present.waiting[number]).toBe(2);
    expect(present.model.visits).toHaveLength(2);
    const window = present.windows.findIndex(({ code }) => code === "A01");
    expect(present.windows[window]).toMatchObject({ state: "open", busy: true });
    expect(present.model.now![window]!.elapsed).toBeGreaterThan(4.9);
    expect(present.model.streams!.find((stream) => stream.line === number)!.rates[0]!.rate).toBeCloseTo(3 / 60, 6);
    must(await act((ctx) => finishService(ctx, id)));
  });
});

describe("[BG-C09c] waits that are too long", () => {
  beforeEach(morning);

  it("raise an alert, which goes up a level when it gets worse or nobody takes it up, stops when taken up, and ends with the wait", async () => {
    const hall = await demo();
    const line = await lineOf("A01");
    const watch = () => watchWaits(db(), hall, LIMITS);
    const alerts = (running = true) => listAlerts(db(), hall.id, running);
    await take({ line });
    must(await watch());
    expect(await alerts()).toEqual([]);
    await later(21 * 60);
    expect(must(await watch())).toBe(1);
    expect(must(await watch())).toBe(0);
    expect(await alerts()).toMatchObject([{ line, severity: "long", level: 1, waiting: 1 }]);
    // 31 minutes: worse; ten more without anybody: to the top.
    await later(10 * 60);
    must(await watch());
    expect(await alerts()).toMatchObject([{ severity: "too_long", level: 2 }]);
    await later(10 * 60 + 1);
    must(await watch());
    const [alert] = await alerts();
    expect(alert).toMatchObject({ level: 3, acknowledgedAt: null });
    expect(must(await act((ctx) => acknowledgeAlert(ctx, alert!.id, "已加开窗口"), "staff:1")).line).toBe(line);
    expect(await alerts()).toMatchObject([{ note: "已加开窗口" }]);
    await later(30 * 60);
    expect(must(await watch())).toBe(0);
    const id = await open("A01");
    must(await callNext({ hall, actor: "token:1" }, id));
    expect(must(await watch())).toBe(1);
    expect(await alerts()).toEqual([]);
    expect(await alerts(false)).toMatchObject([{ id: alert!.id, level: 3 }]);
    expect(refusal(await act((ctx) => acknowledgeAlert(ctx, alert!.id, "")))).toBe("alert_over");
    const events = await db().selectFrom("events").select("type").where("hall_id", "=", hall.id).where("subject", "=", `wait_alert:${alert!.id}`).orderBy("seq").execute();
    expect(events.map(({ type }) => type)).toEqual(["wait_alert.raised", "wait_alert.escalated", "wait_alert.escalated", "wait_alert.acknowledged", "wait_alert.ended"]);
  });
});
