import { describe, expect, it } from "vitest";
import { saveDepartment, saveField, saveItem, saveLine } from "@/lib/catalog/commands";
import { savePackage } from "@/lib/catalog/packages/commands";
import { packageInput } from "@/lib/catalog/packages/schema";
import { departmentInput, fieldInput, itemInput, lineInput } from "@/lib/catalog/schema";
import { runImport } from "@/lib/exchange/run/commands";
import { createImport, startImport } from "@/lib/exchange/commands";
import { importRows } from "@/lib/exchange/data";
import { readUpload } from "@/lib/exchange/upload";
import { refusalText } from "@/lib/i18n/messages";
import type { Refusal, Result } from "@/lib/kernel/result";
import { saveZone } from "@/lib/regions/commands";
import { zoneInput } from "@/lib/regions/schema";
import { saveWindow } from "@/lib/windows/commands";
import { windowInput } from "@/lib/windows/schema";
import { act, db, demo, must, open, refusal, take } from "../support/hall";

/** What a form says when a record of this kind is put out of use. */
const told = (result: Result<unknown>, locale: "zh" | "en" = "zh"): string => {
  const { code, details, field } = result as Refusal;
  expect([code, field]).toEqual(["in_use", "active"]);
  return refusalText(locale, code, details);
};
const unit = (active: string) => act((ctx) => saveDepartment(ctx, departmentInput.parse({ code: "use-unit", name: "试验单位", nameEn: "Test unit", active })));
const field = (active: string) => act((ctx) => saveField(ctx, fieldInput.parse({ code: "use-field", name: "试验领域", nameEn: "Test field", active })));
const zone = (active: string) => act((ctx) => saveZone(ctx, zoneInput.parse({ code: "USE", name: "试验区", nameEn: "Test zone", floor: "1", kind: "waiting", active })));
const line = (active: string) => act((ctx) => saveLine(ctx, lineInput.parse({ code: "UA", name: "试验队列", nameEn: "Test line", field: "use-field", zone: "USE", minutes: "5", active })));
const item = (code: string, active: string) => act((ctx) => saveItem(ctx, itemInput.parse({ code, name: `事项${code}`, nameEn: `Item ${code}`, kind: "01", department: "use-unit", field: "use-field", line: "UA", minutes: "5", active })));
const window = (active: string, own = "UA") => act((ctx) => saveWindow(ctx, windowInput.parse({ code: "U01", name: "试验窗口", nameEn: "Test window", zone: "USE", kind: "comprehensive", department: "use-unit", own, active })));
const onePackage = (active: string) => act((ctx) => savePackage(ctx, packageInput.parse({ code: "use-package", name: "试验一件事", nameEn: "Test package", source: "local", items: "u1", windows: "U01", active })));

describe("what is in use is not put out of use", () => {
  it("each record names what uses it, in both languages, and goes once nothing does", async () => {
    for (const made of [await unit("yes"), await field("yes"), await zone("yes"), await line("yes"), await window("yes"), await item("u1", "yes"), await item("u2", "yes"), await item("u3", "yes"), await item("u4", "yes"), await onePackage("yes")]) must(made);
    const id = await open("U01");

    expect(told(await unit("no"))).toContain("4 个事项（事项u1、事项u2、事项u3 等）；1 个窗口（U01）");
    expect(told(await unit("no"), "en")).toContain("4 items (Item u1, Item u2, Item u3 …); 1 window (U01)");
    expect(told(await field("no"))).toContain("1 个队列（试验队列）；4 个事项");
    expect(told(await zone("no"))).toContain("1 个窗口（U01）；1 个队列（试验队列）");
    expect(told(await line("no"))).toContain("4 个事项（事项u1、事项u2、事项u3 等）；1 个窗口（U01）");
    expect(told(await item("u1", "no"))).toContain("1 个“一件事”（试验一件事）");
    expect(told(await window("no"))).toContain("窗口还没有关闭（U01）；1 个“一件事”（试验一件事）");
    const { number } = await take({ item: "u2" } as never);
    expect(told(await item("u2", "no"))).toContain(`今天 1 个还没有办结的号（${number}）`);
    expect(told(await line("no"))).toContain(`（${number}）`);
    expect(await db().selectFrom("items").select("active").where("code", "=", "u2").execute()).toEqual([{ active: true }]);

    // From the outside in: nothing stands in the way once its users are gone.
    await db().updateTable("tickets").set({ state: "cancelled" }).where("number", "=", number).execute();
    await db().updateTable("windows").set({ state: "closed", operator: null }).where("id", "=", id).execute();
    must(await onePackage("no"));
    for (const code of ["u1", "u2", "u3", "u4"]) must(await item(code, "no"));
    must(await window("no", ""));
    must(await line("no"));
    must(await zone("no"));
    must(await field("no"));
    must(await unit("no"));
    // Saved again as it is, it is no new decision.
    must(await unit("no"));
  });

  it("an edit that leaves it in use is not held up, and an import meets the same rule", async () => {
    must(await act((ctx) => saveLine(ctx, lineInput.parse({ code: "A", name: "综合服务", nameEn: "Comprehensive", field: "general", zone: "A", minutes: "9" }))));
    const hall = await demo();
    const sheet = must(await readUpload(new TextEncoder().encode("code,name,nameEn,active\ngaj,公安局,Public security bureau,no\n")));
    const columns = ["code", "name", "nameEn", "active"].map((key) => ({ key, label: key, labels: [key], kind: "text" as const }));
    const created = must(await createImport(db(), hall, "token:1", { kind: "departments", fileName: "单位.csv", sheet, columns }));
    await runImport(db(), created);
    const { rows } = await importRows(db(), created, { limit: 10 });
    expect(rows[0]!.result).toBe("wrong");
    expect(rows[0]!.errors.map(({ field: where, code, details }) => [where, code, refusalText("zh", code, details)])).toEqual([["active", "in_use", expect.stringMatching(/个事项（.*个窗口（/)]]);
    expect(refusal(await startImport(db(), hall, "token:1", created, "apply", false))).toBeDefined();
  });
});
