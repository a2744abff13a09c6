import { describe, expect, it } from "vitest";
import { parseTyped, recordValues } from "@/components/admin/parse-form";
import { windows } from "@/components/admin/registers/windows";
import { comingDays, nationalYears, serviceDays } from "@/lib/calendar/data";
import { saveHallDay } from "@/lib/calendar/commands";
import { hallDayInput } from "@/lib/calendar/schema";
import { callNext, finishService, startService } from "@/lib/queue/desk/commands";
import type { Refusal } from "@/lib/kernel/result";
import { hallOverview } from "@/lib/queue/board/overview";
import { boardOf } from "@/lib/queue/board/data";
import { translator } from "@/lib/i18n/messages";
import { saveZone } from "@/lib/regions/commands";
import { hallPlan, planPicture } from "@/lib/regions/plan/data";
import { savePlan, savePlanPicture } from "@/lib/regions/plan/commands";
import { planInput } from "@/lib/regions/plan/schema";
import { listZones } from "@/lib/regions/data-admin";
import { saveWindow, saveWindowOpenings } from "@/lib/windows/commands";
import { uncoveredLines, windowLines, windowOpenings } from "@/lib/windows/data";
import { listWindows } from "@/lib/windows/data-admin";
import { comprehensiveShare, coverageOf, requiredKinds, templatePosts } from "@/lib/windows/report/data";
import { listConsolidations } from "@/lib/windows/report/data-admin";
import { windowInput } from "@/lib/windows/schema";
import { makeLayout } from "@/lib/windows/layout/commands";
import { layoutPlan } from "@/lib/windows/layout/data";
import { moveWindow, restoreWindow } from "@/lib/windows/tidal/commands";
import { listMoves } from "@/lib/windows/tidal/data";
import { act, db, demo, later, must, open, refusal, take, windowId } from "../support/hall";

const input = (values: Record<string, unknown>) => windowInput.parse({ code: "A20", name: "测试窗口", nameEn: "Test window", zone: "A", kind: "comprehensive", own: "A", ...values });
const windowRow = async (code: string) => (await listWindows(db(), (await demo()).id, { filters: { code } })).rows[0]!;

