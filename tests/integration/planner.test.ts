import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { windowNeeds } from "@/lib/planner/data";
import { erlangC } from "@/lib/planner/erlang/model";
import { publishPlannerRules } from "@/lib/planner/rules/commands";
import { plannerRules } from "@/lib/planner/rules/data";
import { plannerRulesSchema } from "@/lib/planner/rules/schema";
import { rosterFor } from "@/lib/planner/staffing/data";
import { planWindows } from "@/lib/planner/windows/model";
import { book, slots, travel } from "../support/booking";
import { act, db, demo, must, refusal } from "../support/hall";

/** So many finished visits of line T, spread over a half hour; each waited 5 minutes and took 10. */
async function served(day: string, time: string, count: number): Promise<void> {
  const start = `${day}T${time}:00+08:00`;
  await sql`
    insert into tickets (hall_id, token, day, number_line_id, number_seq, number, line_id, class, channel, state, rank, rank_rule, policy_version, window_id, issued_at, called_at, started_at, ended_at)
    select l.hall_id, ${start} || n, ${day}::date, l.id, 5000 + n + extract(hour from ${start}::timestamptz)::int * 200 + extract(minute from ${start}::timestamptz)::int, ${start} || n, l.id, 'normal', 'kiosk', 'finished', at, 'arrival', 1,
           (select w.id from windows w where w.hall_id = l.hall_id and w.code = 'A01'), at, at + interval '5 minutes', at + interval '5 minutes', at + interval '15 minutes'
      from lines l cross join generate_series(1, ${count}::int) n cross join lateral (select ${start}::timestamptz + make_interval(secs => 1700.0 * n / ${count}::int) as at) x
     where l.hall_id = ${(await demo()).id} and l.code = 'T'`.execute(db());
}

