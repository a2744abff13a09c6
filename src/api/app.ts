import { OpenAPIHono, z } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { sql } from "kysely";
import { database } from "@/lib/db/database";
import { AppError } from "@/lib/kernel/errors";
import { docsPage } from "./docs";
import { type Api, route, toProblem } from "./http";
import { appointmentRoutes } from "./routes/appointments";
import { deviceRoutes } from "./routes/devices";
import { exchangeRoutes } from "./routes/exchange";
import { floorRoutes } from "./routes/floor";
import { hallRoutes } from "./routes/halls";
import { messageRoutes } from "./routes/messages";
import { staffRoutes } from "./routes/staff";
import { ticketRoutes } from "./routes/tickets";
import { windowRoutes } from "./routes/windows";

export interface ApiOptions {
  version: string;
  /** Is the live channel between processes heard? */
  liveOk: () => boolean;
}

const BODY_LIMIT = 64 * 1024;
/** Tables of another system are larger than a press. */
const TABLE_LIMIT = 2 * 1024 * 1024;

/** The HTTP API under /api/v1; a plain handler without Next, so that a press costs no page machinery. */
export function createApi({ version, liveOk }: ApiOptions): Api {
  const api = new OpenAPIHono().basePath("/api/v1") as unknown as Api;
  const limit = (maxSize: number) => bodyLimit({ maxSize, onError: (c) => toProblem(new AppError(413, "payload_too_large"), c as never) });
  const [press, table] = [limit(BODY_LIMIT), limit(TABLE_LIMIT)];
  api.use((c, next) => (c.req.path.endsWith("/items/import") ? table : press)(c, next));
  api.onError((error, c) => toProblem(error, c));
  api.notFound((c) => toProblem(new AppError(404, "not_found"), c));

  const health = z.object({ status: z.enum(["ok", "down"]), version: z.string(), database: z.enum(["ok", "down"]), live: z.enum(["ok", "down"]) });
  route(api, "GET /health", { summary: "Is everything up? 503 when a part is down", response: health }, async ({ c }) => {
    const up = await sql`select 1`.execute(database()).then(() => true, () => false);
    const live = liveOk();
    return c.json({ status: up && live ? "ok" : "down", version, database: up ? "ok" : "down", live: live ? "ok" : "down" } as const, up && live ? 200 : 503);
  });
  hallRoutes(api);
  floorRoutes(api);
  exchangeRoutes(api);
  ticketRoutes(api);
  appointmentRoutes(api);
  windowRoutes(api);
  deviceRoutes(api);
  staffRoutes(api);
  messageRoutes(api);

  const describe = () => api.getOpenAPI31Document({
    openapi: "3.1.0", info: { title: "Yiting 一厅", version, description: "Government service halls: tickets, calls, boards, devices." }, servers: [{ url: "/" }],
  });
  api.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  route(api, "GET /openapi.json", { summary: "This description" }, async ({ c }) => c.json(describe()));
  route(api, "GET /docs", { summary: "This description to read" }, async ({ c }) => c.html(docsPage(describe())));
  return api;
}
