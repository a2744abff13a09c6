import fc from "fast-check";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { applyForResidency, importResidency, leaveHall, openApplication, placeApplication, resubmitApplication, reviewApplication, withdrawApplication } from "@/lib/catalog/residency/commands";
import { negativeVersion, negativeVersions } from "@/lib/catalog/residency/data";
import { applicationByCode, listAgreements, listApplications, listItemChannels, listNegative, listResidencyItems, listUnitChecks } from "@/lib/catalog/residency/data-admin";
import { channelShares, itemsByIntake, itemsByMode, ratesByHall, ratesByLevel, rateTrend, residencyWarnings } from "@/lib/catalog/residency/data-report";
import { APPLICATION_KINDS, APPLICATION_STATES, APPLICATION_STEPS, type ApplicationKind, type ApplicationState, type ApplicationStepName, isClosed, type ItemResidency, itemsToTarget, mayStep, percentOf, ratesOf, residencyAfter, STARTS_FROM, stepsFrom, verdictOf } from "@/lib/catalog/residency/model";
import { publishNegativeList, saveAgreement, saveExemption, saveItemPlace, saveNegative } from "@/lib/catalog/residency/register-commands";
import { agreementInput, exemptionInput, negativeInput, placementInput, residencyRow } from "@/lib/catalog/residency/schema";
import { saveItem } from "@/lib/catalog/commands";
import { itemInput } from "@/lib/catalog/schema";
import { refusalText } from "@/lib/i18n/messages";
import type { HallContext } from "@/lib/ledger/commands";
import { issueTicket } from "@/lib/queue/ticket/commands";
import { hallRef } from "@/lib/regions/data";
import { listHallRows } from "@/lib/regions/data-admin";
import { saveStaff } from "@/lib/staff/commands";
import { act, db, demo, must, refusal, take } from "../support/hall";

const SECRET = { secret: "s", trusted: true };
const hall = async () => (await demo()).id;
const ask = (item: string) => act((ctx) => issueTicket(ctx, { item, channel: "kiosk" } as never, SECRET));
const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> => (await query.execute(db())).rows[0]!;
const itemOf = async (code: string) => one(sql<{ id: number; residency: string; line_id: number | null; mode: string }>`select id, residency, line_id, mode from items where hall_id = ${await hall()} and code = ${code}`);
const versionOf = async (code: string) => (await applicationByCode(db(), await hall(), code))!.version;
const step = async <T>(code: string, work: (ctx: HallContext, code: string, version: number) => Promise<T>) => {
  const version = await versionOf(code);
  return act((ctx) => work(ctx, code, version) as never);
};
const apply = (kind: ApplicationKind, department: string, items: string[]) => act((ctx) => applyForResidency(ctx, { kind, department, items, reason: "应进必进", documents: ["部门函〔2026〕3号"], mode: undefined }));
const approve = (code: string) => step(code, (ctx, c, v) => reviewApplication(ctx, c, v, "approve", ""));
const place = (code: string, more: object = {}) => step(code, (ctx, c, v) => placeApplication(ctx, c, v, placementInput.parse({ zone: "A", line: "A", windows: "A01 A02", devices: "高拍仪", network: "政务外网", ...more })));
const TOBACCO = ["990101043001", "990101043002", "990101043003", "990101043004"];

