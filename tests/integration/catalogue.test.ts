import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveCode } from "@/lib/catalog/codes/commands";
import { codeTables } from "@/lib/catalog/codes/data";
import { codeEntryInput } from "@/lib/catalog/codes/schema";
import { saveDepartment, saveItem } from "@/lib/catalog/commands";
import { itemByCode, searchItems } from "@/lib/catalog/data";
import { listDepartments, listItems } from "@/lib/catalog/data-admin";
import { type DocumentInput, documentSchema, emptyDocument, type ItemDocument } from "@/lib/catalog/document";
import { checkDocument } from "@/lib/catalog/guide/check";
import { answerReport, discardDraft, publishDraft, reportLawChange, saveDraft } from "@/lib/catalog/guide/commands";
import { compareDocuments, elementsOf } from "@/lib/catalog/guide/compare";
import { currentGuide, guideVersion } from "@/lib/catalog/guide/data";
import { listGuides, listReports, versionsOf } from "@/lib/catalog/guide/data-admin";
import { countsOf, materialsOf, narrow, noticeOf } from "@/lib/catalog/guide/model";
import { servicesByKind } from "@/lib/catalog/lists/data";
import { departmentInput, itemInput, itemQuery } from "@/lib/catalog/schema";
import { findEverywhere } from "@/lib/queue/hall/data-search";
import { itemGuide } from "@/lib/queue/hall/guide";
import { issueTicket } from "@/lib/queue/ticket/commands";
import { hallRef } from "@/lib/regions/data";
import { act, db, demo, later, must, open, refusal } from "../support/hall";
import { send, type ServerProcess, startProcess } from "../support/server";

const ID_CARD = "990706005000";
const FOOD = "990107012001";

const item = (more: Record<string, string>) => itemInput.parse({ name: "试验事项", nameEn: "Test item", kind: "01", department: "gaj", field: "police", line: "H", minutes: "5", ...more });
const department = (more: Record<string, string>) => departmentInput.parse({ code: "test-unit", name: "试验单位", nameEn: "Test unit", ...more });
const words = (zh: string, en = "") => ({ zh, en });
/** A complete document; what a test changes is given. */
const complete = (more: DocumentInput = {}): ItemDocument => documentSchema.parse({
  legalBasis: [{ title: "试验法", number: "第1号" }], powerSource: "1", implementer: { name: words("云州市公安局"), nature: "1" }, conditions: words("人人可办"), steps: [{ name: words("申请") }],
  limits: { statutory: 20, promised: 10 }, forms: ["1"], visits: 1, result: { kind: "licence", name: words("证") }, place: words("一楼"), hours: words("工作日"), consult: words("电话"), complaint: words("12345"), noMaterials: true, ...more,
});
const publish = async (code: string, document: ItemDocument, effectiveOn?: string) => act(async (ctx) => {
  const stored = await guideVersion(ctx.tx, ctx.hall.id, code, "draft");
  const saved = await saveDraft(ctx, code, { document, note: "" }, stored?.revision ?? 0);
  if (!saved.ok) return saved;
  return publishDraft(ctx, code, { revision: saved.value.revision, effectiveOn: effectiveOn ?? ctx.today, note: "" });
}, "import");
const today = async () => (await act(async (ctx) => ({ ok: true, value: ctx.today }))) as { ok: true; value: string };
const plus = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const names = async (q: string) => (await searchItems(db(), (await demo()).id, itemQuery.parse({ q }))).items.map((each) => each.name);
const errorsOf = (document: ItemDocument, category = "power") => checkDocument(document, { item: { kind: "01", category, promisedDays: 10, channels: ["window"] }, known: () => true }).filter(({ level }) => level === "error").map(({ code, path }) => `${code} ${path}`);

