import { createHash } from "node:crypto";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { HttpBindings } from "@hono/node-server";
import type { ZodType } from "zod";
import { ACCESS, type Entry, mayEnter } from "@/lib/auth/access";
import { principalOf } from "@/lib/auth/data";
import type { Principal } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import { asAppError } from "@/lib/db/faults";
import { type Locale, LOCALE_COOKIE, toLocale } from "@/lib/i18n/locale";
import { refusalText } from "@/lib/i18n/messages";
import { AppError, forbidden, notFound } from "@/lib/kernel/errors";
import { randomToken } from "@/lib/kernel/ids";
import type { Refusal, Result } from "@/lib/kernel/result";
import { shared } from "@/lib/kernel/shared";
import type { HallRef, HallRequest } from "@/lib/ledger/commands";
import { hallRef } from "@/lib/regions/data";
import { log } from "@/lib/env/log";

type Bindings = { Bindings: HttpBindings };
export type Api = OpenAPIHono<Bindings>;

/** What a handler gets: parsed input, the caller who may do this here, and the request for a command. */
export interface Call<B = unknown, Q = unknown> {
  c: Context<Bindings>;
  who: Principal;
  locale: Locale;
  hall: HallRef;
  windowId: number;
  param: (name: string) => string;
  body: B;
  query: Q;
  /** For `changeHall`: hall, actor and idempotency key of this request. */
  request: HallRequest;
  address: string;
}

export interface RouteOptions<B extends ZodType, Q extends ZodType, R extends ZodType> {
  summary: string;
  body?: B;
  query?: Q;
  response?: R;
  status?: 200 | 201 | 204;
}

const problem = z.object({ type: z.string(), title: z.string(), status: z.number(), code: z.string(), detail: z.string(), field: z.string().optional() }).openapi("Problem");

/** Declares one route: it is described in openapi.json, guarded by the access table and answers problems in one form. */
export function route<B extends ZodType, Q extends ZodType, R extends ZodType>(api: Api, entry: Entry, options: RouteOptions<B, Q, R>, handler: (call: Call<z.output<B>, z.output<Q>>) => Promise<z.input<R> | Response>): void {
  const [method, path] = entry.split(" ") as [string, string];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const status = options.status ?? 200;
  const { roles } = ACCESS[entry];
  const description = createRoute({
    method: method.toLowerCase() as "get" | "post", path, summary: options.summary,
    description: `${roles === "all" ? "Everybody" : `Roles: ${roles.join(", ")}`}. Scope: ${ACCESS[entry].scope}.`,
    security: roles === "all" ? [] : [{ bearer: [] }],
    request: {
      ...(names.length > 0 ? { params: z.object(Object.fromEntries(names.map((name) => [name, z.string().max(128)]))) } : {}),
      ...(options.query ? { query: options.query as never } : {}),
      ...(options.body ? { body: { required: false, content: { "application/json": { schema: options.body } } } } : {}),
    },
    responses: {
      [status]: { description: options.summary, ...(options.response ? { content: { "application/json": { schema: options.response } } } : {}) },
      default: { description: "Problem", content: { "application/problem+json": { schema: problem } } },
    },
  } as never);
  api.openAPIRegistry.registerPath(description as never);
  api.on(method, path.replace(/\{(\w+)\}/g, ":$1"), async (c) => {
    const call = await enter(c, entry, names);
    const body = options.body ? parse(options.body, await readJson(c), "") : undefined;
    const query = options.query ? parse(options.query, c.req.query(), "") : undefined;
    const answer = await handler({ ...call, body: body as z.output<B>, query: query as z.output<Q>, request: requestOf(c, call, body) });
    if (answer instanceof Response) return answer;
    return c.json(answer as object, status as 200);
  });
}

async function enter(c: Context<Bindings>, entry: Entry, names: string[]): Promise<Omit<Call, "body" | "query" | "request">> {
  const locale = localeOf(c);
  const who = await principalOf({ authorization: c.req.header("authorization"), cookie: c.req.header("cookie") });
  if (!who) throw new AppError(401, "unauthorized");
  if (who.kind === "staff") {
    if (c.req.method !== "GET") requireOwnOrigin(c);
    if (who.mustChange && entry !== "POST /me/password" && entry !== "GET /me") throw forbidden("password_change_required");
  }
  const needsHall = names.includes("hall");
  const hall = needsHall ? await hallRef(c.req.param("hall")!) : { id: 0, code: "" };
  const scoped = ACCESS[entry].scope === "hall" || ACCESS[entry].scope === "window";
  const windowId = names.includes("window") ? await windowIdOf(hall, c.req.param("window")!) : 0;
  const place = { hallId: hall.id, windowId: windowId || undefined, ...(scoped && who.role === "region_admin" ? { region: await regionOf(hall) } : {}) };
  if (!mayEnter(entry, who, place as never)) throw who.role === "citizen" ? new AppError(401, "unauthorized") : forbidden();
  return { c, who, locale, hall, windowId, param: (name) => c.req.param(name)!, address: addressOf(c) };
}