describe("the procedure", () => {
  it("[HN-7.1.3] only steps of the table lead on, and every application comes to an end", () => {
    const steps = Object.keys(APPLICATION_STEPS) as ApplicationStepName[];
    fc.assert(fc.property(fc.constantFrom(...APPLICATION_KINDS), fc.array(fc.constantFrom(...steps), { maxLength: 30 }), (kind, wanted) => {
      let state: ApplicationState = "applied";
      let item: ItemResidency = STARTS_FROM[kind];
      for (const name of wanted) {
        if (!mayStep(name, kind, state)) continue;
        expect(isClosed(state)).toBe(false);
        item = residencyAfter(kind, name, state) ?? item;
        state = APPLICATION_STEPS[name].to;
      }
      // Where an application stands says where its items are: nothing is left half way.
      const outcome: ItemResidency = state === "opened" ? "resident" : state === "left" ? "not_resident" : kind === "leave" && state === "reviewed" ? "leaving" : STARTS_FROM[kind];
      expect(item).toBe(outcome);
      expect(stepsFrom(kind, state).length === 0).toBe(isClosed(state));
      if (state === "left") expect(kind).toBe("leave");
      if (state === "opened") expect(kind).not.toBe("leave");
    }));
    for (const kind of APPLICATION_KINDS) for (const state of APPLICATION_STATES) if (!isClosed(state)) expect(stepsFrom(kind, state)).toContain(state === "placed" || state === "returned" || state === "applied" || state === "reviewed" ? "withdraw" : "none");
  });

  it("[HN-7.1.3][HN-7.1.2] several items of one unit come in by one application, each step with day, person and papers", async () => {
    for (const code of TOBACCO) expect(refusal(await ask(code))).toBe("item_not_here");
    const { code } = must(await apply("enter", "ycj", TOBACCO));
    expect(refusal(await apply("enter", "ycj", [TOBACCO[0]!]))).toBe("application_under_way");
    expect(refusal(await step(code, openApplication))).toBe("application_step_refused");
    expect(refusal(await step(code, (ctx, c, v) => reviewApplication(ctx, c, v, "return", " ")))).toBe("review_note_missing");
    must(await step(code, (ctx, c, v) => reviewApplication(ctx, c, v, "return", "缺专网说明")));
    must(await step(code, (ctx, c, v) => resubmitApplication(ctx, c, v, { reason: "已补专网说明", documents: ["专网接入说明"] })));
    must(await approve(code));
    must(await place(code));
    expect(refusal(await act((ctx) => openApplication(ctx, code, 1)))).toBe("edited_elsewhere");
    must(await step(code, openApplication));
    for (const item of TOBACCO) {
      expect(await itemOf(item)).toMatchObject({ residency: "resident" });
      expect((await ask(item)).ok).toBe(true);
    }
    const detail = (await applicationByCode(db(), await hall(), code))!;
    expect(detail).toMatchObject({ state: "opened", documents: ["专网接入说明"], zone: "A", line: "A", windows: ["A01", "A02"], network: "政务外网", department: "ycj" });
    expect(detail.steps.map((entry) => entry.type)).toEqual(["residency.applied", "residency.returned", "residency.resubmitted", "residency.reviewed", "residency.placed", "residency.opened"]);
    expect(detail.steps[1]).toMatchObject({ note: "缺专网说明", actor: "token:1", at: expect.stringMatching(/^\d{4}-/) });
    expect(detail.items).toHaveLength(4);
    const row = (await listResidencyItems(db(), await hall(), { filters: { code: TOBACCO[0]! } })).rows[0]!;
    expect(row).toMatchObject({ standing: "resident", zone: "A", windows: ["A01", "A02"] });
    expect((await listApplications(db(), await hall(), { q: code })).total).toBe(1);
  });

  it("[HN-7.1.3] a change keeps the item resident and gives it another line and mode; items of another unit are refused", async () => {
    expect(refusal(await apply("change", "rsj", [TOBACCO[0]!]))).toBe("items_of_other_unit");
    expect(refusal(await apply("enter", "ycj", [TOBACCO[0]!]))).toBe("residency_differs");
    const { code } = must(await apply("change", "ycj", [TOBACCO[0]!]));
    must(await approve(code));
    must(await place(code, { line: "Q", mode: "authorised" }));
    must(await step(code, openApplication));
    const line = await one(sql<{ code: string }>`select l.code from items i join lines l on l.hall_id = i.hall_id and l.id = i.line_id where i.hall_id = ${await hall()} and i.code = ${TOBACCO[0]!}`);
    expect(line.code).toBe("Q");
    expect(await itemOf(TOBACCO[0]!)).toMatchObject({ residency: "resident", mode: "authorised" });
  });

  it("[JY-7.1.1a][HN-7.2.4] nothing leaves without a ground: the negative list with reason and evidence, or an exemption", async () => {
    const item = "990101034000";
    expect(refusal(await apply("leave", "wlj", [item]))).toBe("leave_without_ground");
    expect(negativeInput.safeParse({ code: item, reason: "space", basis: "x", approver: "x", evidence: " ", fromOn: "2025-01-01", validTo: "2039-12-31", reviewOn: "2039-01-01" }).success).toBe(false);
    const entry = (reason: string, validTo = "2039-12-31") => negativeInput.parse({ code: item, reason, basis: "场地", approver: "市政府办公室", evidence: "现场照片", fromOn: "2025-01-01", validTo, reviewOn: "2039-01-01" });
    await expect(act((ctx) => saveNegative(ctx, entry("busy")))).rejects.toMatchObject({ code: "reference_missing" });
    must(await act((ctx) => saveNegative(ctx, entry("space", "2025-06-30"))));
    expect(refusal(await apply("leave", "wlj", [item]))).toBe("leave_without_ground");
    must(await act((ctx) => saveNegative(ctx, entry("space"))));
    // JY-7.1.1b: who is sent elsewhere must know where.
    expect(refusal(await apply("leave", "wlj", [item]))).toBe("outside_place_missing");
    must(await act((ctx) => saveItemPlace(ctx, { code: item, place: "文旅局 1 楼", placeEn: "Culture Bureau, 1F", hours: "工作日 9:00–17:00", hoursEn: "Working days 9:00–17:00", phone: "0999-1", demand: 9, sinkField: undefined })));
    const { code } = must(await apply("leave", "wlj", [item]));
    must(await approve(code));
    expect(await itemOf(item)).toMatchObject({ residency: "leaving" });
    expect((await ask(item)).ok).toBe(true);
    must(await step(code, leaveHall));
    expect(await itemOf(item)).toMatchObject({ residency: "not_resident" });
    const refused = await ask(item);
    expect(refused).toMatchObject({ ok: false, code: "item_not_here" });
    const details = (refused as { details: Record<string, unknown> }).details;
    expect(refusalText("zh", "item_not_here", details)).toContain("文旅局 1 楼 工作日 9:00–17:00");
    expect(refusalText("en", "item_not_here", details)).toContain("Culture Bureau, 1F");
  });

  it("[JY-7.1.1a] a departure that is withdrawn leaves the item here, and the ground must still hold on its last day", async () => {
    const item = "990101016000";
    const ground = (active: string) => negativeInput.parse({ code: item, reason: "secret", basis: "保密审查", approver: "市政府办公室", evidence: "审查意见", fromOn: "2025-01-01", validTo: "2039-12-31", reviewOn: "2039-01-01", active });
    must(await act((ctx) => saveNegative(ctx, ground("yes"))));
    must(await act((ctx) => saveItemPlace(ctx, { code: item, place: "农业农村局", placeEn: "Agriculture Bureau", hours: "工作日", hoursEn: "Working days", phone: "", demand: 0, sinkField: undefined })));
    const first = must(await apply("leave", "nyj", [item]));
    must(await approve(first.code));
    must(await step(first.code, withdrawApplication));
    expect(await itemOf(item)).toMatchObject({ residency: "resident" });
    const second = must(await apply("leave", "nyj", [item]));
    must(await approve(second.code));
    must(await act((ctx) => saveNegative(ctx, ground("no"))));
    expect(refusal(await step(second.code, leaveHall))).toBe("leave_without_ground");
  });

  it("[JY-7.1.1a] residency changes by the procedure only: not by an edit, not by SQL, not by an import afterwards", async () => {
    const item = "990101035000";
    const id = await hall();
    await expect(sql`update items set residency = 'not_resident' where hall_id = ${id} and code = ${item}`.execute(db())).rejects.toThrow("workflow");
    const row = await one(sql<Record<string, string>>`select i.*, d.code as department, f.code as field, l.code as line from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id join fields f on f.hall_id = i.hall_id and f.id = i.field_id join lines l on l.hall_id = i.hall_id and l.id = i.line_id where i.hall_id = ${id} and i.code = ${item}`);
    must(await act((ctx) => saveItem(ctx, itemInput.parse({ code: item, name: row.name, nameEn: row.name_en, kind: row.kind, department: row.department, field: row.field, line: row.line, minutes: "21", residency: "not_resident" }))));
    expect(await itemOf(item)).toMatchObject({ residency: "resident" });
    const imported = residencyRow.parse({ item: TOBACCO[1], state: "not_resident", from: "2025-01-01" });
    expect(refusal(await act((ctx) => importResidency(ctx, imported)))).toBe("residency_by_workflow");
  });

  it("[HN-7.1.3] twenty items of one unit come in at once, in one application", async () => {
    const { rows } = await sql<{ code: string }>`select i.code from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id where i.hall_id = ${await hall()} and d.code = 'rsj' and i.residency = 'resident' order by i.code limit 20`.execute(db());
    const codes = rows.map((row) => row.code);
    for (const item of codes) must(await act((ctx) => importResidency(ctx, residencyRow.parse({ item, state: "not_resident", from: "2026-11-01" }))));
    const { code } = must(await apply("enter", "rsj", codes));
    must(await approve(code));
    must(await place(code, { line: "S", zone: "S", windows: "S01" }));
    must(await step(code, openApplication));
    const { n } = await one(sql<{ n: number }>`select count(*)::int as n from items where hall_id = ${await hall()} and code = any(${codes}::text[]) and residency = 'resident'`);
    expect(n).toBe(20);
    const events = await one(sql<{ n: number }>`select count(*)::int as n from events where hall_id = ${await hall()} and type = 'residency.opened' and data ->> 'code' = ${code}`);
    expect(events.n).toBe(1);
  });

  it("[HN-7.2.7] items of a vertically managed unit can be in the hall with the unit's own system", async () => {
    const unit = await one(sql<{ management: string; own_system: string }>`select management, own_system from departments where hall_id = ${await hall()} and code = 'swju'`);
    expect(unit).toMatchObject({ management: "vertical", own_system: expect.stringMatching(/\S/) });
    const list = await listResidencyItems(db(), await hall(), { filters: { department: "swju", standing: "resident" }, limit: 100 });
    expect(list.total).toBeGreaterThan(40);
    expect(list.rows.every((row) => row.intakeSystem === "vertical")).toBe(true);
  });
});

