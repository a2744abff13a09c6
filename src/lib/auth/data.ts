import { sql } from "kysely";
import { decode } from "next-auth/jwt";
import { type Database, database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { sha256 } from "@/lib/kernel/ids";
import { shared } from "@/lib/kernel/shared";
import { type Principal, PUBLIC, SESSION_LIMITS, type StaffPrincipal } from "./model";

/**
 * Who is asking. Principals are kept for a short time so that a press costs no extra query; every change of an account,
 * role or token is told to all processes by NOTIFY (`yiting_access`), which empties the memory at once. While that
 * channel is down nothing is kept.
 */
const KEEP_MS = 20_000;
const SEEN_EVERY_MS = 60_000;

interface Memory {
  known: Map<string, { at: number; principal: Principal | undefined }>;
  /** False while changes made elsewhere would not be heard. */
  listening: boolean;
}
const memory = () => shared<Memory>("principals", () => ({ known: new Map(), listening: false }));

/** The composition root tells whether the channel is heard. */
export function accessChannel(listening: boolean): void {
  memory().listening = listening;
  memory().known.clear();
}

/** Forgets everybody, here and in the other processes; inside a transaction the others hear it at commit. */
export async function forgetPrincipals(db: Database | Tx): Promise<void> {
  memory().known.clear();
  await sql`select pg_notify('yiting_access', '')`.execute(db);
}

async function remember(key: string, load: () => Promise<Principal | undefined>): Promise<Principal | undefined> {
  const { known, listening } = memory();
  const hit = known.get(key);
  if (hit && listening && Date.now() - hit.at < KEEP_MS) return hit.principal;
  const principal = await load();
  if (known.size > 20_000) known.clear();
  known.set(key, { at: Date.now(), principal });
  return principal;
}

/** Principal of a bearer token; undefined when it is unknown, revoked or expired. */
export const principalOfToken = (token: string): Promise<Principal | undefined> => {
  const hash = sha256(token);
  return remember(`token:${hash}`, async () => {
    const row = await database().selectFrom("access_tokens as a").leftJoin("devices as d", (join) => join.onRef("d.hall_id", "=", "a.hall_id").onRef("d.id", "=", "a.device_id"))
      .select(["a.id", "a.role", "a.hall_id", "a.region", "a.window_id", "a.device_id", "d.active as device_active"])
      .where("a.hash", "=", hash).where("a.revoked_at", "is", null).where((eb) => eb.or([eb("a.expires_at", "is", null), eb("a.expires_at", ">", sql<string>`app_now()`)])).executeTakeFirst();
    if (!row || row.device_active === false) return undefined;
    if (row.device_id !== null) return { kind: "device", id: row.id, deviceId: row.device_id, role: "device", actor: `device:${row.device_id}`, hallId: row.hall_id! };
    return {
      kind: "token", id: row.id, role: row.role as Principal["role"], actor: `token:${row.id}`,
      ...(row.hall_id === null ? {} : { hallId: row.hall_id }), ...(row.region === null ? {} : { region: row.region }), ...(row.window_id === null ? {} : { windowId: row.window_id }),
    } as Principal;
  });
};

/** Principal of a staff session id; undefined when it ended, idled out, grew too old or the account was disabled. */
export const principalOfSession = (sessionId: string): Promise<StaffPrincipal | undefined> => {
  const hash = sha256(sessionId);
  return remember(`session:${hash}`, async () => {
    const { rows } = await sql<{ id: number; username: string; name: string; role: StaffPrincipal["role"]; must_change: boolean; region: string | null; hall_id: number | null; hall_code: string; hall_name: string; hall_name_en: string; stale: boolean }>`
      select s.id, s.username, s.name, s.role, s.must_change, s.region, s.hall_id, h.code as hall_code, h.name as hall_name, h.name_en as hall_name_en,
             x.seen_at < app_now() - make_interval(secs => ${SEEN_EVERY_MS / 1000}) as stale
        from staff_sessions x join staff s on s.id = x.staff_id left join halls h on h.id = s.hall_id
       where x.id = ${hash} and x.ended_at is null and s.active
         and x.seen_at > app_now() - make_interval(mins => ${SESSION_LIMITS.idle}) and x.created_at > app_now() - make_interval(mins => ${SESSION_LIMITS.absolute})`.execute(database());
    const row = rows[0];
    if (!row) return undefined;
    if (row.stale) await sql`update staff_sessions set seen_at = app_now() where id = ${hash} and ended_at is null`.execute(database());
    return {
      kind: "staff", id: row.id, username: row.username, name: row.name, role: row.role, actor: `staff:${row.id}`, mustChange: row.must_change, sessionId: hash,
      ...(row.hall_id === null ? {} : { hallId: row.hall_id, hall: { id: row.hall_id, code: row.hall_code, name: row.hall_name, nameEn: row.hall_name_en } }),
      ...(row.region === null ? {} : { region: row.region }),
    };
  }) as Promise<StaffPrincipal | undefined>;
};

/** Name of the session cookie; over https it is bound to the host. */
export const sessionCookie = (): { name: string; secure: boolean } => {
  const secure = env().PUBLIC_URL?.startsWith("https://") ?? false;
  return { name: secure ? "__Host-yiting-session" : "yiting-session", secure };
};

const decoded = () => shared("decoded-cookies", () => new Map<string, string | undefined>());

/** Session id inside the signed and encrypted cookie. */
async function sessionIdOf(cookie: string): Promise<string | undefined> {
  const cache = decoded();
  if (cache.has(cookie)) return cache.get(cookie);
  const claims = await decode({ token: cookie, secret: env().SECRET }).catch(() => null);
  const sessionId = typeof claims?.sid === "string" ? claims.sid : undefined;
  if (cache.size > 5_000) cache.clear();
  cache.set(cookie, sessionId);
  return sessionId;
}

export async function principalOfCookies(header: string | undefined): Promise<StaffPrincipal | undefined> {
  const name = sessionCookie().name;
  const cookie = header?.split(";").map((part) => part.trim()).find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const sessionId = cookie && (await sessionIdOf(decodeURIComponent(cookie)));
  return sessionId ? principalOfSession(sessionId) : undefined;
}

/** The one who sends a request: bearer token first, else staff cookie, else the public. An invalid token is nobody. */
export async function principalOf(headers: { authorization?: string | undefined; cookie?: string | undefined }): Promise<Principal | undefined> {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (headers.authorization) return bearer ? principalOfToken(bearer) : undefined;
  return (await principalOfCookies(headers.cookie)) ?? PUBLIC;
}
