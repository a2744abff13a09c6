import { mkdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { prepareDatabase } from "@/setup/prepare";
import { OperatorError } from "@/lib/kernel/errors";
import type { DemoAccount } from "@/setup/demo";
import { build, buildBoard } from "./build";

const DATA = path.resolve(".data");
const dev = process.argv.includes("--dev");
const port = Number(process.env.PORT || 3000);

/** Fails early, before anything is touched. */
const requireFreePort = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => reject(new OperatorError(error.code === "EADDRINUSE"
      ? `Port ${port} is in use. Stop the other program or start with another one: PORT=${port + 1} npm start` : `Port ${port} cannot be used: ${error.message}`)));
    probe.listen(port, process.env.HOST || "0.0.0.0", () => probe.close(() => resolve()));
  });

function printAddresses(url: string, accounts: DemoAccount[] | undefined): void {
  const lines = [
    "", `一厅 Yiting is running at ${url}`, "",
    `  citizens 市民      ${url}/`, `  board 叫号屏       ${url}/board?hall=demo`, `  kiosk 取号机       ${url}/kiosk   (pair it under /admin → 设备)`,
    `  clerk's desk 窗口  ${url}/desk`, `  guide desk 导办台  ${url}/guide`, `  administration 管理 ${url}/admin`, `  API                ${url}/api/v1/docs`, "",
  ];
  if (accounts) {
    lines.push("Demo accounts, shown this once; each asks for a new password at the first sign-in:", ...accounts.map(({ hall, username, role, password }) => `  ${hall.padEnd(6)} ${username.padEnd(9)} ${role.padEnd(15)} ${password}`));
    lines.push("", "They are kept in .data/demo-accounts.txt until you delete it.");
    writeFileSync(path.join(DATA, "demo-accounts.txt"), `${accounts.map(({ hall, username, role, password }) => [hall, username, role, password].join("\t")).join("\n")}\n`, { mode: 0o600 });
  }
  console.log([...lines, "Stop with Ctrl-C."].join("\n"));
}

async function main(): Promise<void> {
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  await requireFreePort();
  mkdirSync(DATA, { recursive: true });
  const prepared = await prepareDatabase({ dataFolder: DATA, demo: process.env.DEMO !== "off", log: (line) => console.log(line) });
  try {
    if (dev) await buildBoard();
    else await build();
    const { startServer } = await import("@/server");
    const server = await startServer({ dev });
    printAddresses(server.url, prepared.accounts);
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      console.log("Stopping …");
      void server.stop().then(() => prepared.stop()).then(() => process.exit(0), () => process.exit(1));
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  } catch (error) {
    await prepared.stop();
    throw error;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof OperatorError ? error.message : error);
  process.exit(1);
});
