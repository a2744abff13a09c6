import { spawn } from "node:child_process";
import { type WebSocket as Client, WebSocketServer } from "ws";
import { io, type Socket } from "socket.io-client";
import { Connection, quantile } from "./http-client";
import { buildWorld, freeWindows, refill } from "./world";

const SOCKETS = 1_000;
const HALLS = 50;
const CALLS_PER_SECOND = 20;
const SECONDS = 15;
/** Before the timed calls, for both sides alike: what is cold at the start of a day is not what is compared. */
const WARM_UP_SECONDS = 5;
const WARM_UP = WARM_UP_SECONDS * CALLS_PER_SECOND;

/** From the press to the event on each screen of the hall, with 1,000 screens; beside a bare ws server that sends the same. */
export async function fanOut(): Promise<void> {
  const peer = await bareWs();
  const world = await buildWorld(HALLS, 8);
  const sockets: Socket[] = [];
  try {
    await refill(world, 60);
    const arrived: number[] = [];
    const pressed = new Map<string, number>();
    for (let i = 0; i < SOCKETS; i++) {
      const hall = world.halls[i % HALLS]!;
      const socket = io(world.origin, { path: "/live", transports: ["websocket"], forceNew: true, auth: { hall: hall.code } });
      socket.on("event", (event: { type: string; hall: string; data: { window?: string } }) => {
        const at = event.type === "ticket.called" ? pressed.get(`${event.hall}/${event.data.window}`) : undefined;
        if (at !== undefined) arrived.push(performance.now() - at);
      });
      sockets.push(socket);
      if (i % 100 === 99) await Promise.all(sockets.slice(-100).map((each) => each.connected || new Promise((resolve) => each.once("connect", () => resolve(undefined)))));
    }
    const port = Number(new URL(world.origin).port);
    const connections = await Promise.all(Array.from({ length: 8 }, () => Connection.open(port)));
    const total = CALLS_PER_SECOND * (WARM_UP_SECONDS + SECONDS);
    const order = world.halls[0]!.windows.flatMap((_, index) => world.halls.map((hall) => ({ hall, window: hall.windows[index]! })));
    const pending: Promise<unknown>[] = [];
    for (let i = 0; i < total; i++) {
      if (i === WARM_UP) arrived.length = 0;
      const { hall, window } = order[i % order.length]!;
      pressed.set(`${hall.code}/${window.code}`, performance.now());
      pending.push(connections[i % 8]!.post(`/api/v1/halls/${hall.code}/windows/${window.code}/call-next`, hall.clerk));
      await new Promise((resolve) => setTimeout(resolve, 1000 / CALLS_PER_SECOND));
      if ((i + 1) % order.length === 0) await freeWindows(world);
    }
    await Promise.all(pending);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const expected = ((total - WARM_UP) * SOCKETS) / HALLS;
    const p99 = quantile(arrived, 0.99);
    console.log(`press to screen, ${SOCKETS} screens in ${HALLS} halls, ${CALLS_PER_SECOND} calls/s: ${arrived.length} of ${expected} events, median ${quantile(arrived, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (limit 100 ms) ${p99 <= 100 && arrived.length === expected ? "met" : "MISSED"}; bare ws fan-out p99 ${peer.toFixed(1)} ms, ratio ${(p99 / peer).toFixed(2)} (limit 3) ${p99 <= 3 * peer ? "met" : "MISSED"}`);
    for (const connection of connections) connection.close();
  } finally {
    for (const socket of sockets) socket.disconnect();
    await world.stop();
  }
}

/** The peer: a process that on each message sends one of the same size to the 20 sockets of a room; p99 from send to arrival in ms. */
async function bareWs(): Promise<number> {
  const child = spawn(process.execPath, ["--import", "tsx", "tests/bench/run.ts", "--ws-peer"], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<number>((resolve) => child.stdout!.once("data", (chunk) => resolve(Number(String(chunk).trim()))));
  const { WebSocket } = await import("ws");
  const arrived: number[] = [];
  const sent = new Map<number, number>();
  const sockets = await Promise.all(Array.from({ length: SOCKETS }, (_, i) => new Promise<InstanceType<typeof WebSocket>>((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/?room=${i % HALLS}`);
    socket.on("message", (data) => arrived.push(performance.now() - sent.get((JSON.parse(String(data)) as { id: number }).id)!));
    socket.once("open", () => resolve(socket));
  })));
  for (let id = 0; id < CALLS_PER_SECOND * (WARM_UP_SECONDS + SECONDS); id++) {
    if (id === WARM_UP) arrived.length = 0;
    sent.set(id, performance.now());
    sockets[id % HALLS]!.send(JSON.stringify({ id, room: id % HALLS }));
    await new Promise((resolve) => setTimeout(resolve, 1000 / CALLS_PER_SECOND));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const socket of sockets) socket.terminate();
  child.kill();
  return quantile(arrived, 0.99);
}

/** The peer's server program. */
export function serveWsPeer(): void {
  const rooms = new Map<string, Set<Client>>();
  const filler = "x".repeat(180);
  const server: WebSocketServer = new WebSocketServer({ port: 0, host: "127.0.0.1" }, () => console.log((server.address() as { port: number }).port));
  server.on("connection", (socket, request) => {
    const room = new URL(request.url!, "http://localhost").searchParams.get("room")!;
    (rooms.get(room) ?? rooms.set(room, new Set()).get(room)!).add(socket);
    socket.on("message", (data) => {
      const { id } = JSON.parse(String(data)) as { id: number };
      const text = JSON.stringify({ id, filler });
      for (const each of rooms.get(room)!) each.send(text);
    });
  });
}
