import { describe, expect, it } from "vitest";
import { itemQuery } from "@/lib/catalog/schema";
import { searchItems } from "@/lib/catalog/data";
import { serviceDays } from "@/lib/calendar/data";
import { boardOf } from "@/lib/queue/board/data";
import { hallDetail } from "@/lib/queue/hall/data";
import { publishPolicy } from "@/lib/queue/policy/commands";
import { currentPolicy } from "@/lib/queue/policy/data";
import { listHalls } from "@/lib/regions/data";
import { saveLine } from "@/lib/catalog/commands";
import { saveNotice, saveZone } from "@/lib/regions/commands";
import { importHallTable, readTable } from "@/setup/import";
import { exportTable } from "@/lib/exchange/data-export";
import { safeCell } from "@/lib/exchange/model";
import { ok } from "@/lib/kernel/result";
import { act, db, demo, later, must, refusal, take } from "../support/hall";

const search = async (q: string) => (await searchItems(db(), (await demo()).id, itemQuery.parse({ q }))).items.map((item) => item.name);

describe("demo halls", () => {
  it("are as large as a city and a county hall, loaded by the import", async () => {
    const detail = await hallDetail(db(), "demo");
    expect({ zones: detail.zones.length, windows: detail.windows.length, fields: detail.fields.length, floors: new Set(detail.zones.map((zone) => zone.floor)).size }).toEqual({ zones: 12, windows: 48, fields: 10, floors: 2 });
    const counts = async (table: "items" | "departments" | "staff" | "devices") => (await db().selectFrom(table).select(({ fn }) => fn.countAll<number>().as("n")).where("hall_id", "=", (await demo()).id).executeTakeFirstOrThrow()).n;
    expect(await counts("items")).toBeGreaterThanOrEqual(300);
    expect(await counts("departments")).toBe(32);
    expect(await counts("devices")).toBe(10);
    expect((await listHalls(db())).map((hall) => hall.code)).toEqual(["demo", "demo2"]);
  });

  it("[JY-9.1.1b] queues run per hall on a shared rule model: the same line letter counts apart", async () => {
    const here = await take({ line: "A" });
    const { issueTicket } = await import("@/lib/queue/ticket/commands");
    const { hallRef } = await import("@/lib/regions/data");
    const there = must(await act((ctx) => issueTicket(ctx, { line: "A", channel: "kiosk" } as never, { secret: "s", trusted: true }), "token:1", await hallRef("demo2")));
    expect([here.number, there.number]).toEqual(["A001", "A001"]);
  });

  it("[JY-9.1.1e] one rule set per hall is published with its version and the bound that follows from it", async () => {
    const before = await hallDetail(db(), "demo");
    expect(before.policy).toMatchObject({ version: 1, missedBehind: 3, callsMax: 3, overtakingBoundMinutes: 20 });
    const policy = await currentPolicy(db(), (await demo()).id);
    must(await act(async (ctx) => ok(await publishPolicy(ctx, { ...policy, missed: { ...policy.missed, behind: 5 } }))));
    expect((await hallDetail(db(), "demo")).policy).toMatchObject({ version: 2, missedBehind: 5 });
    const ticket = await take({ line: "A" });
    const row = await db().selectFrom("tickets").select("policy_version").where("token", "=", ticket.token).executeTakeFirstOrThrow();
    expect(row.policy_version).toBe(2);
  });

  it("[HN-5.5.1a] the hours of a day follow the calendar: holidays close, a working weekend has a weekday's hours", async () => {
    const hall = await demo();
    const on = async (date: string) => {
      await db().deleteFrom("calendar_days").where("date", "=", date).execute();
      return (await serviceDays(db())).get(hall.id)!;
    };
    const { rows: [now] } = await (await import("kysely")).sql<{ today: string }>`select (app_now() at time zone 'Asia/Shanghai')::date as today`.execute(db());
    const plain = await on(now!.today);
    await db().insertInto("calendar_days").values({ date: now!.today, kind: "holiday", name: "测试假日", name_en: "Test holiday" }).execute();
    expect((await serviceDays(db())).get(hall.id)).toMatchObject({ hours: [], openNow: false });
    await db().deleteFrom("calendar_days").where("date", "=", now!.today).execute();
    expect((await serviceDays(db())).get(hall.id)!.hours).toEqual(plain.hours);
    const saturday = ((6 - new Date(`${now!.today}T12:00:00Z`).getUTCDay()) + 7) % 7;
    await later(saturday * 86_400);
    const { rows: [day] } = await (await import("kysely")).sql<{ today: string }>`select (app_now() at time zone 'Asia/Shanghai')::date as today`.execute(db());
    await db().deleteFrom("calendar_days").where("date", "=", day!.today).execute();
    expect((await serviceDays(db())).get(hall.id)!.hours).toHaveLength(1);
    await db().insertInto("calendar_days").values({ date: day!.today, kind: "work", name: "调休", name_en: "Make-up day" }).execute();
    expect((await serviceDays(db())).get(hall.id)!.hours.length).toBeGreaterThan(1);
  });

  it("[HN-5.5.4d] a window's sign has number, name, services and state; [HN-5.5.3a] the map names zone, floor and windows", async () => {
    const board = await boardOf(db(), await demo());
    for (const window of board.windows) expect(window).toMatchObject({ code: expect.any(String), name: expect.stringMatching(/\S/), nameEn: expect.stringMatching(/\S/), zone: expect.any(String), floor: expect.any(Number), state: "closed", lines: expect.any(Array) });
    const detail = await hallDetail(db(), "demo");
    for (const window of detail.windows) expect(detail.zones.some((zone) => zone.code === window.zone && zone.floor === window.floor)).toBe(true);
  });

  it("[HN-5.5.7] [HN-5.5.8] a notice has a start and an end and goes by itself", async () => {
    const endsAt = new Date(Date.now() + 8 * 86_400_000).toISOString();
    must(await act((ctx) => saveNotice(ctx, { code: "TEMP", zone: undefined, text: "今日系统维护，部分业务改到 B 区。", textEn: "Maintenance today: some services are in zone B.", endsAt, active: undefined })));
    const texts = async () => (await boardOf(db(), await demo())).notices.map((notice) => notice.text);
    expect(await texts()).toContain("今日系统维护，部分业务改到 B 区。");
    await later(9 * 86_400);
    await take({ line: "A" });
    expect(await texts()).not.toContain("今日系统维护，部分业务改到 B 区。");
  });

  it("[HN-5.3.5] calling is silent unless a zone is set to speak", async () => {
    const board = await boardOf(db(), await demo());
    const speaking = board.zones.filter((zone) => zone.voice === "speak");
    expect(speaking.length).toBeLessThan(board.zones.length / 2);
    const fresh = must(await act((ctx) => saveZone(ctx, { code: "NEW", name: "新区", nameEn: "New zone", floor: 1, kind: "window", voice: "silent", alwaysOpen: undefined, sort: 99, active: undefined })));
    expect((await db().selectFrom("zones").select("voice").where("id", "=", fresh.id).executeTakeFirstOrThrow()).voice).toBe("silent");
  });

  it("[HN-5.3.5d] the snapshot of a board holds numbers and places, nothing of a person", async () => {
    await take({ line: "A", class: "disabled", person: { idNumber: "11010519491231002X" } });
    const text = JSON.stringify(await boardOf(db(), await demo()));
    expect(text).not.toMatch(/disabled|11010519|"token"|idNumber|staff:/);
  });

  it("[JY-6.3q] the number of people waiting is part of every snapshot and of the events", async () => {
    const before = (await boardOf(db(), await demo())).lines.find((line) => line.code === "F")!.waiting;
    await take({ line: "F" });
    expect((await boardOf(db(), await demo())).lines.find((line) => line.code === "F")).toMatchObject({ waiting: before + 1, oldest: expect.any(String) });
  });
});

