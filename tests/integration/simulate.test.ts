import { afterAll, beforeAll, expect, it } from "vitest";
import { printReport } from "@/simulate/report";
import { simulate } from "@/simulate/simulate";
import { db } from "../support/hall";
import { type ServerProcess, startProcess } from "../support/server";

let server: ServerProcess;
beforeAll(async () => { server = await startProcess(); });
afterAll(() => server.kill("SIGTERM"));

it("a day in the demo hall, driven through the public API only: nobody lost, called twice or left hanging", async () => {
  const { report, faults } = await simulate(db(), { origin: server.origin, hall: "demo", visits: 150, speed: 1_500, seed: 3, progress: () => undefined });
  expect(faults).toEqual([]);
  expect(report.tickets).toBe(150);
  expect(report.served + report.missed).toBe(150);
  expect(report.lines.length).toBeGreaterThan(5);
  expect(report.pressToScreenMs.n).toBeGreaterThanOrEqual(report.served);
  expect(printReport(report)).toContain("≤ 15 min");
}, 300_000);

it("makes a reference hall with more windows than the demo hall has", async () => {
  const { report, faults } = await simulate(db(), { origin: server.origin, hall: "demo2", windows: 30, visits: 60, speed: 3_000, seed: 5, progress: () => undefined });
  expect(faults).toEqual([]);
  expect(report.tickets).toBe(60);
  const hall = await db().selectFrom("halls").select("id").where("code", "=", "demo2-w30").executeTakeFirstOrThrow();
  expect((await db().selectFrom("windows").select(({ fn }) => fn.countAll<number>().as("n")).where("hall_id", "=", hall.id).executeTakeFirstOrThrow()).n).toBe(30);
}, 300_000);
