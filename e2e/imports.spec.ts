/** Journey of an administrator who brings a table in, corrects what is wrong, and takes it back. */
import { readFile, writeFile } from "node:fs/promises";
import { confirm } from "./support/dialog";
import { expect, type Page, SIZES, test } from "./support/fixtures";

const fresh = Date.now().toString(36);
const HEAD = "事项编码,名称,英文名称,事项类型,部门,领域,队列,通常用时";
const line = (n: number, minutes = "10", kind = "行政许可") => `E2E${fresh}-${n},导入事项${fresh}-${n},Imported item ${n},${kind},云州市教育局,综合,A,${minutes}`;

async function upload(page: Page, file: string): Promise<void> {
  await page.getByLabel("要导入什么").selectOption("items");
  await page.getByLabel(/^选择文件/).setInputFiles(file);
  await page.getByRole("button", { name: "上传并核对" }).click();
  await expect(page.getByText("等您确认")).toBeVisible();
}

test("an administrator imports a catalogue with two wrong rows, corrects them, applies and undoes", async ({ visit }, info) => {
  const page = await visit({ viewport: SIZES.office, acceptDownloads: true, as: "manager", path: "/admin/items" });
  await page.getByRole("main").getByRole("link", { name: "导入", exact: true }).click();
  await expect(page.getByLabel("要导入什么")).toHaveValue("items");
  const file = info.outputPath("items.csv");
  await writeFile(file, `\uFEFF${[HEAD, line(1), line(2, "很快"), line(3), line(4, "10", "火星许可")].join("\n")}`);
  await upload(page, file);

  // Nothing is written yet; each wrong cell is named.
  await expect(page.getByText("有 2 行需要改正，其余 2 行可以导入。")).toBeVisible();
  await expect(page.getByText("通常用时（分钟）：请填写数字（现在是“很快”）")).toBeVisible();
  await expect(page.getByText("事项类型：没有“火星许可”，请从“可选值”里选")).toBeVisible();
  await confirm(page, /^只导入正确的 2 行/);
  await expect(page.getByText("已导入：新增 2 条，修改 0 条。")).toBeVisible();

  // The wrong rows come as a table with the reasons, are corrected and brought again.
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "下载有误的 2 行" }).click();
  expect((await (await download).path()).length).toBeGreaterThan(0);
  const csv = await page.request.get(`${page.url().split("?")[0]}/rows?format=csv`);
  const text = await csv.text();
  expect(text).toContain("通常用时（分钟）：请填写数字");
  await writeFile(file, text.replace("很快", "12").replace("火星许可", "行政许可"));
  await page.getByRole("link", { name: "上传改好的表格" }).click();
  await upload(page, file);
  await expect(page.getByText("全部 2 行都可以导入。")).toBeVisible();
  await confirm(page, /^导入 2 行/);
  await expect(page.getByText("已导入：新增 2 条，修改 0 条。")).toBeVisible();

  // In the list, and in both forms of its export.
  await page.goto(`/admin/items?q=${fresh}`);
  await expect(page.getByRole("row", { name: new RegExp(`导入事项${fresh}-`) })).toHaveCount(4);
  const sheet = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出 Excel" }).click();
  expect((await readFile(await (await sheet).path())).subarray(0, 2).toString()).toBe("PK");

  // Taken back whole.
  await page.goto("/admin/imports");
  await page.getByRole("table").getByRole("link").first().click();
  await confirm(page, /^撤销这次导入/);
  await expect(page.getByText("已撤销：恢复 0 条，删除 2 条，停用 0 条。")).toBeVisible();
  await page.goto(`/admin/items?q=${fresh}`);
  await expect(page.getByRole("row", { name: new RegExp(`导入事项${fresh}-`) })).toHaveCount(2);
});
