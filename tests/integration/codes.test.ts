import { describe, expect, it } from "vitest";
import { saveCode } from "@/lib/catalog/codes/commands";
import { codeMaps, codeTableNames, listCodes } from "@/lib/catalog/codes/data";
import { fromSystem, toSystem } from "@/lib/catalog/codes/model";
import { codeEntryInput } from "@/lib/catalog/codes/schema";
import { act, db, must, refusal } from "../support/hall";

describe("codes of other systems (domain.md 1.2)", () => {
  it.each([
    ["haochaping", "satisfaction", "1", "5"], ["haochaping", "satisfaction", "5", "1"], ["haochaping", "audience", "5", "6"], ["haochaping", "audience", "6", "9"], ["zhejiang", "case_kind", "1", "2"], ["zhejiang", "case_kind", "2", "1"],
    ["window-evaluation", "party_kind", "1", "0"], ["city-levels", "level", "4", "3"], ["legacy-enum", "item_kind", "02", "03"], ["legacy-enum", "item_kind", "20", "14"], ["gbt39046", "item_kind", "20", "20"],
  ])("%s calls %s %s: %s, and back", async (system, table, ours, theirs) => {
    const maps = await codeMaps(db(), system);
    expect(toSystem(maps, system, table, ours)).toBe(theirs);
    expect(fromSystem(maps, system, table, theirs)).toBe(ours);
  });

  it("a kind of our own goes out as another and does not come back; what a system does not know is never handed on as it is", async () => {
    const standard = await codeMaps(db(), "gbt39046");
    expect([toSystem(standard, "gbt39046", "item_kind", "19"), fromSystem(standard, "gbt39046", "item_kind", "10")]).toEqual(["10", "10"]);
    const national = await codeMaps(db(), "haochaping");
    expect(fromSystem(national, "haochaping", "audience", "5")).toBe("6");
    expect(toSystem(await codeMaps(db(), "legacy-enum"), "legacy-enum", "item_kind", "05")).toBeUndefined();
    expect(toSystem(national, "haochaping", "item_kind", "01")).toBe("01");
  });

  it("a code is renamed with its version and stays; an edit of an older version is refused", async () => {
    const { rows: [row] } = await listCodes(db(), { filters: { key: "level.6" } });
    const input = codeEntryInput.parse({ table: "level", code: "6", name: "村（社区）级", nameEn: "Village", sort: String(row!.sort) });
    must(await act((ctx) => saveCode(ctx, input, row!.version)));
    expect(refusal(await act((ctx) => saveCode(ctx, input, row!.version)))).toBe("edited_elsewhere");
    expect(refusal(await act((ctx) => saveCode(ctx, input)))).toBe("code_taken");
    expect((await listCodes(db(), { filters: { key: "satisfaction.1" } })).rows[0]!.maps).toEqual(["haochaping 5"]);
  });

  it("every code table has its name in both languages, as data", async () => {
    const tables = await codeTableNames(db());
    expect(tables.length).toBeGreaterThan(40);
    expect(tables.filter(({ code, name, nameEn }) => name === code || nameEn === code).map(({ code }) => code)).toEqual([]);
    expect(tables.find(({ code }) => code === "unit_kind")).toEqual({ code: "unit_kind", name: "单位性质", nameEn: "Kinds of units" });
  });
});