describe("items and units", () => {
  it("[ZN-3.3][HN-3.7][HN-7.2.2] an item is of one of the national kinds; another kind is refused, and the record says whether it is resident", async () => {
    const kinds = (await codeTables(db(), ["item_kind"])).get("item_kind")!.map(({ code }) => code);
    expect(kinds).toEqual(expect.arrayContaining(["01", "07", "09", "05", "08", "19", "10", "20"]));
    for (const [index, kind] of ["01", "07", "09", "05", "08", "19", "10"].entries()) {
      must(await act((ctx) => saveItem(ctx, item({ code: `kind-${index}`, kind }))));
    }
    await expect(act((ctx) => saveItem(ctx, item({ code: "kind-x", kind: "77" })))).rejects.toMatchObject({ code: "reference_missing", options: { field: "kind" } });
    const { rows } = await listItems(db(), (await demo()).id, { q: "kind-", limit: 20 });
    expect(rows.map(({ kind, category, residency }) => [kind, category, residency])).toEqual(["01", "07", "09", "05", "08", "19", "10"].map((kind) => [kind, "power", "resident"]));
  });

  it("[HN-7.2.1][HN-7.2.3] the catalogue divides into powers on application and public services, the latter in nine fields", async () => {
    expect((await codeTables(db(), ["public_field"])).get("public_field")).toHaveLength(9);
    must(await act((ctx) => saveItem(ctx, item({ code: "public-1", kind: "20", categoryField: "elderly" }))));
    const hall = await demo();
    expect((await listItems(db(), hall.id, { filters: { code: "public-1" } })).rows[0]).toMatchObject({ category: "public", categoryField: "elderly" });
    await expect(act((ctx) => saveItem(ctx, item({ code: "public-2", kind: "20", categoryField: "water" })))).rejects.toMatchObject({ code: "reference_missing" });
    const by = async (category: string) => (await listItems(db(), hall.id, { filters: { category }, limit: 1 })).total;
    expect((await by("power")) + (await by("public")) + (await by("utility")) + (await by("value_added"))).toBe((await listItems(db(), hall.id, { limit: 1 })).total);
    expect(await by("power")).toBeGreaterThan(100);
    expect(await by("public")).toBeGreaterThan(100);
  });

  it("[JY-7.1.4][HN-7.2.6] utilities have their lines, enterprises are units, and one that is not both in the hall and on the network is reported", async () => {
    const lines = (await codeTables(db(), ["utility_line"])).get("utility_line")!.map(({ code }) => code);
    expect(lines).toEqual(["water", "power", "gas", "heat", "telecom", "notary", "legal_aid"]);
    expect(refusal(await act((ctx) => saveItem(ctx, item({ code: "utility-1", kind: "20", category: "utility" }))))).toBe("category_field_needed");
    must(await act((ctx) => saveDepartment(ctx, department({ code: "telecom", unitKind: "enterprise" }))));
    must(await act((ctx) => saveItem(ctx, item({ code: "utility-2", kind: "20", category: "utility", categoryField: "telecom", department: "telecom", channels: "window" }))));
    const hall = await demo();
    const missing = async () => (await listGuides(db(), hall.id, { filters: { differences: "utility" }, limit: 100 })).rows.map(({ code }) => code);
    expect(await missing()).toContain("utility-2");
    must(await act((ctx) => saveItem(ctx, item({ code: "utility-2", kind: "20", category: "utility", categoryField: "telecom", department: "telecom", channels: "window web" }))));
    expect(await missing()).not.toContain("utility-2");
    const enterprises = await listDepartments(db(), hall.id, { filters: { unitKind: "enterprise" } });
    expect(enterprises.rows.map(({ code }) => code)).toEqual(expect.arrayContaining(["gdgs", "gyjt", "telecom"]));
  });

  it("[JY-7.1.5] value-added services are of six kinds, more can be added as data, and they stand apart from government services", async () => {
    expect((await codeTables(db(), ["value_kind"])).get("value_kind")!.map(({ code }) => code)).toEqual(["policy", "legal", "finance", "talent", "innovation", "trade"]);
    expect(refusal(await act((ctx) => saveItem(ctx, item({ code: "value-1", kind: "20", category: "value_added" }))))).toBe("category_field_needed");
    must(await act((ctx) => saveCode(ctx, codeEntryInput.parse({ table: "value_kind", code: "standards", name: "标准服务", nameEn: "Standards", sort: "900" }))));
    must(await act((ctx) => saveItem(ctx, item({ code: "value-1", kind: "20", category: "value_added", categoryField: "standards" }))));
    const { rows } = await listItems(db(), (await demo()).id, { filters: { category: "value_added" }, limit: 100 });
    expect(rows.map(({ code }) => code)).toContain("value-1");
    expect(new Set(rows.map(({ categoryField }) => categoryField))).toEqual(new Set(["policy", "legal", "finance", "talent", "innovation", "trade", "standards"]));
    // The public lists have services of every kind and every line of the utilities.
    for (const category of ["value_added", "utility"] as const) expect((await servicesByKind(db(), (await demo()).id, category)).filter(({ services }) => services.length === 0).map(({ code }) => code)).toEqual([]);
  });

  it("[ZN-3.2] an item is for persons, for organisations with legal personality and for others; whom else is refused", async () => {
    const audiences = (await codeTables(db(), ["audience"])).get("audience")!.map(({ name }) => name);
    expect(audiences).toEqual(expect.arrayContaining(["自然人", "企业法人", "其他组织"]));
    must(await act((ctx) => saveItem(ctx, item({ code: "for-all", audience: "1 2 6" }))));
    await expect(act((ctx) => saveItem(ctx, item({ code: "for-all", audience: "8" })))).rejects.toMatchObject({ options: { field: "audience" } });
  });

  it("[HN-3.4][HN-3.6][HN-7.2.7] a unit has its kind, vertical or dual management with its own system, and shows the kinds of items that it brings", async () => {
    const kinds = (await codeTables(db(), ["unit_kind"])).get("unit_kind")!.map(({ name }) => name);
    expect(kinds).toEqual(["政府部门", "部门管理机构", "受权组织", "党群部门", "公共服务企业"]);
    must(await act((ctx) => saveDepartment(ctx, department({ unitKind: "party", management: "dual", ownSystem: "垂管系统", chiefName: "张三", chief: "clerk1" }))));
    must(await act((ctx) => saveItem(ctx, item({ code: "levy", kind: "04", department: "test-unit" }))));
    must(await act((ctx) => saveItem(ctx, item({ code: "service", kind: "20", department: "test-unit" }))));
    const { rows: [unit] } = await listDepartments(db(), (await demo()).id, { filters: { code: "test-unit" } });
    expect(unit).toMatchObject({ unitKind: "party", management: "dual", ownSystem: "垂管系统", chief: "clerk1", kinds: ["04", "20"], checks: "open" });
    must(await act((ctx) => saveDepartment(ctx, department({ unitKind: "party", functionsMerged: "yes", movedIn: "yes", itemsOnline: "yes", checksEvidence: "云编〔2026〕1号" }))));
    expect((await listDepartments(db(), (await demo()).id, { filters: { code: "test-unit" } })).rows[0]).toMatchObject({ checks: "met", checksEvidence: "云编〔2026〕1号" });
    await expect(act((ctx) => saveDepartment(ctx, department({ unitKind: "club" })))).rejects.toMatchObject({ options: { field: "unitKind" } });
  });

  it("[JY-9.1.4a] items that are received outside the integrated system can be listed", async () => {
    must(await act((ctx) => saveItem(ctx, item({ code: "own-system", intakeSystem: "own" }))));
    const hall = await demo();
    const outside = async () => (await listItems(db(), hall.id, { filters: { intakeSystem: "own" }, limit: 200 })).rows.map(({ code }) => code);
    expect(await outside()).toContain("own-system");
    must(await act((ctx) => saveItem(ctx, item({ code: "own-system", intakeSystem: "integrated" }))));
    expect(await outside()).not.toContain("own-system");
    await expect(act((ctx) => saveItem(ctx, item({ code: "own-system", intakeSystem: "abacus" })))).rejects.toMatchObject({ options: { field: "intakeSystem" } });
  });

  it("[JY-5.2.3][JY-6.4] one hall has items of several levels, offered for other regions too", async () => {
    must(await act((ctx) => saveItem(ctx, item({ code: "of-province", level: "2", shareScope: "province", shareRegions: "990200000000 990300000000" }))));
    const hall = await demo();
    const province = await listItems(db(), hall.id, { filters: { level: "2" } });
    expect(province.rows).toEqual([expect.objectContaining({ code: "of-province", shareScope: "province", shareRegions: ["990200000000", "990300000000"] })]);
    expect((await listItems(db(), hall.id, { filters: { level: "3" }, limit: 1 })).total).toBeGreaterThan(300);
    const there = await listItems(db(), (await hallRef("demo2")).id, { filters: { level: "4" }, limit: 1 });
    expect(there.total).toBeGreaterThan(50);
  });

  it("a resident item keeps a line; a new one without a line is not resident and not offered", async () => {
    must(await act((ctx) => saveItem(ctx, item({ code: "no-line", name: "无队列事项", line: "" }))));
    expect(await itemByCode(db(), (await demo()).id, "no-line")).toMatchObject({ residency: "not_resident", line: "" });
    expect(await names("无队列事项")).toEqual([]);
    must(await act((ctx) => saveItem(ctx, item({ code: "with-line" }))));
    expect(refusal(await act((ctx) => saveItem(ctx, item({ code: "with-line", line: "" }))))).toBe("line_needed");
  });

  it("[GD-3.1] only items on application are found for a number and get one", async () => {
    must(await act((ctx) => saveItem(ctx, item({ code: "ex-officio", name: "依职权事项", onApplication: "no" }))));
    expect(await names("依职权事项")).toEqual([]);
    const all = await searchItems(db(), (await demo()).id, itemQuery.parse({ q: "依职权事项", scope: "all" }));
    expect(all.items.map(({ code }) => code)).toEqual(["ex-officio"]);
    const result = await act((ctx) => issueTicket(ctx, { item: "ex-officio", channel: "kiosk" } as never, { secret: "s", trusted: true }));
    expect(result.ok).toBe(false);
    must(await act((ctx) => saveItem(ctx, item({ code: "ex-officio", name: "依职权事项", onApplication: "yes" }))));
    must(await act((ctx) => issueTicket(ctx, { item: "ex-officio", channel: "kiosk" } as never, { secret: "s", trusted: true })));
  });
});

