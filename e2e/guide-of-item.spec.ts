import { expect, expectNoSidewaysScroll, SIZES, test } from "./support/fixtures";

const ITEM = "990706005000";
const GUIDE = `/h/demo/items/${ITEM}`;

test("[BG-C03a][GD-5.3.1] a citizen answers two questions without scripts, sees the exact materials and opens the notice with its five parts", async ({ visit }) => {
  const page = await visit({ path: GUIDE, viewport: SIZES.phone, javaScriptEnabled: false });
  const materials = page.getByRole("region", { name: /^要带的材料/ });
  await expect(materials).not.toContainText("原居民身份证");
  await page.getByRole("link", { name: "还在", exact: true }).click();
  await page.getByRole("link", { name: "损坏、看不清" }).click();
  await expect(page.getByText("证件损坏换领").first()).toBeVisible();
  await expect(materials).toContainText("原居民身份证");
  await expect(materials).not.toContainText("居民户口簿");
  await expectNoSidewaysScroll(page);
  await page.getByRole("link", { name: "打印一次性告知单" }).click();
  for (const part of ["一、材料", "二、条件", "三、程序", "四、时限", "五、收费"]) await expect(page.getByRole("heading", { name: part })).toBeVisible();
  await expect(page.getByText("情形：证件损坏换领")).toBeVisible();
});

test("[JY-7.2.1c] an administrator changes and publishes a guide: page, API and kiosk list show the same new version", async ({ visit, request }) => {
  const item = "990509003000";
  const office = await visit({ as: "manager", path: `/admin/items/record/${item}`, viewport: SIZES.office });
  await office.getByRole("link", { name: /底稿/ }).click();
  await office.locator("summary").filter({ hasText: "注意事项" }).click();
  await office.getByLabel("注意事项 中文").fill("可以请社区工作人员上门办理");
  await office.getByRole("button", { name: "保存草稿" }).click();
  await expect(office.getByText("草稿已保存")).toBeVisible();
  await office.getByRole("button", { name: "发布", exact: true }).click();
  await expect(office.getByText(/^第 2 版已发布/)).toBeVisible();
  const page = await visit({ path: `/h/demo/items/${item}` });
  await expect(page.getByText("办事指南第 2 版", { exact: false })).toBeVisible();
  await expect(page.getByText("可以请社区工作人员上门办理")).toBeVisible();
  const api = (await (await request.get(`/api/v1/items/${item}?hall=demo`)).json()) as { guide: { version: number } };
  const kiosk = (await (await request.get("/api/v1/halls/demo/items?q=gljt")).json()) as { items: { code: string; guideVersion: number }[] };
  expect([api.guide.version, kiosk.items.find(({ code }) => code === item)?.guideVersion]).toEqual([2, 2]);
});

test("[GD-5.1.3w] the search over all halls leads from a misspelt word to the item's page", async ({ visit }) => {
  const page = await visit({ path: "/search" });
  await page.getByRole("searchbox").fill("结昏登记");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /您是不是要找/ })).toBeVisible();
  await page.getByRole("link", { name: "内地居民结婚登记" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "内地居民结婚登记" })).toBeVisible();
});
