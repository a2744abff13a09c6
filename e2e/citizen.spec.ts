import type { Page } from "@playwright/test";
import { expect, expectNoSidewaysScroll, SIZES, test, type Visit } from "./support/fixtures";
import { openLine } from "./support/line";

const PHONE = { viewport: SIZES.phone, isMobile: true, hasTouch: true } as const satisfies Visit;
const ITEM = "990709005000";

const heading = (page: Page, name: string | RegExp, level = 1) => page.getByRole("heading", { level, name });

test("from the entrance to the window in a few steps, by keyboard alone", async ({ visit, hall }) => {
  const { lines } = await hall.detail();
  const page = await visit({ path: "/" });
  await expect(heading(page, "政务服务大厅")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "跳到主要内容" })).toBeFocused();
  await page.getByRole("link", { name: "进入大厅" }).first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("searchbox")).toBeVisible();

  // Opening hours, waiting now, the way to each window, the rules: all on one page.
  await expect(page.getByRole("definition").filter({ hasText: "08:30–12:00" }).first()).toBeVisible();
  await expect(page.getByText("法定节假日按国家安排休息", { exact: false })).toBeVisible();
  for (const line of lines) await expect(page.getByRole("rowheader", { name: line.name, exact: true })).toBeVisible();
  await expect(heading(page, /^叫号规则（第 \d+ 版）$/, 2)).toBeVisible();

  await page.getByRole("searchbox").focus();
  await page.keyboard.type("jhdj");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=jhdj/);
  await page.getByRole("link", { name: /结婚登记/ }).first().focus();
  await page.keyboard.press("Enter");
  await expect(heading(page, /结婚登记/)).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: /^\d+ 分钟$/ })).toBeVisible();
  const windows = page.getByRole("region", { name: "在哪里办" });
  await expect(windows).toContainText("N01");
  await expect(windows).toContainText("民政婚登区 · 2 楼");
  await expect(page.getByText("不需要手机", { exact: false })).toBeVisible();
  await page.getByRole("link", { name: "返回大厅页面" }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
});

test("[HN-5.5.3a] every zone and every window stands at its floor, and a moved window moves at once", async ({ visit, request }) => {
  const detail = (await (await request.get("/api/v1/halls/demo")).json()) as { zones: { code: string; name: string; floor: number }[]; windows: { code: string; name: string; zone: string }[] };
  const page = await visit({ path: "/h/demo" });
  const map = page.getByRole("region", { name: "楼层与窗口" });
  for (const zone of detail.zones) {
    const place = map.getByRole("listitem").filter({ has: page.getByText(zone.name, { exact: true }) }).first();
    await expect(place).toBeVisible();
    expect(await place.evaluate((element) => element.parentElement?.previousElementSibling?.textContent), zone.name).toBe(`${zone.floor} 楼`);
    for (const window of detail.windows.filter((known) => known.zone === zone.code)) await expect(place.getByRole("listitem").filter({ hasText: window.code })).toContainText(window.name);
  }
  const office = await visit({ as: "manager", path: "/admin/windows/record/C02", viewport: SIZES.office });
  for (const [zone, name] of [["D", "帮代办与投诉受理区"], ["C", "咨询导办区"]] as const) {
    await office.goto("/admin/windows/record/C02");
    await office.getByLabel("区域", { exact: false }).first().selectOption({ value: zone });
    await office.locator("form").getByRole("button", { name: "保存", exact: true }).click();
    await expect(office.getByText("已保存：C02")).toBeVisible();
    await page.reload();
    await expect(map.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) }).getByText("C02")).toBeVisible();
  }
});

test("everyday words, pinyin and subjects lead to the same matter; nothing found says what to do", async ({ visit }) => {
  const page = await visit({ ...PHONE, path: "/h/demo" });
  for (const words of ["房产证", "gjj", "护照"]) {
    await page.getByRole("searchbox").fill(words);
    await page.getByRole("button", { name: "搜索" }).click();
    await expect(heading(page, /找到 \d+ 个事项|显示前 \d+ 个事项/, 2)).toBeVisible();
    await expect(page.getByRole("searchbox")).toHaveValue(words);
  }
  await page.getByRole("navigation", { name: "按类别找" }).getByRole("link", { name: "税务" }).click();
  await expect(page.getByRole("link", { name: "税务", exact: true })).toHaveAttribute("aria-current", "true");
  await page.goto("/h/demo?q=不存在的事项名");
  await expect(page.getByText("没有找到“不存在的事项名”")).toBeVisible();
  await expect(page.getByText("到咨询导办台、打电话", { exact: false })).toBeVisible();
});