describe("windows as data", () => {
  it("[JY-6.1a][JY-6.1b][HN-5.4.3b][HN-5.4.3h][BG-2.2.4][BG-3.1.1][BG-3.1.5w][BG-C12a][HN-5.4.2b] a window has field, breadth, staffing, post kind, assistants, back office and may be remote; a short table changes nothing else", async () => {
    must(await act((ctx) => saveWindow(ctx, input({ breadth: "undifferentiated", field: "general", staffing: "centre", postKind: "open_desk", assistants: "1", office: "三楼审批区", remote: "yes" }))));
    expect(await windowRow("A20")).toMatchObject({ breadth: "undifferentiated", field: "general", staffing: "centre", postKind: "open_desk", assistants: 1, office: "三楼审批区", remote: true });
    must(await act((ctx) => saveWindow(ctx, input({ name: "改名" }))));
    expect(await windowRow("A20")).toMatchObject({ name: "改名", breadth: "undifferentiated", assistants: 1, remote: true });
  });

  it("[BG-C02d][BG-C07c][JY-6.4w][HN-5.4.3d] one window holds several kinds at once, with partner regions", async () => {
    must(await act((ctx) => saveWindow(ctx, input({ kind: "comprehensive", moreKinds: "tidal exception cross_province in_province", partnerRegions: "990200000000" }))));
    expect(await windowRow("A20")).toMatchObject({ moreKinds: ["tidal", "exception", "cross_province", "in_province"], partnerRegions: ["990200000000"] });
    const kinds = await requiredKinds(db(), (await demo()).id);
    expect(kinds.find((row) => row.kind === "exception")!.windows).toEqual(["A20", "D02"]);
  });

  it("[HN-5.5.4][HN-3.9] the sign of a window: number, names in two languages, icon, honours and the chief representative of its unit", async () => {
    must(await act((ctx) => saveWindow(ctx, input({ icon: "layout-grid", honours: "red_flag party_post", department: "gaj" }))));
    await db().updateTable("departments").set({ chief_name: "林卓然" }).where("hall_id", "=", (await demo()).id).where("code", "=", "gaj").execute();
    expect(await windowRow("A20")).toMatchObject({ code: "A20", name: "测试窗口", nameEn: "Test window", icon: "layout-grid", honours: ["red_flag", "party_post"], chief: "林卓然" });
  });

  it("[HN-5.4.3i][HN-5.4.3j] one-metre line and desk size are kept per window; unchecked is not the same as missing", async () => {
    expect(await windowRow("A01")).toMatchObject({ oneMetreLine: null, deskHeightCm: null });
    must(await act((ctx) => saveWindow(ctx, input({ oneMetreLine: "no", deskHeightCm: "75", deskWidthCm: "90" }))));
    expect(await windowRow("A20")).toMatchObject({ oneMetreLine: false, deskHeightCm: 75, deskWidthCm: 90 });
  });

  it("[JY-5.2.3] a window of a hall of several levels has its level; optional values can be taken away, an absent one stays", async () => {
    const row = () => windowRow("A20");
    must(await act((ctx) => saveWindow(ctx, input({ level: "4", deskHeightCm: "75", oneMetreLine: "yes", field: "general" }))));
    must(await act((ctx) => saveWindow(ctx, input({}))));
    expect(await row()).toMatchObject({ level: "4", deskHeightCm: 75, oneMetreLine: true, field: "general" });
    must(await act((ctx) => saveWindow(ctx, input({ level: "", deskHeightCm: "", oneMetreLine: "", field: "" }))));
    expect(await row()).toMatchObject({ level: null, deskHeightCm: null, oneMetreLine: null, field: null });
    await expect(act((ctx) => saveWindow(ctx, input({ level: "12" })))).rejects.toMatchObject({ code: "reference_missing", options: { field: "level" } });
    // The form posts every control: an empty one takes the value away, a required one that is empty is refused.
    const parsed = parseTyped(windows, { ...recordValues(windows, (await row()) as never, "Asia/Shanghai"), deskHeightCm: "", field: "" }, { code: "A20" }, "Asia/Shanghai", translator("zh", "admin"));
    expect(parsed).toMatchObject({ ok: true, input: { deskHeightCm: null, field: null } });
  });

  it("[JY-5.3.1w] a window belongs to a zone whose kind is a configurable code", async () => {
    await db().insertInto("codes").values({ table_name: "zone_kind", code: "ai_guide", name: "智能导办区", name_en: "AI guidance area", sort: 99 }).execute();
    must(await act((ctx) => saveZone(ctx, { code: "AI", name: "智能导办区", nameEn: "AI guidance", floor: 1, kind: "ai_guide", voice: "silent", alwaysOpen: true, sort: 99, active: true })));
    must(await act((ctx) => saveWindow(ctx, input({ code: "AI01", zone: "AI" }))));
    expect((await listZones(db(), (await demo()).id, { filters: { code: "AI" } })).rows[0]).toMatchObject({ kind: "ai_guide", alwaysOpen: true });
    expect(await windowRow("AI01")).toMatchObject({ zone: "AI" });
    expect(refusal(await act((ctx) => saveWindow(ctx, input({ code: "AI02", zone: "nowhere" }))).catch((error: { code: string }) => ({ ok: false as const, code: error.code, details: {} })))).toBe("reference_missing");
  });

  it("powers of a window hold for all its items but those named; an unknown item or power is an error of that field", async () => {
    must(await act((ctx) => saveWindow(ctx, input({ powers: "accept", itemPowers: "990101001000=accept review" }))));
    expect(await windowRow("A20")).toMatchObject({ powers: ["accept"], itemPowers: ["990101001000=accept review"] });
    for (const wrong of ["000=accept", "990101001000=fly"]) await expect(act((ctx) => saveWindow(ctx, input({ itemPowers: wrong })))).rejects.toMatchObject({ code: "reference_missing", options: { field: "itemPowers" } });
    expect(windowInput.safeParse({ code: "A20", name: "x", nameEn: "x", zone: "A", kind: "comprehensive", own: "A", itemPowers: "990101001000" }).success).toBe(false);
  });

  it("[BG-C16a] a window may serve every line of the hall", async () => {
    const lines = (await db().selectFrom("lines").select("code").where("hall_id", "=", (await demo()).id).execute()).map((line) => line.code);
    must(await act((ctx) => saveWindow(ctx, input({ own: lines.join(" "), breadth: "undifferentiated" }))));
    expect((await windowLines(db(), (await demo()).id, await windowId("A20"))).own).toHaveLength(lines.length);
  });

  it("[BG-C02e][BG-5.2.1a] off-hours of a window are its own week, and spans that need a booking say so", async () => {
    const id = await windowId("A01");
    must(await act((ctx) => saveWindowOpenings(ctx, id, [{ weekday: 6, start: "09:00", end: "12:00", bookedOnly: true }, { weekday: 1, start: "08:30", end: "19:00", bookedOnly: false }])));
    expect(await windowOpenings(db(), (await demo()).id, id)).toEqual([{ weekday: 1, start: "08:30", end: "19:00", bookedOnly: false }, { weekday: 6, start: "09:00", end: "12:00", bookedOnly: true }]);
    expect((await windowRow("A01")).ownHours).toBe(true);
    must(await act((ctx) => saveWindowOpenings(ctx, id, [])));
    expect((await windowRow("A01")).ownHours).toBe(false);
  });
});

