import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, NEW_PASSWORD, signIn, SIZES, test, typeSignIn } from "./support/fixtures";
import { hallAt } from "./support/hall";

const OFFICE = { viewport: SIZES.office } as const;

const menu = (page: Page) => page.getByRole("navigation", { name: "管理菜单" });
const row = (page: Page, name: string | RegExp) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: typeof name === "string" }) });
const error = (page: Page) => page.getByRole("alert").filter({ hasText: /\S/ });
/** Names used once. */
const fresh = (prefix: string) => `${prefix}${Date.now().toString(36)}`;

test("a wrong password is refused, many wrong ones slow down, and nobody is locked out elsewhere", async ({ visit, state }) => {
  const page = await visit({ path: "/login" });
  await typeSignIn(page, "", "");
  await expect(error(page).first()).toContainText("请填写用户名。");
  await expect(error(page).first()).toContainText("请填写密码。");

  const attempt = (password: string) => typeSignIn(page, "clerk2", password);
  for (let time = 1; time <= 5; time++) {
    await attempt(`wrong-${time}`);
    await expect(error(page).first()).toContainText("用户名或密码不正确。");
    await expect(page.getByLabel(/^密码/)).toHaveValue("");
  }
  await attempt(state.accounts.clerk2!.password);
  await expect(error(page).first()).toContainText("密码连续输错多次，请稍候再试。账号没有被锁定。");
  await expect(page.getByRole("button", { name: /^请等待 \d 分 \d+ 秒$/ })).toBeDisabled();
  // The name alone decides nothing: an unknown name gets the same answer, another account signs in.
  const other = await visit({ path: "/login" });
  await typeSignIn(other, "nobody.at.all", "wrong");
  await expect(error(other).first()).toContainText("用户名或密码不正确。");
  await signIn(other, "auditor", state.accounts.auditor!.password);
  await expect(other.getByRole("navigation", { name: "管理菜单" })).toBeVisible();
});

test("each role opens its own work and no other, and no other hall", async ({ visit, state, expectErrors }) => {
  expectErrors(/status of 404/);
  const clerk = await visit({ as: "yuanchenxi" });
  for (const path of ["/admin", "/admin/staff", "/admin/windows/record/A01", "/guide"]) {
    await clerk.goto(path);
    await expect(clerk.getByRole("heading", { name: "没有权限" })).toBeVisible();
    await expect(clerk.getByText(/这个身份不能打开刚才的页面/)).toBeVisible();
  }
  await clerk.getByRole("link", { name: "回到我的工作页面" }).click();
  await expect(clerk.getByRole("heading", { name: "选择窗口" })).toBeVisible();

  const other = await visit({ ...OFFICE, as: "admin2", path: "/admin" });
  await expect(other.getByRole("heading", { name: "实时情况" })).toBeVisible();
  await expect(other.getByRole("banner")).not.toContainText("云州市政务服务中心");
  for (const path of ["/admin?hall=demo", "/admin/lines?hall=demo", "/admin/lines/record/X?hall=demo", "/admin/lines/record/X", "/admin/events?hall=demo", "/admin/staff/record/clerk1"]) {
    await other.goto(path);
    await expect(other.getByRole("heading", { name: "没有找到" }), path).toBeVisible();
  }
  for (const path of ["/halls/demo/overview", "/halls/demo/events", "/halls/demo/tickets", "/halls/demo/windows", "/halls/demo/day/preview"]) {
    expect((await other.request.get(`/api/v1${path}`)).status(), path).toBe(403);
  }
  expect((await other.request.get("/admin/lines/export?hall=demo")).status()).toBe(403);

  const watcher = await visit({ ...OFFICE, as: "auditor", path: "/admin/lines/record/X?hall=demo" });
  await expect(watcher.getByRole("heading", { level: 1, name: /^X / })).toBeVisible();
  await expect(watcher.getByRole("button", { name: "保存" })).toBeHidden();
  await watcher.goto("/admin/lines/new?hall=demo");
  await expect(watcher.getByRole("heading", { name: "没有权限" })).toBeVisible();
  expect(state.accounts.auditor!.role).toBe("auditor");
});

