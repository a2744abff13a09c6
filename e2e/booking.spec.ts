import { createServer } from "node:http";
import { Provider } from "oidc-provider";
import { askCode, bookAtDesk, BOOKED_ITEM as ITEM, dayOf, lateSlot, messageTo, newPhone, slotsNow, startTrusted, timeButton } from "./support/booking";
import { expect, expectNoSidewaysScroll, type Page, SIZES, test, type Visit } from "./support/fixtures";
import { freePort, startServerProcess } from "./support/server-process";

const PHONE = { viewport: SIZES.phone, isMobile: true, hasTouch: true } as const satisfies Visit;
const heading = (page: Page, name: string | RegExp, level = 1) => page.getByRole("heading", { level, name });

test.beforeEach(startTrusted);

const timeButtons = (page: Page) => page.locator('button[name="slot"]');

/** Chooses a time that nobody takes meanwhile. */
async function chooseTime(page: Page): Promise<void> {
  const start = await lateSlot();
  await page.locator(`nav a[href*="day=${dayOf(start)}"]`).click();
  await timeButton(page, start).click();
}

/** From the item's guide to the confirmed booking; answers its link. */
async function book(page: Page, phone: string): Promise<string> {
  await page.goto(`/h/demo/items/${ITEM}`);
  await page.getByRole("link", { name: "预约办理" }).click();
  await expect(heading(page, "您要办什么事？")).toBeVisible();
  await page.getByRole("button", { name: "选择时间" }).click();
  await expect(heading(page, "什么时候方便？")).toBeVisible();
  await chooseTime(page);
  await expect(heading(page, "谁来办？")).toBeVisible();
  await page.getByLabel(/^来办事的人的姓名/).fill("王小明");
  await page.getByLabel(/^手机号/).fill(phone);
  await page.getByLabel("轮椅", { exact: true }).check();
  await page.getByRole("button", { name: "核对信息" }).click();
  await expect(heading(page, "请核对")).toBeVisible();
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(heading(page, /^我的预约 Y\d{6}$/)).toBeVisible();
  await expect(page.getByText("预约成功")).toBeVisible();
  return new URL(page.url()).pathname;
}

test("[JY-6.3d][GD-6.1.1a] the times show how full they are, quiet ones first; what is booked at the desk is gone on the phone", async ({ visit }) => {
  const slots = await slotsNow();
  const day = slots.find((slot) => slot.free > 0)!.start.slice(0, 10);
  const [first, second] = slots.filter((slot) => slot.start.slice(0, 10) === day && slot.free > 1);
  for (let left = first!.free; left > 0; left--) await bookAtDesk(first!.start);
  await bookAtDesk(second!.start);
  const page = await visit({ ...PHONE, path: `/h/demo/book?items=${ITEM}&step=time` });
  const clock = (instant: string) => new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant));
  // Full: shown as such, and nothing to press.
  await expect(page.getByRole("listitem").filter({ hasText: `${clock(first!.start)}–` }).filter({ hasText: "约满" })).toBeVisible();
  await expect(timeButtons(page).filter({ hasText: `${clock(first!.start)}–` })).toHaveCount(0);
  await expect(timeButtons(page).filter({ hasText: `${clock(second!.start)}–` })).toContainText("适中");
  const quiet = page.getByRole("region", { name: "人少，推荐" });
  await expect(quiet.getByRole("button").first()).toContainText("空闲");
  const suggested = (await slotsNow()).filter((slot) => slot.start.slice(0, 10) === day && slot.quiet).map((slot) => clock(slot.start));
  for (const time of suggested) await expect(quiet.getByRole("button").filter({ hasText: `${time}–` })).toBeVisible();
  // The desk's booking and the visitor's press meet at one stock.
  await expect(page.getByText("随时到大厅取号机或导办台取号", { exact: false }).first()).toBeVisible();
});

