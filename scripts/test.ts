/**
 * Everything that `.ci/run` checks: lint, types, unit and integration tests on real PostgreSQL, journeys in Chromium.
 * Ends with "N passed, N failed" and keeps the titles of the passed tests for `npm run hall -- requirements`.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { RESULTS } from "./requirements";

const REPORTS = ".data/test";
const bin = (name: string) => path.resolve("node_modules/.bin", name);

interface Step {
  name: string;
  command: string[];
  /** Tests that the step's report counts; a step without a report counts as one test. */
  report?: string;
  read?: (report: never) => { passed: string[]; failed: string[] };
}

interface VitestReport {
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string; failureMessages?: string[] }[] }[];
}
interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: { title: string; ok: boolean }[];
}

function readVitest({ testResults }: VitestReport): { passed: string[]; failed: string[] } {
  const tests = testResults.flatMap((file) => file.assertionResults);
  const why = (test: (typeof tests)[number]) => `${test.fullName}\n${(test.failureMessages ?? []).join("\n").slice(0, 1_500)}`;
  // A file that could not even be loaded has no tests of its own: it counts as one failure.
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.every((test) => test.status === "passed")).map((file) => file.name);
  return { passed: tests.filter((test) => test.status === "passed").map((test) => test.fullName), failed: [...tests.filter((test) => test.status !== "passed").map(why), ...broken] };
}

function readPlaywright(report: { suites: PlaywrightSuite[]; errors: unknown[] }): { passed: string[]; failed: string[] } {
  const walk = (suite: PlaywrightSuite): { title: string; ok: boolean }[] => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(walk)];
  const specs = report.suites.flatMap(walk);
  return { passed: specs.filter((spec) => spec.ok).map((spec) => spec.title), failed: [...specs.filter((spec) => !spec.ok).map((spec) => spec.title), ...report.errors.map(() => "playwright could not run")] };
}

const STEPS: Step[] = [
  { name: "lint", command: [bin("eslint"), "src", "tests", "scripts", "e2e", "--max-warnings=0"] },
  { name: "types", command: [bin("tsc"), "--noEmit", "-p", "."] },
  { name: "types of the board", command: [bin("tsc"), "--noEmit", "-p", "src/board"] },
  { name: "unit and integration", command: [bin("vitest"), "run"], report: `${REPORTS}/vitest.json`, read: readVitest as never },
  { name: "journeys in the browser", command: [bin("playwright"), "test"], report: `${REPORTS}/playwright.json`, read: readPlaywright as never },
];

/** Chromium for the journeys and Redis for the relay: the system's, installed from Debian's packages when missing and possible. */
function requirePrograms(): string {
  const known = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
  const find = () => known.find((file) => file && existsSync(file));
  const fonts = () => spawnSync("fc-list", [":lang=zh"], { encoding: "utf8" }).stdout?.trim();
  if ((!find() || !fonts()) && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Chromium and a Chinese font (first run only) …");
    const apt = (...args: string[]) => spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    apt("update", "-qq");
    apt("install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk", "fontconfig");
  }
  if (!existsSync("/usr/bin/redis-server") && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Redis (first run only) …");
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "redis-server"], { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" } });
  }
  const found = find();
  if (!found) throw new Error("The journeys need Chromium: install it, or name it in CHROMIUM.");
  return found;
}

function run(command: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command[0]!, command.slice(1), { stdio: "inherit", env: { ...process.env, FORCE_COLOR: "0" } });
    child.once("exit", (code) => resolve(code === 0));
  });
}

async function main(): Promise<void> {
  const only = process.argv.slice(2);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(RESULTS, { force: true });
  process.env.CHROMIUM = requirePrograms();
  const passed: string[] = [];
  const failed: string[] = [];
  for (const step of STEPS.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)))) {
    console.log(`\n── ${step.name}`);
    const started = Date.now();
    if (step.report) rmSync(step.report, { force: true });
    const ok = await run(step.command);
    const result = step.report && existsSync(step.report) ? step.read!(JSON.parse(readFileSync(step.report, "utf8")) as never) : { passed: ok ? [step.name] : [], failed: ok ? [] : [step.name] };
    if (!ok && result.failed.length === 0) result.failed.push(step.name);
    passed.push(...result.passed);
    failed.push(...result.failed);
    console.log(`── ${step.name}: ${result.passed.length} passed, ${result.failed.length} failed in ${Math.round((Date.now() - started) / 1000)} s`);
  }
  writeFileSync(RESULTS, JSON.stringify(passed));
  for (const title of failed) console.log(`FAILED ${title}`);
  console.log(`\n${passed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

await main();
