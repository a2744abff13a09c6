import net from "node:net";
import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { revokeTokens, createToken } from "@/lib/auth/commands";
import { followHall } from "@/lib/live/client";
import type { LiveEvent } from "@/lib/live/schema";
import type { Board } from "@/lib/queue/board/schema";
import { db, demo } from "../support/hall";
import { eventually, send, type ServerProcess, sleep, startProcess, tokenFor } from "../support/server";

let servers: ServerProcess[];
let kiosk: string;
let clerk: string;
const sockets: Socket[] = [];
const stops: (() => void)[] = [];

beforeAll(async () => {
  servers = await Promise.all([startProcess(), startProcess()]);
  [kiosk, clerk] = await Promise.all([tokenFor("device"), tokenFor("clerk")]);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  for (const stop of stops.splice(0)) stop();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill("SIGTERM")));
});

const take = (server = 0, hall = "demo", line = "T") => send(servers[server]!.origin, "POST", `/halls/${hall}/tickets`, { token: kiosk, body: { line, channel: "kiosk" } });

async function screen(server: number, auth: Record<string, unknown> = { hall: "demo" }, headers: Record<string, string> = {}): Promise<{ socket: Socket; events: LiveEvent[] }> {
  const socket = io(servers[server]!.origin, { path: "/live", transports: ["websocket"], auth, reconnection: false, forceNew: true, extraHeaders: headers });
  sockets.push(socket);
  const events: LiveEvent[] = [];
  socket.on("event", (event: LiveEvent) => void events.push(event));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", () => resolve());
    socket.once("connect_error", reject);
  });
  return { socket, events };
}

describe("live events", () => {
  it("[JY-9.1.1f] two processes: screens on both get every event of a hall, in order and once (F13)", async () => {
    const screens = await Promise.all([screen(0), screen(1)]);
    await Promise.all(Array.from({ length: 40 }, (_, index) => take(index % 2)));
    await eventually(() => {
      for (const { events } of screens) expect(events.length).toBeGreaterThanOrEqual(40);
    });
    for (const { events } of screens) {
      const seqs = events.map((event) => event.seq);
      expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => seqs[0]! + index));
    }
    expect(screens[0]!.events).toEqual(screens[1]!.events);
  });

  it("[JY-9.1.1d] an event has one shape and nothing personal, whatever the ledger holds", async () => {
    const { events } = await screen(0);
    await send(servers[0]!.origin, "POST", "/halls/demo/tickets", { token: kiosk, body: { line: "T", channel: "kiosk", class: "disabled", person: { idNumber: "11010519491231002X" } } });
    await eventually(() => expect(events.length).toBe(1));
    expect(Object.keys(events[0]!).sort()).toEqual(["at", "data", "hall", "seq", "subject", "type"]);
    expect(events[0]!.data).toEqual({ number: expect.stringMatching(/^T\d{3}$/), line: "T", zone: expect.any(String), state: "waiting", calls: 0 });
    expect(JSON.stringify(events[0])).not.toMatch(/disabled|11010519|token|staff/);
  });

  it("halls do not hear each other, and a screen that sends anything is ignored", async () => {
    const { events, socket } = await screen(0, { hall: "demo2" });
    socket.emit("event", { hall: "demo2", seq: 1 });
    socket.emit("__proto__", { polluted: true });
    await take(0);
    await sleep(300);
    expect(events).toEqual([]);
    expect((await send(servers[0]!.origin, "GET", "/health")).status).toBe(200);
  });

  it("refuses a foreign origin, an unknown hall and an ended token; ends open sockets of an ended token", async () => {
    await expect(screen(0, { hall: "demo" }, { origin: "https://example.org" })).rejects.toThrow();
    await expect(screen(0, { hall: "nowhere" })).rejects.toThrow();
    await expect(screen(0, { token: "yt_unknown" })).rejects.toThrow();
    const token = await createToken(db(), { role: "device", label: "screen", hallId: (await demo()).id });
    const { socket } = await screen(1, { token });
    await revokeTokens(db(), { label: "screen" });
    await eventually(() => expect(socket.connected).toBe(false), 5_000);
  });

  it("sends a tick with the newest seq", async () => {
    const { socket } = await screen(0);
    const tick = await new Promise<{ hall: string; seq: number }>((resolve) => socket.once("tick", resolve));
    expect(tick).toMatchObject({ hall: "demo", seq: expect.any(Number) });
  });
});

/** A line between a screen and the server that can be cut, or swallow everything while it looks connected. */
class Line {
  private readonly pairs = new Set<[net.Socket, net.Socket]>();
  private server!: net.Server;
  mode: "open" | "cut" | "swallow" = "open";
  port = 0;