const windowIds = () => shared("window-ids", () => new Map<string, number>());

/** Id of a window's code; codes are for ever, so what is found is kept. */
async function windowIdOf(hall: HallRef, code: string): Promise<number> {
  const key = `${hall.id}/${code}`;
  const known = windowIds().get(key);
  if (known) return known;
  const row = await database().selectFrom("windows").select("id").where("hall_id", "=", hall.id).where("code", "=", code).executeTakeFirst();
  if (!row) throw notFound("window_not_found");
  windowIds().set(key, row.id);
  return row.id;
}

const regionOf = async (hall: HallRef): Promise<string> => (await database().selectFrom("halls").select("region").where("id", "=", hall.id).executeTakeFirstOrThrow()).region;

/** A browser's cookie counts only for requests of our own pages (SameSite says so too; this does not rely on it). */
function requireOwnOrigin(c: Context): void {
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  const own = origin === undefined ? site === undefined || site === "same-origin" || site === "none" : origin.replace(/^https?:\/\//, "") === c.req.header("host");
  if (!own) throw forbidden("foreign_origin");
}

/** The client's address as server.ts found it, behind trusted proxies only. */
const addressOf = (c: Context<Bindings>): string => String(c.env?.incoming?.headers["x-client-address"] ?? "unknown");

const localeOf = (c: Context): Locale => {
  const cookie = new RegExp(`${LOCALE_COOKIE}=(\\w+)`).exec(c.req.header("cookie") ?? "")?.[1];
  return toLocale(cookie ?? (/^en\b/i.test(c.req.header("accept-language") ?? "") ? "en" : "zh"));
};

async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError(400, "invalid_json");
  }
}

/** Input by its schema; 400 with the first wrong field. */
export function parse<T extends ZodType>(schema: T, value: unknown, prefix: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = prefix + issue.path.join(".");
  const known = issue.code === "custom" && /^[a-z_]+$/.test(issue.message) ? issue.message : "invalid_input";
  throw new AppError(400, known, { ...(field ? { field } : {}), details: { issues: parsed.error.issues.slice(0, 20).map((each) => ({ field: prefix + each.path.join("."), message: each.message })) } });
}

function requestOf(c: Context, { hall, who, address }: Pick<Call, "hall" | "who" | "address">, body: unknown): HallRequest {
  const key = c.req.header("idempotency-key");
  if (key === undefined || c.req.method === "GET") return { hall, actor: who.actor };
  if (key.length < 1 || key.length > 128) throw new AppError(400, "invalid_input", { field: "Idempotency-Key" });
  const request = createHash("sha256").update(`${c.req.method} ${c.req.path}\n${JSON.stringify(body ?? {})}`).digest("base64url");
  // Visitors have no account: their keys are told apart by address, so that nobody gets another's answer by a weak key.
  return { hall, actor: who.actor, once: { key, request, ...(who.kind === "public" ? { scope: `public:${address}` } : {}) } };
}

/** Value of a result, or the refusal as a 409 problem. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new RefusalProblem(result);
}

export class RefusalProblem extends Error {
  constructor(readonly refusal: Refusal, readonly more: Record<string, unknown> = {}) {
    super(refusal.code);
  }
}

/** Every error of the API as application/problem+json with a stable code and a sentence in the caller's language. */
export function toProblem(error: unknown, c: Context<Bindings>): Response {
  const locale = localeOf(c);
  if (error instanceof RefusalProblem) {
    const { code, details, field } = error.refusal;
    return respond(c, 409, code, refusalText(locale, code, details), { ...details, ...error.more, ...(field ? { field } : {}) });
  }
  const known = asAppError(error);
  if (known instanceof AppError) {
    const { field, details, retryAfterSeconds } = known.options;
    return respond(c, known.status, known.code, refusalText(locale, known.code, details), { ...details, ...(field ? { field } : {}) }, retryAfterSeconds);
  }
  const id = randomToken(6);
  log().error({ id, err: error, method: c.req.method, path: c.req.path.replace(/tickets\/[^/]{20,}/, "tickets/…") }, "unexpected error");
  return respond(c, 500, "unexpected", refusalText(locale, "unexpected"), { id });
}

function respond(c: Context, status: number, code: string, detail: string, more: Record<string, unknown> = {}, retryAfter?: number): Response {
  return new Response(JSON.stringify({ ...more, type: `urn:yiting:problem:${code}`, title: code, status, code, detail }), {
    status, headers: { "Content-Type": "application/problem+json; charset=utf-8", "Cache-Control": "no-store", ...(retryAfter ? { "Retry-After": String(retryAfter) } : {}) },
  });
}
