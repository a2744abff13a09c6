import { expect, SIZES, test } from "./support/fixtures";
import type { Page } from "@playwright/test";

/** The kiosk of the second floor: real estate, tax, provident fund. */
const KIOSK = { path: "/kiosk", device: ["kiosk", "demo:kiosk3"], viewport: SIZES.kiosk, hasTouch: true } as const;

const start = (page: Page) => page.getByRole("heading", { level: 1, name: "您要办什么事？" });
/** The number of the slip that is shown. */
const slipNumber = (page: Page) => page.locator("[data-ticket]");

/** A 1957 birth date with a right check character, and the same with a wrong one. */
const ID_OF_OLDER_PERSON = "110101195703078519";

function withCheckCharacter(seventeen: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return seventeen + "10X98765432"[weights.reduce((sum, weight, i) => sum + weight * Number(seventeen[i]), 0) % 11];
}
const ID = withCheckCharacter(ID_OF_OLDER_PERSON.slice(0, 17));
const WRONG_ID = ID.slice(0, 17) + (ID.endsWith("1") ? "2" : "1");

test("a visitor finds the matter by subject and holds a number after three touches", async ({ visit, hall }) => {
  const kiosk = await visit(KIOSK);
  await expect(start(kiosk)).toBeVisible();

  await kiosk.getByRole("button", { name: /^不动产/ }).tap();
  await kiosk.getByRole("button", { name: /^不动产登记资料查询/ }).tap();
  await kiosk.getByRole("button", { name: "取号", exact: true }).tap();

  await expect(kiosk.getByRole("heading", { name: "取号成功，请记住您的号码" })).toBeVisible();
  const number = await slipNumber(kiosk).getAttribute("data-ticket");
  expect(number).toMatch(/^B\d{3}$/);
  await expect(kiosk.getByRole("status").filter({ hasText: number! })).toBeVisible();
  await expect(kiosk.getByText("前面等候")).toBeVisible();
  await expect(kiosk.getByText("预计等候")).toBeVisible();
  await expect(kiosk.getByText("不动产区 · 2 楼").last()).toBeVisible();
  await expect(kiosk.getByRole("img", { name: /扫码/ })).toBeVisible();
  expect((await hall.board()).lines.find((line) => line.code === "B")?.waiting).toBeGreaterThan(0);

  await kiosk.getByRole("button", { name: "完成" }).tap();
  await expect(start(kiosk)).toBeVisible();
});

test("pinyin initials on the screen's keyboard find the matter", async ({ visit }) => {
  const kiosk = await visit(KIOSK);
  await kiosk.getByRole("button", { name: /^搜索事项/ }).tap();
  const keyboard = kiosk.getByRole("group", { name: "屏幕键盘" });
  for (const letter of "GJJ") await keyboard.getByRole("button", { name: letter, exact: true }).tap();
  await expect(kiosk.getByRole("textbox", { name: "事项名称或拼音首字母" })).toHaveValue("GJJ");
  const results = kiosk.getByRole("region", { name: "搜索结果" });
  await expect(results.getByText(/^找到 \d+ 项/)).toBeVisible();
  await results.getByRole("button", { name: /公积金/ }).first().tap();
  await expect(kiosk.getByRole("heading", { name: "确认取号" })).toBeVisible();

  await kiosk.getByRole("button", { name: "返回" }).tap();
  await keyboard.getByRole("button", { name: "清空" }).tap();
  for (const letter of "QQQQ") await keyboard.getByRole("button", { name: letter, exact: true }).tap();
  await expect(kiosk.getByText("没有找到“QQQQ”")).toBeVisible();
});

