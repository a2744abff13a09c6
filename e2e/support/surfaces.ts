/** Every page in the states that people meet, for what must hold on all of them: accessibility, sizes, weight. */
import type { Locator, Page } from "@playwright/test";
import { askCode, bookAtDesk, BOOKED_ITEM, dayOf, lateSlot, messageTo, newPhone, startTrusted, timeButton } from "./booking";
import { expect, type Locale, SIZES, type Visit } from "./fixtures";
import type { Hall } from "./hall";
import { readState } from "./state";

export interface Stage {
  visit: (visit?: Visit) => Promise<Page>;
  hall: Hall;
  /** Two tests that run at once do not meet at a window. */
  seat: 0 | 1;
  locale: Locale;
  /** Chinese or English, as the page is. */
  say: (zh: string, en: string) => string;
}

export interface Surface {
  name: string;
  /** Sizes of look.md; the first one is that of the check by axe. */
  sizes: readonly (keyof typeof SIZES)[];
  /** Default both; a page that shows both at once has one. */
  locales?: readonly Locale[];
  /** Opens the page at this size and brings it into the state. */
  open: (stage: Stage, viewport: { width: number; height: number }) => Promise<Page>;
}

const CITIZEN = ["phone", "desk"] as const;
const KIOSK = ["kiosk", "screen"] as const;
const BOARD = ["screen", "kiosk"] as const;
const DESK = ["desk", "screen"] as const;
const GUIDE = ["desk", "tablet"] as const;
const OFFICE = ["office", "phone"] as const;

/** A page that a server makes: there as soon as it is loaded. */
const page = (name: string, path: string | ((stage: Stage) => Promise<string>), sizes: Surface["sizes"], visit: Visit = {}): Surface => ({
  name, sizes,
  open: async (stage, viewport) => {
    const shown = await stage.visit({ ...visit, locale: stage.locale, viewport, path: typeof path === "string" ? path : await path(stage) });
    await expect(shown.getByRole("heading", { level: 1 }).first()).toBeVisible();
    return shown;
  },
});

/** An item of the demo hall whose guide asks for the visitor's situation. */
const WITH_SITUATIONS = "990706005000";

const ticket = (name: string, change: (hall: Hall, token: string, number: string) => Promise<unknown>): Surface =>
  page(`ticket-${name}`, async ({ hall }) => {
    const { token, number } = await hall.take("R");
    await change(hall, token, number);
    return `/t/${token}`;
  }, CITIZEN);

/** A booking in the state that the change leaves it in. */
const booking = (name: string, query = "", change: (link: string) => Promise<unknown> = async () => undefined): Surface =>
  page(`booking-${name}`, async () => {
    const link = await bookAtDesk(await lateSlot());
    await change(link);
    return `${link}${query}`;
  }, CITIZEN);
