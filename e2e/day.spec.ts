import type { Page } from "@playwright/test";
import { currentNumber, goHome, notice, openUsualWindow, pressSpace } from "./support/desk";
import { expect, signIn, SIZES, spoken, test } from "./support/fixtures";

/** One morning in the hall, with a kiosk, a board, a phone, an administrator and a clerk, each in a browser of its own. */
const call = (board: Page, number: string) => board.locator(`[data-number="${number}"]`);

const goTo = (phone: Page, window: string) => phone.getByRole("paragraph").filter({ hasText: `请到 ${window} 窗口` });

/** Takes a number at the kiosk and returns it with its link; the link is in the QR code. */
async function take(kiosk: Page): Promise<{ number: string; token: string }> {
  const answer = kiosk.waitForResponse((response) => response.url().endsWith("/tickets") && response.request().method() === "POST");
  await kiosk.getByRole("button", { name: "取号", exact: true }).tap();
  const ticket = (await (await answer).json()) as { number: string; token: string };
  await expect(kiosk.locator("[data-ticket]")).toHaveAttribute("data-ticket", ticket.number);
  await kiosk.getByRole("button", { name: "完成" }).tap();
  return ticket;
}

test("an administrator changes the first password and pairs a new kiosk by the code that it shows", async ({ visit, state }) => {
  const kiosk = await visit({ path: "/kiosk", viewport: SIZES.kiosk, hasTouch: true });
  const shown = kiosk.locator("[data-pairing-code]");
  await expect(shown).toHaveText(/^[2-9A-HJ-NP-Z]{8}$/);
  await expect(kiosk.getByText("本机还不能取号，请到导办台。")).toBeVisible();

  const office = await visit({ path: "/admin", viewport: SIZES.office });
  await signIn(office, "admin", state.accounts.admin!.password);
  await expect(office.getByRole("heading", { level: 1, name: "实时情况" })).toBeVisible();
  await office.getByRole("navigation", { name: "管理菜单" }).getByRole("link", { name: "设备" }).click();
  await office.getByRole("link", { name: "设备配对" }).click();
  await office.getByLabel("屏幕上显示的配对码").fill((await shown.innerText()).toLowerCase());
  await office.getByRole("button", { name: "下一步" }).click();
  await office.getByRole("radio", { name: /kiosk4/ }).check();
  await office.getByRole("button", { name: "确认配对" }).click();
  await expect(office.getByRole("status").filter({ hasText: "kiosk4 已确认配对" })).toBeVisible();

  await expect(kiosk.getByRole("heading", { level: 1, name: "您要办什么事？" })).toBeVisible();
  await expect(kiosk.getByText("市场准入与投资项目区 · 2 楼")).toBeVisible();
  await office.getByRole("link", { name: "查看设备" }).click();
  await expect(office.getByRole("heading", { level: 1, name: /^kiosk4 / })).toBeVisible();
  await expect(async () => {
    await office.reload();
    await expect(office.getByText("在线", { exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass();

  // Unpaired, the screen goes back to its code by itself.
  await office.getByRole("button", { name: "解除配对" }).click();
  await office.getByRole("dialog").getByRole("button", { name: "解除配对" }).click();
  await expect(office.getByRole("dialog").getByText("已解除配对。")).toBeVisible();
  await kiosk.reload();
  await expect(shown).toHaveText(/^[2-9A-HJ-NP-Z]{8}$/);
});

test("[GD-6.2.1] [GD-6.2.2] [JY-7.2.2e] ticket, call, screen: the phone tells the place, the reminder, the window, and a missed call is no loss", async ({ visit, hall, state }) => {
  test.setTimeout(180_000);
  await hall.clear("A", "S", "M");
  const { policy } = await hall.detail();

  // Some people are there before. At the kiosk one takes a number by subject, the next one by pinyin.
  const earlier = await hall.takeMany("A", policy.remindAhead + 1);
  const kiosk = await visit({ path: "/kiosk", viewport: SIZES.kiosk, hasTouch: true, device: ["kiosk", "demo:kiosk2"] });
  await kiosk.getByRole("button", { name: /^综合/ }).tap();
  await kiosk.getByRole("button", { name: /^育儿补贴申领/ }).tap();
  const mine = await take(kiosk);
  expect(mine.number).toMatch(/^A\d{3}$/);
  await kiosk.getByRole("button", { name: /^搜索事项/ }).tap();
  for (const letter of "SBK") await kiosk.getByRole("button", { name: letter, exact: true }).tap();
  await kiosk.getByRole("button", { name: /^社会保障卡申领/ }).tap();
  const other = await take(kiosk);
  expect(other.number).toMatch(/^S\d{3}$/);

  const phone = await visit({ viewport: SIZES.phone, isMobile: true, hasTouch: true });
  await phone.addInitScript(() => {
    const buzzes: unknown[] = [];
    Object.assign(window, { buzzes });
    navigator.vibrate = (pattern) => buzzes.push(pattern) > 0;
  });
  await phone.goto(`/t/${mine.token}`);
  await expect(phone.getByText(mine.number, { exact: true })).toBeVisible();
  await expect(phone.getByText(`前面还有 ${policy.remindAhead + 1} 位`)).toBeVisible();
  await expect(phone.getByText("快到您了，请回到等候区")).toBeHidden();
  await expect(phone.getByText(/按取号先后叫号/)).toBeVisible();

  const board = await visit({ path: "/board?hall=demo&zone=A", viewport: SIZES.screen });
  await expect(board.locator('[data-line="A"]')).toContainText(`${policy.remindAhead + 2} 人`);

  const desk = await visit({ path: "/desk" });
  await signIn(desk, "clerk1", state.accounts.clerk1!.password);
  await openUsualWindow(desk, "A01");
  await expect(phone.getByText(/预计还要 \d+–\d+ 分钟/)).toBeVisible();

  // 叫下一位 by the space bar: the board flashes and says it once.
  await pressSpace(desk, "叫下一位");
  const first = earlier[0]!.number;
  await expect(currentNumber(desk)).toHaveText(first);
  await expect(call(board, first)).toContainText("A01");
  await expect(call(board, first)).toHaveClass(/\bflash\b/);
  await expect.poll(() => spoken(board)).toEqual([expect.stringContaining("到 A 零 一 号窗口")]);
  await expect(phone.getByText(`前面还有 ${policy.remindAhead} 位`)).toBeVisible();
  await expect(phone.getByText("快到您了，请回到等候区")).toBeVisible();

  await pressSpace(desk, "开始办理");
  await expect(call(board, first)).toContainText("办理中");
  await pressSpace(desk, "办结");
  await expect(notice(desk)).toContainText(`${first} 已办结`);

  // A slip of the finger is taken back within a minute.
  await desk.keyboard.press("z");
  await expect(notice(desk)).toContainText(`${first} 的上一步已撤销`);
  await expect(currentNumber(desk)).toHaveText(first);
  await pressSpace(desk, "办结");

  for (const { number } of earlier.slice(1)) await hall.cancel(number);
  await expect(phone.getByText("您是下一位")).toBeVisible();
  await pressSpace(desk, "叫下一位");
  await expect(goTo(phone, "A01")).toBeVisible();
  await expect(phone.getByText("综合服务区 · 1 楼")).toBeVisible();
  await expect(phone).toHaveTitle(new RegExp(`${mine.number} · 请到 A01 窗口`));
  expect(await phone.evaluate(() => (window as unknown as { buzzes: unknown[] }).buzzes)).toHaveLength(1);

  // Nobody came. Back again, the visitor presses one button and waits with the same number.
  await desk.keyboard.press("m");
  await expect(notice(desk)).toContainText(`${mine.number} 已过号`);
  await expect(call(board, mine.number)).toContainText("已过号");
  await expect(phone.getByText("叫号时您没有到场")).toBeVisible();
  await phone.getByRole("button", { name: "我回来了，重新排队" }).tap();
  await expect(phone.getByText(/您是下一位|前面还有 \d+ 位/)).toBeVisible();
  await expect(phone.getByText("排在本队接下来的几位之后", { exact: false })).toBeVisible();
  expect((await hall.stateOf(mine.token)).state).toBe("waiting");

  await pressSpace(desk, "叫下一位");
  await expect(goTo(phone, "A01")).toBeVisible();
  await pressSpace(desk, "开始办理");
  await expect(phone.getByText("A01 窗口正在为您办理")).toBeVisible();
  await pressSpace(desk, "办结");
  await expect(phone.getByText("已经办结")).toBeVisible();

  // With nobody in its own line the window helps another one.
  await pressSpace(desk, "叫下一位");
  await expect(currentNumber(desk)).toHaveText(other.number);
  await pressSpace(desk, "开始办理");
  await pressSpace(desk, "办结");

  // Every call was spoken once: first, mine twice (called again after the return), other.
  await expect.poll(async () => (await spoken(board)).length).toBe(4);
  await goHome(desk);
  await expect(board.locator('[data-window-cell="A01"]')).toBeHidden();
});

test("the visitor leaves: the phone asks once, and the number can come back on the same day", async ({ visit, hall }) => {
  const { token, number } = await hall.take("M");
  const phone = await visit({ path: `/t/${token}`, viewport: SIZES.phone, isMobile: true, hasTouch: true });
  await phone.getByRole("button", { name: "不等了，取消号码" }).tap();
  await expect(phone.getByText(`确定取消号码 ${number} 吗？`, { exact: false })).toBeVisible();
  await phone.getByRole("button", { name: "继续等" }).tap();
  expect((await hall.stateOf(token)).state).toBe("waiting");
  await phone.getByRole("button", { name: "不等了，取消号码" }).tap();
  await phone.getByRole("button", { name: "取消号码", exact: true }).tap();
  await expect(phone.getByText("号码已取消")).toBeVisible();
  await phone.getByRole("button", { name: "我回来了，重新排队" }).tap();
  await expect(phone.getByText(/您是下一位|前面还有 \d+ 位/)).toBeVisible();
});
