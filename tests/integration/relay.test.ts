import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { io } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { LiveEvent } from "@/lib/live/schema";
import { eventually, send, type ServerProcess, startProcess, tokenFor } from "../support/server";

let redis: ChildProcess;
let servers: ServerProcess[];
const folder = mkdtempSync(path.join(tmpdir(), "yiting-redis-"));

const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address() as net.AddressInfo;
    probe.close(() => resolve(port));
  });
});

beforeAll(async () => {
  const port = await freePort();
  redis = spawn(process.env.REDIS_SERVER ?? "redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    redis.once("error", () => reject(new Error("This test needs redis-server (Debian package redis-server).")));
    redis.stdout!.on("data", (chunk) => String(chunk).includes("Ready to accept connections") && resolve());
  });
  servers = await Promise.all([0, 1].map(() => startProcess({ REDIS_URL: `redis://127.0.0.1:${port}` })));
});
afterAll(async () => {
  await Promise.all(servers?.map((server) => server.kill("SIGTERM")) ?? []);
  redis.kill();
  rmSync(folder, { recursive: true, force: true });
});

it("with REDIS_URL hints between processes go through Redis: events cross at once and in order", async () => {
  const kiosk = await tokenFor("device");
  const socket = io(servers[1]!.origin, { path: "/live", transports: ["websocket"], auth: { hall: "demo" }, forceNew: true });
  const events: (LiveEvent & { heard: number })[] = [];
  socket.on("event", (event: LiveEvent) => void events.push({ ...event, heard: Date.now() }));
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  const sent: number[] = [];
  for (let i = 0; i < 20; i++) {
    await send(servers[0]!.origin, "POST", "/halls/demo/tickets", { token: kiosk, body: { line: "T", channel: "kiosk" } });
    sent.push(Date.now());
  }
  await eventually(() => expect(events).toHaveLength(20));
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => events[0]!.seq + index));
  // The tick that would make up for lost hints comes every 5 s only; most must have come by the hint.
  const late = events.filter((event, index) => event.heard - sent[index]! > 2_000);
  expect(late.length).toBeLessThan(10);
  socket.disconnect();
});