test("[JY-6.3q] the live view shows waiting people and served cases as they come and go", async ({ visit, hall }) => {
  await hall.clear("D");
  await hall.clearWindow("D01");
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin" });
  await expect(page.getByRole("status").filter({ hasText: "实时" }).first()).toBeVisible();
  const line = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /^D\s*咨询与帮办代办/ }) });
  const served = page.getByRole("region", { name: "今日数据" }).locator("div").filter({ has: page.getByRole("term").filter({ hasText: "已办结" }) }).getByRole("definition");
  const figure = async () => Number.parseInt(await served.innerText(), 10) || 0;
  const before = await figure();

  const [first] = await hall.takeMany("D", 2);
  await expect(line.getByRole("cell").first()).toHaveText("2");
  await expect(line).toContainText("没有开放窗口");
  const clerk = hall.clerk("D01");
  await clerk.open();
  await clerk.callNext();
  await expect(line.getByRole("cell").first()).toHaveText("1");
  const tile = page.getByRole("region", { name: "窗口", exact: true }).getByRole("button", { name: /^D01/ });
  await expect(tile).toContainText("叫号中");
  await expect(tile).toContainText(first!.number);
  await expect(page.getByRole("region", { name: "最近动态" }).getByText(`${first!.number} 请到 D01 窗口`)).toBeVisible();
  await clerk.start();
  await expect(tile).toContainText("办理中");
  await clerk.finish();
  await expect.poll(figure).toBeGreaterThan(before);
  await tile.click();
  const detail = page.getByRole("dialog", { name: /^D01/ });
  await expect(detail).toContainText("今日办结");
  await detail.getByRole("button", { name: "代为关闭窗口" }).click();
  await detail.getByRole("button", { name: "关闭窗口", exact: true }).click();
  await expect(tile).toContainText("未开放");
  await hall.clear("D");
});

test("a line is edited: wrong values are named beside the field, somebody else's change is not overwritten", async ({ visit }) => {
  const name = fresh("投资项目");
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin/lines" });
  const second = await page.context().newPage();
  await second.goto("/admin/lines/record/X");
  await row(page, "X").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: /^X / })).toBeVisible();
  await page.getByLabel(/^名称/).fill("");
  await page.getByLabel(/^计划用时/).fill("很久");
  await page.getByRole("button", { name: "保存" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "还没有保存，请先改正下面的内容" });
  await expect(summary).toContainText("名称：请填写这一项");
  await expect(summary).toContainText("计划用时：请填写数字");
  await expect(page.getByLabel(/^计划用时/)).toHaveValue("很久");
  await expect(page.getByLabel(/^计划用时/)).toHaveAttribute("aria-invalid", "true");
  await summary.getByRole("link", { name: /^名称/ }).click();
  await expect(page.getByLabel(/^名称/)).toBeFocused();
  await page.getByLabel(/^名称/).fill(name);
  await page.getByLabel(/^计划用时/).fill("21");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存：X")).toBeVisible();
  await expect(row(page, "X")).toContainText(name);

  // The second tab still shows the old record.
  await second.getByLabel(/^计划用时/).fill("33");
  await second.getByRole("button", { name: "保存" }).click();
  await expect(second.getByRole("alert").filter({ hasText: "别人刚刚修改过这条记录" })).toBeVisible();
  await expect(second.getByText(`现在已保存的是：${name}`)).toBeVisible();
  await expect(second.getByText("现在已保存的是：21")).toBeVisible();
  await expect(second.getByLabel(/^计划用时/)).toHaveValue("33");
  await second.getByLabel(/^名称/).fill("投资项目");
  await second.getByRole("button", { name: "保存" }).click();
  await expect(second.getByText("已保存：X")).toBeVisible();
  await expect(row(second, "X")).toContainText("33");

  // Who changed what stands in the ledger.
  await menu(second).getByRole("link", { name: "操作台账" }).click();
  await second.getByLabel("类型").selectOption("line");
  await second.getByRole("button", { name: "搜索" }).click();
  await expect(second.getByRole("listitem").filter({ hasText: "修改队列" }).first()).toContainText("韩亦清");
});

