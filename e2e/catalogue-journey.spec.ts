/** The whole way of an item: imported, brought in, given a window and a guide, found by a citizen. */
import { writeFile } from "node:fs/promises";
import { confirm } from "./support/dialog";
import { expect, expectNoSidewaysScroll, type Page, SIZES, test } from "./support/fixtures";

const OFFICE = { viewport: SIZES.office } as const;
const mark = Date.now().toString(36).toUpperCase();
const ITEMS = Array.from({ length: 20 }, (_, index) => ({ code: `JT${mark}${String(index + 1).padStart(2, "0")}`, name: `气象信息服务${mark}第${index + 1}项` }));
const WINDOW = `W${mark}`.slice(0, 10);

async function importItems(page: Page, file: string): Promise<void> {
  await page.goto("/admin/imports?kind=items");
  await page.getByLabel("要导入什么").selectOption("items");
  await page.getByLabel(/^选择文件/).setInputFiles(file);
  await page.getByRole("button", { name: "上传并核对" }).click();
  await expect(page.getByText("全部 20 行都可以导入。")).toBeVisible();
  await confirm(page, /^导入 20 行/);
  await expect(page.getByText("已导入：新增 20 条，修改 0 条。")).toBeVisible();
}

async function bringIn(page: Page): Promise<void> {
  await page.goto("/admin/residency-applications");
  await page.getByRole("link", { name: "新建申请" }).click();
  await page.getByLabel("单位").selectOption({ label: "云州市气象局" });
  await page.getByLabel("事项名称或编码").fill(mark);
  await page.getByRole("button", { name: "列出事项" }).click();
  await page.getByRole("button", { name: "全选" }).click();
  await expect(page.getByText("已选 20 项")).toBeVisible();
  await page.getByLabel("申请理由").fill("应进必进");
  await page.getByLabel("材料").fill("云气函〔2026〕3号");
  await page.getByRole("button", { name: "提交申请" }).click();
  await page.getByRole("button", { name: "同意", exact: true }).click();
  await page.getByLabel("区域").selectOption("A");
  await page.getByLabel("队列").selectOption("A");
  await page.getByLabel("窗口").fill(WINDOW);
  await page.getByRole("button", { name: "保存安排" }).click();
  await page.getByRole("button", { name: "开通", exact: true }).click();
  await expect(page.getByText("这份申请已经办结。")).toBeVisible();
}

async function makeWindow(page: Page): Promise<void> {
  await page.goto("/admin/windows/new");
  await page.getByLabel(/^窗口号/).fill(WINDOW);
  await page.getByLabel(/^名称/).fill("气象综合窗口");
  await page.getByLabel(/^英文名称/).fill("Weather services");
  await page.getByLabel("区域").selectOption("A");
  await page.getByLabel("窗口类型").selectOption("comprehensive");
  await page.getByRole("group", { name: /^本职队列/ }).getByRole("checkbox", { name: /^A / }).check();
  await page.getByLabel("受理范围").selectOption("undifferentiated");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByText(`已保存：${WINDOW}`)).toBeVisible();
}

/** The guide of one of them, as far as a guide must be filled in. */
async function writeGuide(page: Page, code: string): Promise<void> {
  await page.goto(`/admin/guides/edit/${code}`);
  const editor = page.getByRole("main");
  await expect(editor.getByRole("button", { name: "保存草稿" })).toBeVisible();
  // All parts at once: what is folded away cannot be typed into.
  await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => ((part as HTMLDetailsElement).open = true)));
  await editor.getByRole("button", { name: "添加设定依据" }).click();
  await editor.locator('[id="f-legalBasis.0.title"]').fill("《气象灾害防御条例》");
  await editor.getByLabel("名称 中文").first().fill("云州市气象局");
  await editor.locator('[id="f-implementer.nature"]').selectOption({ index: 1 });
  await editor.getByLabel("受理条件 中文").fill("凡需要气象资料的个人和单位");
  await editor.getByRole("button", { name: "添加办理流程" }).click();
  await editor.getByLabel("名称 中文").nth(1).fill("受理");
  await editor.locator('[id="f-limits.statutory"]').fill("20");
  await editor.locator('[id="f-limits.promised"]').fill("5");
  await editor.getByLabel("窗口办理").check();
  for (const [label, text] of [["办理地点", "市政务服务中心一楼"], ["办理时间", "工作日 8:30–17:30"], ["咨询方式", "0999-1234567"], ["监督投诉方式", "12345"]] as const) await editor.getByLabel(`${label} 中文`).fill(text);
  await editor.getByRole("button", { name: "添加申请材料" }).click();
  await editor.getByLabel("名称 中文").last().fill("气象信息申请表");
  await editor.getByRole("button", { name: "保存草稿" }).click();
  await expect(page.getByText("草稿已保存")).toBeVisible();
  await page.getByRole("button", { name: "发布", exact: true }).click();
  await expect(page.getByText(/^第 1 版已发布/)).toBeVisible();
}

test("an administrator imports a catalogue, brings 20 items in, opens a comprehensive window for them, and a citizen finds the item, its materials and its window", async ({ visit }, info) => {
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin" });
  const file = info.outputPath("items.csv");
  await writeFile(file, `\uFEFF${["事项编码,名称,英文名称,事项类型,部门,领域,通常用时", ...ITEMS.map(({ code, name }) => `${code},${name},Weather information ${code},公共服务,云州市气象局,综合,12`)].join("\n")}`);
  await importItems(page, file);
  await makeWindow(page);
  await bringIn(page);

  const [item] = ITEMS;
  await writeGuide(page, item!.code);

  const citizen = await visit({ viewport: SIZES.phone, path: `/h/demo?q=${encodeURIComponent(item!.name)}` });
  await citizen.getByRole("link", { name: item!.name }).first().click();
  await expect(citizen.getByRole("region", { name: /^要带的材料/ })).toContainText("气象信息申请表");
  await expect(citizen.getByText(`${WINDOW} 气象综合窗口`).or(citizen.getByText(WINDOW)).first()).toBeVisible();
  await expectNoSidewaysScroll(citizen);
});
