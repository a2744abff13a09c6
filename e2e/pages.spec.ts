import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, expectNoScroll, expectNoSidewaysScroll, SIZES, test } from "./support/fixtures";
import { stageOf, SURFACES } from "./support/surfaces";

test.describe.configure({ mode: "parallel" });

/** Pages that must fit without scrolling at all. */
const FITS = /^(board|desk-called|desk-dialog|kiosk)/;

/** WCAG 2.1 A and AA, and that each page has one main part and one first heading. */
async function expectAccessible(page: Page): Promise<void> {
  // What fades in is judged when it is there.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} — ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ""}`));
  expect.soft(found).toEqual([]);
  expect.soft(await page.evaluate(() => [document.querySelectorAll("main").length, document.querySelectorAll("h1").length]), "one main part, one first heading").toEqual([1, 1]);
  expect.soft(await page.title()).not.toBe("");
}

for (const locale of ["zh", "en"] as const) {
  for (const surface of SURFACES.filter(({ locales }) => !locales || locales.includes(locale))) {
    test(`${surface.name} (${locale}): no barrier, nothing cut off at any size`, async ({ visit, hall, expectErrors }, { parallelIndex }) => {
      expectErrors(/status of 404/);
      const page = await surface.open(stageOf(visit, hall, locale, parallelIndex), SIZES[surface.sizes[0]!]);
      await expect(page.locator("html")).toHaveAttribute("lang", locale === "en" ? "en" : "zh-CN");
      await expectAccessible(page);
      for (const size of surface.sizes) {
        await page.setViewportSize(SIZES[size]);
        if (FITS.test(surface.name)) await expectNoScroll(page);
        else await expectNoSidewaysScroll(page);
        await page.screenshot({ path: `.data/screenshots/${surface.name}-${size}-${locale}.png`, fullPage: !FITS.test(surface.name), animations: "disabled" });
      }
    });
  }
}

// 200 % zoom of a 1280-pixel screen is 640 pixels wide: nothing may be cut off or need sideways scrolling.
for (const name of ["citizen-hall", "guide-of-item", "ticket-waiting", "book-items", "book-time", "book-who", "booking-booked", "my-own", "login", "desk-called", "guide-issue", "admin-live", "admin-lines", "admin-item-channels", "admin-guide-edit", "admin-window-record"]) {
  test(`${name}: 200 % zoom and forced colours`, async ({ visit, hall }, { parallelIndex }) => {
    const page = await SURFACES.find((surface) => surface.name === name)!.open(stageOf(visit, hall, "zh", parallelIndex), { width: 640, height: 360 });
    await expectNoSidewaysScroll(page);
    await page.emulateMedia({ forcedColors: "active" });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
}
