import type { Page } from "@playwright/test";
import { action, currentNumber, goHome, notice, openUsualWindow, pressSpace, primary } from "./support/desk";
import { expect, expectNoScroll, SIZES, test } from "./support/fixtures";

/** Tax on the second floor: windows T01 to T04 with a clerk each; civil affairs: N01 and N02. */
test.beforeEach(({ hall }) => hall.clear("T", "N"));

const dialog = (desk: Page, name: RegExp) => desk.getByRole("dialog", { name });

test("a morning by keyboard alone, on one screen without scrolling", async ({ visit, hall }) => {
  const waiting = await hall.takeMany("T", 8);
  const desk = await visit({ as: "pengyulan", path: "/desk" });
  const card = desk.getByRole("region", { name: "我的窗口" }).getByRole("button", { name: /^T01/ });
  await expect(card).toBeVisible();
  for (let tabs = 0; tabs < 12 && !(await card.evaluate((element) => element === document.activeElement)); tabs++) await desk.keyboard.press("Tab");
  await expect(card).toBeFocused();
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("heading", { level: 1, name: /^T01 / })).toBeVisible();
  await expectNoScroll(desk);

  await pressSpace(desk, "叫下一位");
  await expect(currentNumber(desk)).toHaveText(waiting[0]!.number);
  await expect(currentNumber(desk)).toHaveCSS("font-size", /^(4[8-9]|[5-9]\d|1\d\d)px$/);
  await expect(desk.getByText("为什么是这个号：")).toBeVisible();
  await expectNoScroll(desk);

  // Calling again is possible only after a pause; the button says so instead of doing nothing.
  await desk.keyboard.press("r");
  await expect(notice(desk)).toContainText(/\d+ 秒后才能重呼/);
  await desk.keyboard.press("s");
  await expect(notice(desk)).toContainText("开始办理");
  await expect(primary(desk)).toContainText("办结");
  await desk.keyboard.press("o");
  await expect(dialog(desk, /办结结果/)).toBeVisible();
  await desk.keyboard.press("2");
  await expect(notice(desk)).toContainText(`${waiting[0]!.number} 已办结`);
  await expect(dialog(desk, /办结结果/)).toBeHidden();

  await pressSpace(desk, "叫下一位");
  await pressSpace(desk, "开始办理");
  await expect(notice(desk)).toContainText("开始办理");
  await desk.keyboard.press("f");
  await expect(notice(desk)).toContainText(`${waiting[1]!.number} 已办结`);
  await desk.keyboard.press("z");
  await expect(notice(desk)).toContainText("上一步已撤销");
  await expect(currentNumber(desk)).toHaveText(waiting[1]!.number);
  await desk.keyboard.press("f");
  await expect(currentNumber(desk)).toBeHidden();
  await expect(desk.getByRole("heading", { name: "今天", exact: true })).toBeVisible();
  await expectNoScroll(desk);
  await goHome(desk);
});

