/** Builds the pages and the board when a source has changed since the last build. `npm run build` does it without a database. */
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { OperatorError } from "@/lib/kernel/errors";

/** The board's small script alone. */
export async function buildBoard(): Promise<void> {
  const board = (await import("./build-board.mjs" as string)) as { buildBoard: () => Promise<unknown> };
  await board.buildBoard();
}

export async function build(): Promise<void> {
  const stamp = path.resolve(process.env.NEXT_DIST_DIR || ".next", "yiting-sources");
  const sources = await hashOf(["src", "scripts/build-board.mjs", "next.config.ts", "postcss.config.mjs", "package-lock.json"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources && existsSync("public/board.js")) return;
  console.log("Building pages (only when sources have changed) …");
  await buildBoard();
  await new Promise<void>((resolve, reject) => {
    const log: string[] = [];
    const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], { env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => log.push(String(chunk)));
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new OperatorError(`The pages could not be built:\n${log.join("")}`))));
  });
  writeFileSync(stamp, sources);
}

async function hashOf(entries: string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const entry of entries) {
    const files = existsSync(entry) && !path.extname(entry) ? (await readdir(entry, { recursive: true, withFileTypes: true })).filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name)).sort() : [entry];
    for (const file of files) hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build().catch((error: unknown) => {
  console.error(error instanceof OperatorError ? error.message : error);
  process.exitCode = 1;
});