describe("search", () => {
  it.each([["社保卡"], ["gjj"], ["huzhao"], ["房产证"]])("finds items by %s: name, everyday word or pinyin", async (q) => {
    expect((await search(q)).length).toBeGreaterThan(0);
  });
  it("treats wildcards and quotes as text", async () => {
    expect(await search("%")).toEqual([]);
    expect(await search("' or 1=1 --")).toEqual([]);
  });
});

describe("registers", () => {
  it("an edit of an old version is refused and changes nothing", async () => {
    const input = { code: "T", name: "税务办理", nameEn: "Tax services", field: "tax", zone: "T", minutes: 12, sort: 5, active: undefined };
    const row = await db().selectFrom("lines").select("version").where("hall_id", "=", (await demo()).id).where("code", "=", "T").executeTakeFirstOrThrow();
    must(await act((ctx) => saveLine(ctx, input, row.version)));
    expect(refusal(await act((ctx) => saveLine(ctx, { ...input, name: "别的名字" }, row.version)))).toBe("edited_elsewhere");
    expect(await db().selectFrom("lines").select("name").where("hall_id", "=", (await demo()).id).where("code", "=", "T").executeTakeFirstOrThrow()).toEqual({ name: "税务办理" });
  });

  it("an import names every wrong cell and writes nothing", async () => {
    const rows = readTable("code,name,nameEn,floor,kind,voice,sort\nZ1,好的区,Good zone,1,window,silent,1\nZ2,,No name,x,window,loud,2\n");
    const report = must(await act(async (ctx) => ok(await importHallTable(ctx, "zones", rows))));
    expect(report.errors.map(({ row, field }) => `${row} ${field}`)).toEqual(["3 name", "3 floor", "3 voice"]);
    expect(await db().selectFrom("zones").select("id").where("code", "=", "Z1").execute()).toEqual([]);
  });

  it("an export can be loaded again and changes nothing; cells are safe against formulas (ASVS 1.2.10)", async () => {
    for (const kind of ["zones", "lines", "items", "windows", "devices", "departments", "fields", "notices"] as const) {
      const rows = readTable(await exportTable(db(), kind, "demo"));
      const before = await db().selectFrom("ledger_heads").select("seq").where("hall_id", "=", (await demo()).id).executeTakeFirstOrThrow();
      const report = must(await act(async (ctx) => ok(await importHallTable(ctx, kind, rows))));
      expect(report.errors, kind).toEqual([]);
      expect(await db().selectFrom("ledger_heads").select("seq").where("hall_id", "=", (await demo()).id).executeTakeFirstOrThrow(), kind).toEqual(before);
    }
    expect(["=1+1", "+1", "-cmd", "@x", "\tx"].map(safeCell)).toEqual(["'=1+1", "'+1", "'-cmd", "'@x", "'\tx"]);
    expect(safeCell(-5)).toBe("-5");
  });
});
