import type { IncomingMessage, Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import { accessChannel, principalOf } from "@/lib/auth/data";
import { HALL_ROLES, type Principal } from "@/lib/auth/model";
import { type Database, pool } from "@/lib/db/database";
import { listen } from "@/lib/db/listen";
import { type HallRef, onCommitted } from "@/lib/ledger/commands";
import { toLiveEvent } from "./model";
import { Feed } from "./feed";
import { createRelay, LIVE_CHANNEL } from "./relay";

const TICK_MS = 5_000;
/** The halls take their ticks in turn: all at once, they would hold up a call on its way to the screens. */
const TICK_TURNS = 50;

export interface HubOptions {
  db: Database;
  databaseUrl: string;
  redisUrl?: string | undefined;
  /** Hall of a code, or undefined; given from outside because places are a module above this one. */
  findHall: (code: string) => Promise<HallRef | undefined>;
  findHallById: (id: number) => Promise<HallRef | undefined>;
}

export interface Hub {
  /** Handles an upgrade request for /live. */
  io: Server;
  sockets(): number;
  heard(): boolean;
  stop(): Promise<void>;
}

interface Seat {
  principal: Principal;
  headers: { authorization?: string; cookie?: string };
  hall: HallRef;
}

/** The live hub: one room per hall, events in ledger order, a tick every 5 s. Screens send nothing. */
export async function startHub(http: HttpServer, options: HubOptions): Promise<Hub> {
  const io = new Server(http, {
    path: "/live", transports: ["websocket"], serveClient: false, maxHttpBufferSize: 10_000, perMessageDeflate: false,
    pingInterval: 10_000, pingTimeout: 10_000, connectTimeout: 10_000, allowUpgrades: false, cookie: false, destroyUpgrade: false,
    allowRequest: (request, done) => done(sameOrigin(request) ? null : "foreign_origin", sameOrigin(request)),
  });
  const feed = new Feed(options.db, (hall, event) => void io.local.to(room(hall.id)).emit("event", toLiveEvent(hall.code, event)));
  const takeHints = (payload: string) => {
    for (const part of payload.split(",")) {
      const [hall, seq] = part.split(":").map(Number);
      if (hall && seq) feed.hint(hall, seq);
    }
  };
  const relay = await createRelay(pool(), options.redisUrl, takeHints);
  let heard = false;
  const listening = listen(options.databaseUrl, { [LIVE_CHANNEL]: takeHints, yiting_access: () => void recheck(io) }, (state) => {
    heard = state;
    accessChannel(state);
  });
  const unsubscribe = onCommitted((hall, events) => {
    feed.offer(hall, events);
    relay.hint(hall.id, events.at(-1)!.seq);
  });

  io.use((socket, next) => {
    seat(socket, options).then(async (place) => {
      if (!place) return next(new Error("forbidden"));
      socket.data = place;
      // Watched before the screen is told that it is connected: its snapshot comes later, so nothing falls between.
      await feed.watch(place.hall);
      next();
    }).catch(() => next(new Error("unavailable")));
  });
  io.on("connection", (socket) => {
    const { hall } = socket.data as Seat;
    void socket.join(room(hall.id));
    socket.use((_packet, next) => next(new Error("screens send nothing")));
    socket.on("error", () => socket.disconnect(true));
  });

  let turn = 0;
  const timer = setInterval(() => void tick(io, feed, options.db, (turn = (turn + 1) % TICK_TURNS)), TICK_MS / TICK_TURNS);
  return {
    io, sockets: () => io.engine.clientsCount, heard: () => heard,
    async stop() {
      clearInterval(timer);
      unsubscribe();
      await Promise.all([listening.stop(), relay.stop()]);
      io.local.disconnectSockets(true);
      io.engine.close();
    },
  };
}

const room = (hallId: number): string => `hall:${hallId}`;

function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || origin.replace(/^https?:\/\//, "") === host;
}

/** Which hall a socket may follow: its own by token or cookie, else the public board that it asks for. */
async function seat(socket: Socket, options: HubOptions): Promise<Seat | undefined> {
  const asked = socket.handshake.auth as { token?: unknown; hall?: unknown };
  const cookie = socket.request.headers.cookie;
  const headers: Seat["headers"] = typeof asked.token === "string" ? { authorization: `Bearer ${asked.token.slice(0, 200)}` } : cookie ? { cookie } : {};
  const principal = await principalOf(headers);
  if (!principal) return undefined;
  const wanted = typeof asked.hall === "string" && asked.hall.length <= 32 ? await options.findHall(asked.hall) : undefined;
  // A board of any hall is public; who belongs to a hall and asks for none gets the own one.
  const hall = wanted ?? (principal.hallId !== undefined && HALL_ROLES.includes(principal.role) ? await options.findHallById(principal.hallId) : undefined);
  return hall && { principal, headers, hall };
}

/** Ends sockets whose account or token has been ended; run when an account changes anywhere. */
async function recheck(io: Server): Promise<void> {
  accessChannel(true);
  for (const socket of await io.local.fetchSockets()) {
    const { principal, headers } = socket.data as Seat;
    if (principal.kind === "public") continue;
    const now = await principalOf(headers).catch(() => principal);
    if (!now || now.role !== principal.role) socket.disconnect(true);
  }
}

/** Tells the screens of the watched halls whose turn it is the newest `seq`, and catches up where a hint was lost. */
async function tick(io: Server, feed: Feed, db: Database, turn: number): Promise<void> {
  const watched = feed.watched().filter((hallId) => hallId % TICK_TURNS === turn);
  for (const hallId of watched) if (!io.sockets.adapter.rooms.has(room(hallId))) feed.unwatch(hallId);
  if (watched.length === 0) return;
  const heads = await db.selectFrom("ledger_heads as l").innerJoin("halls as h", "h.id", "l.hall_id").select(["h.id", "h.code", "l.seq"]).where("h.id", "in", watched).execute().catch(() => []);
  for (const head of heads) {
    feed.hint(head.id, head.seq);
    io.local.to(room(head.id)).emit("tick", { hall: head.code, seq: head.seq });
  }
}
