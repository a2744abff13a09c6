/** What every journey finds: people with browsers of their own, the hall around them, and an ear for errors on any page. */
import { type BrowserContext, type BrowserContextOptions, type ConsoleMessage, type Cookie, expect, type Page, test as base } from "@playwright/test";
import { type Hall, hallAt } from "./hall";
import { readState, type State } from "./state";

export { expect } from "@playwright/test";
export type { Page } from "@playwright/test";

export type Locale = "zh" | "en";

/** What a board has announced, in order. */
export const spoken = (board: Page): Promise<string[]> => board.evaluate(() => (window as unknown as { __spoken?: string[] }).__spoken ?? []);

export interface Visit extends Pick<BrowserContextOptions, "viewport" | "javaScriptEnabled" | "hasTouch" | "isMobile" | "reducedMotion" | "acceptDownloads"> {
  path?: string;
  locale?: Locale;
  /** Signed in as this user. */
  as?: string;
  /** A paired screen: kind and device, e.g. `["kiosk", "demo:kiosk1"]`. */
  device?: readonly ["kiosk" | "board", string];
  /** Another server process on the same database. */
  origin?: string;
}

/** Sizes of look.md. */
export const SIZES = {
  phone: { width: 375, height: 812 }, desk: { width: 1280, height: 720 }, screen: { width: 1920, height: 1080 }, kiosk: { width: 1080, height: 1920 }, tablet: { width: 820, height: 1180 }, office: { width: 1440, height: 900 },
} as const;

interface Fixtures {
  state: State;
  hall: Hall;
  /** Opens a browser of its own for one more person or screen. */
  visit: (visit?: Visit) => Promise<Page>;
  /** Errors that this journey causes on purpose. */
  expectErrors: (pattern: RegExp) => void;
  errors: { seen: string[]; allowed: RegExp[] };
}

/** A refusal (4xx) is an answer like any other; the browser writes each one to its console all the same. */
const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d .*(\/api\/|\/favicon\.ico$)/;
/** Cookies of those who have signed in once, for this worker. */
const signedIn = new Map<string, Cookie[]>();

const textOf = (message: ConsoleMessage): string => `${message.text()} ${message.location().url}`;

function watch(context: BrowserContext, seen: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error" && !REFUSED.test(textOf(message))) seen.push(`console.error on ${message.page()?.url()}: ${textOf(message)}`);
  });
  context.on("weberror", (problem) => seen.push(`error on ${problem.page()?.url()}: ${problem.error().stack ?? problem.error().message}`));
}

export const test = base.extend<Fixtures>({
  state: async ({}, use) => use(readState()),
  baseURL: async ({ state }, use) => use(state.url),
  hall: async ({}, use) => use(hallAt("demo")),
  errors: [
    async ({}, use) => {
      const errors: Fixtures["errors"] = { seen: [], allowed: [] };
      await use(errors);
      expect(errors.seen.filter((text) => !errors.allowed.some((pattern) => pattern.test(text))), "unexpected errors on the pages").toEqual([]);
    },
    { auto: true },
  ],
  expectErrors: async ({ errors }, use) => use((pattern) => void errors.allowed.push(pattern)),
  context: async ({ context, errors }, use) => {
    watch(context, errors.seen);
    await use(context);
  },
  visit: async ({ browser, state, errors }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ path, locale, as, device, origin = state.url, ...options } = {}) => {
      const kept = device ? [{ origin, localStorage: [{ name: `yiting-device-${device[0]}`, value: state.tokens.device[device[1]]! }] }] : [];
      const context = await browser.newContext({ baseURL: origin, timezoneId: "America/New_York", viewport: SIZES.desk, storageState: { cookies: [], origins: kept }, ...options });
      contexts.push(context);
      watch(context, errors.seen);
      if (as) await signInByApi(context, origin, as);
      if (locale) await context.addCookies([{ name: "yiting-locale", value: locale, url: origin }]);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      if (path) await page.goto(path);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Signs in without the form, as its script does: for journeys that are about something else. A session is used again. */
async function signInByApi(context: BrowserContext, origin: string, username: string): Promise<void> {
  const known = signedIn.get(`${origin} ${username}`);
  if (known) return context.addCookies(known);
  const { password } = readState().accounts[username]!;
  const { csrfToken } = (await (await context.request.get(`${origin}/api/auth/csrf`)).json()) as { csrfToken: string };
  const answer = await context.request.post(`${origin}/api/auth/callback/staff`, { form: { csrfToken, username, password, json: "true", callbackUrl: origin }, headers: { Origin: origin } });
  expect(answer.ok(), `signing in as ${username}`).toBe(true);
  signedIn.set(`${origin} ${username}`, await context.cookies());
}

/** What is typed before the scripts of a form are there would be lost; nobody types that fast. */
const scripted = (page: Page) => page.waitForFunction(() => Object.keys(document.querySelector("main form") ?? {}).some((key) => key.startsWith("__reactProps")));

/** Signs in as people do, with the change of a first password where one is asked for. */
export async function signIn(page: Page, username: string, password: string, next = NEW_PASSWORD): Promise<void> {
  await typeSignIn(page, username, password);
  const change = page.getByRole("heading", { name: "修改密码" });
  await expect(change.or(page.getByRole("button", { name: "退出登录" })).first()).toBeVisible();
  if (!(await change.isVisible())) return;
  await scripted(page);
  await page.getByLabel(/^原密码/).fill(password);
  await page.getByLabel(/^新密码( \*)?$/).fill(next);
  await page.getByLabel(/^再输一次新密码/).fill(next);
  await page.getByRole("button", { name: "修改密码" }).click();
}

/** Fills in the sign-in form and sends it, whatever comes of it. */
export async function typeSignIn(page: Page, username: string, password: string): Promise<void> {
  await scripted(page);
  await page.getByLabel("用户名").fill(username);
  await page.getByLabel(/^密码/).fill(password);
  await page.getByRole("button", { name: "登录" }).click();
}

export const NEW_PASSWORD = "Hall-2026-spring!";

/** No page scrolls sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wide, shown } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, shown: document.documentElement.clientWidth }));
  expect(wide, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(shown);
}

/** The whole page fits: nothing scrolls. */
export async function expectNoScroll(page: Page): Promise<void> {
  await expectNoSidewaysScroll(page);
  const { high, shown } = await page.evaluate(() => ({ high: document.documentElement.scrollHeight, shown: document.documentElement.clientHeight }));
  expect(high, `${page.url()} is higher than the screen`).toBeLessThanOrEqual(shown);
}