describe("coverage", () => {
  it("[JY-7.1.1a] a change that leaves resident items without a window is refused with the lines and the number of items, and nothing is changed", async () => {
    const hall = await demo();
    const served = await db().selectFrom("window_lines as wl").innerJoin("windows as w", (join) => join.onRef("w.hall_id", "=", "wl.hall_id").onRef("w.id", "=", "wl.window_id"))
      .innerJoin("lines as l", (join) => join.onRef("l.hall_id", "=", "wl.hall_id").onRef("l.id", "=", "wl.line_id")).select("w.id").distinct().where("wl.hall_id", "=", hall.id).where("l.code", "=", "N").execute();
    for (const { id } of served.slice(1)) await db().deleteFrom("window_lines").where("hall_id", "=", hall.id).where("window_id", "=", id).execute();
    const last = await db().selectFrom("windows").select(["code", "name", "name_en", "kind"]).where("hall_id", "=", hall.id).where("id", "=", served[0]!.id).executeTakeFirstOrThrow();
    const result = await act((ctx) => saveWindow(ctx, windowInput.parse({ code: last.code, name: last.name, nameEn: last.name_en, zone: "N", kind: last.kind, own: "A" })));
    expect(result).toMatchObject({ ok: false, code: "items_uncovered", field: "own" });
    const { details } = result as Refusal;
    expect(details.lines).toBe("N");
    expect(details.items).toBeGreaterThan(0);
    expect((await windowLines(db(), hall.id, served[0]!.id)).own).toContain("N");
    expect(await uncoveredLines(db(), hall.id)).toEqual([]);
  });

  it("shows items that nobody serves, windows that serve nothing and lines that hang on one person", async () => {
    const hall = await demo();
    must(await act((ctx) => saveWindow(ctx, input({ code: "A21", own: "" }))));
    const line = await db().insertInto("lines").values({ hall_id: hall.id, code: "ZZ", name: "无人办理", name_en: "Nobody", field_id: (await db().selectFrom("fields").select("id").where("hall_id", "=", hall.id).limit(1).executeTakeFirstOrThrow()).id }).returning("id").executeTakeFirstOrThrow();
    const item = await db().selectFrom("items").select(["id", "code"]).where("hall_id", "=", hall.id).orderBy("id").limit(1).executeTakeFirstOrThrow();
    await db().updateTable("items").set({ line_id: line.id }).where("hall_id", "=", hall.id).where("id", "=", item.id).execute();
    const coverage = await coverageOf(db(), hall.id);
    expect(coverage.unserved.map((row) => row.code)).toEqual([item.code]);
    expect(coverage.idle.map((row) => row.code)).toContain("A21");
    expect(coverage.single.length).toBeGreaterThan(0);
    for (const row of coverage.single) expect(Math.min(row.windows.length, row.staff.length || 99)).toBe(1);
    expect(coverage.closedNow.find((row) => row.line === "T")).toBeDefined();
    await open("T01");
    expect((await coverageOf(db(), hall.id)).closedNow.find((row) => row.line === "T")).toBeUndefined();
  });

  it("[JY-6.1c] the share of items and of served people that comprehensive windows take, and who is still outside", async () => {
    const hall = await demo();
    const ticket = await take({ line: "A" });
    const id = await open("A01", "token:11");
    must(await callNext({ hall, actor: "token:11" }, id));
    must(await act((ctx) => startService(ctx, id), "token:11"));
    must(await act((ctx) => finishService(ctx, id), "token:11"));
    const share = await comprehensiveShare(db(), hall.id);
    expect(share.comprehensive).toBeGreaterThan(0);
    expect(share.comprehensive + share.outside.reduce((sum, row) => sum + row.items, 0)).toBe(share.items);
    expect(share.outside[0]!.items).toBeGreaterThanOrEqual(share.outside.at(-1)!.items);
    expect(share.trend.at(-1)).toMatchObject({ month: ticket.issuedAt.slice(0, 7) });
    expect(share.trend.at(-1)!.comprehensive).toBeGreaterThanOrEqual(1);
  });

  it("[HN-5.4.2a][HN-5.4.3a][HN-5.4.3c][HN-5.4.3d][HN-5.4.3e][HN-5.4.3f][HN-5.4.6][BG-1.2] the windows a hall must have are a list of clauses with the windows that meet each", async () => {
    const kinds = await requiredKinds(db(), (await demo()).id);
    expect(kinds.map((row) => row.kind)).toEqual(["consult", "comprehensive", "delivery", "assist", "cross_province", "in_province", "policy", "exception", "openness"]);
    for (const row of kinds) expect(row.windows.length, row.kind).toBeGreaterThan(0);
    expect(kinds.find((row) => row.kind === "openness")).toMatchObject({ clause: "HN-5.4.6 应", windows: ["C02"] });
    await db().updateTable("windows").set({ more_kinds: [] }).where("hall_id", "=", (await demo()).id).where("code", "=", "C02").execute();
    expect((await requiredKinds(db(), (await demo()).id)).find((row) => row.kind === "openness")!.windows).toEqual([]);
  });

  it("[BG-C03b][BG-C10d][BG-C19c] layout templates per level stand beside what the hall has", async () => {
    const posts = await templatePosts(db(), (await demo()).id);
    expect(new Set(posts.map((post) => post.template))).toEqual(new Set(["county-1+3", "town-1+1", "city-7x1+9+2", "village-1"]));
    expect(posts.find((post) => post.template === "city-7x1+9+2" && post.kind === "comprehensive")).toMatchObject({ wanted: 9 });
    expect(posts.find((post) => post.template === "village-1")).toMatchObject({ kind: "comprehensive", wanted: 1 });
  });

  it("[BG-C03b][BG-C10d] the missing windows of a template are shown with code, name and zone, and made in one step as they were shown", async () => {
    const { id } = await demo();
    await db().updateTable("windows").set({ active: false }).where("hall_id", "=", id).where("code", "in", ["A03", "A04"]).execute();
    await db().updateTable("layout_templates").set({ count: 20 }).where("code", "=", "city-7x1+9+2").where("kind", "=", "comprehensive").execute();
    const lacking = async () => (await templatePosts(db(), id)).filter((post) => post.template === "city-7x1+9+2").reduce((sum, post) => sum + Math.max(0, post.wanted - post.present), 0);
    const missing = await lacking();
    const plan = (await layoutPlan(db(), id, "city-7x1+9+2", "A"))!;
    const codes = plan.windows.map(({ code }) => code);
    expect(codes).toHaveLength(missing);
    // A window out of use keeps its code; the next free ones are taken.
    expect(new Set([...codes, ...(await listWindows(db(), id, { limit: 200 })).rows.map((row) => row.code)]).size).toBe(codes.length + (await listWindows(db(), id, { limit: 1 })).total);
    expect(plan.windows[0]).toMatchObject({ kind: "comprehensive", name: "综合窗口", nameEn: "Comprehensive window" });
    const make = (shown: readonly string[], template = "city-7x1+9+2") => act((ctx) => makeLayout(ctx, { template, zone: "A", codes: shown }));
    expect(refusal(await make(codes.slice(1)))).toBe("layout_changed");
    expect(await lacking()).toBe(missing);
    expect(must(await make(codes))).toEqual(codes);
    expect(await lacking()).toBe(0);
    expect(await windowRow(codes[0]!)).toMatchObject({ zone: "A", state: "closed", own: [], active: true });
    const events = await db().selectFrom("events").select("data").where("hall_id", "=", id).where("type", "in", ["window.created", "layout.made"]).orderBy("seq").execute();
    expect(events.slice(-1)[0]!.data).toMatchObject({ code: "city-7x1+9+2", zone: "A", windows: codes });
    expect(events.length).toBeGreaterThan(codes.length);
    expect(refusal(await make([]))).toBe("layout_complete");
    await expect(make([], "nowhere")).rejects.toMatchObject({ status: 404 });
    // The way back: what was made and serves nothing is put out of use.
    must(await act((ctx) => saveWindow(ctx, windowInput.parse({ code: codes[0]!, name: "综合窗口", nameEn: "Comprehensive window", zone: "A", kind: "comprehensive", active: "no" }))));
    expect(await lacking()).toBe(1);
  });

  it("[BG-C10c][BG-C05b][BG-C07b] figures before and after a consolidation give the reduction", async () => {
    const { rows } = await listConsolidations(db(), (await demo()).id, { filters: { code: "2024-general" } });
    expect(rows[0]).toMatchObject({ departmentsBefore: 33, departmentsAfter: 12, departmentsReduced: 64, windowsBefore: 75, windowsReduced: 36, staffReduced: 29 });
  });
});