const step = (name: string, link: string, body: object) => fetch(`${readState().url}/api/v1/appointments/${link.split("/")[2]}/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** The form of who comes, after a time was chosen. */
const who = (name: string, steps: (shown: Page) => Promise<void>): Surface => ({
  name: `book-${name}`, sizes: CITIZEN,
  open: async (stage, viewport) => {
    await startTrusted();
    const start = await lateSlot();
    const shown = await stage.visit({ locale: stage.locale, viewport, path: `/h/demo/book?items=${BOOKED_ITEM}&step=time&day=${dayOf(start)}` });
    await timeButton(shown, start).click();
    await expect(shown.locator("#name")).toBeVisible();
    await steps(shown);
    return shown;
  },
});
const my = (name: string, steps: (shown: Page, phone: string) => Promise<void>): Surface => ({
  name: `my-${name}`, sizes: CITIZEN,
  open: async ({ visit, locale, say }, viewport) => {
    await startTrusted();
    const phone = newPhone();
    const shown = await visit({ locale, viewport, path: "/my" });
    await askCode(shown, phone, say("发送验证码", "Send the code"));
    await steps(shown, phone);
    return shown;
  },
});
const enterCode = async (shown: Page, phone: string) => {
  await bookAtDesk(await lateSlot(), phone);
  await shown.locator("#code").fill((await messageTo("phone_code", phone)).values.code!);
  await shown.locator('button[type="submit"]').first().click();
  await expect(shown.locator("#code")).toHaveCount(0);
};

/** The kiosk begins in Chinese, whoever stood there before. */
const kiosk = (name: string, steps: (shown: Page, say: Stage["say"]) => Promise<void>): Surface => ({
  name: `kiosk-${name}`, sizes: KIOSK,
  open: async ({ visit, locale, say }, viewport) => {
    const shown = await visit({ path: "/kiosk", device: ["kiosk", "demo:kiosk1"], viewport, hasTouch: true });
    await expect(shown.getByRole("heading", { level: 1, name: "您要办什么事？" })).toBeVisible();
    if (locale === "en") await shown.getByRole("button", { name: "切换到英文" }).tap();
    await steps(shown, say);
    await expect(shown.getByRole("heading", { level: 1 })).toBeVisible();
    return shown;
  },
});
const toConfirm = async (shown: Page, say: Stage["say"]) => {
  await shown.getByRole("button", { name: new RegExp(`^${say("不动产", "Real estate")}`) }).first().tap();
  await shown.getByRole("button", { name: new RegExp(`^${say("不动产登记资料查询", "Search of real estate registration records")}`) }).tap();
};

/** A pairing code of the widest letters: what fits then fits always. */
const WIDEST = "WMWMWMWM";
const widestCode = (shown: Page) => shown.route("**/api/v1/devices/pairings", (route) => route.fulfill({ status: 201, json: { code: WIDEST, secret: "none", expiresAt: new Date(Date.now() + 600_000).toISOString() } }));

const board = (name: string, path: (say: Stage["say"]) => string, ready: (shown: Page) => Promise<void>, before: (stage: Stage) => Promise<void> = async () => undefined): Surface => ({
  name: `board-${name}`, sizes: BOARD,
  open: async (stage, viewport) => {
    await before(stage);
    const shown = await stage.visit({ path: path(stage.say), viewport });
    await ready(shown);
    return shown;
  },
});

/** Somebody is called to each of these windows, the first one is served already: a board at work. */
async function atWork({ hall, seat }: Stage): Promise<void> {
  for (const [index, [window, line]] of ([[["A02", "A"], ["B01", "B"], ["Q03", "Q"]], [["A03", "A"], ["S01", "S"], ["Q04", "X"]]] as const)[seat].entries()) {
    await hall.clearWindow(window);
    const clerk = hall.clerk(window);
    await clerk.open();
    await clerk.call((await hall.take(line)).number);
    if (index === 0) await clerk.start();
  }
}

/** The desk of a window where nobody else works during the tests. */
const desk = (name: string, steps: (shown: Page, stage: Stage) => Promise<void>): Surface => ({
  name: `desk-${name}`, sizes: DESK,
  open: async (stage, viewport) => {
    const shown = await stage.visit({ as: ["yushufen", "jiangyiming"][stage.seat], path: `/desk?window=${["Q01", "Q02"][stage.seat]}`, locale: stage.locale, viewport });
    const primary = shown.locator('[data-slot="primary"]');
    await expect(primary).toBeVisible();
    await expect(shown.locator('[data-slot="panel"]').first()).toBeVisible();
    await steps(shown, stage);
    return shown;
  },
});
/** One press of the big button: a press too soon after the last one is ignored by the desk, so it is repeated until it counts. */
async function pressOn(primary: Locator, from: string, to: string): Promise<void> {
  await expect(async () => {
    if ((await primary.getAttribute("data-action")) === from) await primary.click();
    await expect(primary).toHaveAttribute("data-action", to, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
}
/** Brings the window to "called", from whatever state an earlier page left it in. */
async function callSomebody(shown: Page, { hall }: Stage): Promise<void> {
  const primary = shown.locator('[data-slot="primary"]');
  const step = async () => primary.getAttribute("data-action");
  await hall.takeMany("Q", 2);
  for (let tries = 0; (await step()) !== "start" && tries < 5; tries++) {
    const before = await step();
    await expect(primary).not.toHaveAttribute("aria-disabled", "true");
    await primary.click();
    await expect(primary).not.toHaveAttribute("data-action", before!);
  }
  await expect(primary).not.toHaveAttribute("aria-disabled", "true");
}

const guide = (name: string, steps: (shown: Page, stage: Stage) => Promise<void>): Surface => ({
  name: `guide-${name}`, sizes: GUIDE,
  open: async (stage, viewport) => {
    const shown = await stage.visit({ as: "guide2", path: "/guide", locale: stage.locale, viewport });
    await expect(shown.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(shown.getByRole("option").first()).toBeVisible();
    await steps(shown, stage);
    return shown;
  },
});

const admin = (name: string, path: string, as = "manager"): Surface => page(`admin-${name}`, path, OFFICE, { as });

export const SURFACES: readonly Surface[] = [
  page("citizen-home", "/", CITIZEN),
  page("citizen-hall", "/h/demo", CITIZEN),
  page("citizen-search", "/h/demo?q=gjj", CITIZEN),
  page("citizen-nothing", "/h/demo?q=zzzzzz", CITIZEN),
  page("citizen-item", "/h/demo/items/990709005000", CITIZEN),
  page("citizen-not-found", "/h/nowhere", CITIZEN),
  page("citizen-plan", "/h/demo/plan?window=A01", CITIZEN),
  page("citizen-hours", "/h/demo/hours", CITIZEN),
  page("citizen-negative-list", "/h/demo/negative-list", CITIZEN), page("citizen-shared", "/h/demo/shared-services", CITIZEN), page("citizen-shared-none", "/h/demo2/shared-services", CITIZEN),
  page("search-start", "/search", CITIZEN), page("search-found", "/search?q=营业执照", CITIZEN), page("search-nothing", "/search?q=zzzzzz", CITIZEN),
  page("guide-of-item", `/h/demo/items/${WITH_SITUATIONS}`, CITIZEN), page("guide-notice", `/h/demo/items/${WITH_SITUATIONS}/notice`, CITIZEN),
  page("citizen-packages", "/h/demo/packages", CITIZEN), page("citizen-package", "/h/demo/packages/xsrcs", CITIZEN),
  ...["tolerable", "value-added", "utilities", "disclosures"].map((list) => page(`citizen-list-${list}`, `/h/demo/lists/${list}`, CITIZEN)),
  ticket("waiting", async () => undefined),
  ticket("cancelled", (hall, _token, number) => hall.cancel(number)),
  page("ticket-called", async ({ hall, seat }) => {
    const window = (["Q03", "Q04"] as const)[seat];
    await hall.clearWindow(window);
    const clerk = hall.clerk(window);
    await clerk.open();
    const called = await hall.take("Q");
    await clerk.call(called.number);
    return `/t/${called.token}`;
  }, CITIZEN),
  page("book-items", "/h/demo/book", CITIZEN), page("book-chosen", `/h/demo/book?items=${BOOKED_ITEM}`, CITIZEN), page("book-time", `/h/demo/book?items=${BOOKED_ITEM}&step=time`, CITIZEN),
  who("who", async () => undefined),
  who("errors", async (shown) => {
    await shown.locator('button[value="check"]').click();
    await expect(shown.locator('[data-slot="error-summary"]')).toBeVisible();
  }),
  who("check", async (shown) => {
    await shown.locator("#name").fill("王小明");
    await shown.locator("#phone").fill(newPhone());
    await shown.locator('button[value="check"]').click();
    await expect(shown.locator('button[value="confirm"]')).toBeVisible();
  }),
  booking("booked", "?done=1"), booking("move", "?step=move"), booking("cancel", "?step=cancel"), booking("cancelled", "", (link) => step("cancel", link, {})),
  page("my-sign-in", "/my", CITIZEN), my("code", async () => undefined), my("own", enterCode),
  my("forget", async (shown, phone) => {
    await enterCode(shown, phone);
    await shown.goto("/my?step=forget");
  }),
  page("offline", "/offline", CITIZEN),
  page("login", "/login", CITIZEN),
  page("login-password", "/login/password", CITIZEN, { as: "auditor" }),
  page("login-forbidden", "/login?error=forbidden", CITIZEN, { as: "chief1" }),

  {
    name: "kiosk-pairing", sizes: KIOSK, locales: ["zh"],
    open: async ({ visit }, viewport) => {
      const shown = await visit({ viewport });
      await widestCode(shown);
      await shown.goto("/kiosk");
      await expect(shown.locator("[data-pairing-code]")).toHaveText(WIDEST);
      return shown;
    },
  },
  kiosk("start", async () => undefined),
  kiosk("field", async (shown, say) => shown.getByRole("button", { name: new RegExp(`^${say("不动产", "Real estate")}`) }).first().tap()),
  kiosk("search", async (shown, say) => {
    await shown.getByRole("button", { name: new RegExp(`^${say("搜索事项", "Search")}`) }).first().tap();
    for (const letter of "GJJ") await shown.getByRole("button", { name: letter, exact: true }).tap();
    await expect(shown.getByText(new RegExp(say("找到 \\d+ 项", "\\d+ results")))).toBeVisible();
  }),
  kiosk("confirm", toConfirm),
  kiosk("id", async (shown, say) => {
    await toConfirm(shown, say);
    await shown.getByRole("button", { name: new RegExp(`^${say("输入身份证号码", "Enter ID number")}`) }).tap();
    for (const digit of "110101195703") await shown.getByRole("button", { name: digit, exact: true }).tap();
  }),
  kiosk("result", async (shown, say) => {
    await toConfirm(shown, say);
    await shown.getByRole("button", { name: say("取号", "Take a number"), exact: true }).tap();
    await expect(shown.locator("[data-ticket]")).toBeVisible();
  }),
  kiosk("arrive", async (shown, say) => shown.getByRole("button", { name: new RegExp(`^${say("预约签到", "Booked")}`) }).tap()),
  kiosk("arrive-none", async (shown, say) => {
    await shown.getByRole("button", { name: new RegExp(`^${say("预约签到", "Booked")}`) }).tap();
    await shown.getByRole("button", { name: new RegExp(`^${say("预约号", "Booking number")}`) }).tap();
    for (const digit of "000000") await shown.getByRole("button", { name: digit, exact: true }).tap();
    await shown.getByRole("button", { name: say("签到", "Check in"), exact: true }).tap();
    await expect(shown.getByRole("heading", { name: say("没有找到今天的预约", "No booking for today was found") })).toBeVisible();
  }),
  kiosk("book-time", async (shown, say) => {
    await toConfirm(shown, say);
    await shown.getByRole("button", { name: say("预约其他时间", "Book another time") }).tap();
    await shown.getByRole("main").getByRole("button").filter({ hasText: say("余", "place") }).last().tap();
    await expect(shown.locator("[data-start]").first()).toBeVisible();
  }),
  kiosk("elder", async (shown, say) => {
    await shown.getByRole("button", { name: say("长辈版", "Large print") }).tap();
    await expect(shown.locator("html")).toHaveAttribute("data-elder", "true");
  }),

  board("calls", (say) => `/board?hall=demo&lang=${say("zh", "en")}`, async (shown) => expect(shown.locator("[data-window-cell]").first()).toBeVisible(), atWork),
  {
    name: "board-pairing", sizes: BOARD,
    open: async ({ visit, say }, viewport) => {
      const shown = await visit({ viewport });
      await widestCode(shown);
      await shown.goto(`/board?lang=${say("zh", "en")}`);
      await expect(shown.locator("[data-pairing-code]")).toHaveText(WIDEST);
      return shown;
    },
  },
  board("plan", (say) => `/board?hall=demo&view=plan&lang=${say("zh", "en")}`, async (shown) => expect(shown.locator("[data-plan-window]").first()).toBeVisible(), atWork),
  board("no-hall", (say) => `/board?hall=nowhere&lang=${say("zh", "en")}`, async (shown) => expect(shown.getByRole("heading", { name: /nowhere/ })).toBeVisible()),

  {
    name: "desk-choose", sizes: DESK,
    open: async ({ visit, locale }, viewport) => {
      const shown = await visit({ as: "yuanchenxi", path: "/desk", locale, viewport });
      await expect(shown.locator('[data-slot="window-card"]').first()).toBeVisible();
      return shown;
    },
  },
  desk("called", callSomebody),
  ...(["t", "n", "p", "o"] as const).map((key) => desk(`dialog-${{ t: "transfer", n: "call", p: "pause", o: "outcome" }[key]}`, async (shown, stage) => {
    const primary = shown.locator('[data-slot="primary"]');
    await callSomebody(shown, stage);
    if (key === "o" || key === "n") await pressOn(primary, "start", "finish");
    if (key === "n") await pressOn(primary, "finish", "call-next");
    await expect(shown.locator('[aria-busy="true"]')).toHaveCount(0);
    await shown.keyboard.press(key);
    await expect(shown.getByRole("dialog")).toBeVisible();
  })),

  guide("issue", async () => undefined),
  guide("issued", async (shown, { say }) => {
    await shown.getByRole("combobox").fill(say("护照", "passport"));
    await shown.getByRole("option", { name: new RegExp(say("普通护照", "passport"), "i") }).first().click();
    await shown.getByRole("radio").nth(1).check();
    await shown.getByRole("group", { name: say("常用理由", "Usual reasons") }).getByRole("button").first().click();
    await shown.locator('button[type="submit"]').click();
    await expect(shown.locator('[data-slot="number"]')).toBeVisible();
  }),
  guide("found", async (shown, { hall, say }) => {
    const { number } = await hall.take("R");
    await shown.getByRole("tab", { name: say("查号", "Find") }).click();
    await shown.getByRole("searchbox").fill(number);
    await expect(shown.locator('[data-slot="number"]')).toHaveText(number);
    await expect(shown.getByRole("group").filter({ has: shown.getByRole("listitem") }).first()).toBeVisible();
  }),

  guide("bookings", async (shown, { say }) => {
    await bookAtDesk(await lateSlot());
    await shown.getByRole("tab", { name: say("预约", "Bookings") }).click();
    await expect(shown.locator("#find-booking")).toBeVisible();
    await shown.getByRole("button", { name: say("代为预约", "Book for somebody") }).click();
    await shown.locator("#book-item-0").click();
    await expect(shown.locator("#book-day").or(shown.getByText(say("没有可以预约的时间", "No time can be booked"), { exact: false })).first()).toBeVisible();
  }),

  admin("live", "/admin"), admin("choose", "/admin", "region"), admin("events", "/admin/events"), admin("pairing", "/admin/pairing"),
  admin("tidal", "/admin/tidal"), admin("advice", "/admin/advice"), admin("what-if", "/admin/what-if"), admin("imports", "/admin/imports"), admin("import-of-items", "/admin/imports?kind=items"),
  admin("coverage", "/admin/coverage"), admin("policy", "/admin/policy"), admin("policy-read", "/admin/policy?hall=demo", "auditor"), admin("fairness", "/admin/fairness"), admin("estimates", "/admin/estimates"), admin("booking-week", "/admin/booking"), admin("booking-report", "/admin/booking-report"), admin("booking-rules", "/admin/booking-rules/record/demo"), admin("stock", "/admin/stocks/record/B-evening"), admin("message-report", "/admin/message-report"), admin("message-text", "/admin/message-templates/record/booking_confirmed"), admin("message-channel-new", "/admin/message-channels/new"), admin("layout", "/admin/coverage/layout/city-7x1%2B9%2B2"),
  admin("import-record", "/admin/imports/1"),
  {
    name: "admin-application-record", sizes: OFFICE,
    open: async ({ visit, locale }, viewport) => {
      const shown = await visit({ as: "manager", path: "/admin/residency-applications?department=nyj&size=20", locale, viewport });
      await shown.getByRole("link", { name: /^JZ\d{4}-\d{4}$/ }).first().click();
      await expect(shown.getByRole("heading", { level: 1, name: /^JZ\d{4}-\d{4}/ })).toBeVisible();
      return shown;
    },
  },
  page("admin-received-record", "/admin/received-items/record/992004002000?hall=demo2", OFFICE, { as: "auditor" }),
  admin("plan", "/admin/plan"),
  admin("calendar", "/admin/calendar"),
  admin("signs", "/admin/signs?window=A01"),
  admin("residency", "/admin/residency"), admin("residency-region", "/admin/residency", "region"), admin("residency-items", "/admin/residency-items?standing=missing"), admin("residency-new", "/admin/residency-applications/new?kind=enter&unit=ycj"),
  ...["windows", "lines", "items", "fields", "departments", "halls", "zones", "notices", "devices", "staff", "guides", "guide-reports", "packages", "package-coverage", "codes", "residency-applications", "negative-list", "exemptions", "agreements", "sinks", "received-items", "shared-services", "sink-candidates", "item-channels", "unit-checks", "hallDays", "consolidations", "disclosures", "bookings", "stocks", "duties", "booking-pauses", "booking-demand", "messages", "message-templates", "message-channels", "quiet-hours", "calls", "wait-scores"].map((register) => admin(register, `/admin/${register}?size=20`)),
  ...(["edit", "levels"] as const).map((part) => admin(`guide-${part}`, `/admin/guides/${part}/${WITH_SITUATIONS}`)), admin("guide-compare", `/admin/guides/compare/${WITH_SITUATIONS}?b=1`), admin("guide-law", "/admin/guides/law"), admin("guided-item-record", `/admin/items/record/${WITH_SITUATIONS}`),
  admin("residency-item-record", `/admin/residency-items/record/${WITH_SITUATIONS}`), admin("package-record", "/admin/packages/record/xsrcs"), admin("agreement-record", "/admin/agreements/record/XY-2025-01"), admin("negative-new", "/admin/negative-list/new"),
  admin("window-record", "/admin/windows/record/A01"), admin("item-record", "/admin/items/record/990709005000"), admin("hall-record", "/admin/halls/record/demo"), admin("device-record", "/admin/devices/record/kiosk1"),
  admin("staff-record", "/admin/staff/record/clerk1"), admin("record-read-only", "/admin/lines/record/A?hall=demo", "auditor"),
  {
    name: "admin-form-errors", sizes: OFFICE,
    open: async ({ visit, locale, say }, viewport) => {
      const shown = await visit({ as: "manager", path: "/admin/lines/new", locale, viewport });
      await shown.getByRole("button", { name: say("保存", "Save") }).click();
      await expect(shown.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible();
      return shown;
    },
  },
  admin("not-found", "/admin/lines/record/ZZ"),
];

export const stageOf = (visit: Stage["visit"], hall: Hall, locale: Locale, index: number): Stage => ({ visit, hall, seat: index % 2 === 0 ? 0 : 1, locale, say: (zh, en) => (locale === "zh" ? zh : en) });
