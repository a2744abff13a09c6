/** What runs in a thread of threads.ts: one job after the other. */
import { constants, setPriority } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort } from "node:worker_threads";
import type { ThreadJob } from "./threads";

// On Linux this holds for the calling thread alone; elsewhere it would slow down the whole program.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_LOW);

parentPort!.on("message", async ({ file, name, input }: ThreadJob) => {
  try {
    const module = (await import(pathToFileURL(path.resolve(file)).href)) as Record<string, (...input: unknown[]) => unknown>;
    parentPort!.postMessage({ value: await module[name]!(...input) });
  } catch (error) {
    parentPort!.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
