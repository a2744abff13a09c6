import { beforeAll, describe, expect, it } from "vitest";
import { saveItem } from "@/lib/catalog/commands";
import { saveDisclosure, savePackage } from "@/lib/catalog/packages/commands";
import { packageGuide, packagesOf } from "@/lib/catalog/packages/data";
import { listCoverage, listDisclosures } from "@/lib/catalog/packages/data-admin";
import { disclosureInput, packageInput } from "@/lib/catalog/packages/schema";
import { disclosuresOf, servicesByKind, tolerableItems } from "@/lib/catalog/lists/data";
import { itemInput } from "@/lib/catalog/schema";
import { currentGuide } from "@/lib/catalog/guide/data";
import type { HallRef } from "@/lib/ledger/commands";
import { act, db, demo, later, must } from "../support/hall";

let hall: HallRef;
beforeAll(async () => { hall = await demo(); });

const input = { code: "local1", name: "本地特色“一件事”", nameEn: "Our own", source: "local", levels: "city", lead: "rsj", items: "990107001000 990104001000", windows: "Q01", guide: "一次申请。", system: "现有平台", days: "3", daysBefore: "30" };
const coverage = async (code: string) => (await listCoverage(db(), hall.id, { filters: { code } })).rows[0];

describe("packages", () => {
  it("[JY-7.1.3a] the packages that state and province name for the hall's level are measured: here with every item resident, incomplete, or missing", async () => {
    const rows = (await listCoverage(db(), hall.id, { limit: 100 })).rows;
    // Those of other levels are not asked of a city hall.
    expect(rows.map(({ code }) => code)).not.toContain("kbcyd");
    expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining(["kbyszy", "xyxf", "gmsh"]));
    expect(await coverage("xyxf")).toMatchObject({ state: "missing", itemCount: 0 });
    const items = (await packageGuide(db(), hall.id, "kbyszy"))!.items;
    const ready = await coverage("kbyszy");
    expect(ready).toMatchObject({ state: items.every((item) => item.resident) ? "ready" : "incomplete", itemCount: items.length });
    // An item that goes out of use leaves the package incomplete, by name.
    await db().updateTable("items").set({ active: false }).where("hall_id", "=", hall.id).where("code", "=", "990101024000").execute();
    expect(await coverage("kbyszy")).toMatchObject({ state: "incomplete", outside: expect.stringContaining("道路运输证") });
    await db().updateTable("items").set({ active: true }).where("hall_id", "=", hall.id).where("code", "=", "990101024000").execute();
    must(await act((ctx) => savePackage(ctx, packageInput.parse({ ...input, code: "xyxf", source: "national" }))));
    expect(await coverage("xyxf")).toMatchObject({ state: "ready", residentCount: 2 });
  });

  it("[JY-7.1.3b] a place adds its own packages, told apart by source", async () => {
    must(await act((ctx) => savePackage(ctx, packageInput.parse(input))));
    const all = await packagesOf(db(), hall.id);
    expect([...new Set(all.map(({ source }) => source))]).toEqual(["national", "province", "local"]);
    expect(all.find(({ code }) => code === "local1")).toMatchObject({ source: "local", sourceName: "地方", items: 2 });
    await expect(act((ctx) => savePackage(ctx, packageInput.parse({ ...input, source: "somewhere" })))).rejects.toMatchObject({ status: 400, options: { field: "source" } });
  });

  it("[JY-9.1.6] a package names the existing system that carries it", async () => {
    const row = await db().selectFrom("packages").select("system").where("hall_id", "=", hall.id).where("code", "=", "local1").executeTakeFirstOrThrow();
    expect(row.system).toBe("现有平台");
  });

  it("[GD-5.6.3] [GD-5.6.3o] the public list leads to a guide with items, units, lead unit and windows", async () => {
    expect((await packagesOf(db(), hall.id)).length).toBeGreaterThanOrEqual(10);
    const guide = (await packageGuide(db(), hall.id, "local1"))!;
    expect(guide).toMatchObject({ leadName: expect.stringContaining("人力资源"), guide: "一次申请。", daysBefore: 30, days: 3 });
    expect(guide.items.map(({ name, unit }) => [name, unit])).toEqual([["企业设立登记", expect.stringContaining("市场监督")], ["劳务派遣经营许可", expect.stringContaining("人力资源")]]);
    expect(guide.windows.map(({ code }) => code)).toEqual(["Q01"]);
    // Put out of use it is public no more.
    must(await act((ctx) => savePackage(ctx, packageInput.parse({ ...input, active: "no" }))));
    expect(await packageGuide(db(), hall.id, "local1")).toBeUndefined();
    expect((await packagesOf(db(), hall.id)).map(({ code }) => code)).not.toContain("local1");
  });

  it("a change of its items and windows stands in the ledger; the same again writes nothing", async () => {
    must(await act((ctx) => savePackage(ctx, packageInput.parse({ ...input, active: "yes" }))));
    const last = async () => db().selectFrom("events").select(["type", "data"]).where("hall_id", "=", hall.id).orderBy("seq", "desc").limit(1).executeTakeFirstOrThrow();
    must(await act((ctx) => savePackage(ctx, packageInput.parse({ ...input, items: "990107001000", active: "yes" }))));
    expect(await last()).toMatchObject({ type: "package.contents_changed", data: { items: ["990107001000"] } });
    const { seq } = await db().selectFrom("ledger_heads").select("seq").where("hall_id", "=", hall.id).executeTakeFirstOrThrow();
    must(await act((ctx) => savePackage(ctx, packageInput.parse({ ...input, items: "990107001000", active: "yes" }))));
    expect((await db().selectFrom("ledger_heads").select("seq").where("hall_id", "=", hall.id).executeTakeFirstOrThrow()).seq).toBe(seq);
  });
});

