import { expect, expectNoSidewaysScroll, SIZES, test } from "./support/fixtures";

const OFFICE = { viewport: SIZES.office } as const;
/** Items of the customs, outside of the hall in the demo data. */
const ITEMS = ["报关单位备案", "报关单位备案信息变更"];

test("[HN-7.1.3] items of a unit come in: applied, reviewed, placed, opened, and the figures and the catalogue follow", async ({ visit }) => {
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin/residency" });
  await expect(page.getByText(/进驻率 [\d.]+%，达到目标 90%/)).toBeVisible();
  await page.goto("/admin/residency-applications");
  await page.getByRole("link", { name: "新建申请" }).click();
  await page.getByLabel("单位").selectOption({ label: "云州海关" });
  await page.getByRole("button", { name: "列出事项" }).click();
  await page.getByRole("button", { name: "全选" }).click();
  await expect(page.getByText("已选 2 项")).toBeVisible();
  await page.getByLabel("申请理由").fill("应进必进");
  await page.getByLabel("材料").fill("署办函〔2026〕8号");
  await page.getByRole("button", { name: "提交申请" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^JZ\d{4}-\d{4} 进驻$/ })).toBeVisible();
  await page.getByRole("button", { name: "退回补正" }).click();
  await expect(page.getByText("请写明不同意或退回的理由。")).toBeVisible();
  await page.getByRole("button", { name: "同意", exact: true }).click();
  await page.getByLabel("区域").selectOption({ index: 1 });
  await page.getByLabel("队列").selectOption("Q");
  await page.getByLabel("窗口").fill("Q01");
  await page.getByRole("button", { name: "保存安排" }).click();
  await page.getByRole("button", { name: "开通", exact: true }).click();
  await expect(page.getByText("这份申请已经办结。")).toBeVisible();
  for (const step of ["申请", "审核同意", "安排", "开通"]) await expect(page.getByRole("region", { name: "办理过程" }).getByRole("rowheader", { name: step, exact: true })).toBeVisible();
  await page.goto("/admin/residency-items?standing=resident&q=报关单位备案");
  for (const item of ITEMS) await expect(page.getByRole("cell", { name: item, exact: true })).toBeVisible();
});

test("[HN-7.2.4][BG-C02a] the negative list is public from the first day; changed, it is published anew and read on a phone", async ({ visit }) => {
  const admin = await visit({ ...OFFICE, as: "manager", path: "/admin/negative-list/record/990101021000" });
  await admin.getByLabel("依据").fill("需要标准化考场，大厅不具备条件");
  await admin.getByRole("button", { name: "保存", exact: true }).click();
  await expect(admin.getByText("已保存：990101021000")).toBeVisible();
  await admin.goto("/admin/residency");
  await expect(admin.getByText(/第 1 版/).first()).toBeVisible();
  await admin.getByRole("button", { name: "公布新一版" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "公布新一版" }).click();
  await expect(admin.getByText("已公布第 2 版。")).toBeVisible();
  const phone = await visit({ viewport: SIZES.phone, path: "/h/demo/negative-list" });
  await expect(phone.getByRole("heading", { level: 1, name: "事项不进驻负面清单" })).toBeVisible();
  await expect(phone.getByText("第 2 版").first()).toBeVisible();
  await expect(phone.getByText("需要标准化考场，大厅不具备条件").first()).toBeVisible();
  await expect(phone.getByText("涉密", { exact: true }).first()).toBeVisible();
  await expectNoSidewaysScroll(phone);
});

test("[GD-6.9][GD-6.10] shared services lead to their guides, within the city and across cities", async ({ visit }) => {
  const phone = await visit({ viewport: SIZES.phone, path: "/h/demo/shared-services" });
  await expect(phone.getByRole("heading", { name: /^同城通办（\d+）$/ })).toBeVisible();
  await expect(phone.getByRole("heading", { name: /^跨城通办（\d+）$/ })).toBeVisible();
  await expectNoSidewaysScroll(phone);
  await phone.getByRole("link", { name: "社会保障卡申领" }).click();
  await expect(phone.getByRole("heading", { level: 1, name: /社会保障卡申领/ })).toBeVisible();
});
