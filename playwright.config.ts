import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** A browser of the system serves where there is one; otherwise the one that Playwright brings. */
const system = process.env.CHROMIUM ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/support/global-setup.ts",
  outputDir: ".data/test/browser",
  timeout: 120_000,
  expect: { timeout: 25_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: ".data/test/playwright.json" }]],
  use: {
    browserName: "chromium",
    launchOptions: {
      ...(existsSync(system) ? { executablePath: system } : {}),
      // A board on a wall may make sound without a touch; as root Chromium has no sandbox.
      args: ["--autoplay-policy=no-user-gesture-required", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    },
    headless: true,
    // A zone other than the hall's shows a page that takes the machine's time for the hall's.
    timezoneId: "America/New_York",
    viewport: { width: 1280, height: 720 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: "only-on-failure",
    trace: "off",
  },
});