describe("guides", () => {
  it("the demo hall has some twenty complete guides in both languages", async () => {
    const { rows, total } = await listGuides(db(), (await demo()).id, { filters: { state: "valid" }, limit: 50 });
    expect(total).toBeGreaterThanOrEqual(20);
    expect(rows.filter(({ situations }) => situations >= 2).length).toBeGreaterThanOrEqual(15);
    for (const { code, differences } of rows) {
      expect(differences, code).toEqual([]);
      const { document } = (await currentGuide(db(), (await demo()).id, code))!;
      expect(elementsOf(document).filter(({ id }) => /\/(name|text)\/en$/.test(id)).length, code).toBeGreaterThan(5);
    }
  });

  it("[BG-C03a] questions choose the situation, and each situation has its own materials and promise", async () => {
    const { document } = (await currentGuide(db(), (await demo()).id, ID_CARD))!;
    const first = narrow(document, {});
    expect(first.open?.text.zh).toBe("原来的身份证还在吗？");
    // Lost: the second question would tell nothing apart any more and is not asked.
    const lost = narrow(document, { have: "2" });
    expect([lost.open, lost.situations.map(({ code }) => code)]).toEqual([undefined, ["lost"]]);
    const still = narrow(document, { have: "1" });
    expect(still.open?.code).toBe("why");
    expect(narrow(document, { have: "1", why: "2" }).situations.map(({ code }) => code)).toEqual(["damaged"]);
    const needed = (code: string) => materialsOf(document, document.situations.find((each) => each.code === code)).map((material) => material.name.zh);
    expect(needed("lost")).toContain("居民户口簿");
    expect(needed("lost")).not.toContain("原居民身份证");
    expect(needed("damaged")).toContain("原居民身份证");
    const permit = (await currentGuide(db(), (await demo()).id, "990106003000"))!.document;
    expect(noticeOf(permit, permit.situations.find(({ code }) => code === "endorse")).limits.promised).toBe(1);
    expect(noticeOf(permit, permit.situations.find(({ code }) => code === "first")).limits.promised).toBe(7);
  });

  it("[BG-5.3.2] an item goes down to situation, material, check point and form field, and counts them", async () => {
    const { document } = (await currentGuide(db(), (await demo()).id, FOOD))!;
    const counts = countsOf(document);
    expect(counts.situations).toBe(3);
    expect(counts.checks).toBeGreaterThanOrEqual(6);
    expect(counts.fields).toBeGreaterThanOrEqual(3);
    expect((await listGuides(db(), (await demo()).id, { filters: { code: FOOD } })).rows[0]).toMatchObject(counts);
    const layout = document.materials.find(({ code }) => code === "layout")!;
    expect([layout.situations, layout.checks.map(({ text }) => text.zh)]).toEqual([["catering", "canteen"], ["生熟分开，流程不交叉", "标明面积"]]);
  });

  it("[GD-5.3.1] the one-time notice has materials, conditions, procedure, limits and fees, and a guide that lacks one of them is not published", async () => {
    const { document } = (await currentGuide(db(), (await demo()).id, ID_CARD))!;
    const notice = noticeOf(document, document.situations[1]);
    expect(Object.keys(notice).sort()).toEqual(["conditions", "fees", "limits", "materials", "steps"]);
    expect(notice.materials.length).toBeGreaterThan(0);
    expect(notice.conditions[0]!.zh).toContain("身份证");
    expect(notice.steps.map((step) => step.name.zh)).toEqual(["申请", "受理", "审查", "领取结果"]);
    expect(notice.limits).toMatchObject({ statutory: 60, promised: 10 });
    expect(notice.fees.entries.map((fee) => fee.standard.zh)).toEqual(["20 元", "40 元"]);
    expect(errorsOf(complete())).toEqual([]);
    expect(errorsOf(complete({ noMaterials: false }))).toEqual(["materials_or_none materials"]);
    expect(errorsOf(complete({ conditions: {} }))).toEqual(["missing conditions"]);
    expect(errorsOf(complete({ steps: [] }))).toEqual(["missing steps"]);
    expect(errorsOf(complete({ limits: {} }))).toEqual(["missing limits.promised"]);
    expect(errorsOf(complete({ charged: true }))).toEqual(["missing fees"]);
  });

  it("[BG-2.2.2] drafts may be incomplete; publishing asks for the required elements and says which are missing", async () => {
    must(await act((ctx) => saveItem(ctx, item({ code: "guide-1", promisedDays: "10" }))));
    const result = await publish("guide-1", emptyDocument());
    expect(refusal(result)).toBe("guide_incomplete");
    const paths = (result as unknown as { details: { findings: { level: string; path: string }[] } }).details.findings.filter(({ level }) => level === "error").map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["conditions", "steps", "forms", "legalBasis", "limits.promised", "materials", "place", "hours", "consult", "complaint", "implementer.name", "implementer.nature"]));
    expect(must(await publish("guide-1", complete()))).toMatchObject({ version: 1 });
    expect(errorsOf(complete({ powerSource: "1", limits: { statutory: 5, promised: 10 } }))).toEqual(["promised_above_statutory limits.promised"]);
    expect(errorsOf(complete({ legalBasis: [] }), "public")).toEqual([]);
  });

  it("a main document cannot follow later, codes are known and unique, and every situation can be reached", () => {
    const material = (more: object) => ({ code: "1", name: words("材料"), ...more });
    expect(errorsOf(complete({ noMaterials: false, materials: [material({ main: true, tolerable: true, tolerableDays: 5 })] }))).toEqual(["main_tolerable materials.0.tolerable"]);
    expect(errorsOf(complete({ noMaterials: false, materials: [material({}), material({})] }))).toEqual(["code_twice materials"]);
    const situations = ["a", "b", "c"].map((code) => ({ code, name: words(code) }));
    const question = (of: string[][]) => ({ code: "q", text: words("问"), answers: of.map((list, index) => ({ code: String(index), text: words(String(index)), situations: list })) });
    expect(errorsOf(complete({ situations, questions: [question([["a"], ["b", "c"]])] }))).toEqual([]);
    expect(errorsOf(complete({ situations, questions: [question([["a"], ["b"]])] }))).toEqual(["situation_unreachable situations.2"]);
    expect(checkDocument(complete({ forms: ["8"] }), { item: { kind: "01", category: "power", promisedDays: 10, channels: ["window"] }, known: (table, code) => table !== "handling_form" || code !== "8" }).map(({ code }) => code)).toContain("code_unknown");
    expect(documentSchema.safeParse({ onlineUrl: "javascript:alert(1)" }).success).toBe(false);
  });

  it("two people: the second save of the same revision is refused and nothing of either is lost", async () => {
    must(await act((ctx) => saveItem(ctx, item({ code: "guide-2", promisedDays: "10" }))));
    const first = must(await act((ctx) => saveDraft(ctx, "guide-2", { document: complete(), note: "甲" }, 0)));
    expect(first).toEqual({ version: 1, revision: 1 });
    const both = await Promise.all(["乙", "丙"].map((note) => act((ctx) => saveDraft(ctx, "guide-2", { document: complete({ notes: words(note) }), note }, 1))));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const lost = both.find(({ ok }) => !ok)!;
    expect(refusal(lost)).toBe("edited_elsewhere");
    expect((lost as unknown as { details: object }).details).toMatchObject({ revision: 2 });
    must(await act((ctx) => discardDraft(ctx, "guide-2", 2)));
    expect(await versionsOf(db(), (await demo()).id, "guide-2")).toEqual([]);
  });

  it("a version is read from its day on, without any job; what it replaced stays in the history, and every step in the ledger", async () => {
    must(await act((ctx) => saveItem(ctx, item({ code: "guide-3", promisedDays: "10" }))));
    const hall = await demo();
    const { value: day } = await today();
    must(await publish("guide-3", complete({ notes: words("一") })));
    must(await publish("guide-3", complete({ notes: words("二") }), plus(day, 3)));
    expect(refusal(await publish("guide-3", complete(), plus(day, -1)))).toBe("date_past");
    expect((await currentGuide(db(), hall.id, "guide-3"))!.document.notes.zh).toBe("一");
    expect((await versionsOf(db(), hall.id, "guide-3")).map(({ version, state }) => [version, state])).toEqual([[2, "coming"], [1, "valid"]]);
    await later(3 * 86_400);
    expect((await currentGuide(db(), hall.id, "guide-3"))!.document.notes.zh).toBe("二");
    expect((await versionsOf(db(), hall.id, "guide-3")).map(({ version, state }) => [version, state])).toEqual([[2, "valid"], [1, "replaced"]]);
    expect((await guideVersion(db(), hall.id, "guide-3", 1))!.document.notes.zh).toBe("一");
    const { id } = await db().selectFrom("items").select("id").where("hall_id", "=", hall.id).where("code", "=", "guide-3").executeTakeFirstOrThrow();
    const events = await db().selectFrom("events").select("type").where("hall_id", "=", hall.id).where("subject", "=", `item:${id}`).where("type", "like", "guide.%").orderBy("seq").execute();
    expect(events.map(({ type }) => type)).toEqual(["guide.draft_saved", "guide.published", "guide.draft_saved", "guide.published"]);
  });

  it("two versions are compared element by element, by the codes of their entries", () => {
    const of = (materials: DocumentInput["materials"], more: DocumentInput = {}) => complete({ noMaterials: false, materials, ...more });
    const a = of([{ code: "id", name: words("身份证"), copies: 1 }, { code: "old", name: words("旧证") }]);
    const b = of([{ code: "new", name: words("新材料") }, { code: "id", name: words("身份证"), copies: 2 }], { limits: { statutory: 20, promised: 5 } });
    const changes = compareDocuments(a, b).filter(({ change }) => change !== "same").map(({ id, change, before, after }) => [id, change, before, after]);
    expect(changes).toContainEqual(["materials/id/copies", "changed", 1, 2]);
    expect(changes).toContainEqual(["limits/promised", "changed", 10, 5]);
    expect(changes).toContainEqual(["materials/old/name/zh", "removed", "旧证", undefined]);
    expect(changes).toContainEqual(["materials/new/name/zh", "added", undefined, "新材料"]);
    expect(compareDocuments(a, a).every(({ change }) => change === "same")).toBe(true);
  });

  it("[BG-2.2.2] a change of law puts every guide that rests on it on the list, to be closed with an answer", async () => {
    const hall = await demo();
    const { items } = must(await act((ctx) => reportLawChange(ctx, { law: "不动产登记暂行条例", note: "2026年修订" })));
    const listed = await listReports(db(), hall.id, { filters: { source: "law", state: "open" } });
    expect([items, listed.total]).toEqual([3, 3]);
    expect(listed.rows.map((row) => row.item)).toContain("990702004002");
    const [report] = listed.rows;
    expect(refusal(await act((ctx) => answerReport(ctx, { code: report!.code, state: "mended", answer: "" }, report!.version)))).toBe("answer_needed");
    must(await act((ctx) => answerReport(ctx, { code: report!.code, state: "mended", answer: "已按新条例修改" }, report!.version)));
    expect(refusal(await act((ctx) => answerReport(ctx, { code: report!.code, state: "no_error", answer: "x" }, report!.version)))).toBe("edited_elsewhere");
    expect((await listReports(db(), hall.id, { filters: { source: "law", state: "open" } })).total).toBe(2);
  });
});