describe("tidal windows", () => {
  it("[JY-6.3a][BG-C03c] a window in use takes over another line and gives it back: log, effect on the queue, and nobody loses a place", async () => {
    const hall = await demo();
    const waiting = [await take({ line: "S" }), await take({ line: "S" }), await take({ line: "S" })];
    const id = await open("T02", "token:21");
    expect(refusal(await callNext({ hall, actor: "token:21" }, id))).toBe("queue_empty");
    const moved = must(await act((ctx) => moveWindow(ctx, id, { own: ["S"], helping: ["T"], reason: "社保排队 20 人" }), "token:21"));
    expect(moved.waiting.S).toBeGreaterThanOrEqual(3);
    const first = must(await callNext({ hall, actor: "token:21" }, id));
    expect(first.ticket.number).toBe(waiting[0]!.number);
    // In the middle of a service the window goes back: who is at it stays.
    must(await act((ctx) => restoreWindow(ctx, id), "token:21"));
    expect(await windowLines(db(), hall.id, id)).toEqual({ own: ["T"], helping: [], tidal: [] });
    must(await act((ctx) => startService(ctx, id), "token:21"));
    must(await act((ctx) => finishService(ctx, id), "token:21"));
    const [log] = await listMoves(db(), hall.id);
    expect(log).toMatchObject({ window: "T02", reason: "社保排队 20 人", before: { own: ["T"], helping: [] }, after: { own: ["S"], helping: ["T"] }, taken: 1 });
    expect(log!.endedAt).not.toBeNull();
    expect(log!.waitingEnd!.S).toBe(moved.waiting.S! - 1);
    expect((await boardOf(db(), hall)).lines.find((line) => line.code === "S")!.waiting).toBe(moved.waiting.S! - 1);
    expect(refusal(await act((ctx) => restoreWindow(ctx, id)))).toBe("nothing_changes");
    expect(refusal(await act((ctx) => moveWindow(ctx, id, { own: ["T"], helping: [], reason: "x" })))).toBe("nothing_changes");
  });
});