test("a window's lines and an item's everyday names act at once", async ({ visit, request }) => {
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin/windows/record/Q05" });
  const helping = page.getByRole("group", { name: "帮办队列" });
  await helping.getByLabel(/^X /).check();
  await page.locator("form").getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "同一个队列不能既是本职又是帮办" }).first()).toBeVisible();
  await helping.getByLabel(/^X /).uncheck();
  await helping.getByLabel(/^N /).check();
  await page.locator("form").getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByText("已保存：Q05")).toBeVisible();
  const { windows } = (await (await request.get("/api/v1/halls/demo")).json()) as { windows: { code: string; lines: string[] }[] };
  expect(windows.find((window) => window.code === "Q05")?.lines).toContain("N");

  const word = fresh("俗称");
  await page.goto("/admin/items");
  await page.getByRole("searchbox", { name: "搜索" }).fill("企业投资项目备案");
  await page.getByRole("button", { name: "搜索" }).click();
  await page.getByRole("link", { name: "991908001000" }).click();
  const names = page.getByLabel(/^群众的叫法/);
  await names.fill(`${await names.inputValue()}\n${word}`);
  await page.locator("form").getByRole("button", { name: "保存", exact: true }).click();
  await expect(page.getByText("已保存：991908001000")).toBeVisible();
  const { items } = (await (await request.get(`/api/v1/halls/demo/items?q=${encodeURIComponent(word)}`)).json()) as { items: { code: string }[] };
  expect(items.map((item) => item.code)).toEqual(["991908001000"]);
  // The way back from the record leads to the same search.
  await expect(page.getByRole("searchbox", { name: "搜索" })).toHaveValue("企业投资项目备案");
});

test("[HN-6.5.3d] a new screen is registered with its purpose and found again", async ({ visit }) => {
  const code = fresh("screen-");
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin/devices" });
  await page.getByRole("link", { name: "新建设备" }).click();
  await page.getByLabel(/^编码/).fill(code.toUpperCase() + " !");
  await page.getByLabel(/^名称/).fill("南门叫号屏");
  await page.getByLabel(/^英文名称/).fill("Call board, south door");
  await page.getByLabel(/^设备类型/).selectOption({ label: "显示屏" });
  await page.getByLabel(/^用途/).fill("南门入口叫号");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "设备编码由小写字母、数字和短横线组成" }).first()).toBeVisible();
  await page.getByLabel(/^编码/).fill(code);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(row(page, code)).toContainText("未配对");
  await page.getByRole("search").getByLabel(/^设备类型/).selectOption({ label: "显示屏" });
  await expect(page).toHaveURL(/kind=board/);
  await expect(row(page, code)).toBeVisible();
  await expect(row(page, "kiosk1")).toBeHidden();
});

test("a new colleague signs in with the first password, and is out the moment the account is disabled", async ({ visit, state }) => {
  const username = fresh("e2e");
  const office = await visit({ ...OFFICE, as: "manager", path: "/admin/staff/new" });
  await office.getByLabel(/^用户名/).fill(username);
  await office.getByLabel(/^姓名/).fill("岳新来");
  await office.getByLabel(/^角色/).selectOption({ label: "导办员" });
  await expect(office.getByLabel(/^角色/).getByRole("option", { name: "系统管理员" })).toHaveCount(0);
  await office.getByRole("button", { name: "保存" }).click();
  await expect(office.getByRole("heading", { name: `${username} 的初始密码` })).toBeVisible();
  const password = await office.locator("code").innerText();
  await office.getByRole("link", { name: "我已记下，返回" }).click();
  await expect(office.getByText(password)).toBeHidden();

  const guide = await visit({ path: "/guide" });
  await signIn(guide, username, password);
  await expect(guide.getByRole("heading", { level: 1, name: "导办台" })).toBeVisible();
  await expect(guide.getByRole("banner")).toContainText("岳新来");

  await office.goto(`/admin/staff/record/${username}`);
  await office.getByLabel("在用").uncheck();
  await office.getByRole("button", { name: "保存" }).click();
  await expect(office.getByText(`已保存：${username}`)).toBeVisible();
  expect((await guide.request.get("/api/v1/me")).status()).toBe(401);
  await guide.getByRole("tab", { name: "查号" }).click();
  await expect(guide.getByText("请先登录。")).toBeVisible();
  await guide.reload();
  await expect(guide.getByRole("heading", { name: "工作人员登录" })).toBeVisible();
  await typeSignIn(guide, username, NEW_PASSWORD);
  await expect(error(guide).first()).toContainText("用户名或密码不正确。");
  expect(state.accounts[username]).toBeUndefined();
});

test("a list goes out as CSV: complete, in Excel's encoding, and never as a formula", async ({ visit }) => {
  const code = fresh("F");
  const page = await visit({ ...OFFICE, as: "manager", path: "/admin/notices/new" });
  await page.getByLabel(/^编码/).fill(code);
  await page.getByLabel(/^公告内容/).fill('=HYPERLINK("http://example.org","点我")');
  await page.getByLabel(/^英文内容/).fill("Nothing to see");
  await page.getByLabel(/^显示到/).fill("2020-01-01T00:00");
  await page.getByRole("button", { name: "保存" }).click();
  // A notice whose time is over is not shown any more.
  await expect(row(page, code)).toContainText("已到期");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "导出 CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("公告-demo.csv");
  const text = await readFile(await file.path(), "utf8");
  expect(text.startsWith("\uFEFF编码,公告内容")).toBe(true);
  expect(text).toContain(`${code},"'=HYPERLINK(""http://example.org"",""点我"")"`);
  expect(text.trim().split("\r\n").length).toBeGreaterThanOrEqual(6);
});

