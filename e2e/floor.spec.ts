import { expect, SIZES, test } from "./support/fixtures";

const OFFICE = { viewport: SIZES.office } as const;

test("[HN-5.5.3o] an administrator puts a window elsewhere on the plan by keyboard, and a citizen finds it on the public plan", async ({ visit }) => {
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin/plan?floor=2" });
  const mark = page.getByRole("button", { name: "窗口 税务", exact: false }).or(page.getByRole("button", { name: /^窗口 办税服务窗口/ })).first();
  await mark.focus();
  const across = page.getByLabel("横向（‰）");
  const before = Number(await across.inputValue());
  await page.keyboard.press("Shift+ArrowRight");
  await expect(across).toHaveValue(String(before + 20));
  await page.getByRole("button", { name: "撤销" }).click();
  await mark.focus();
  await expect(across).toHaveValue(String(before));
  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "保存平面图" }).click();
  await expect(page.getByRole("status").filter({ hasText: "已保存" })).toBeVisible();

  const citizen = await visit({ path: "/h/demo/plan?window=T01" });
  await expect(citizen.getByText("T01 办税服务窗口：2 层 税务区")).toBeVisible();
  await expect(citizen.getByRole("img", { name: "2 层平面图" })).toBeVisible();
});

test("a window helps another line and goes back, with the reason in the record", async ({ visit }) => {
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin/tidal" });
  await page.getByLabel("窗口", { exact: true }).selectOption("F03");
  const own = page.getByRole("group", { name: "先办这些队列" });
  await own.getByRole("checkbox", { name: /^F / }).uncheck();
  await page.getByRole("button", { name: "调整", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: /请写明原因|请至少选一个队列/ })).toBeVisible();
  await own.getByRole("checkbox", { name: /^S / }).check();
  await page.getByLabel(/^原因/).fill("社保等候超过 20 人");
  await page.getByRole("button", { name: "调整", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "F03 窗口已调整" })).toBeVisible();
  const running = page.getByRole("region", { name: "正在支援" }).or(page.locator("section", { has: page.getByRole("heading", { name: "正在支援" }) })).first();
  await expect(running).toContainText("F → S");
  await running.getByRole("button", { name: "恢复平时的队列" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "恢复平时的队列" }).click();
  await expect(page.getByRole("dialog")).toContainText("F03 窗口已恢复平时的队列");
  await page.getByRole("dialog").getByRole("button", { name: "返回" }).click();
  await expect(page.getByRole("table", { name: "调整记录" }).getByRole("row").nth(1)).toContainText("社保等候超过 20 人");
});