describe("acceptance", () => {
  it("[HN-7.2.8] a lapsed or missing agreement blocks what is entrusted, a renewed one opens it again; a line is never refused", async () => {
    const item = "990107020000";
    expect(await itemOf(item)).toMatchObject({ residency: "resident", mode: "entrusted" });
    const refused = await ask(item);
    expect(refused).toMatchObject({ ok: false, code: "agreement_lapsed", field: "item" });
    expect(refusalText("zh", "agreement_lapsed", (refused as { details: object }).details as never)).toMatch(/拍卖.*委托受理协议.*到期/);
    expect((await take({ line: "Q" })).number).toMatch(/^Q/);
    expect((await listAgreements(db(), await hall(), { filters: { code: "XY-2023-07" } })).rows[0]).toMatchObject({ state: "lapsed", covers: 2, partner: "云州市商务局", powers: "收件、形式审查" });
    const renewed = agreementInput.parse({ code: "XY-2023-07", name: "商务事项委托受理协议", kind: "delegation", partner: "云州市商务局", department: "swj", items: "990107020000 991907004000", mode: "entrusted", powers: "收件、形式审查", fromOn: "2023-07-01", toOn: "2039-06-30", link: "https://example.invalid/xy.pdf" });
    must(await act((ctx) => saveAgreement(ctx, renewed)));
    expect((await ask(item)).ok).toBe(true);
    must(await act((ctx) => saveAgreement(ctx, { ...renewed, active: false })));
    expect(refusal(await ask(item))).toBe("agreement_lapsed");
    must(await act((ctx) => saveAgreement(ctx, { ...renewed, active: true, items: ["991907004000"] })));
    expect(refusal(await ask(item))).toBe("agreement_lapsed");
  });

  it("[HN-7.2.8] entrusted intake cannot be opened before its agreement", async () => {
    const { code } = must(await apply("enter", "qxj", ["990101044000"]));
    must(await approve(code));
    must(await place(code, { mode: "entrusted" }));
    expect(refusal(await step(code, openApplication))).toBe("agreement_missing");
    must(await act((ctx) => saveAgreement(ctx, agreementInput.parse({ code: "XY-QX", name: "气象事项委托受理协议", kind: "delegation", partner: "市气象局", department: "qxj", mode: "entrusted", fromOn: "2025-01-01" }))));
    must(await step(code, openApplication));
    expect((await ask("990101044000")).ok).toBe(true);
  });

  it("[GD-3.1] only items on application can be queued for", async () => {
    await sql`update items set on_application = false where hall_id = ${await hall()} and code = '990101023000'`.execute(db());
    const refused = await ask("990101023000");
    expect(refused).toMatchObject({ ok: false, code: "item_not_on_application", details: { name: "道路货物运输经营许可" } });
    await sql`update items set on_application = true where hall_id = ${await hall()} and code = '990101023000'`.execute(db());
    expect((await ask("990101023000")).ok).toBe(true);
  });

  it("[JY-7.1.1b] what is outside stays in the catalogue with place, hours and the same rules", async () => {
    const { itemByCode } = await import("@/lib/catalog/data");
    const item = (await itemByCode(db(), await hall(), "990108026000"))!;
    expect(item).toMatchObject({ residency: "not_resident", place: "云州市气象局（观象路 1 号）", kind: "01", caseKind: expect.any(String), promisedDays: expect.any(Number) });
    const row = (await listResidencyItems(db(), await hall(), { filters: { code: "990108026000" } })).rows[0]!;
    expect(row).toMatchObject({ standing: "missing", place: "云州市气象局（观象路 1 号）", hours: expect.stringMatching(/9:00/) });
    expect((await residencyWarnings(db(), await hall())).withoutPlace).toBe(0);
  });
});

