import { newPhone } from "./support/booking";
import { expect, SIZES, test } from "./support/fixtures";

/** 投资项目: a line in which no other journey books. */
const ITEM = "991908001000";

test("an administrator closes a time, sees whose booking it hits, proposes another one to all, and the visitor accepts it", async ({ visit, state, request }) => {
  const slots = (await (await request.get(`/api/v1/halls/demo/slots?item=${ITEM}`)).json()) as { start: string; free: number }[];
  const start = slots.filter((slot) => slot.free > 0).at(-3)!.start;
  const booked = await request.post("/api/v1/halls/demo/appointments", { headers: { Authorization: `Bearer ${state.tokens.api["demo:guide"]}` }, data: { item: ITEM, start, person: { name: "赵一凡", phone: newPhone() }, channel: "guide" } });
  expect(booked.status()).toBe(201);
  const { token, number } = (await booked.json()) as { token: string; number: string };
  const [day, clock] = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "short" }).format(new Date(start)).split(" ") as [string, string];

  const page = await visit({ as: "manager", path: `/admin/booking?week=${day}&stock=X`, viewport: SIZES.office });
  const form = page.getByRole("region", { name: "停约与增减号源" });
  await form.getByLabel("从", { exact: false }).first().fill(day);
  await form.getByLabel(/^到/).fill(day);
  await form.getByLabel("开始时间").fill(clock);
  await form.getByLabel("结束时间").fill(`${clock.slice(0, 3)}${String(Number(clock.slice(3)) + 1).padStart(2, "0")}`);
  await form.getByLabel("备注").fill("系统升级");
  await form.getByRole("button", { name: "停约" }).click();
  await expect(form.getByText("已更改 1 个时段。")).toBeVisible();
  await expect(page.getByRole("cell", { name: /超出/ })).toBeVisible();

  const hits = page.getByRole("region", { name: /个预约需要调整/ });
  await expect(hits).toContainText(number);
  await expect(hits).toContainText("赵**");
  await hits.getByLabel("告知原因").fill("系统升级，暂停办理");
  await hits.getByRole("button", { name: "为选中的预约建议新时间" }).click();
  await expect(hits.getByText(/已建议/)).toBeVisible();

  const visitor = await visit({ path: `/a/${token}`, viewport: SIZES.phone });
  await expect(visitor.getByText("系统升级，暂停办理")).toBeVisible();
  await visitor.getByRole("button", { name: /^同意改到/ }).click();
  await expect(visitor.getByText("系统升级，暂停办理")).toHaveCount(0);
  const moved = (await (await request.get(`/api/v1/appointments/${token}`)).json()) as { start: string; proposal?: unknown; state: string };
  expect(moved).toMatchObject({ state: "booked" });
  expect(moved.proposal).toBeUndefined();
  expect(moved.start).not.toBe(start);

  await form.getByRole("button", { name: "恢复" }).click();
  await expect(form.getByText("已更改 1 个时段。")).toBeVisible();
  await expect(page.getByText("个预约需要调整")).toHaveCount(0);
  await page.goto(`/admin/bookings?q=${number}`);
  await expect(page.getByRole("row", { name: new RegExp(number) })).toContainText("已预约");
});
