// What must work before anything is installed: plain Node.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [major, minor] = process.versions.node.split(".").map(Number);

/** Installs the packages of the lockfile when they are not there yet; standard output stays free for the command. */
export function ensureInstalled() {
  process.chdir(root);
  if (major < 20 || (major === 20 && minor < 19)) fail(`Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
  const lock = createHash("sha256").update(readFileSync("package-lock.json")).update(process.platform + process.arch).digest("hex");
  const mark = "node_modules/.yiting-lock";
  if (existsSync(mark) && readFileSync(mark, "utf8") === lock) return;
  process.stderr.write("Installing packages (first start only) …\n");
  // No install scripts are needed: every native part comes inside its package.
  const done = spawnSync("npm", ["install", "--no-save", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (done.status !== 0) fail("The packages could not be installed. Is the npm registry reachable?");
  writeFileSync(mark, lock);
}

/** Reads .env beside package.json, if there is one; what the environment already says wins. */
function loadEnv() {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/** Runs a TypeScript program and ends with its exit code; signals go to it. */
export function runTs(file, args) {
  loadEnv();
  const child = spawn(process.execPath, ["--import", "tsx", "--disable-warning=ExperimentalWarning", file, ...args], { stdio: "inherit" });
  // Ctrl-C reaches the child by itself; a signal sent to this process only must be handed on.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void child.kill(signal));
  child.once("exit", (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
