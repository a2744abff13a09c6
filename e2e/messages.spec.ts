import { expect, expectNoSidewaysScroll, SIZES, test } from "./support/fixtures";

const KEYS = { p256dh: "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM", auth: "tBHItJI5svbpez7KI4CCXg" };

test("[GD-6.1.2] an administrator changes the text of a confirmation: the preview follows, a missing content is named, a test is found in the log", async ({ visit }) => {
  const page = await visit({ as: "manager", path: "/admin/message-templates/record/booking_confirmed", viewport: SIZES.office });
  const text = page.getByLabel(/^内容/);
  const preview = page.getByRole("region", { name: "中文" });
  const usual = await text.inputValue();
  // A placeholder that is typed before the scripts are there would not be previewed.
  await expect(async () => {
    await text.fill(usual.replace("{place}", ""));
    await expect(preview).toContainText("缺少 place", { timeout: 1_000 });
  }).toPass();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "place" }).first()).toBeVisible();
  await text.fill(`您好！${usual}`);
  await expect(preview).toContainText(/您好！.*王\*\*.*Y0012.*短信 \d 条/);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存：booking_confirmed")).toBeVisible();

  await page.goto("/admin/message-templates/record/booking_confirmed");
  await page.getByRole("button", { name: "发一条中文测试" }).click();
  await page.getByRole("button", { name: "发送测试" }).click();
  const done = page.getByText(/测试消息编号/);
  await expect(done).toBeVisible();
  const number = /编号 ([\d,]+)/.exec((await done.textContent())!)![1]!.replace(/,/g, "");
  await expect(async () => {
    await page.goto(`/admin/messages/record/${number}`);
    await expect(page.locator('[data-slot="message-text"]')).toContainText("您好！", { timeout: 1_000 });
    await expect(page.getByText("已发送").first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test("[GD-6.2.2] a browser that asked for it is told of the call; its owner stops such messages by the link, without scripts", async ({ visit, hall, request }) => {
  await hall.clearWindow("C01");
  const clerk = hall.clerk("C01");
  await clerk.open();
  const { token, number } = await hall.take("D");
  const asked = await request.post(`/api/v1/tickets/${token}/reminders`, { data: { push: { endpoint: `https://push.example.org/${token}`, keys: KEYS }, locale: "zh" } });
  expect(asked.status()).toBe(204);
  await clerk.call(number);
  const office = await visit({ as: "manager", viewport: SIZES.office });
  let stop = "";
  await expect(async () => {
    await office.goto("/admin/messages?kind=queue_called");
    await office.getByRole("link", { name: /^\d+$/ }).first().click();
    const text = office.locator('[data-slot="message-text"]');
    await expect(text).toContainText(number, { timeout: 2_000 });
    stop = /\/m\/[\w-]+/.exec((await text.textContent())!)![0];
  }).toPass();
  const page = await visit({ path: stop, viewport: SIZES.phone, javaScriptEnabled: false });
  await page.getByLabel(/^叫号消息/).uncheck();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存。")).toBeVisible();
  await expect(page.getByLabel(/^叫号消息/)).not.toBeChecked();
  await expect(page.getByLabel(/^预约消息/)).toBeChecked();
  await expectNoSidewaysScroll(page);
  await clerk.miss();
  await expect(async () => {
    await office.goto("/admin/messages?kind=queue_missed");
    await expect(office.getByRole("row").filter({ hasText: "对方不再接收" }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
});