test("[GD-6.1.1q] an ID card proves the age without a telephone; a wrong number is never taken", async ({ visit, hall }) => {
  const { seq } = await hall.board();
  const kiosk = await visit(KIOSK);
  await kiosk.getByRole("button", { name: /^不动产/ }).tap();
  await kiosk.getByRole("button", { name: /^不动产登记资料查询/ }).tap();
  await kiosk.getByRole("button", { name: /^输入身份证号码/ }).tap();
  const keypad = kiosk.getByRole("group", { name: "数字键盘" });
  for (const digit of WRONG_ID) await keypad.getByRole("button", { name: digit, exact: true }).tap();
  await expect(kiosk.getByText("号码不正确，请核对后修改")).toBeVisible();
  await expect(kiosk.getByRole("button", { name: "确定" })).toBeDisabled();

  // A card reader types the number and Enter.
  await kiosk.getByRole("button", { name: "清空" }).tap();
  await kiosk.keyboard.type(`${ID}\n`);
  await expect(kiosk.getByText(`身份证号码已填写，尾号 ${ID.slice(-4)}`)).toBeVisible();
  await expect(kiosk.getByRole("radio", { name: "老年人" })).toBeChecked();
  await kiosk.getByRole("button", { name: "取号", exact: true }).tap();
  const number = await slipNumber(kiosk).getAttribute("data-ticket");
  await expect(slipNumber(kiosk)).not.toContainText(ID.slice(6, 14));

  // The hall knows the class; the guide desk gives a number to somebody without card and telephone alike.
  const { items } = await hall.events(seq);
  expect(items.findLast((event) => event.type === "ticket.issued" && JSON.stringify(event.data).includes(`"${number}"`))).toMatchObject({ data: { ticket: { class: "elderly" } } });
  expect((await hall.take("B")).number).toMatch(/^B\d{3}$/);
});

test("the screen goes back to the start when nobody touches it, and forgets what was typed", async ({ visit }) => {
  const kiosk = await visit({ ...KIOSK, path: undefined });
  await kiosk.clock.install();
  await kiosk.goto("/kiosk");
  await kiosk.getByRole("button", { name: /^搜索事项/ }).tap();
  await kiosk.getByRole("button", { name: "S", exact: true }).tap();
  await kiosk.clock.runFor(22_000);
  const question = kiosk.getByRole("alertdialog", { name: "您还在办理吗？" });
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "继续办理" }).tap();
  await expect(question).toBeHidden();
  await expect(kiosk.getByRole("textbox", { name: "事项名称或拼音首字母" })).toHaveValue("S");

  await kiosk.clock.runFor(31_000);
  await expect(start(kiosk)).toBeVisible();
  await kiosk.getByRole("button", { name: /^搜索事项/ }).tap();
  await expect(kiosk.getByRole("textbox", { name: "事项名称或拼音首字母" })).toHaveValue("");
});

test("长辈版 is larger and leaves twice the time; the next visitor starts in the ordinary one", async ({ visit }) => {
  const kiosk = await visit({ ...KIOSK, path: undefined });
  await kiosk.clock.install();
  await kiosk.goto("/kiosk");
  const sizeOf = () => start(kiosk).evaluate((heading) => Number.parseFloat(getComputedStyle(heading).fontSize));
  const before = await sizeOf();
  await kiosk.getByRole("button", { name: "长辈版" }).tap();
  await expect(kiosk.getByRole("button", { name: "标准版" })).toHaveAttribute("aria-pressed", "true");
  expect(await sizeOf()).toBeGreaterThan(before);
  for (const button of await kiosk.getByRole("main").getByRole("button").all()) {
    const box = (await button.boundingBox())!;
    expect(Math.min(box.width, box.height), await button.innerText()).toBeGreaterThanOrEqual(60);
  }
  await kiosk.clock.runFor(35_000);
  await expect(kiosk.getByRole("button", { name: "标准版" })).toBeVisible();
  await kiosk.clock.runFor(27_000);
  await expect(kiosk.getByRole("button", { name: "长辈版" })).toBeVisible();
  expect(await sizeOf()).toBe(before);
});