describe("the hall now", () => {
  it("[JY-6.3b] people in the hall, volume of each window and people waiting per queue, live", async () => {
    const hall = await demo();
    const before = await hallOverview(db(), hall.id, "zh");
    await take({ line: "H" });
    await take({ line: "H" });
    const id = await open("E05", "token:31");
    must(await callNext({ hall, actor: "token:31" }, id));
    must(await act((ctx) => startService(ctx, id), "token:31"));
    must(await act((ctx) => finishService(ctx, id), "token:31"));
    const after = await hallOverview(db(), hall.id, "zh");
    const served = (overview: typeof after) => overview.windows.find((window) => window.code === "E05")!.served;
    const waiting = (overview: typeof after) => overview.lines.find((line) => line.code === "H")!.waiting;
    expect([served(after) - served(before), waiting(after) - waiting(before), after.figures.waiting - before.figures.waiting, after.figures.served - before.figures.served]).toEqual([1, 1, 1, 1]);
  });
});

describe("plan of the hall", () => {
  it("[HN-5.5.3o] zones and windows as shapes over a picture; names come from the registers, two editors cannot overwrite each other, a wrong file is refused", async () => {
    const hall = await demo();
    const before = (await hallPlan(db(), hall)).floors.find((floor) => floor.floor === 1)!;
    expect(before.shapes.find((shape) => shape.kind === "window" && shape.code === "A01")).toMatchObject({ name: "综合受理窗口", nameEn: "General intake" });
    const plan = planInput.parse({ floor: 1, width: 1600, height: 900, version: before.version, shapes: [{ kind: "zone", code: "A", points: [[0, 0], [500, 0], [500, 500]] }, { kind: "window", code: "A01", points: [[100, 100]] }] });
    expect(must(await act((ctx) => savePlan(ctx, plan))).version).toBe(before.version + 1);
    expect(refusal(await act((ctx) => savePlan(ctx, plan)))).toBe("edited_elsewhere");
    expect(await act((ctx) => savePlan(ctx, { ...plan, version: before.version + 1, shapes: [{ kind: "window", code: "Q99", name: "", nameEn: "", points: [[1, 1]] }] }))).toMatchObject({ code: "reference_missing", details: { code: "Q99" } });
    expect(refusal(await act((ctx) => savePlan(ctx, { ...plan, version: before.version + 1, shapes: [plan.shapes[1]!, plan.shapes[1]!] })))).toBe("shape_twice");
    expect(planInput.safeParse({ ...plan, shapes: [{ kind: "zone", code: "A", points: [[0, 0], [1, 1]] }] }).success).toBe(false);
    expect(refusal(await act((ctx) => savePlanPicture(ctx, 1, Buffer.from("<svg onload=alert(1)>"))))).toBe("not_a_picture");
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(20)]);
    must(await act((ctx) => savePlanPicture(ctx, 1, png)));
    expect((await planPicture(db(), hall.id, 1))!.mime).toBe("image/png");
    expect((await hallPlan(db(), hall)).floors.find((floor) => floor.floor === 1)!.picture).toMatch(/\/plan\/1\/picture\?v=/);
    expect(refusal(await act((ctx) => savePlanPicture(ctx, 1, Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]))))).toBe("file_too_large");
  });
});