test("everything is there before scripts: hall, search, guide and number", async ({ visit, hall }) => {
  const ticket = await hall.take("R");
  const page = await visit({ ...PHONE, javaScriptEnabled: false, path: "/" });
  await page.getByRole("link", { name: "进入大厅" }).first().click();
  await page.getByRole("searchbox").fill("护照");
  await page.getByRole("button", { name: "搜索" }).click();
  await page.getByRole("link", { name: /普通护照签发/ }).first().click();
  await expect(heading(page, /普通护照签发/)).toBeVisible();
  await expect(page.getByRole("region", { name: "在哪里办" })).toContainText("E01");
  await page.goto(`/t/${ticket.token}`);
  await expect(page.getByText(ticket.number, { exact: true })).toBeVisible();
  await expect(page.getByText(/您是下一位|前面还有 \d+ 位/)).toBeVisible();
  // Without scripts the page reads itself again.
  expect(await page.content()).toMatch(/<meta http-equiv="refresh" content="30"/i);
  await hall.cancel(ticket.number);
});

test("on a phone no page is wider than the screen, also in English and in 长辈版", async ({ visit, hall, state, expectErrors }) => {
  expectErrors(/status of 404/);
  const { token, number } = await hall.take("R");
  for (const locale of ["zh", "en"] as const) {
    const page = await visit({ ...PHONE, locale });
    for (const elder of [false, true]) {
      await page.context().addCookies([{ name: "yiting-elder", value: elder ? "1" : "0", url: state.url }]);
      for (const path of ["/", "/h/demo", "/h/demo?field=tax", `/h/demo/items/${ITEM}`, `/h/demo/book?items=${ITEM}`, `/h/demo/book?items=${ITEM}&step=time`, "/my", `/t/${token}`, "/h/nowhere"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        await expectNoSidewaysScroll(page);
      }
    }
  }
  await hall.cancel(number);
});

test("长辈版 makes words at least 18 and headings 30 pixels high, and stays chosen", async ({ visit }) => {
  const page = await visit({ ...PHONE, path: "/h/demo" });
  const size = (locator: ReturnType<Page["locator"]>) => locator.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(await size(page.getByRole("main"))).toBeGreaterThanOrEqual(16);
  await page.getByRole("button", { name: "长辈版" }).tap();
  await expect(page.getByRole("button", { name: "标准版" })).toHaveAttribute("aria-pressed", "true");
  await page.goto("/");
  await expect(page.getByRole("button", { name: "标准版" })).toBeVisible();
  expect(await size(page.getByRole("main"))).toBeGreaterThanOrEqual(18);
  expect(await size(heading(page, "政务服务大厅"))).toBeGreaterThanOrEqual(30);
  const smallest = await page.evaluate(() => Math.min(...[...document.querySelectorAll("main *, header *, footer *")].filter((element) => element.textContent?.trim() && element.getBoundingClientRect().width > 1).map((element) => Number.parseFloat(getComputedStyle(element).fontSize))));
  expect(smallest, "the smallest print").toBeGreaterThanOrEqual(18);
});

test("English is complete: hall, guide and number, and the choice stays", async ({ visit, hall }) => {
  const { token, number } = await hall.take("R");
  const page = await visit({ path: "/" });
  await page.getByRole("button", { name: "English" }).click();
  await expect(heading(page, "Government service halls")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  for (const path of ["/", "/h/demo", `/h/demo/items/${ITEM}`, `/t/${token}`]) {
    await page.goto(path);
    const chinese = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (/[一-龥]/.test(node.textContent ?? "") && !parent?.closest("[lang^='zh'], script, noscript")) found.push(node.textContent!.trim());
      }
      return found;
    });
    expect(chinese, path).toEqual([]);
  }
  await expect(page.getByText(/You are next|ahead of you/i).first()).toBeVisible();
  await hall.cancel(number);
});

test("a phone that loses its line says since when, in the hall's time, and comes back by itself", async ({ visit, hall, state, expectErrors }) => {
  // The service worker's script is asked for over the same line.
  expectErrors(/net::ERR_|WebSocket connection|fetching the script/);
  const { token, number } = await hall.take("R");
  const line = await openLine(state.url);
  const phone = await visit({ ...PHONE, origin: line.origin, path: `/t/${token}` });
  await expect(phone.getByText(number, { exact: true })).toBeVisible();
  line.cut();
  const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const times = [clock.format(Date.now() - 15_000), clock.format()];
  const warning = phone.getByRole("status").filter({ hasText: "连接中断" });
  await expect(warning).toBeVisible({ timeout: 18_000 });
  await expect(warning).toContainText(new RegExp(`内容停在 (${times.join("|")})`));
  await hall.cancel(number);
  line.restore();
  await expect(phone.getByText("号码已取消")).toBeVisible();
  await expect(warning).toBeHidden();
  await line.close();
});

test("a number of nobody and a page that is not there say so, with a way home", async ({ visit, expectErrors }) => {
  expectErrors(/status of 404/);
  const page = await visit({ ...PHONE });
  for (const path of ["/t/1-aaaaaaaaaaaaaaaaaaaaaa", "/h/demo/items/000", "/nothing/here"]) {
    const answer = await page.goto(path);
    expect(answer!.status()).toBe(404);
    await expect(heading(page, "没有找到这个页面")).toBeVisible();
  }
  await page.getByRole("link", { name: "回到首页" }).tap();
  await expect(heading(page, "政务服务大厅")).toBeVisible();
});