describe("the negative list", () => {
  it("[HN-7.2.4][BG-C02a] is published in numbered versions that never change; what has lapsed is not in it", async () => {
    const id = await hall();
    const first = must(await act((ctx) => publishNegativeList(ctx, "首次公布")));
    expect(refusal(await act((ctx) => publishNegativeList(ctx)))).toBe("nothing_to_publish");
    const published = (await negativeVersion(db(), id))!;
    expect(published).toMatchObject({ number: first, note: "首次公布" });
    expect(published.entries.map((entry) => entry.item)).toContain("990108024000");
    expect(published.entries.map((entry) => entry.item)).not.toContain("990101019000");
    expect(published.entries[0]).toMatchObject({ level: "3", reason: expect.stringMatching(/^(secret|space)$/), basis: expect.stringMatching(/\S/), approver: expect.stringMatching(/\S/), validTo: expect.stringMatching(/^\d{4}-/), reviewOn: expect.stringMatching(/^\d{4}-/) });
    must(await act((ctx) => saveNegative(ctx, negativeInput.parse({ code: "990101019000", reason: "space", basis: "现场核查", approver: "市政府办公室", evidence: "照片", fromOn: "2023-07-01", validTo: "2039-12-31", reviewOn: "2039-01-01" }))));
    const second = must(await act((ctx) => publishNegativeList(ctx)));
    expect(second).toBe(first + 1);
    expect((await negativeVersion(db(), id, first))!.entries).toEqual(published.entries);
    expect((await negativeVersions(db(), id)).map((version) => version.number)).toEqual([second, first]);
    await expect(sql`update negative_list_versions set entries = '[]' where hall_id = ${id}`.execute(db())).rejects.toThrow("append-only");
    await expect(sql`delete from negative_list_versions where hall_id = ${id}`.execute(db())).rejects.toThrow("append-only");
  });

  it("[HN-7.2.4] warns when an entry's validity or review has lapsed", async () => {
    must(await act((ctx) => saveNegative(ctx, negativeInput.parse({ code: "990101017000", reason: "space", basis: "场地", approver: "市政府办公室", evidence: "照片", fromOn: "2023-07-01", validTo: "2024-12-31", reviewOn: "2024-01-01" }))));
    const list = await listNegative(db(), await hall(), { limit: 100 });
    expect(list.rows.find((row) => row.code === "990101017000")).toMatchObject({ state: "lapsed" });
    expect(list.rows.find((row) => row.code === "990101041000")).toMatchObject({ state: "review_due" });
    expect(await residencyWarnings(db(), await hall())).toMatchObject({ negativeLapsed: 1, negativeReview: 1 });
  });
});