describe("windows planned for a date", () => {
  it("[JY-6.2][HN-5.4.3g] each field's need by the half hour follows from its items, volume, service and waiting times, load, staff and bookings, and from the hall's own target", async () => {
    await travel("2044-01-05T07:00:00+08:00");
    const hall = await demo();
    for (const day of ["2043-12-08", "2043-12-15", "2043-12-22", "2043-12-29"]) {
      await served(day, "09:00", 20);
      await served(day, "09:30", 12);
    }
    await served("2043-12-30", "09:00", 80);
    const needs = await windowNeeds(db(), hall.id);
    expect(needs).toMatchObject({ date: "2044-01-05", days: 4, sameWeekday: true });
    const tax = needs.fields.find(({ field }) => field === "tax")!;
    expect(tax).toMatchObject({ tickets: 4 * 32 + 80, windows: 4, measured: true, serviceMinutes: expect.closeTo(10, 6) });
    expect([tax.items > 10, tax.staff > 0]).toEqual([true, true]);
    const at = (start: string) => tax.halfHours.find((each) => each.start === start)!;
    expect([at("09:00"), at("09:30"), at("10:00")]).toMatchObject([{ end: "09:30", walkIns: 20, booked: 0, p90Wait: 5 }, { walkIns: 12 }, { walkIns: 0, p90Wait: null }]);
    expect(at("09:00").load).toBeCloseTo((20 * 10) / 30 / 4, 9);
    // The rush of the first half hour is still at the windows in the second.
    expect(at("09:30").needed).toBeGreaterThanOrEqual(5);
    expect(tax.needed).toBe(Math.max(...tax.halfHours.map(({ needed }) => needed)));
    expect(Math.max(...tax.halfHours.map(({ late }) => late))).toBeLessThanOrEqual(0.1 + 1e-9);
    expect(needs.fields.find(({ field }) => field === "fund")).toMatchObject({ tickets: 0, needed: 0 });

    // Another weekday has too few days of its own: all days count.
    expect(await windowNeeds(db(), hall.id, "2044-01-06")).toMatchObject({ days: 5, sameWeekday: false });

    const rules = await plannerRules(db(), hall.id);
    expect(rules).toMatchObject({ version: 0, sharePercent: 90, withinMinutes: 15 });
    must(await act((ctx) => publishPlannerRules(ctx, plannerRulesSchema.parse({ sharePercent: 99, withinMinutes: 2 }), 0)));
    expect(refusal(await act((ctx) => publishPlannerRules(ctx, plannerRulesSchema.parse({}), 0)))).toBe("edited_elsewhere");
    const strict = await windowNeeds(db(), hall.id);
    expect(strict.fields.find(({ field }) => field === "tax")!.needed).toBeGreaterThan(tax.needed);
    expect(plannerRulesSchema.safeParse({ restFrom: "12:00", restTo: "12:30", restMinutes: 60 }).success).toBe(false);
    must(await act((ctx) => publishPlannerRules(ctx, plannerRulesSchema.parse({}), 1)));
  });

  it("[JY-6.2] bookings of the date count as soon as they are made", async () => {
    const hall = await demo();
    const day = "2044-01-06";
    const slot = (await slots(undefined, { from: day, to: day })).find(({ free }) => free >= 2)!;
    const clock = new Date(slot.start).toLocaleTimeString("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });
    for (let i = 0; i < 2; i++) must(await book({ start: slot.start }));
    const general = (await windowNeeds(db(), hall.id, day)).fields.find(({ halfHours }) => halfHours.some(({ booked }) => booked > 0))!;
    expect(general.halfHours.find(({ start }) => start === clock)).toMatchObject({ booked: 2, needed: expect.any(Number) });
    expect(general.needed).toBeGreaterThan(0);
  });

  it("[JY-9.3.1b] waits and volume become a roster: people go where their window's lines are needed, and what nobody can fill is said", async () => {
    const hall = await demo();
    const needs = await windowNeeds(db(), hall.id);
    const roster = await rosterFor(db(), hall.id, needs);
    expect(roster.rows.length).toBeGreaterThan(3);
    const tax = needs.fields.find(({ field }) => field === "tax")!;
    tax.halfHours.forEach(({ needed }, i) => {
      const there = roster.rows.filter(({ day }) => day[i] === "tax").length;
      expect(there).toBeLessThanOrEqual(tax.windows);
      expect(roster.missing.get("tax")![i]).toBe(Math.max(0, needed - there));
    });
    expect(roster.missingHours).toBeGreaterThanOrEqual(roster.leastMissingHours - 1e-9);
  });
});

describe("the planner on the command line", () => {
  let folder: string;
  beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), "plan-")); });
  afterAll(async () => { await rm(folder, { recursive: true, force: true }); });
  const run = (...words: string[]) => new Promise<{ code: number; out: string; error: string }>((resolve) => {
    execFile(process.execPath, ["--import", "tsx", "scripts/hall.ts", "plan", ...words], (failed, out, error) => resolve({ code: failed ? Number(failed.code) : 0, out, error }));
  });

  it("[JY-6.2] answers with one document from the same functions as the page, and names what is wrong", async () => {
    const demand = path.join(folder, "demand.csv");
    await writeFile(demand, "start,end,arrivals\n09:00,09:30,6\n09:30,10:00,14\n10:00,10:30,5\n");
    const bad = path.join(folder, "bad.csv");
    await writeFile(bad, "start,end,arrivals\n09:00,09:30,6\n09:30,09:15,14\n");
    const [erlang, overload, windows, wrong, row] = await Promise.all([
      run("erlang", "--model", "c", "--arrivals", "30", "--service", "10", "--servers", "6", "--within", "15"), run("erlang", "--model", "c", "--arrivals", "36", "--service", "10", "--servers", "6"),
      run("windows", "--demand", demand, "--service", "12", "--share", "0.9", "--within", "15"), run("erlang", "--model", "a", "--arrivals=-3", "--service", "10", "--servers", "6"),
      run("windows", "--demand", bad, "--service", "12", "--share", "0.9", "--within", "15"),
    ]);
    expect(JSON.parse(erlang.out)).toMatchObject({ model: "c", stable: true, offeredLoad: 5, pWait: erlangC({ arrivalsPerHour: 30, serviceMinutes: 10, servers: 6 }), pWaitOver: expect.closeTo(0.1310926396811136, 12) });
    expect(JSON.parse(overload.out)).toEqual({ model: "c", stable: false, offeredLoad: 6 });
    const plan = planWindows([[540, 570, 6], [570, 600, 14], [600, 630, 5]].map(([start, end, arrivals]) => ({ start: start!, end: end!, arrivals: arrivals! })), 12, { share: 0.9, within: 15 });
    expect(JSON.parse(windows.out)).toEqual({ intervals: plan.windows.map((count, i) => ({ start: ["09:00", "09:30", "10:00"][i], end: ["09:30", "10:00", "10:30"][i], windows: count, pWaitOver: plan.late[i] })), windowHours: plan.windowHours });
    expect([wrong.code, wrong.out, wrong.error]).toEqual([1, "", expect.stringContaining("--arrivals needs a number")]);
    expect([row.code, row.out, row.error]).toEqual([1, "", expect.stringMatching(/row 2: end is not after start/)]);
  });
});