test("[GD-6.1.2] on a phone: from the guide to the booking, its six contents on the page and in the message, another time, and cancelled", async ({ visit }) => {
  const phone = newPhone();
  const page = await visit(PHONE);
  const link = await book(page, phone);
  const facts = page.locator("dl");
  const number = (await heading(page, /^我的预约/).innerText()).replace(/^\D+/, "Y");
  for (const text of ["王**", "云州市政务服务中心", number, "补领婚姻登记证", "到厅签到", "轮椅"]) await expect(facts).toContainText(text);
  await expect(page.getByRole("img", { name: /^二维码/ })).toBeVisible();
  const { text } = await messageTo("booking_confirmed", phone);
  for (const part of ["王**", number, "补领婚姻登记证", "云州市政务服务中心", "签到", `/a/${link.split("/")[2]}`]) expect(text).toContain(part);
  const file = await page.request.get((await page.getByRole("link", { name: "加入日历" }).getAttribute("href"))!);
  expect(file.headers()["content-type"]).toContain("text/calendar");
  expect(await file.text()).toContain("BEGIN:VEVENT");
  const drawn = await page.getByRole("img", { name: /^二维码/ }).innerHTML();
  await page.reload();
  expect(await page.getByRole("img", { name: /^二维码/ }).innerHTML(), "the code is the same however the page was reached").toBe(drawn);

  await page.getByRole("link", { name: "改期" }).click();
  await expect(heading(page, "改到什么时候？")).toBeVisible();
  await chooseTime(page);
  await expect(page.getByText(/^已改到/)).toBeVisible();
  await page.getByRole("link", { name: "取消预约" }).click();
  await expect(heading(page, "要取消这次预约吗？")).toBeVisible();
  await page.getByRole("button", { name: "取消预约" }).click();
  await expect(page.getByText("预约已取消。")).toBeVisible();
  await expect(page.getByRole("link", { name: "重新预约" })).toBeVisible();
});

test("without scripts the days and times are there to read, and booking, moving and cancelling work", async ({ visit }) => {
  const page = await visit({ ...PHONE, javaScriptEnabled: false });
  const link = await book(page, newPhone());
  await page.goto(`${link}?step=move`);
  await chooseTime(page);
  await expect(page.getByText(/^已改到/)).toBeVisible();
  await page.goto(`${link}?step=cancel`);
  await page.getByRole("button", { name: "取消预约" }).click();
  await expect(page.getByText("预约已取消。")).toBeVisible();
});

test("what is missing is named at its field, for family the one who books is asked, and a taken time keeps what was typed", async ({ visit, expectErrors }) => {
  expectErrors(/net::ERR_/);
  const page = await visit({ ...PHONE, path: `/h/demo/book?items=${ITEM}&step=time` });
  await chooseTime(page);
  await expect(heading(page, "谁来办？")).toBeVisible();
  await expect(page.getByText(/^为您保留到 \d\d:\d\d/)).toBeVisible();
  await page.getByRole("button", { name: "核对信息" }).click();
  const summary = page.locator('[data-slot="error-summary"]');
  await expect(summary).toBeFocused();
  await summary.getByRole("link", { name: "请填写姓名" }).click();
  await expect(page.getByLabel(/^来办事的人的姓名/)).toBeFocused();
  await expect(page.getByLabel("预约人姓名")).toBeHidden();
  await page.getByLabel("为家人预约").check();
  await page.getByLabel(/^来办事的人的姓名/).fill("王奶奶");
  await page.getByLabel(/^手机号/).fill(newPhone());
  await page.getByLabel("预约人姓名").fill("王小明");
  await page.getByLabel("预约人手机号").fill(newPhone());
  await page.getByLabel(/^身份证号码/).fill("130402198207290622");
  await page.getByRole("button", { name: "核对信息" }).click();
  await expect(summary.getByRole("link")).toHaveText([/身份证号码不正确/]);
  await page.getByLabel(/^身份证号码/).fill("");
  await page.getByRole("button", { name: "核对信息" }).click();
  await expect(page.locator("dl")).toContainText("王奶奶");
  // Another time is chosen: what was typed is still there, the ID number is not.
  await page.getByRole("link", { name: "上一步" }).click();
  await chooseTime(page);
  await expect(page.getByLabel(/^来办事的人的姓名/)).toHaveValue("王奶奶");
  await expect(page.getByLabel("为家人预约")).toBeChecked();
  await page.getByRole("button", { name: "核对信息" }).click();
  // The net goes while it is confirmed: nothing is lost, and the second press books.
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "网络断开了" })).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(page.getByText("预约成功")).toBeVisible();
});