describe("the rate", () => {
  it("[JY-7.1.2a][JY-7.1.2b][JY-7.1.2c] has its threshold by level of the hall, as data, and warns below it", async () => {
    const { rows } = await sql<{ hall_level: string; percent: number }>`select hall_level, percent from residency_targets order by percent desc`.execute(db());
    expect(rows).toEqual([{ hall_level: "province", percent: 95 }, { hall_level: "city", percent: 90 }, { hall_level: "county", percent: 85 }]);
    const county = await hallRef("demo2");
    const [city, other] = await ratesByHall(db(), [await hall(), county.id]);
    expect(city).toMatchObject({ hall: "demo", level: "city", target: 90, verdict: "met" });
    expect(other).toMatchObject({ hall: "demo2", level: "county", target: 85 });
    expect(other!.rate!).toBeLessThan(85);
    await sql`update halls set level = 'province' where id = ${await hall()}`.execute(db());
    const [province] = await ratesByHall(db(), [await hall()]);
    expect(province).toMatchObject({ target: 95, rate: city!.rate });
    await sql`update residency_targets set percent = 99.9 where hall_level = 'province'`.execute(db());
    expect((await ratesByHall(db(), [await hall()]))[0]!.verdict).toBe("below");
    await sql`update residency_targets set percent = 95 where hall_level = 'province'`.execute(db());
    await sql`update halls set level = 'city' where id = ${await hall()}`.execute(db());
    expect([verdictOf({ rate: 94.9, gross: 90 }, 95), verdictOf({ rate: 95, gross: 90 }, 95), verdictOf({ rate: 94.9, gross: 90 }, 90), verdictOf({ rate: 85, gross: 80 }, 85)]).toEqual(["below", "met", "met", "met"]);
    expect(percentOf(9496, 10_000)).toBe(94.9);
    expect(itemsToTarget({ eligible: 64, resident: 52, negative: 0, exempt: 6, missing: 6 }, 85)).toBe(3);
  });

  it("[JY-7.1.2d] an exemption for want of room has reason, approver and review; the rate is shown with and without it", async () => {
    const county = await hallRef("demo2");
    const [before] = await ratesByHall(db(), [county.id]);
    expect(before!.exempt).toBe(6);
    expect(before!.exempted!).toBeGreaterThan(before!.rate!);
    expect(ratesOf({ eligible: 100, resident: 80, negative: 5, exempt: 0, missing: 15 })).toEqual({ rate: 84.2, gross: 80 });
    expect(ratesOf({ eligible: 100, resident: 80, negative: 5, exempt: 10, missing: 5 })).toEqual({ rate: 84.2, gross: 80, exempted: 94.1 });
    expect(exemptionInput.safeParse({ code: "X", approver: "县政府", validTo: "2039-01-01", reviewOn: "2038-01-01" }).success).toBe(false);
    must(await act((ctx) => saveExemption(ctx, exemptionInput.parse({ code: "HM-2025-01", department: "zrj", reason: "面积不足", approver: "县政府办公室", evidence: "函", validTo: "2024-12-31", reviewOn: "2024-06-30" })), "token:1", county));
    const [after] = await ratesByHall(db(), [county.id]);
    expect(after).toMatchObject({ exempt: 0, rate: before!.rate, gross: before!.gross });
    expect(after).not.toHaveProperty("exempted");
    expect((await residencyWarnings(db(), county.id)).exemptionsDue).toBe(1);
  });

  it("[JY-7.1.5] value-added services are outside of the rate, [JY-7.1.4] utilities of enterprises in it", async () => {
    const id = await hall();
    const [before] = await ratesByHall(db(), [id]);
    const enterprise = await one(sql<{ unit_kind: string }>`select unit_kind from departments where hall_id = ${id} and code = 'gyjt'`);
    expect(enterprise.unit_kind).toBe("enterprise");
    await sql`update items set category = 'value_added', category_field = 'policy' where hall_id = ${id} and code = '993110013000'`.execute(db());
    const [after] = await ratesByHall(db(), [id]);
    expect(after).toMatchObject({ eligible: before!.eligible - 1, resident: before!.resident - 1, outside: before!.outside + 1 });
    const { rows } = await sql<{ standing: string }>`select distinct s.standing from residency_standing s join departments d on d.hall_id = s.hall_id and d.id = s.department_id where s.hall_id = ${id} and d.code = 'gyjt'`.execute(db());
    expect(rows).toEqual([{ standing: "resident" }]);
  });

  it("every figure is the length of its list, and both denominators follow from them", async () => {
    const id = await hall();
    const [rate] = await ratesByHall(db(), [id]);
    for (const standing of ["resident", "negative", "exempt", "missing"] as const) expect((await listResidencyItems(db(), id, { filters: { standing }, limit: 1 })).total).toBe(rate![standing]);
    expect((await listResidencyItems(db(), id, { filters: { standing: "outside_rate" }, limit: 1 })).total).toBe(rate!.outside);
    expect(rate).toMatchObject({ rate: percentOf(rate!.resident, rate!.eligible - rate!.negative), gross: percentOf(rate!.resident, rate!.eligible) });
  });

  it("[JY-7.1.2e] what is missing is ranked by demand: numbers taken, askers sent elsewhere, readings of the guide, figures from other sources", async () => {
    const id = await hall();
    const { countGuideView, countRefusedDemand } = await import("@/lib/catalog/residency/data");
    const missing = () => listResidencyItems(db(), id, { filters: { standing: "missing" }, sort: "demandTotal", desc: true, limit: 50 });
    const first = (await missing()).rows;
    expect(first.length).toBeGreaterThan(5);
    expect(first.map((row) => row.demandTotal)).toEqual([...first.map((row) => row.demandTotal)].sort((a, b) => b - a));
    const last = first.at(-1)!;
    await sql`insert into item_demand (hall_id, item_id, month, refused) select hall_id, id, date_trunc('month', app_now())::date, 4999 from items where hall_id = ${id} and code = ${last.code}`.execute(db());
    await countRefusedDemand(db(), id, last.code);
    const now = (await missing()).rows[0]!;
    expect(now).toMatchObject({ code: last.code, refused: 5000, demandTotal: last.demandTotal + 5000 });
    // Two readings of a guide today, one of them at the same moment as the other; an item of nowhere counts nothing.
    const second = (await missing()).rows[1]!;
    await Promise.all([countGuideView(db(), "demo", second.code), countGuideView(db(), "demo", second.code), countGuideView(db(), "demo", "nowhere")]);
    expect((await missing()).rows.find((row) => row.code === second.code)).toMatchObject({ viewed: second.viewed + 2, demandTotal: second.demandTotal + 2 });
    expect(await one(sql<{ rows: number; views: number }>`select count(*)::int as rows, sum(views)::int as views from guide_views where hall_id = ${id}`)).toEqual({ rows: 1, views: 2 });
  });

  it("follows month by month from the history of each item", async () => {
    const trend = await rateTrend(db(), await hall());
    expect(trend).toHaveLength(12);
    expect(trend.map((point) => point.month)).toEqual([...trend.map((point) => point.month)].sort());
    const [today] = await ratesByHall(db(), [await hall()]);
    expect(trend.at(-1)).toMatchObject({ resident: today!.resident, eligible: today!.eligible, rate: today!.rate });
    expect(trend[0]!.rate!).toBeLessThan(trend.at(-1)!.rate!);
  });

  it("[JY-5.2.3][BG-C02b][BG-C06a] one hall serves several levels: items, windows, people and rates per level, over one or many halls", async () => {
    const id = await hall();
    await sql`update halls set levels = '{2,4}' where id = ${id}`.execute(db());
    expect((await listHallRows(db(), [id], {})).rows[0]).toMatchObject({ levels: ["2", "4"] });
    await sql`update items set level = '4' where hall_id = ${id} and line_id = (select id from lines where hall_id = ${id} and code = 'H')`.execute(db());
    const levels = await ratesByLevel(db(), [id]);
    const county = levels.find((row) => row.level === "4")!;
    expect(county).toMatchObject({ levelName: "县级", target: 85, eligible: expect.any(Number) });
    expect(county.windows).toBeGreaterThan(0);
    expect(levels.reduce((sum, row) => sum + row.eligible, 0)).toBe((await ratesByHall(db(), [id]))[0]!.eligible);
    // A window or a person given to a level counts there, whatever it takes in; an unknown level is refused.
    const given = async () => { const row = (await ratesByLevel(db(), [id])).find((each) => each.level === "4")!; return [row.windows, row.staff]; };
    const [windows, staff] = await given();
    const guide = { username: "guide1", name: "导办员", role: "guide", department: undefined, window: undefined, active: undefined } as const;
    await sql`update windows set level = '4' where hall_id = ${id} and code = 'A01'`.execute(db());
    must(await act((ctx) => saveStaff(ctx, { ...guide, level: "4" })));
    expect(await given()).toEqual([windows! + 1, expect.any(Number)]);
    expect((await given())[1]).toBeGreaterThan(staff!);
    await expect(act((ctx) => saveStaff(ctx, { ...guide, level: "9" }))).rejects.toMatchObject({ code: "reference_missing", options: { field: "level" } });
    const region = await ratesByLevel(db(), [id, (await hallRef("demo2")).id]);
    expect(region.reduce((sum, row) => sum + row.resident, 0)).toBe((await ratesByHall(db(), [id, (await hallRef("demo2")).id])).reduce((sum, row) => sum + row.resident, 0));
  });
});

