import { describe, expect, it } from "vitest";
import { sql } from "kysely";
import { replayDays, startWhatIf } from "@/lib/planner/whatif/commands";
import { pastDay, pastDays, shadowOf, whatIfRuns } from "@/lib/planner/whatif/data";
import { whatIfInput } from "@/lib/planner/whatif/schema";
import { callNext, finishService, startService } from "@/lib/queue/desk/commands";
import { saveDraft } from "@/lib/queue/policy/commands";
import { currentPolicy } from "@/lib/queue/policy/data";
import { windowLines } from "@/lib/windows/data";
import { act, db, demo, later, must, open, refusal, take, windowId } from "../support/hall";

/** A little day of work: ten come at once to one window, every third is an older person, each is served for five minutes. */
async function work(line: string, visitors: number): Promise<void> {
  const hall = await demo();
  for (let i = 0; i < visitors; i++) await take({ line, ...(i % 3 === 2 ? { class: "elderly" } : {}) });
  const id = await windowId("A01");
  for (let i = 0; i < visitors; i++) {
    must(await callNext({ hall, actor: "token:1" }, id));
    must(await act((ctx) => startService(ctx, id)));
    await later(300);
    must(await act((ctx) => finishService(ctx, id)));
  }
}

describe("what if", () => {
  it("[JY-6.3m] a past day is replayed as it was; one more window shortens the wait, without its only one a line waits till night, and each difference has its interval", async () => {
    const hall = await demo();
    // A morning, so that the day does not end meanwhile.
    const { rows: [now] } = await sql<{ utc: number }>`select extract(hour from app_now() at time zone 'UTC')::int as utc`.execute(db());
    const west = now!.utc - 9;
    await db().updateTable("halls").set({ time_zone: `Etc/GMT${west >= 0 ? "+" : "-"}${Math.abs(west)}` }).where("id", "=", hall.id).execute();
    await open("A01");
    const line = (await windowLines(db(), hall.id, await windowId("A01"))).own[0]!;
    await work(line, 10);
    const [{ day } = { day: "" }] = await pastDays(db(), hall.id, "2000-01-01", "2100-01-01");
    const past = await pastDay(db(), hall.id, day);
    expect(past.visits).toHaveLength(10);
    expect(past.visits.every(({ minutes }) => Math.abs(minutes! - 5) < 0.1)).toBe(true);
    expect(past.windows.find(({ code }) => code === "A01")!.open).toHaveLength(1);

    const input = (windows: Record<string, number>, policy: string = "live") => whatIfInput.parse({ from: day, to: day, policy, windows });
    const same = await replayDays(db(), hall.id, input({}));
    expect(same.visits).toBe(10);
    for (const row of same.rows) expect(row).toMatchObject({ difference: { value: 0, low: 0, high: 0 } });
    // Ten visitors, five minutes each, one window: 22.5 minutes on average, as recorded.
    expect(same.days[0]!.recorded).toBeGreaterThan(22);
    expect(Math.abs(same.days[0]!.before - same.days[0]!.recorded!)).toBeLessThan(3);

    const more = await replayDays(db(), hall.id, input({ [line]: 1 }));
    const mean = more.rows.find(({ measure, class: known }) => measure === "meanWait" && known === null)!;
    expect(mean.difference.high).toBeLessThan(-5);
    expect(mean.difference.low).toBeLessThan(mean.difference.high!);
    const hours = more.rows.find(({ measure }) => measure === "windowHours")!;
    expect(hours.after / hours.before).toBeCloseTo(2, 6);
    expect(more.rows.find(({ measure }) => measure === "kept")!.difference.value).toBeGreaterThan(0);
    const fewer = await replayDays(db(), hall.id, input({ [line]: -1 }));
    expect(fewer.rows.find(({ measure, class: known }) => measure === "meanWait" && known === null)!.difference.low).toBeGreaterThan(300);
    expect(more.rows.filter(({ measure }) => measure === "meanWait").map((row) => row.class)).toEqual([null, "elderly", "normal"]);
  });

  it("[JY-6.3m] runs as a job with progress, is kept, and says when there is nothing to replay", async () => {
    const hall = await demo();
    const [{ day } = { day: "" }] = await pastDays(db(), hall.id, "2000-01-01", "2100-01-01");
    const { id, finished } = must(await startWhatIf(db(), hall, "staff:1", whatIfInput.parse({ from: day, to: day, policy: "1" })));
    expect((await whatIfRuns(db(), hall.id))[0]).toMatchObject({ id, days: 1 });
    await finished;
    expect((await whatIfRuns(db(), hall.id))[0]).toMatchObject({ id, state: "done", done: 1, result: { visits: 10 } });
    expect(refusal(await startWhatIf(db(), hall, "staff:1", whatIfInput.parse({ from: "2001-01-01", to: "2001-01-02", policy: "live" })))).toBe("no_past_days");
    expect(refusal(await startWhatIf(db(), hall, "staff:1", whatIfInput.parse({ from: day, to: day, policy: "draft" })))).toBe("draft_gone");
  });

  it("[JY-6.3m] a draft runs in the shadow: every call is decided once more, and those that would differ are listed", async () => {
    const hall = await demo();
    const [{ day } = { day: "" }] = await pastDays(db(), hall.id, "2000-01-01", "2100-01-01");
    const live = await currentPolicy(db(), hall.id);
    expect(await shadowOf(db(), hall.id, day, day, live)).toMatchObject({ calls: 10, compared: 10, differing: [] });
    // Without credit the older people are not called first.
    const draft = { ...live, classes: live.classes.map((known) => ({ ...known, creditMinutes: 0 })) };
    must(await act((ctx) => saveDraft(ctx, draft, "", 0), "staff:1"));
    const shadow = await shadowOf(db(), hall.id, day, day, draft);
    expect(shadow.differing.length).toBeGreaterThan(0);
    expect(shadow.differing[0]).toMatchObject({ window: "A01" });
    expect(shadow.differing[0]!.called).not.toBe(shadow.differing[0]!.draft);
    // The same draft in the what-if: older people wait longer, the others less.
    const result = await replayDays(db(), hall.id, whatIfInput.parse({ from: day, to: day, policy: "draft" }));
    const of = (known: string) => result.rows.find((row) => row.measure === "meanWait" && row.class === known)!.difference.value;
    expect(of("elderly")).toBeGreaterThan(0);
    expect(of("normal")).toBeLessThan(0);
  });
});