test("my bookings by a code to the phone, without an account: seen, opened, signed out; a wrong code says so", async ({ visit }) => {
  const phone = newPhone();
  const page = await visit(PHONE);
  const link = await book(page, phone);
  await page.goto("/h/demo");
  await page.getByRole("link", { name: "我的预约" }).click();
  await page.getByLabel(/^手机号/).fill("12");
  await page.getByRole("button", { name: "发送验证码" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "11 位数字" }).first()).toBeVisible();
  await askCode(page, phone, "发送验证码");
  await expect(heading(page, "输入验证码")).toBeVisible();
  const { values } = await messageTo("phone_code", phone);
  const code = page.getByLabel(/^6 位数字验证码/);
  await code.fill(String((Number(values.code) + 1) % 1_000_000).padStart(6, "0"));
  await page.getByRole("button", { name: "确定" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "验证码不正确或已过期" }).first()).toBeVisible();
  await code.fill(values.code!);
  await page.getByRole("button", { name: "确定" }).click();
  await expect(page.getByText(`已登录：${phone.slice(0, 3)}****${phone.slice(-4)}`)).toBeVisible();
  const cookie = (await page.context().cookies()).find(({ name }) => name === "yiting-citizen")!;
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  const own = page.getByRole("region", { name: "将要办理" }).getByRole("listitem");
  await expect(own).toHaveCount(1);
  await expect(own).toContainText("补领婚姻登记证");
  await own.getByRole("link", { name: "取消" }).click();
  await expect(page).toHaveURL(new RegExp(`${link}\\?step=cancel`));
  await page.getByRole("button", { name: "取消预约" }).click();
  await page.getByRole("link", { name: "我的全部预约" }).click();
  await expect(page.getByRole("region", { name: "以前的预约" })).toContainText("已取消");
  await page.getByRole("button", { name: "退出" }).click();
  await expect(page.getByText("已退出。")).toBeVisible();
  await page.goto("/my");
  await expect(page.getByLabel(/^手机号/)).toBeVisible();
});

test("without a net the booking and the number seen last are shown with their time, nothing else; the pages can be installed", async ({ visit, hall, expectErrors }) => {
  expectErrors(/net::ERR_|WebSocket connection/);
  const page = await visit({ ...PHONE, path: "/" });
  const manifest = (await (await page.request.get((await page.locator('link[rel="manifest"]').getAttribute("href"))!)).json()) as { icons: { src: string }[]; display: string };
  expect(manifest.display).toBe("standalone");
  for (const { src } of manifest.icons) expect((await page.request.get(src)).ok(), src).toBe(true);
  const link = await book(page, newPhone());
  const ticket = await hall.take("R");
  await page.goto(`/t/${ticket.token}`);
  await expect(page.getByText(ticket.number, { exact: true })).toBeVisible();
  const kept = () => page.evaluate(async () => (await (await caches.open("yiting-pages-1")).keys()).map((request) => new URL(request.url).pathname).sort());
  await expect.poll(kept).toEqual([link, "/offline", `/t/${ticket.token}`].sort());

  await page.context().setOffline(true);
  /** As one opens it the next time: in a new tab. */
  const reopen = async (path: string) => {
    const tab = await page.context().newPage();
    await tab.goto(path);
    return tab;
  };
  const booking = await reopen(link);
  await expect(booking.locator("[data-offline]")).toHaveText(/^离线，显示 \d\d:\d\d 的内容$/);
  await expect(booking.locator("dl")).toContainText("补领婚姻登记证");
  await expect(booking.getByRole("img", { name: /^二维码/ })).toBeVisible();
  await expectNoSidewaysScroll(booking);
  const number = await reopen(`/t/${ticket.token}`);
  await expect(number.locator("[data-offline]")).toBeVisible();
  await expect(number.getByText(ticket.number, { exact: true })).toBeVisible();
  const any = await reopen("/my");
  await expect(heading(any, "现在没有网络")).toBeVisible();
  await expect(any.getByRole("main").getByRole("listitem")).toHaveCount(2);
  await page.context().setOffline(false);
  await page.goto(link);
  await expect(page.locator("[data-offline]")).toHaveCount(0);
  await hall.cancel(ticket.number);
});