describe("search", () => {
  it("finds items in spite of typing errors, wrong characters of the same sound and missing characters", async () => {
    expect(await names("营业执兆")).toEqual(expect.arrayContaining(["企业设立登记"]));
    expect(await names("身分正丢了")).toContain("居民身份证换领、补领");
    expect(await names("护召")).toEqual(expect.arrayContaining(["普通护照签发（首次申请）"]));
    expect(await names("公鸡金贷款")).toContain("住房公积金个人住房贷款申请");
    expect(await names("结昏登记")).toContain("内地居民结婚登记");
  });

  it("says from where on the hits are only similar, and says nothing when there are plenty", async () => {
    const hall = await demo();
    const similar = await searchItems(db(), hall.id, itemQuery.parse({ q: "护召" }));
    expect(similar.similarFrom).toBe(0);
    expect((await searchItems(db(), hall.id, itemQuery.parse({ q: "登记" }))).similarFrom).toBeUndefined();
    expect(await searchItems(db(), hall.id, itemQuery.parse({ q: "zzzzzz" }))).toEqual({ items: [] });
  });

  it("finds an item by the everyday name of one of its situations once the guide is published", async () => {
    expect(await names("带押过户")).toContain("国有建设用地使用权及房屋所有权转移登记（存量房买卖）");
    expect(await names("开奶茶店")).toContain("食品经营许可（新办）");
  });

  it("[GD-5.1.3w] over all halls it leads to the window at work, with the people waiting and the wait now", async () => {
    await open("E05");
    must(await act((ctx) => issueTicket(ctx, { line: "H", channel: "kiosk" } as never, { secret: "s", trusted: true })));
    const { items } = await findEverywhere(db(), { q: "居民身份证换领", limit: 10 });
    expect(items.map(({ hall }) => hall).sort()).toEqual(["demo", "demo2"]);
    const here = items.find(({ hall }) => hall === "demo")!;
    expect(here.waiting).toBeGreaterThanOrEqual(1);
    expect(here.windows.map(({ code }) => code)).toEqual(["E05"]);
    expect(here.estimateMinutes).toBeDefined();
  });
});

