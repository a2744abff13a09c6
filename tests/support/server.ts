import { type ChildProcess, spawn } from "node:child_process";
import { createToken } from "@/lib/auth/commands";
import type { Role } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import { hallRef } from "@/lib/regions/data";
import { windowId } from "./hall";

export interface ServerProcess {
  origin: string;
  port: number;
  child: ChildProcess;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts the server program as a process of its own on the test file's database. */
export async function startProcess(env: Record<string, string> = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "tests/support/serve.ts"], { env: { ...process.env, PORT: "0", HOST: "127.0.0.1", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr!.on("data", (chunk) => (errors += String(chunk)));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout!.on("data", (chunk) => {
      const match = /\{"port":(\d+)\}/.exec(String(chunk));
      if (match) resolve(Number(match[1]));
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${errors}`)));
  });
  return {
    port, child, origin: `http://127.0.0.1:${port}`,
    kill: (signal = "SIGKILL") => new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill(signal);
    }),
  };
}

export async function tokenFor(role: Exclude<Role, "citizen">, hall = "demo", window?: string): Promise<string> {
  const ref = await hallRef(hall);
  return createToken(database(), { role, label: "test", hallId: ref.id, ...(window ? { windowId: await windowId(window, ref) } : {}) });
}

export interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many routes, looked into by tests only
  body: any;
  headers: Headers;
}

/** One request; `key` is its Idempotency-Key. Throws when the line is cut. */
export async function send(origin: string, method: string, path: string, options: { token?: string; body?: unknown; key?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method, signal: AbortSignal.timeout(20_000),
    headers: { ...(options.body === undefined ? {} : { "Content-Type": "application/json" }), ...(options.token ? { Authorization: `Bearer ${options.token}` } : {}), ...(options.key ? { "Idempotency-Key": options.key } : {}), ...options.headers },
    ...(options.body === undefined ? {} : { body: typeof options.body === "string" ? options.body : JSON.stringify(options.body) }),
  });
  return { status: response.status, body: await response.json().catch(() => undefined), headers: response.headers };
}

export const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Repeats until the check holds; fails with the last error after the time. */
export async function eventually(check: () => Promise<void> | void, milliseconds = 10_000): Promise<void> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(50);
    }
  }
}
