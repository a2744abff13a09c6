import { expect, SIZES, test } from "./support/fixtures";

test("[JY-9.1.1e] an administrator drafts a policy, sees promise, faults and differences at once, publishes it, and a call is explained by it", async ({ visit, state, request }) => {
  const page = await visit({ as: "admin2", path: "/admin/policy", viewport: SIZES.office });
  await expect(page.getByText("现行规则：第 1 版")).toBeVisible();
  const promise = page.locator('[data-slot="promise"]');
  await expect(promise).toContainText("普通：只会被晚到不超过 20 分钟的人先叫到。");

  // What makes no sense says so before anything is saved, and cannot be published.
  const elderly = page.locator('[data-policy-class="elderly"]');
  const late = page.getByLabel("预约迟到提前（分钟）");
  await late.fill("60");
  await expect(page.locator('[data-problem="late_gets_more"]')).toContainText("迟到的人排到了准时的人前面");
  await page.getByRole("button", { name: "保存并发布" }).click();
  await expect(page.getByText("规则有 1 处必须改正后才能发布")).toBeVisible();
  await late.fill("0");

  await elderly.getByLabel("提前（分钟）").fill("25");
  await expect(promise).toContainText("普通：只会被晚到不超过 25 分钟的人先叫到。");
  const changes = page.locator('[data-slot="changes"]');
  await expect(changes).toContainText("老年人");
  await expect(changes.getByRole("row", { name: /提前（分钟）/ })).toContainText("25");
  await page.getByRole("textbox", { name: "修改说明" }).fill("老年人多照顾五分钟");
  await page.getByRole("button", { name: "保存草稿" }).click();
  await expect(page.getByText("草稿已保存，现行规则没有变。")).toBeVisible();
  await page.reload();
  await expect(elderly.getByLabel("提前（分钟）")).toHaveValue("25");
  await page.getByRole("button", { name: "保存并发布" }).click();
  await expect(page.getByText("现行规则：第 2 版")).toBeVisible();
  await page.getByRole("link", { name: "与上一版比较" }).click();
  await expect(page.getByRole("region", { name: "第 1 版与第 2 版的差别" })).toContainText("老年人");

  // An older visitor comes after a regular one, and the phone of the latter says why somebody is ahead.
  const take = async (kind: string) => (await (await request.post("/api/v1/halls/demo2/tickets", { headers: { Authorization: `Bearer ${state.tokens.api["demo2:guide"]}` }, data: { line: "B", class: kind, classReason: "当面核对", channel: "guide" } })).json()) as { number: string; token: string; ahead: number };
  const first = await take("normal");
  const before = (await take("elderly")).number;
  const phone = await visit({ path: `/t/${first.token}`, viewport: SIZES.phone });
  await expect(phone.locator('[data-slot="ahead-why"]')).toContainText("1 位是依规优先的人员（算早到 25 分钟以内）");
  expect(await phone.locator('[data-slot="ahead-why"]').innerText()).not.toContain(before);
  await page.getByRole("navigation", { name: "管理菜单" }).getByRole("link", { name: "叫号说明" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "叫号说明" })).toBeVisible();
});