test("a number that the server did not give is never shown, and a lost answer does not take a second one", async ({ visit, hall, expectErrors }) => {
  expectErrors(/net::ERR_/);
  await hall.clear("P");
  const kiosk = await visit(KIOSK);
  const waiting = async () => (await hall.board()).lines.find((line) => line.code === "P")?.waiting;
  // The server does its work, the answer is lost on the way.
  await kiosk.route("**/api/v1/halls/demo/tickets", async (route) => {
    await route.fetch().catch(() => undefined);
    await route.abort("connectionreset");
  });
  await kiosk.getByRole("button", { name: /^不动产/ }).tap();
  await kiosk.getByRole("button", { name: "不动产抵押", exact: true }).tap();
  await kiosk.getByRole("button", { name: "取号", exact: true }).tap();
  await expect(kiosk.getByRole("heading", { name: "没有取到号，请到导办台" })).toBeVisible({ timeout: 20_000 });
  await expect(kiosk.locator("body")).not.toContainText(/[A-Z]\d{3}/);
  await expect.poll(waiting).toBe(1);

  await kiosk.unroute("**/api/v1/halls/demo/tickets");
  await kiosk.getByRole("button", { name: "再试一次" }).tap();
  await expect(kiosk.getByRole("heading", { name: "取号成功，请记住您的号码" })).toBeVisible();
  expect(await waiting()).toBe(1);
});

test("an answer that is cut on the way is no answer: the same press is asked again", async ({ visit, hall }) => {
  await hall.clear("P");
  const kiosk = await visit(KIOSK);
  const keys: (string | undefined)[] = [];
  await kiosk.route("**/api/v1/halls/demo/tickets", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length > 1) return route.continue();
    const answer = await route.fetch();
    await route.fulfill({ status: answer.status(), contentType: "application/json", body: (await answer.text()).slice(0, 40) });
  });
  await kiosk.getByRole("button", { name: /^不动产/ }).tap();
  await kiosk.getByRole("button", { name: "不动产抵押", exact: true }).tap();
  await kiosk.getByRole("button", { name: "取号", exact: true }).tap();
  await expect(slipNumber(kiosk)).toHaveAttribute("data-ticket", /^P\d{3}$/);
  expect(new Set(keys).size).toBe(1);
  expect(keys.length).toBeGreaterThan(1);
  expect((await hall.board()).lines.find((line) => line.code === "P")?.waiting).toBe(1);
});

test("a kiosk that cannot reach the server says so and sends people to the guide desk", async ({ visit, expectErrors }) => {
  expectErrors(/net::ERR_/);
  const kiosk = await visit({ ...KIOSK, path: undefined });
  await kiosk.clock.install();
  await kiosk.goto("/kiosk");
  await expect(start(kiosk)).toBeVisible();
  await kiosk.context().setOffline(true);
  await kiosk.clock.runFor(16_000);
  const warning = kiosk.getByRole("alert").filter({ hasText: "连接不上服务器，现在取不了号" });
  await expect(warning).toContainText("请到导办台取号");
  await kiosk.context().setOffline(false);
  await kiosk.clock.runFor(4_000);
  await expect(warning).toBeHidden();
});

test("English from the first touch to the slip", async ({ visit }) => {
  const kiosk = await visit({ ...KIOSK, viewport: SIZES.screen });
  await kiosk.getByRole("button", { name: "切换到英文" }).tap();
  await expect(kiosk.getByRole("heading", { level: 1, name: "What do you want to do?" })).toBeVisible();
  await expect(kiosk.locator("html")).toHaveAttribute("lang", "en");
  await kiosk.getByRole("button", { name: /^Real estate/ }).tap();
  await kiosk.getByRole("button", { name: /^Search of real estate registration records/ }).tap();
  await kiosk.getByRole("button", { name: "Take a number", exact: true }).tap();
  await expect(kiosk.getByRole("heading", { name: "Done. Please remember your number" })).toBeVisible();
  expect(await slipNumber(kiosk).getAttribute("data-ticket")).toMatch(/^B\d{3}$/);
  await kiosk.getByRole("button", { name: "Done", exact: true }).tap();
  await expect(start(kiosk)).toBeVisible();
});