  constructor(private readonly target: number) {}

  async start(): Promise<this> {
    this.server = net.createServer((client) => {
      if (this.mode === "cut") return void client.destroy();
      const upstream = net.connect(this.target, "127.0.0.1");
      const pair: [net.Socket, net.Socket] = [client, upstream];
      this.pairs.add(pair);
      client.on("data", (chunk) => this.mode === "open" && upstream.write(chunk));
      upstream.on("data", (chunk) => this.mode === "open" && client.write(chunk));
      for (const socket of pair) {
        socket.on("error", () => undefined);
        socket.on("close", () => { pair.forEach((each) => each.destroy()); this.pairs.delete(pair); });
      }
    });
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.port = (this.server.address() as net.AddressInfo).port;
    return this;
  }

  cut(): void {
    this.mode = "cut";
    for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

interface Screen {
  board?: Board;
  live: boolean[];
  shown: Set<string>;
}

function follow(line: Line): Screen {
  const view: Screen = { live: [], shown: new Set() };
  const origin = `http://127.0.0.1:${line.port}`;
  const following = followHall<Board>({
    hall: "demo", origin,
    fetchSnapshot: async () => (await (await fetch(`${origin}/api/v1/halls/demo/board`, { signal: AbortSignal.timeout(2_000) })).json()) as Board,
    onSnapshot: (board) => {
      view.board = board;
      for (const call of board.calls) view.shown.add(call.number);
    },
    onLive: (live) => void view.live.push(live),
  });
  stops.push(() => following.stop());
  return view;
}

const board = async () => (await send(servers[0]!.origin, "GET", "/halls/demo/board")).body as Board;

describe("a screen that is cut off", () => {
  it("F3, F4: 20 drops of the line lose no call; a plain socket.io client beside it loses some", async () => {
    const line = await new Line(servers[0]!.port).start();
    const view = follow(line);
    await eventually(() => expect(view.board).toBeDefined());
    const plain = new Set<string>();
    const socket = io(`http://127.0.0.1:${line.port}`, { path: "/live", transports: ["websocket"], auth: { hall: "demo" } });
    sockets.push(socket);
    socket.on("event", (event: LiveEvent) => event.type === "ticket.called" && plain.add(event.data.number!));
    await send(servers[0]!.origin, "POST", "/halls/demo/windows/T01/open", { token: clerk });
    const called: string[] = [];
    for (let cycle = 0; cycle < 20; cycle++) {
      await take();
      line.cut();
      const answer = await send(servers[0]!.origin, "POST", "/halls/demo/windows/T01/call-next", { token: clerk });
      called.push(answer.body.ticket.number);
      await sleep(100);
      line.mode = "open";
      await eventually(() => expect(view.shown.has(called.at(-1)!)).toBe(true), 8_000);
      await send(servers[0]!.origin, "POST", "/halls/demo/windows/T01/start", { token: clerk });
      await send(servers[0]!.origin, "POST", "/halls/demo/windows/T01/finish", { token: clerk });
    }
    expect(called.filter((number) => !view.shown.has(number))).toEqual([]);
    expect(called.filter((number) => !plain.has(number)).length).toBeGreaterThan(0);
    await eventually(async () => expect(view.board!.seq).toBe((await board()).seq), 3_000);
    await line.stop();
  }, 240_000);

  it("F5: a line that swallows everything is noticed: the screen says that it is not live, and recovers", async () => {
    const line = await new Line(servers[1]!.port).start();
    const view = follow(line);
    await eventually(() => expect(view.board).toBeDefined());
    line.mode = "swallow";
    await eventually(() => expect(view.live.at(-1)).toBe(false), 20_000);
    await take();
    line.mode = "open";
    await eventually(async () => {
      expect(view.live.at(-1)).toBe(true);
      expect(view.board!.seq).toBe((await board()).seq);
    }, 25_000);
    await line.stop();
  }, 60_000);

  it("[JY-9.1.1c] a killed server loses no number: the screen is right again after the restart (F1)", async () => {
    const extra = await startProcess();
    const line = await new Line(extra.port).start();
    const view = follow(line);
    await eventually(() => expect(view.board).toBeDefined());
    await extra.kill();
    const { body: ticket } = await take();
    const again = await startProcess({ PORT: String(extra.port) });
    await eventually(async () => expect(view.board!.seq).toBe((await board()).seq), 15_000);
    expect((await send(again.origin, "GET", `/tickets/${ticket.token}`)).body.number).toBe(ticket.number);
    await again.kill("SIGTERM");
    await line.stop();
  }, 60_000);
});
