import { expect, SIZES, test } from "./support/fixtures";
import { stageOf, SURFACES } from "./support/surfaces";

/** Kilobytes of JavaScript on the way to the browser, compressed as they were sent. */
const LIMITS: Record<string, number> = {
  "board-calls": 80, "kiosk-start": 180, "citizen-home": 180, "citizen-hall": 180, "citizen-search": 180, "citizen-item": 180, "ticket-waiting": 180, "citizen-not-found": 180, "book-time": 180, "book-who": 180, "booking-booked": 180, "my-sign-in": 180,
};

for (const [name, limit] of Object.entries(LIMITS)) {
  test(`${name} needs at most ${limit} kB of JavaScript`, async ({ visit, hall, expectErrors }, { annotations, parallelIndex }) => {
    expectErrors(/status of 404/);
    const scripts: Promise<{ url: string; bytes: number; zipped: boolean }>[] = [];
    const surface = SURFACES.find((known) => known.name === name)!;
    const watched: typeof visit = async ({ path, ...rest } = {}) => {
      const page = await visit(rest);
      page.on("requestfinished", (request) => {
        if (request.resourceType() !== "script") return;
        scripts.push(request.response().then(async (response) => ({ url: request.url(), bytes: (await request.sizes()).responseBodySize, zipped: /gzip|br|zstd/.test((await response!.allHeaders())["content-encoding"] ?? "") })));
      });
      // Scripts that a page loads later on count as well; boards keep a line open and are never idle.
      if (path) await page.goto(path, { waitUntil: "load" });
      return page;
    };
    const page = await surface.open(stageOf(watched, hall, "zh", parallelIndex), SIZES[surface.sizes[0]!]);
    const awaited = await page.evaluate(() => performance.getEntriesByType("resource").filter((entry) => (entry as PerformanceResourceTiming).initiatorType === "script" || /\.js(\?|$)/.test(entry.name)).length);
    await expect.poll(() => scripts.length).toBeGreaterThanOrEqual(awaited);
    const loaded = await Promise.all(scripts);
    const kilobytes = loaded.reduce((sum, script) => sum + script.bytes, 0) / 1_000;
    annotations.push({ type: "JavaScript", description: `${kilobytes.toFixed(1)} kB in ${loaded.length} files` });
    console.log(`      ${name}: ${kilobytes.toFixed(1)} kB of JavaScript in ${loaded.length} files (limit ${limit})`);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((script) => !script.zipped && script.bytes > 1_000).map((script) => script.url), "sent without compression").toEqual([]);
    expect(kilobytes).toBeLessThanOrEqual(limit);
  });
}