describe("one guide for every channel", () => {
  let server: ServerProcess;
  beforeAll(async () => void (server = await startProcess()));
  afterAll(() => server.kill("SIGTERM"));

  it("[JY-7.2.1c] API, kiosk list, search and page read the same version, also after a new one, and differences are reported", async () => {
    const hall = await demo();
    const read = async () => ({
      api: (await send(server.origin, "GET", `/items/${FOOD}?hall=demo`)).body.guide.version as number,
      kiosk: ((await send(server.origin, "GET", `/halls/demo/items?q=${FOOD === "990107012001" ? "食品经营许可" : ""}`)).body.items as { code: string; guideVersion: number }[]).find(({ code }) => code === FOOD)!.guideVersion,
      search: (await findEverywhere(db(), { q: "食品经营许可（新办）", limit: 5 })).items.find((each) => each.hall === "demo" && each.code === FOOD)!.guideVersion,
      page: (await itemGuide(db(), hall, FOOD)).guide!.version,
    });
    expect(await read()).toEqual({ api: 1, kiosk: 1, search: 1, page: 1 });
    const { document } = (await currentGuide(db(), hall.id, FOOD))!;
    must(await publish(FOOD, { ...document, limits: { ...document.limits, promised: 6 }, forms: ["1"] }));
    expect(await read()).toEqual({ api: 2, kiosk: 2, search: 2, page: 2 });
    expect((await send(server.origin, "GET", `/items/${FOOD}?hall=demo`)).body).toMatchObject({ promisedDays: 6, guide: { document: { limits: { promised: 6 } } } });
    expect((await listGuides(db(), hall.id, { filters: { code: FOOD } })).rows[0]!.differences).toEqual(["promised", "web"]);
  });

  it("anybody can report an error in a guide, a few times in ten minutes; the text stays out of the ledger", async () => {
    const before = (await listReports(db(), (await demo()).id, { filters: { source: "public" } })).total;
    const sent = await send(server.origin, "POST", `/halls/demo/items/${FOOD}/reports`, { body: { text: "电话是空号", element: "consult", version: 1 }, key: "report-1" });
    expect(sent.status).toBe(201);
    expect((await send(server.origin, "POST", `/halls/demo/items/${FOOD}/reports`, { body: { text: "电话是空号", element: "consult", version: 1 }, key: "report-1" })).body.id).toBe(sent.body.id);
    const { rows, total } = await listReports(db(), (await demo()).id, { filters: { source: "public" } });
    expect([total, rows[0]!.text, rows[0]!.guideVersion, rows[0]!.state]).toEqual([before + 1, "电话是空号", 1, "open"]);
    const event = await db().selectFrom("events").select("data").where("subject", "=", `guide_report:${sent.body.id}`).executeTakeFirstOrThrow();
    expect(JSON.stringify(event.data)).not.toContain("空号");
    const statuses = await Promise.all(Array.from({ length: 12 }, (_, index) => send(server.origin, "POST", `/halls/demo/items/${FOOD}/reports`, { body: { text: `错误 ${index}` } }).then(({ status }) => status)));
    expect(statuses).toContain(429);
    expect((await send(server.origin, "POST", "/halls/demo/items/nothing/reports", { body: { text: "" } })).status).toBe(400);
  });

  it("reads over all halls are open at the API", async () => {
    const { status, body } = await send(server.origin, "GET", "/items?q=sfz");
    expect(status).toBe(200);
    expect((body.items as { hall: string }[]).map(({ hall }) => hall)).toEqual(expect.arrayContaining(["demo", "demo2"]));
  });
});
