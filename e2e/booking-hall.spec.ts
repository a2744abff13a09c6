import type { Page } from "@playwright/test";
import { messageTo, newPhone, startTrusted } from "./support/booking";
import { bookingOf, EARLY, HALL, ITEM, LATE, moveBack, moveToYesterday } from "./support/booking-hall";
import { currentNumber, goHome, openUsualWindow, pressSpace } from "./support/desk";
import { expect, SIZES, test, type Visit } from "./support/fixtures";
import { type Hall, hallAt } from "./support/hall";
import type { State } from "./support/state";

/** All in a hall of its own, where it is ten in the morning at any hour: see support/booking-hall.ts. */
const PHONE = { viewport: SIZES.phone, isMobile: true, hasTouch: true } as const satisfies Visit;
const KIOSK = { path: "/kiosk", device: ["kiosk", `${HALL}:kiosk1`], viewport: SIZES.kiosk, hasTouch: true } as const satisfies Visit;

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const slip = (kiosk: Page) => kiosk.locator("[data-ticket]");
const numberOf = async (kiosk: Page) => (await slip(kiosk).getAttribute("data-ticket"))!;

interface Slot {
  start: string;
  free: number;
}

interface Booked {
  token: string;
  number: string;
  start: string;
}

const slotsOf = async (state: State): Promise<Slot[]> => (await (await fetch(`${state.url}/api/v1/halls/${HALL}/slots?item=${ITEM.code}`)).json()) as Slot[];
/** Not the very next time: the minute in which it begins may be this one. */
const soon = async (state: State): Promise<string> => (await slotsOf(state))[2]!.start;
const clockOf = async (state: State, instant: string): Promise<string> => {
  const { timeZone } = (await (await fetch(`${state.url}/api/v1/halls/${HALL}`)).json()) as { timeZone: string };
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant));
};