test("hold and resume, transfer to a line, call by number with a reason, pause and close: by keys", async ({ visit, hall }) => {
  const [first, second, third] = await hall.takeMany("N", 3);
  const desk = await visit({ as: "yeqing", path: "/desk" });
  await openUsualWindow(desk, "N01");

  await pressSpace(desk, "叫下一位");
  await expect(currentNumber(desk)).toHaveText(first!.number);
  // The screen may show a step before its answer is there; the next one is taken when the answer has come.
  await expect(notice(desk)).toContainText(`已呼叫 ${first!.number}`);
  await desk.keyboard.press("h");
  await expect(notice(desk)).toContainText(`${first!.number} 已挂起`);
  await expect(currentNumber(desk)).toBeHidden();
  await desk.getByRole("button", { name: `恢复 ${first!.number}` }).focus();
  await desk.keyboard.press("Enter");
  await expect(currentNumber(desk)).toHaveText(first!.number);

  // A key that is pressed while the step before is still under way does nothing.
  await expect(async () => {
    await desk.keyboard.press("t");
    await expect(dialog(desk, /^转办/)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await desk.getByRole("tab", { name: "按事项" }).focus();
  await desk.keyboard.press("ArrowRight");
  await expect(desk.getByRole("combobox", { name: "查找队列" })).toBeVisible();
  await desk.getByRole("combobox", { name: "查找队列" }).focus();
  await desk.keyboard.type("出件");
  await expect(desk.getByRole("option")).toHaveCount(1);
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("button", { name: /^转到 综合出件/ })).toBeEnabled();
  await desk.keyboard.press("Enter");
  await expect(notice(desk)).toContainText(`${first!.number} 已转到 综合出件，保留先后顺序`);
  expect((await hall.board()).lines.find((line) => line.code === "R")?.waiting).toBeGreaterThan(0);
  await hall.cancel(first!.number);

  // The third person is ill and goes first: only with a reason.
  await desk.keyboard.press("n");
  const calling = dialog(desk, /^指定叫号/);
  await desk.keyboard.type(third!.number.toLowerCase());
  await desk.keyboard.press("Enter");
  await expect(calling.getByText("请写明理由，至少两个字。")).toBeVisible();
  await desk.keyboard.press("Tab");
  await desk.keyboard.type("身体不适");
  await desk.keyboard.press("Enter");
  await expect(calling).toBeHidden();
  await expect(currentNumber(desk)).toHaveText(third!.number);
  await pressSpace(desk, "开始办理");
  await pressSpace(desk, "办结");

  await expect(primary(desk)).toContainText("叫下一位");
  await expect(notice(desk)).toContainText(`${third!.number} 已办结`);
  await desk.keyboard.press("p");
  await expect(dialog(desk, /^暂停窗口/)).toBeVisible();
  await desk.keyboard.press("1");
  await expect(notice(desk)).toContainText("窗口已暂停");
  await expect(desk.getByText(/起暂停：用餐/)).toBeVisible();
  await pressSpace(desk, "恢复服务");
  await pressSpace(desk, "叫下一位");
  await expect(currentNumber(desk)).toHaveText(second!.number);
  // Nobody can close the window while somebody stands there.
  await desk.getByRole("button", { name: "关闭窗口" }).click({ force: true });
  await expect(notice(desk)).toContainText(`窗口正在办理 ${second!.number}`);
  await pressSpace(desk, "开始办理");
  await pressSpace(desk, "办结");
  await goHome(desk);
  await expect(primary(desk)).toContainText("开启窗口");
});

test("a double press has one effect", async ({ visit, hall }) => {
  const [first, second] = await hall.takeMany("T", 2);
  const desk = await visit({ as: "zengzimo", path: "/desk" });
  await openUsualWindow(desk, "T02");
  const { seq } = await hall.board();
  await expect(primary(desk)).not.toHaveAttribute("aria-disabled", "true");
  // Faster than any answer.
  await desk.evaluate(() => {
    for (let press = 0; press < 2; press++) window.dispatchEvent(new KeyboardEvent("keydown", { code: "Space", key: " ", bubbles: true, cancelable: true }));
  });
  await expect(notice(desk)).toContainText(`已呼叫 ${first!.number}`);
  await expect(primary(desk)).toContainText("开始办理");
  await expect(primary(desk)).not.toHaveAttribute("aria-disabled", "true");
  await primary(desk).dblclick();
  await expect(notice(desk)).toContainText(`${first!.number} 开始办理`);
  // The button means something else now; the next press is asked for only after a moment.
  await expect(primary(desk)).toContainText("办结");
  await expect(primary(desk)).not.toHaveAttribute("aria-disabled", "true");
  const steps = (await hall.events(seq)).items.filter((event) => [first, second].some((ticket) => JSON.stringify(event.data).includes(`"${ticket!.number}"`))).map((event) => event.type);
  expect(steps, "one effect for all presses").toEqual(["ticket.called", "ticket.started"]);
  await pressSpace(desk, "办结");
  await expect(notice(desk)).toContainText("已办结");
  await hall.cancel(second!.number);
  await goHome(desk);
});

test("two tabs of the same clerk show the same, whichever is used", async ({ visit, hall }) => {
  const [first] = await hall.takeMany("T", 2);
  const left = await visit({ as: "xiaojianping", path: "/desk" });
  await openUsualWindow(left, "T03");
  const right = await left.context().newPage();
  await right.goto("/desk?window=T03");
  await pressSpace(right, "叫下一位");
  await expect(currentNumber(left)).toHaveText(first!.number);
  await pressSpace(left, "开始办理");
  await expect(primary(right)).toContainText("办结");
  await pressSpace(right, "办结");
  await expect(currentNumber(left)).toBeHidden();
  await hall.clear("T");
  await goHome(left);
});

test("a lost connection is visible, and a press made meanwhile takes effect once when it is back", async ({ visit, hall, expectErrors }) => {
  expectErrors(/net::ERR_|WebSocket connection/);
  const [first, second] = await hall.takeMany("T", 2);
  const desk = await visit({ as: "tiantian", path: "/desk" });
  await openUsualWindow(desk, "T04");
  const { seq } = await hall.board();

  await desk.context().setOffline(true);
  await expect(desk.getByRole("alert").filter({ hasText: "连接中断" })).toContainText(/\d\d:\d\d:\d\d 起未更新。仍可操作/);
  await expectNoScroll(desk);
  await pressSpace(desk, "叫下一位");
  await expect(notice(desk)).toContainText("还没有收到答复，正在重试。这次操作最多只会生效一次。");
  // An impatient clerk presses again: that only hurries the same press.
  await desk.keyboard.press("Space");
  await desk.keyboard.press("Space");
  expect((await hall.stateOf(first!.token)).state).toBe("waiting");
  await desk.context().setOffline(false);
  await expect(currentNumber(desk)).toHaveText(first!.number);
  await expect(desk.getByRole("alert").filter({ hasText: "连接中断" })).toBeHidden();

  // The answer is lost after the server has done its work: the repeated press learns what became of the first one.
  let lost = 0;
  await desk.route("**/windows/T04/start", async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await pressSpace(desk, "开始办理");
  await expect(notice(desk)).toContainText(`${first!.number} 开始办理`);
  expect(lost).toBeGreaterThan(1);
  const steps = (await hall.events(seq)).items.filter((event) => JSON.stringify(event.data).includes(`"${first!.number}"`)).map((event) => event.type);
  expect(steps).toEqual(["ticket.called", "ticket.started"]);
  await pressSpace(desk, "办结");
  await hall.cancel(second!.number);
  await goHome(desk);
});

test("somebody else's window can be looked at, not used", async ({ visit, hall, state }) => {
  await hall.take("N");
  const desk = await visit({ as: "chenghongwei", path: "/desk" });
  await openUsualWindow(desk, "N02");
  const other = await visit({ as: "yeqing", path: "/desk?window=N02" });
  await expect(other.getByRole("paragraph").filter({ hasText: /^这个窗口由.+使用。$/ })).toBeVisible();
  await expect(primary(other)).toBeHidden();
  await other.keyboard.press("Space");
  await expect(action(other, "过号")).toHaveAttribute("aria-disabled", "true");
  await expect(currentNumber(desk)).toBeHidden();
  expect(state.accounts.yeqing!.role).toBe("clerk");
  await goHome(desk);
});

test("the desk in English, at both sizes without scrolling", async ({ visit, hall }) => {
  const { number } = await hall.take("N");
  for (const viewport of [SIZES.desk, SIZES.screen]) {
    const desk = await visit({ as: "yeqing", path: "/desk?window=N01", locale: "en", viewport });
    await expect(desk.getByRole("heading", { level: 1, name: /^N01 Marriage registration/ })).toBeVisible();
    await expect(desk.getByRole("main")).toContainText(number);
    await expect(desk.getByRole("main")).not.toContainText(/[一-龥]{4,}/);
    await expectNoScroll(desk);
  }
});