describe("calendar of the hall", () => {
  it("[HN-5.5.1o] a day of the hall's own comes before the national calendar and the week, in the hours of today and of the coming days", async () => {
    const hall = await demo();
    const { today } = (await serviceDays(db())).get(hall.id)!;
    must(await act((ctx) => saveHallDay(ctx, hallDayInput.parse({ code: today, spans: "13:30–16:00，09:00-12:00", name: "延时服务", nameEn: "Extra service" }))));
    expect((await serviceDays(db())).get(hall.id)!.hours.map((span) => `${span.start}-${span.end}`)).toEqual(["09:00-12:00", "13:30-16:00"]);
    must(await act((ctx) => saveHallDay(ctx, hallDayInput.parse({ code: today, name: "停电", nameEn: "Power cut" }))));
    expect((await serviceDays(db())).get(hall.id)!).toMatchObject({ hours: [], openNow: false });
    const days = await comingDays(db(), hall.id, 400);
    expect(days[0]).toMatchObject({ date: today, kind: "own", name: "停电", hours: [] });
    expect(days.find((day) => day.date === "2026-12-31")).toMatchObject({ kind: "own", hours: [{ start: "08:30", end: "12:00" }] });
    for (const spans of ["9:00-12:00", "12:00-09:00", "09:00-12:00 11:00-13:00"]) expect(hallDayInput.safeParse({ code: today, spans, name: "x", nameEn: "x" }).success, spans).toBe(false);
  });

  it("says when the national calendar of the next year is missing, from November on", async () => {
    const { years, missing } = await nationalYears(db());
    expect(years.map((year) => year.year)).toEqual([2025, 2026]);
    const { rows: [clock] } = await db().executeQuery<{ month: number; year: number }>(db().selectNoFrom((eb) => [eb.fn<number>("date_part", [eb.val("month"), eb.fn("app_now", [])]).as("month"), eb.fn<number>("date_part", [eb.val("year"), eb.fn("app_now", [])]).as("year")]).compile());
    expect(missing).toBe(clock!.year > 2026 ? clock!.year : clock!.month >= 11 ? 2027 : null);
    await later((13 - clock!.month) * 31 * 24 * 3_600);
    expect((await nationalYears(db())).missing).toBeGreaterThanOrEqual(2027);
  });
});
