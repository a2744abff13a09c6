/** The only composition root: HTTP, API, pages, live hub, background jobs, shutdown. */
import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import next from "next";
import { createApi } from "@/api/app";
import { closeDatabase, database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { log } from "@/lib/env/log";
import { OperatorError } from "@/lib/kernel/errors";
import { startHub } from "@/lib/live/hub";
import { hallRef } from "@/lib/regions/data";
import { clientAddress, securityHeaders } from "./http-guard";
import { startJobs } from "./jobs";
import packageJson from "../package.json" with { type: "json" };

export interface Running {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** How long presses that are under way may take before the process ends, in milliseconds. */
const DRAIN_MS = 8_000;

export async function startServer({ dev = false, pages = true }: { dev?: boolean; pages?: boolean } = {}): Promise<Running> {
  const { PORT, HOST, DATABASE_URL, REDIS_URL } = env();
  const http = createServer({ requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 });
  // Next attaches its own upgrade handler to the server it is given: it gets this one, so the socket path is all that is open.
  const nextSocket = new EventEmitter() as unknown as Server;
  // Next asks itself for the page that a form leads to: it has to know where it listens.
  const app = pages ? next({ dev, httpServer: nextSocket, dir: process.cwd(), hostname: "localhost", port: PORT }) : undefined;
  await app?.prepare();
  const page = app?.getRequestHandler();

  const hub = await startHub(http, {
    db: database(), databaseUrl: DATABASE_URL, redisUrl: REDIS_URL,
    findHall: (code) => hallRef(code).catch(() => undefined),
    findHallById: (id) => database().selectFrom("halls").select(["id", "code"]).where("id", "=", id).executeTakeFirst(),
  });
  const api = getRequestListener(createApi({ version: packageJson.version, liveOk: hub.heard }).fetch);

  http.on("request", (request: IncomingMessage, response: ServerResponse) => {
    request.headers["x-client-address"] = clientAddress(request);
    const nonce = randomBytes(16).toString("base64");
    securityHeaders(request, response, nonce, dev);
    if (request.url?.startsWith("/api/v1")) return void api(request, response);
    if (page) return void page(request, response).catch((error: unknown) => log().error({ err: error }, "page failed"));
    response.writeHead(404).end();
  });
  http.on("upgrade", (request, socket, head) => {
    if (request.url?.startsWith("/live")) return;
    if (dev && request.url?.startsWith("/_next")) return void nextSocket.emit("upgrade", request, socket, head);
    socket.destroy();
  });

  await new Promise<void>((resolve, reject) => {
    http.once("error", (error: NodeJS.ErrnoException) => reject(error.code === "EADDRINUSE" ? new OperatorError(`Port ${PORT} is in use. Stop the other program or start with another one: PORT=3001 npm start`) : error));
    http.listen(PORT, HOST, resolve);
  });
  const jobs = startJobs();
  const { port } = http.address() as AddressInfo;
  return {
    port, url: `http://localhost:${port}`,
    async stop() {
      // Screens move to another process first, then presses under way end, then the database is let go.
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      await hub.stop();
      http.closeIdleConnections();
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, DRAIN_MS))]);
      http.closeAllConnections();
      await jobs.stop();
      await app?.close().catch(() => undefined);
      await closeDatabase();
    },
  };
}
