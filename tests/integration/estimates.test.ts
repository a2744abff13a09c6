import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { comingDays } from "@/lib/calendar/data";
import { shared } from "@/lib/kernel/shared";
import { boardOf } from "@/lib/queue/board/data";
import { closeDay } from "@/lib/queue/day/commands";
import { callNext, finishService, startService } from "@/lib/queue/desk/commands";
import { recalibrate, recalibrateHalls } from "@/lib/queue/estimate/calibrate/commands";
import { foreseeHalls, foresightOf } from "@/lib/queue/estimate/live/data";
import { presentHall } from "@/lib/queue/estimate/live/data-hall";
import { scoresOf } from "@/lib/queue/estimate/score/data-admin";
import { ticketPage } from "@/lib/queue/ticket/data";
import { tenOfNextDay } from "../support/clock";
import { act, db, demo, later, must, open, take } from "../support/hall";

const hallId = async () => (await demo()).id;
const waits = async (token: string) => (await ticketPage(db(), token, "zh")).estimate;
const serve = async (window: number, seconds: number) => {
  must(await callNext({ hall: await demo(), actor: "token:1" }, window));
  must(await act((ctx) => startService(ctx, window)));
  await later(seconds);
  must(await act((ctx) => finishService(ctx, window)));
};

afterEach(async () => {
  must(await act(async (ctx) => closeDay(ctx, ctx.seq)));
});

describe("told waits", () => {
  it("come from a simulation of who waits with what rank, who is served since when, and the open windows", async () => {
    await tenOfNextDay();
    const window = await open("T01");
    await take({ line: "T" });
    must(await callNext({ hall: await demo(), actor: "token:1" }, window));
    must(await act((ctx) => startService(ctx, window)));
    await later(120);
    const [first, second, third] = [await take({ line: "T" }), await take({ line: "T" }), await take({ line: "T", class: "elderly" })];
    const present = await presentHall(db(), await hallId());
    expect(present.tickets.filter((ticket) => ticket !== null).map(({ id, ahead }) => [String(id), ahead])).toEqual([[first.id, 1], [second.id, 2], [third.id, 0]]);
    const at = present.windows.findIndex(({ id }) => id === window);
    expect(present.hall.now![at]!.elapsed).toBeGreaterThanOrEqual(2);
    expect(present.hall.now![at]!.elapsed).toBeLessThan(3);
    // Further back is never shorter, and another window helps.
    const before = [await waits(third.token), await waits(first.token), await waits(second.token)];
    for (const [index, estimate] of before.entries()) {
      expect(estimate!.p90).toBeGreaterThan(estimate!.p50);
      if (index > 0) expect(estimate!.p50).toBeGreaterThanOrEqual(before[index - 1]!.p50);
    }
    expect((await boardOf(db(), await demo())).lines.find(({ code }) => code === "T")!.estimateMinutes!.p50).toBeGreaterThan(before[2]!.p50);
    await open("T02");
    expect((await waits(second.token))!.p50).toBeLessThan(before[2]!.p50);
    // One simulation serves all until something changes; the policy's conditions find the wait of a newcomer.
    expect(await foresightOf(db(), await hallId())).toBe(await foresightOf(db(), await hallId()));
    await foreseeHalls(db());
    const kept = await db().selectFrom("line_waits as w").innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "w.hall_id").onRef("l.id", "=", "w.line_id")).select(["w.p50", "w.p90"]).where("l.code", "=", "T").where("w.hall_id", "=", await hallId()).executeTakeFirstOrThrow();
    expect(kept.p90).toBeGreaterThan(kept.p50);
  });

  it("before the hall opens they count the time until its windows do, with the announced closure of one of them", async () => {
    const id = await hallId();
    const day = (await comingDays(db(), id, 15)).find((each, index) => index > 0 && each.hours.length > 0)!;
    const { rows: [until] } = await sql<{ seconds: number }>`select extract(epoch from (${day.date}::date + ${day.hours[0]!.start}::time - interval '30 minutes') at time zone 'Asia/Shanghai' - app_now())::int as seconds`.execute(db());
    await later(until!.seconds);
    // What a process remembers of the hours belongs to its own clock, which has not moved.
    shared("live-measured", () => new Map()).clear();
    const early = await take({ line: "T" });
    const told = (await waits(early.token))!;
    expect(told.p50).toBeGreaterThanOrEqual(29);
    expect(told.p90).toBeLessThanOrEqual(32);
    // All windows of the line begin an hour later: nobody is called before.
    await sql`insert into window_closures (hall_id, window_id, starts, ends, reason, actor)
      select wl.hall_id, wl.window_id, app_now(), app_now() + interval '90 minutes', '培训', 'token:1' from window_lines wl join lines l on l.hall_id = wl.hall_id and l.id = wl.line_id where wl.hall_id = ${id} and l.code = 'T'`.execute(db());
    shared("foresight", () => new Map()).clear();
    expect((await waits(early.token))!.p50).toBeGreaterThanOrEqual(89);
  });

  it("are kept as told, scored against what happened, and recalibrated at night by hall, hour and line", async () => {
    const id = await hallId();
    const window = await open("T01");
    await db().deleteFrom("wait_predictions").execute();
    // Services take three times as long as planned: the hall promises too little until a night has passed.
    for (let visit = 0; visit < 24; visit += 1) {
      await take({ line: "T" });
      if (visit > 1) await serve(window, 900);
    }
    const stored = await db().selectFrom("wait_predictions").selectAll().where("hall_id", "=", id).execute();
    expect(stored.length).toBe(24);
    expect(stored.every(({ p10, p50, p90 }) => p10 <= p50 && p50 <= p90)).toBe(true);
    const [total] = await scoresOf(db(), id, "hall");
    const { rows: [plain] } = await sql<{ n: number; mae: number; coverage: number }>`
      select count(*)::int as n, avg(abs(p.p50 - w.wait))::float8 as mae, 100 * avg((w.wait between p.p10 and p.p90)::int)::float8 as coverage
        from wait_predictions p join tickets t on t.hall_id = p.hall_id and t.id = p.ticket_id cross join lateral (select extract(epoch from t.called_at - t.issued_at)::float8 / 60 as wait) w where p.hall_id = ${id} and t.called_at is not null`.execute(db());
    expect(total).toMatchObject({ n: 22, factor: null });
    expect(total!.mae).toBeCloseTo(plain!.mae, 1);
    expect(total!.coverage80).toBeCloseTo(plain!.coverage, 1);
    expect((await scoresOf(db(), id, "line")).map(({ key, n }) => [key, n])).toEqual([["T", 22]]);

    // The night of today's tickets is the next one.
    expect(await recalibrateHalls(db())).toBe(0);
    const { rows: [day] } = await sql<{ next: string }>`select (max(day) + 1)::text as next from wait_predictions`.execute(db());
    await recalibrate(db(), id, day!.next);
    const factors = await db().selectFrom("wait_calibrations").selectAll().where("hall_id", "=", id).execute();
    expect(factors.map(({ level }) => level)).toEqual(expect.arrayContaining(["hall", "line"]));
    const factor = factors.find(({ level }) => level === "hall")!.f50;
    expect(factor).not.toBe(1);
    const told = await take({ line: "T" });
    const kept = await db().selectFrom("wait_predictions").select(["raw50", "p50"]).where("ticket_id", "=", Number(told.id)).where("hall_id", "=", id).executeTakeFirstOrThrow();
    expect(Math.sign(kept.p50 - kept.raw50)).toBe(Math.sign(factor - 1));
  });
});