test("the platform's account signs in and fills the form; whoever turns back there is told so", async ({ visit, state, expectErrors }) => {
  expectErrors(/fonts\.googleapis|ERR_CONNECTION_REFUSED/);
  const [port, idp] = [await freePort(), createServer()];
  await new Promise<void>((resolve) => idp.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(idp.address() as { port: number }).port}`;
  const phone = newPhone();
  const provider = new Provider(issuer, {
    clients: [{ client_id: "yiting", client_secret: "a secret of the hall", redirect_uris: [`http://localhost:${port}/my/sign-in/callback`] }],
    claims: { openid: ["sub"], profile: ["name", "certNo"], phone: ["phone_number"] }, pkce: { required: () => true },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, name: "赵敏", phone_number: phone, certNo: "11010519491231002X" }) }),
    features: { devInteractions: { enabled: true } }, cookies: { keys: ["a key for tests"] },
  });
  idp.on("request", provider.callback());
  const settings = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: "yiting", OIDC_CLIENT_SECRET: "a secret of the hall", OIDC_CLAIMS: "id=certNo" };
  Object.assign(process.env, settings);
  const server = await startServerProcess(state, { port });
  for (const name of Object.keys(settings)) delete process.env[name];
  try {
    const page = await visit({ ...PHONE, origin: server.url, path: "/my" });
    await page.getByRole("link", { name: "用统一身份认证登录" }).click();
    await page.getByRole("link", { name: /Cancel/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: "统一身份认证没有成功" })).toBeVisible();
    await page.getByRole("link", { name: "用统一身份认证登录" }).click();
    await page.getByPlaceholder(/login/).fill("citizen-1");
    await page.getByPlaceholder(/password/).fill("any");
    await page.getByRole("button", { name: /Sign-in/ }).click();
    await page.getByRole("button", { name: /Continue/ }).click();
    await expect(page.getByText(`已登录：赵* ${phone.slice(0, 3)}****${phone.slice(-4)}`)).toBeVisible();
    await page.goto(`/h/demo/book?items=${ITEM}&step=time`);
    await chooseTime(page);
    await expect(page.getByLabel(/^来办事的人的姓名/)).toHaveValue("赵敏");
    await expect(page.getByLabel(/^手机号/)).toHaveValue(phone);
    await expect(page.getByText("已由统一身份认证提供")).toBeVisible();
    expect(await page.content()).not.toContain("11010519491231002X");
    await page.getByRole("button", { name: "核对信息" }).click();
    await page.getByRole("button", { name: "确认预约" }).click();
    await expect(page.getByText("预约成功")).toBeVisible();
    await page.getByRole("link", { name: "我的全部预约" }).click();
    await expect(page.getByRole("region", { name: "将要办理" }).getByRole("listitem")).toHaveCount(1);
  } finally {
    await server.kill();
    idp.closeAllConnections();
    idp.close();
  }
});

test("the hall's pages lead to booking and say that nobody needs one; a link of nobody is told as such", async ({ visit, expectErrors }) => {
  expectErrors(/status of 404/);
  const page = await visit({ ...PHONE, path: "/h/demo" });
  await page.getByRole("link", { name: "预约", exact: true }).click();
  await expect(page.getByRole("region", { name: /^预约须知/ })).toContainText("不预约也可以办理：随时到大厅取号机或导办台取号");
  expect((await page.goto("/a/1-aaaaaaaaaaaaaaaaaaaaaa"))!.status()).toBe(404);
  expect((await page.goto("/h/nowhere/book"))!.status()).toBe(404);
  await page.goto(await bookAtDesk(await lateSlot()));
  await expect(page.getByText("可以签到。", { exact: false })).toBeVisible();
});
