import path from "node:path";
import { defineConfig } from "vitest/config";

// A zone other than UTC and the hall's own shows code that takes the machine's time for the hall's.
process.env.TZ = "America/New_York";

export default defineConfig({
  resolve: { alias: { "@": path.resolve("src") } },
  test: {
    include: ["tests/{unit,integration,architecture}/**/*.test.ts"],
    globalSetup: ["tests/support/postgres.ts"],
    setupFiles: ["tests/support/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".data/test/vitest.json" }]],
  },
});
