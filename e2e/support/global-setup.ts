import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { STATE_FILE } from "./state";

/** Starts the stack as a process of its own and ends it after the run; E2E_REUSE=1 takes one that was started by hand. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  mkdirSync(".data/screenshots", { recursive: true });
  if (process.env.E2E_REUSE) {
    if (!existsSync(STATE_FILE)) throw new Error(`E2E_REUSE is set but ${STATE_FILE} is not there: start e2e/support/stack.ts --keep first`);
    return undefined;
  }
  rmSync(".data/test/server.log", { force: true });
  const stack = spawn(process.execPath, ["--import", "tsx", "--disable-warning=ExperimentalWarning", "e2e/support/stack.ts"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => void stack.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    stack.stdout.on("data", (chunk) => String(chunk).includes("ready") && resolve());
    stack.once("exit", (code) => reject(new Error(`the hall for the browser tests could not be started (exit code ${code})`)));
  });
  return async () => {
    stack.stdin.end();
    await ended;
  };
}