describe("public lists", () => {
  it("[JY-7.1.5] value-added services stand in their six kinds, apart from the items of the government", async () => {
    must(await act((ctx) => saveItem(ctx, itemInput.parse({ code: "VA1", name: "知识产权质押融资对接", nameEn: "Loans on intellectual property", kind: "31", category: "value_added", categoryField: "finance", department: "fgw", field: "general", line: "A", minutes: "20" }))));
    const groups = await servicesByKind(db(), hall.id, "value_added");
    expect(groups.find(({ code }) => code === "finance")!.services.map(({ code }) => code)).toContain("VA1");
    expect(groups.map(({ name }) => name)).toEqual(["政策服务", "法律服务", "金融服务", "人才服务", "科创服务", "国际贸易服务"]);
    const listed = groups.flatMap((group) => group.services.map(({ code }) => code)).sort();
    const known = await db().selectFrom("items").select("code").where("hall_id", "=", hall.id).where("category", "=", "value_added").where("active", "=", true).orderBy("code").execute();
    expect(listed).toEqual(known.map(({ code }) => code));
  });

  it("[JY-7.1.4] utilities are listed by line: water, electricity, gas, heating, networks", async () => {
    for (const line of ["water", "power", "gas", "heat", "telecom"]) must(await act((ctx) => saveItem(ctx, itemInput.parse({ code: `UT-${line}`, name: `新装申请（${line}）`, nameEn: `New connection (${line})`, kind: "31", category: "utility", categoryField: line, department: "gyjt", field: "general", line: "A", minutes: "15" }))));
    const groups = await servicesByKind(db(), hall.id, "utility");
    for (const line of ["water", "power", "gas", "heat", "telecom"]) expect(groups.find(({ code }) => code === line)!.services.map(({ code }) => code)).toContain(`UT-${line}`);
    expect(groups.map(({ code }) => code)).toEqual(expect.arrayContaining(["water", "power", "gas", "heat", "telecom"]));
  });

  it("[GD-5.7.1] the list of papers that may follow comes from the guides in force, with the term of each", async () => {
    const items = await tolerableItems(db(), hall.id);
    for (const item of items) {
      const guide = (await currentGuide(db(), hall.id, item.code))!;
      expect(item.materials.map(({ name }) => name.zh)).toEqual(guide.document.materials.filter((material) => material.tolerable).map(({ name }) => name.zh));
      // A main paper never follows later.
      expect(guide.document.materials.some((material) => material.tolerable && material.main)).toBe(false);
    }
    expect(items.length).toBeGreaterThan(0);
  });

  it("[GD-5.4.1] what is published has an owner and an update rule, and an overdue review is shown", async () => {
    must(await act((ctx) => saveDisclosure(ctx, disclosureInput.parse({ code: "pub1", name: "收费目录", nameEn: "Fees", department: "fgw", rule: "调整后当日更新", reviewDays: "30", reviewedOn: ctx.today, channels: "website phone" }))));
    const shown = (await disclosuresOf(db(), hall.id)).find(({ code }) => code === "pub1")!;
    expect(shown).toMatchObject({ owner: expect.stringContaining("发展和改革"), rule: "调整后当日更新", channels: [{ name: "网站" }, { name: "电话语音" }] });
    const state = async () => (await listDisclosures(db(), hall.id, { filters: { code: "pub1" } })).rows[0]!.state;
    expect(await state()).toBe("current");
    await later(31 * 86_400);
    expect(await state()).toBe("due");
    expect(disclosureInput.safeParse({ code: "x", name: "x", nameEn: "x", department: "fgw", rule: "x", link: "javascript:alert(1)" }).success).toBe(false);
    await expect(act((ctx) => saveDisclosure(ctx, disclosureInput.parse({ code: "pub2", name: "x", nameEn: "x", department: "mars", rule: "x" })))).rejects.toMatchObject({ options: { field: "department" } });
  });
});