/** Booked by telephone: the guide types it in. */
async function bookByPhone(state: State, phone: string, start: string, more: Record<string, unknown> = {}): Promise<Booked> {
  const answer = await fetch(`${state.url}/api/v1/halls/${HALL}/appointments`, {
    method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${state.tokens.api[`${HALL}:guide`]}` },
    body: JSON.stringify({ item: ITEM.code, start, person: { name: "王小明", phone }, channel: "phone", ...more }),
  });
  const booked = (await answer.json()) as Booked & { detail?: string };
  expect(answer.status, booked.detail).toBe(201);
  return booked;
}

/** The visitor of a number is called, served and gone. */
async function serve(hall: Hall, number: string): Promise<void> {
  const clerk = hall.clerk("A01");
  await clerk.open();
  expect(await clerk.callNext()).toBe(number);
  await clerk.start();
  await clerk.finish();
  await clerk.close();
}

async function typeAtKiosk(kiosk: Page, by: string, digits: string): Promise<void> {
  await kiosk.getByRole("button", { name: /^预约签到/ }).tap();
  await kiosk.getByRole("button", { name: new RegExp(`^${by}`) }).tap();
  const keypad = kiosk.getByRole("group", { name: "数字键盘" });
  for (const digit of digits) await keypad.getByRole("button", { name: digit, exact: true }).tap();
  await kiosk.getByRole("button", { name: "签到", exact: true }).tap();
}

const hall = hallAt.bind(undefined, HALL);

test.beforeEach(async () => {
  await startTrusted();
  await hall().clearWindow("A01");
  await hall().clear("A");
});

test("[JY-7.2.2b] booked on a phone, told by a message, checked in at the kiosk with the code, called before who came just earlier without a booking, and served", async ({ visit, state }) => {
  const phone = newPhone();
  const start = await soon(state);
  const time = await clockOf(state, start);
  const page = await visit({ ...PHONE, path: `/h/${HALL}` });
  // The rule is published where the hall is.
  await expect(page.getByRole("region", { name: /^预约须知/ })).toContainText("按时签到的，排在同时到的现场取号的人前面");
  await page.goto(`/h/${HALL}/book?items=${ITEM.code}&step=time`);
  await page.locator('button[name="slot"]').filter({ hasText: `${time}–` }).first().click();
  await page.getByLabel(/^来办事的人的姓名/).fill("王小明");
  await page.getByLabel(/^手机号/).fill(phone);
  await page.getByRole("button", { name: "核对信息" }).click();
  await page.getByRole("button", { name: "确认预约" }).click();
  await expect(heading(page, /^我的预约 Y\d{6}$/)).toBeVisible();
  const token = new URL(page.url()).pathname.split("/")[2]!;
  const { text } = await messageTo("booking_confirmed", phone);
  for (const part of [ITEM.name, time, `/a/${token}`]) expect(text).toContain(part);

  const walkIn = await hall().take("A");
  const kiosk = await visit(KIOSK);
  await expect(heading(kiosk, "您要办什么事？")).toBeVisible();
  // A scanner types the link, wherever the visitor stands, and ends with Enter.
  await kiosk.keyboard.type(`${state.url}/a/${token}\n`);
  await expect(heading(kiosk, "签到成功，请记住您的号码")).toBeVisible();
  await expect(slip(kiosk)).toContainText(`预约 ${time}`);
  await expect(slip(kiosk)).toContainText("已按时签到，按预约优先排队。");
  await expect(slip(kiosk)).toContainText("综合服务区");
  const number = await numberOf(kiosk);

  // The booking's link leads on to the number: one link for the visit.
  await page.goto(`/t/${token}`);
  await expect(page.getByTestId("number")).toHaveText(number);
  const desk = await visit({ as: "bookclerk", path: "/desk" });
  await openUsualWindow(desk, "A01");
  await pressSpace(desk, "叫下一位");
  await expect(currentNumber(desk)).toHaveText(number);
  await expect(desk.getByRole("region", { name: "当前号码" }).getByText("预约", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("请到 A01 窗口").first()).toBeVisible();
  await pressSpace(desk, "开始办理");
  await pressSpace(desk, "办结");
  await expect(page.getByText("已经办结").first()).toBeVisible();
  expect(await bookingOf(state, token)).toMatchObject({ state: "arrived", late: false });
  await hall().cancel(walkIn.number);
  await goHome(desk);
});

test("[JY-7.2.2c] a visitor who comes late gets an ordinary number in the same press and is served", async ({ visit, state }) => {
  const booked = await bookByPhone(state, newPhone(), await soon(state));
  await moveBack(state, booked.token, LATE + 25);
  const earlier = await hall().take("A");
  const kiosk = await visit(KIOSK);
  await typeAtKiosk(kiosk, "预约号", booked.number.slice(1));
  await expect(slip(kiosk)).toContainText("已过预约时间，为您取了普通号，照常办理。");
  const number = await numberOf(kiosk);
  expect(await bookingOf(state, booked.token)).toMatchObject({ state: "arrived", late: true });
  // Ordinary: behind who came before.
  await serve(hall(), earlier.number);
  await serve(hall(), number);
  expect((await hall().stateOf(booked.token)).state).toBe("finished");
});

test("[JY-7.2.2c] a no-show is told that an ordinary number waits, gets one the same day; and the day after nobody is turned away either", async ({ visit, state }) => {
  const phone = newPhone();
  const booked = await bookByPhone(state, phone, await soon(state));
  await moveBack(state, booked.token, LATE + 25);
  await expect.poll(async () => (await bookingOf(state, booked.token)).state, { timeout: 60_000 }).toBe("missed");
  expect((await messageTo("booking_missed", phone)).text).toContain(booked.number);
  const kiosk = await visit(KIOSK);
  await typeAtKiosk(kiosk, "手机号", phone);
  await expect(slip(kiosk)).toContainText("已过预约时间，为您取了普通号，照常办理。");
  const number = await numberOf(kiosk);
  await serve(hall(), number);
  expect(await bookingOf(state, booked.token)).toMatchObject({ state: "arrived", endedReason: null });
  await kiosk.getByRole("button", { name: "完成" }).tap();

  const absent = newPhone();
  const never = await bookByPhone(state, absent, await soon(state));
  await moveToYesterday(state, never.token);
  await expect.poll(async () => (await bookingOf(state, never.token)).endedReason, { timeout: 60_000 }).toBe("no_show");
  await typeAtKiosk(kiosk, "手机号", absent);
  await expect(heading(kiosk, "没有找到今天的预约")).toBeVisible();
  await expect(kiosk.getByText("没有预约也可以办理，现在就可以取号。")).toBeVisible();
  await kiosk.getByRole("button", { name: "现在取普通号" }).tap();
  await kiosk.getByRole("button", { name: ITEM.name }).first().tap();
  await kiosk.getByRole("button", { name: "取号", exact: true }).tap();
  await expect(heading(kiosk, "取号成功，请记住您的号码")).toBeVisible();
  await serve(hall(), await numberOf(kiosk));
});

test("[JY-7.2.2c] too early: the kiosk says from when, and gives an ordinary number for the same item; several bookings are chosen from", async ({ visit, state }) => {
  const phone = newPhone();
  const far = (await slotsOf(state)).find((slot) => Date.parse(slot.start) > Date.now() + (EARLY + 30) * 60_000)!.start;
  const early = await bookByPhone(state, phone, far);
  const kiosk = await visit(KIOSK);
  await typeAtKiosk(kiosk, "预约号", early.number.slice(1));
  await expect(heading(kiosk, "还没有到签到时间")).toBeVisible();
  const from = new Date(Date.parse(far) - EARLY * 60_000).toISOString();
  await expect(kiosk.getByText(`您的预约是 ${await clockOf(state, far)}，从 ${await clockOf(state, from)} 开始可以签到。`)).toBeVisible();
  await kiosk.getByRole("button", { name: "现在取普通号" }).tap();
  await expect(heading(kiosk, "确认取号")).toBeVisible();
  await expect(kiosk.getByRole("main")).toContainText(ITEM.name);
  await kiosk.getByRole("button", { name: "取号", exact: true }).tap();
  await expect(heading(kiosk, "取号成功，请记住您的号码")).toBeVisible();
  expect((await bookingOf(state, early.token)).state).toBe("booked");
  await kiosk.getByRole("button", { name: "完成" }).tap();

  const start = await soon(state);
  const second = await bookByPhone(state, phone, start, { person: { name: "李小红", phone } });
  await typeAtKiosk(kiosk, "手机号", phone);
  await expect(heading(kiosk, "您今天有几个预约，现在办哪一个？")).toBeVisible();
  // Nothing beyond the masked name.
  await expect(kiosk.locator("body")).not.toContainText(/小红|小明/);
  await expect(kiosk.locator("body")).not.toContainText(phone);
  await kiosk.getByRole("button", { name: new RegExp(second.number) }).tap();
  await expect(slip(kiosk)).toContainText(`预约 ${await clockOf(state, start)}`);
  expect((await bookingOf(state, second.token)).state).toBe("arrived");
  expect((await bookingOf(state, early.token)).state).toBe("booked");
});

test("[GD-6.1.1a] booked at the kiosk from the same stock, large print and in English too; the scanner reads the booking number as well", async ({ visit, state }) => {
  const phone = newPhone();
  const kiosk = await visit(KIOSK);
  await kiosk.getByRole("button", { name: ITEM.name }).first().tap();
  await kiosk.getByRole("button", { name: "预约其他时间" }).tap();
  await expect(heading(kiosk, "您想哪一天来？")).toBeVisible();
  await kiosk.getByRole("main").getByRole("button").filter({ hasText: "今天" }).tap();
  await expect(heading(kiosk, "您想几点来？")).toBeVisible();
  const time = kiosk.locator("[data-start]").nth(3);
  const start = (await time.getAttribute("data-start"))!;
  const free = async () => (await slotsOf(state)).find((slot) => slot.start === start)?.free;
  const before = (await free())!;
  await expect(time).toContainText("空闲");
  await time.tap();
  await expect(heading(kiosk, "请输入手机号")).toBeVisible();
  for (const digit of phone) await kiosk.getByRole("group", { name: "数字键盘" }).getByRole("button", { name: digit, exact: true }).tap();
  await kiosk.getByRole("button", { name: "确认预约" }).tap();
  await expect(heading(kiosk, "预约成功，请记住预约号")).toBeVisible();
  const number = (await kiosk.locator("[data-booking]").getAttribute("data-booking"))!;
  expect(await free()).toBe(before - 1);
  expect((await messageTo("booking_confirmed", phone)).text).toContain(number);
  await expect(kiosk.getByRole("img", { name: "扫码可以改期、取消，也用它签到" })).toBeVisible();
  await kiosk.getByRole("button", { name: "完成" }).tap();

  await kiosk.getByRole("button", { name: "切换到英文" }).tap();
  await kiosk.getByRole("button", { name: "Large print" }).tap();
  await kiosk.getByRole("button", { name: /^Booked\? Check in/ }).tap();
  for (const button of await kiosk.getByRole("main").getByRole("button").all()) {
    const box = (await button.boundingBox())!;
    expect(Math.min(box.width, box.height), await button.innerText()).toBeGreaterThanOrEqual(60);
    expect(box.y, "in the half that a wheelchair reaches").toBeGreaterThanOrEqual(SIZES.kiosk.height / 2 - 100);
  }
  await kiosk.keyboard.type(`${number}\n`);
  await expect(heading(kiosk, "Checked in. Please remember your number")).toBeVisible();
  await expect(slip(kiosk)).toContainText("You are on time and keep your priority.");
});

test("at the guide desk: who needs help stands above all, a booking is found, moved, checked in; a new one is made on the telephone; one is cancelled", async ({ visit, state }) => {
  const booked = await bookByPhone(state, newPhone(), await soon(state), { needs: ["wheelchair"] });
  const guide = await visit({ as: "bookguide", path: "/guide" });
  const needs = guide.getByRole("region", { name: "需要协助的预约群众" });
  await expect(needs.getByRole("button", { name: /轮椅.*预约/ }).first()).toBeVisible();
  await guide.getByRole("tab", { name: "预约" }).click();
  await guide.getByRole("searchbox", { name: "查找今天的预约" }).fill(booked.number);
  await guide.getByRole("region", { name: "查到的预约" }).getByRole("button", { name: new RegExp(booked.number) }).click();
  const detail = guide.getByRole("region", { name: `预约 ${booked.number}` });
  await expect(detail).toContainText("轮椅");
  await expect(detail).toContainText("王**");
  await detail.getByRole("button", { name: "改期" }).click();
  const move = guide.getByRole("dialog", { name: `${booked.number} 改期` });
  await move.getByRole("group", { name: "时间" }).getByRole("button").nth(3).click();
  await move.getByRole("button", { name: "改期" }).click();
  await expect(move).toBeHidden();
  await detail.getByRole("button", { name: "签到取号" }).click();
  const card = guide.getByRole("region", { name: "已取的号" });
  const number = (await card.locator('[data-slot="number"]').innerText()).trim();
  expect(number).toMatch(/^A\d{3}$/);
  await expect(card).toContainText("预约时间");
  // In the hall now: the need is shown with the number, without a press.
  await expect(needs.getByRole("button", { name: new RegExp(`轮椅.*${number}`) })).toBeVisible();

  await guide.getByRole("button", { name: "代为预约" }).click();
  const form = guide.getByRole("form", { name: "代为预约" });
  await form.getByRole("option", { name: new RegExp(ITEM.name) }).click();
  await form.getByRole("group", { name: "时间" }).getByRole("button").nth(4).click();
  await form.getByLabel("怎么来约的").selectOption("phone");
  await form.getByLabel(/^姓名/).fill("赵一");
  const phone = newPhone();
  await form.getByLabel(/^手机号/).fill(phone);
  await form.getByRole("button", { name: "预约", exact: true }).click();
  const made = (await guide.getByText(/预约成功，预约号 Y\d{6}/).innerText()).slice(-7);
  await guide.getByRole("searchbox", { name: "查找今天的预约" }).fill(phone);
  await guide.getByRole("region", { name: "查到的预约" }).getByRole("button", { name: new RegExp(made) }).click();
  const other = guide.getByRole("region", { name: `预约 ${made}` });
  await other.getByRole("button", { name: "取消预约" }).click();
  await guide.getByRole("dialog", { name: `取消预约 ${made}？` }).getByRole("button", { name: "取消预约" }).click();
  await expect(other.getByText("已取消")).toBeVisible();
  expect((await messageTo("booking_cancelled", phone)).text).toContain(made);
});