describe("other reports", () => {
  it("[HN-7.1.1] the three concentrations are recorded per unit and the open ones shown", async () => {
    const id = await hall();
    await sql`update departments set functions_merged = true, moved_in = true, items_online = true where hall_id = ${id}`.execute(db());
    await sql`update departments set items_online = false, moved_in = false where hall_id = ${id} and code = 'qxj'`.execute(db());
    const list = await listUnitChecks(db(), id, {});
    expect(list.rows[0]).toMatchObject({ code: "qxj", functionsMerged: true, movedIn: false, itemsOnline: false, openChecks: 2 });
    expect(list.rows[1]!.openChecks).toBe(0);
    expect((await residencyWarnings(db(), id)).openChecks).toBe(1);
  });

  it("[JY-9.1.4a] shows what is still received outside of the integrated system", async () => {
    const systems = await itemsByIntake(db(), await hall());
    expect(systems.map((system) => system.code)).toEqual(["integrated", "own", "vertical", "paper"]);
    const own = systems.find((system) => system.code === "vertical")!;
    const list = await listResidencyItems(db(), await hall(), { filters: { intakeSystem: "vertical" }, limit: 200 });
    expect(list.rows.filter((row) => row.residency !== "not_resident")).toHaveLength(own.items);
  });

  it("[BG-4.4.1][BG-5.4.2] item by channel with its gaps, and share per channel now and as planned", async () => {
    const id = await hall();
    const [window, web, mobile] = await channelShares(db(), id);
    expect(window!.share!).toBeGreaterThan(mobile!.share!);
    expect(web!.target!).toBeGreaterThan(web!.share!);
    expect((await listItemChannels(db(), id, { filters: { gaps: "mobile" }, limit: 1 })).total).toBe(mobile!.total - mobile!.items);
    const planned = (await listItemChannels(db(), id, { filters: { channelsPlanned: "mobile" }, limit: 5 })).rows;
    for (const row of planned) expect(row.gaps).toContain("mobile");
    for (const row of planned) expect(row.standings.mobile).toBe(row.channels.includes("mobile") ? "open" : "planned");
    const grid = (await listItemChannels(db(), id, { limit: 1000 })).rows;
    for (const row of grid) {
      expect(Object.keys(row.standings).toSorted()).toEqual(["mobile", "self_service", "web", "window"]);
      expect(Object.entries(row.standings).filter(([, standing]) => standing !== "open").map(([channel]) => channel).toSorted()).toEqual(row.gaps.toSorted());
    }
    const withGap = (await listItemChannels(db(), id, { filters: { gap: "true" }, limit: 1000 })).rows;
    expect(withGap.map((row) => row.code)).toEqual(grid.filter((row) => Object.values(row.standings).includes("gap")).map((row) => row.code));
    expect(withGap.length).toBeGreaterThan(0);
    expect(new Set((await listItemChannels(db(), id, { filters: { field: grid[0]!.field }, limit: 1000 })).rows.map((row) => row.field))).toEqual(new Set([grid[0]!.field]));
  });

  it("[BG-C22b] items carry their mode: entrusted, on site, wholly online", async () => {
    const modes = await itemsByMode(db(), await hall());
    for (const mode of ["entrusted", "dispatched", "online"]) expect(modes.find((entry) => entry.code === mode)!.items, mode).toBeGreaterThan(0);
    expect((await listResidencyItems(db(), await hall(), { filters: { mode: "online" }, limit: 1 })).total).toBe(modes.find((entry) => entry.code === "online")!.items);
  });

  it("[JY-1] a hall carries its kind and level, under the same rules", async () => {
    await sql`update halls set kind = 'specialised' where code = 'demo2'`.execute(db());
    const { rows } = await listHallRows(db(), [await hall(), (await hallRef("demo2")).id], {});
    expect(rows.map((row) => [row.kind, row.level])).toEqual(expect.arrayContaining([["comprehensive", "city"], ["specialised", "county"]]));
    expect((await ratesByHall(db(), [(await hallRef("demo2")).id]))[0]!.target).toBe(85);
  });
});
