import type { Page } from "@playwright/test";
import { expect, expectNoSidewaysScroll, SIZES, test } from "./support/fixtures";

/** The guide desk helps at the lines of the police: E (passports) and H (residence). */
test.beforeEach(({ hall }) => hall.clear("E", "H"));

const found = (guide: Page, number: string) => guide.getByRole("region", { name: `号码 ${number}` });

async function find(guide: Page, number: string): Promise<void> {
  await guide.getByRole("tab", { name: "查号" }).click();
  await guide.getByRole("searchbox", { name: "号码" }).fill(number.toLowerCase());
  await expect(found(guide, number)).toBeVisible();
}

test("[GD-6.1.1q] a number for somebody without a phone: by everyday words, with a class and its reason", async ({ visit, hall }) => {
  await hall.takeMany("E", 2);
  const guide = await visit({ as: "guide2", path: "/guide" });
  await expect(guide.getByRole("heading", { level: 1, name: "导办台" })).toBeVisible();
  await guide.getByRole("combobox", { name: "办什么事" }).fill("护照");
  await guide.getByRole("option", { name: /普通护照签发（首次申请）/ }).click();
  await expect(guide.getByText(/^E 出入境证件：等候 2 人/)).toBeVisible();
  await guide.getByRole("radio", { name: "老年人" }).check();
  await guide.getByRole("button", { name: /^取号：/ }).click();
  await expect(guide.getByText("请写明优先的理由。")).toBeVisible();
  await guide.getByRole("button", { name: "当面核对" }).click();
  await guide.getByRole("button", { name: /^取号：/ }).click();

  const card = guide.getByRole("region", { name: "已取的号" });
  await expect(card.getByRole("status")).toHaveText("取号成功");
  const number = (await card.locator('[data-slot="number"]').innerText()).trim();
  expect(number).toMatch(/^E\d{3}$/);
  await expect(card.getByText("老年人")).toBeVisible();
  await expect(card.getByText("0 位")).toBeVisible();
  await expect(card.getByRole("img", { name: `号码 ${number} 的进度二维码` })).toBeVisible();
  await expect(guide.getByRole("complementary", { name: "排队情况" }).getByRole("row", { name: /^E / })).toContainText("3");

  await card.getByRole("button", { name: "查看这个号" }).click();
  await expect(found(guide, number).getByText(/老年人优先：按提前 20 分钟到达排队/)).toBeVisible();
});

test("[JY-7.2.2e] a missed number is found and returned, as often as it takes", async ({ visit, hall }) => {
  const window = hall.clerk("E01");
  const { number, token } = await hall.take("E");
  await window.open();
  const guide = await visit({ as: "guide2", path: "/guide" });
  // More often than the policy's number of returns: it is never refused on the same day.
  for (let time = 1; time <= 3; time++) {
    expect(await window.callNext()).toBe(number);
    await window.miss();
    await find(guide, number);
    await expect(found(guide, number).getByText("过号", { exact: true }).first()).toBeVisible();
    await found(guide, number).getByRole("button", { name: "重新排队" }).click();
    await expect(guide.getByText(`${number} 已重新排队，不用重新取号。`)).toBeVisible();
    await expect.poll(async () => (await hall.stateOf(token)).state).toBe("waiting");
    await guide.getByRole("searchbox", { name: "号码" }).fill("");
  }
  await find(guide, number);
  await expect(found(guide, number).getByRole("listitem").filter({ hasText: "过号后重新排队" })).toHaveCount(3);
  expect(await window.callNext()).toBe(number);
  await window.start();
  await window.finish();
  // Served is served: who has more to do gets a new number.
  await expect(found(guide, number).getByText("这个号已经办结。还要办事，请重新取号。")).toBeVisible();
  await window.close();
});

test("moving to another line keeps the place and can be taken back; priority and cancelling are in the history", async ({ visit, hall }) => {
  const early = await hall.take("E");
  await hall.takeMany("H", 2);
  const guide = await visit({ as: "guide3", path: "/guide" });
  await find(guide, early.number);
  await found(guide, early.number).getByRole("button", { name: "转队" }).click();
  const moving = guide.getByRole("dialog", { name: `转办 ${early.number}` });
  await moving.getByRole("tab", { name: "按队列" }).click();
  await moving.getByRole("combobox", { name: "查找队列" }).fill("户政");
  await moving.getByRole("option", { name: /户政与交管/ }).click();
  await moving.getByRole("button", { name: /^转到/ }).click();
  await expect(guide.getByText(`${early.number} 已转到 户政与交管，保留先后顺序。`)).toBeVisible();
  expect(await hall.stateOf(early.token)).toMatchObject({ state: "waiting", ahead: 0 });
  await found(guide, early.number).getByRole("button", { name: /^撤销/ }).click();
  await expect(guide.getByText(`${early.number} 的上一步已撤销。`)).toBeVisible();
  await expect(found(guide, early.number).getByText("E 出入境证件")).toBeVisible();

  await found(guide, early.number).getByRole("button", { name: "设置优先" }).click();
  const classes = guide.getByRole("dialog", { name: `${early.number} 的人群类别` });
  await classes.getByRole("radio", { name: "孕妇" }).check();
  await classes.getByRole("button", { name: "保存" }).click();
  await expect(classes.getByText("请写明理由，至少两个字。")).toBeVisible();
  await classes.getByLabel("优先理由").fill("本人说明");
  await classes.getByRole("button", { name: "保存" }).click();
  await expect(guide.getByText(`${early.number} 的人群类别已更新。`)).toBeVisible();

  await found(guide, early.number).getByRole("button", { name: "取消号码" }).click();
  await guide.getByRole("dialog", { name: `取消 ${early.number}？` }).getByRole("button", { name: "取消号码" }).click();
  await expect(guide.getByText(`${early.number} 已取消，当天可以恢复。`)).toBeVisible();
  await expect(found(guide, early.number).getByRole("button", { name: "重新排队" })).toBeVisible();
  const history = found(guide, early.number).getByRole("list");
  for (const step of ["取号", "工作人员撤销了上一步", "调整了优先类别", "已取消"]) await expect(history.getByText(step, { exact: false }).first()).toBeVisible();
});

test("on a tablet and in English nothing is lost", async ({ visit }) => {
  const guide = await visit({ as: "guide2", path: "/guide", locale: "en", viewport: SIZES.tablet });
  await expect(guide.getByRole("heading", { level: 1, name: "Guide desk" })).toBeVisible();
  for (const tab of await guide.getByRole("tablist").first().getByRole("tab").all()) {
    await tab.click();
    await expectNoSidewaysScroll(guide);
  }
  await expect(guide.getByRole("table")).toContainText("Passports and travel permits");
});