test("the end of the day is shown before it happens, and anything new in between asks again", async ({ visit }) => {
  const county = hallAt("demo2");
  const [first, second] = await county.takeMany("A", 2);
  const clerk = county.clerk("A01");
  await clerk.open();
  expect(await clerk.callNext()).toBe(first!.number);
  await clerk.start();
  const page = await visit({ ...OFFICE, as: "admin2", path: "/admin" });
  await page.getByRole("button", { name: "结束今天的业务" }).click();
  const dialog = page.getByRole("dialog", { name: "结束今天的业务" });
  await expect(dialog).toContainText("将关闭窗口：A01");
  const fate = (number: string) => dialog.getByRole("row").filter({ has: page.getByRole("rowheader", { name: number }) });
  await expect(fate(first!.number)).toContainText("办理");
  await expect(fate(first!.number)).toContainText("办结");
  await expect(fate(second!.number)).toContainText("取消");
  const third = await county.take("A");
  await dialog.getByRole("button", { name: "确认结束" }).click();
  await expect(dialog.getByRole("alert")).toContainText("等候情况刚才有变化，请重新查看后再确认。");
  expect((await county.stateOf(second!.token)).state).toBe("waiting");
  await expect(fate(third.number)).toContainText("取消");
  await dialog.getByRole("button", { name: "确认结束" }).click();
  await expect(dialog.getByText(/今天的业务已结束：处理了 \d+ 个号，关闭了 1 个窗口。/)).toBeVisible();
  for (const [ticket, state] of [[first, "finished"], [second, "cancelled"], [third, "cancelled"]] as const) expect((await county.stateOf(ticket!.token)).state).toBe(state);
});

test("the weekly hours of a hall change for the public at once", async ({ visit }) => {
  const page = await visit({ ...OFFICE, as: "admin2", path: "/admin/halls/record/demo2" });
  await page.getByRole("textbox", { name: "周日 开始" }).or(page.getByRole("button", { name: "周日：加一段时间" })).first().waitFor();
  if ((await page.getByRole("textbox", { name: "周日 开始" }).count()) === 0) await page.getByRole("button", { name: "周日：加一段时间" }).click();
  await page.getByRole("textbox", { name: "周日 开始" }).first().fill("10:10");
  await page.getByRole("textbox", { name: "周日 结束" }).first().fill("09:00");
  const panel = page.getByRole("region", { name: "每周服务时间" });
  await panel.getByRole("button", { name: "保存" }).click();
  await expect(panel.getByText("还没有保存，请先改正标出的时间。")).toBeVisible();
  await page.getByRole("textbox", { name: "周日 结束" }).first().fill("15:20");
  await panel.getByRole("button", { name: "保存" }).click();
  await expect(panel.getByText("服务时间已保存。")).toBeVisible();
  const citizen = await visit({ path: "/h/demo2" });
  await expect(citizen.getByRole("region", { name: "服务时间" })).toContainText("10:10–15:20");
});

test("signing out ends the session, on this browser and for the interface behind it", async ({ visit }) => {
  const page = await visit({ as: "donghaiyan", path: "/desk" });
  await page.getByRole("button", { name: "退出登录" }).click();
  await expect(page.getByRole("heading", { name: "工作人员登录" })).toBeVisible();
  expect((await page.request.get("/api/v1/me")).status()).toBe(401);
  await page.goto("/desk");
  await expect(page).toHaveURL(/\/login\?next=%2Fdesk/);
});

test("a region's administrator chooses a hall first; the menu keeps the choice", async ({ visit }) => {
  const page = await visit({ ...OFFICE, as: "region", path: "/admin" });
  await expect(page.getByRole("heading", { level: 1, name: "选择大厅" })).toBeVisible();
  await page.getByRole("link", { name: "云州市政务服务中心" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "实时情况" })).toBeVisible();
  await menu(page).getByRole("link", { name: "窗口", exact: true }).click();
  await expect(page).toHaveURL(/hall=demo/);
  await expect(row(page, "A01")).toBeVisible();
});
