import { randomBytes, randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { type Database, pool } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { AppError } from "@/lib/kernel/errors";
import { randomToken, sha256 } from "@/lib/kernel/ids";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { shared } from "@/lib/kernel/shared";
import { forgetPrincipals } from "./data";
import { characterClasses, PASSWORD_RULES, type Role } from "./model";
import { COMMON_PASSWORDS } from "./common-passwords";

/** argon2id with OWASP's parameters for servers: 19 MiB, 2 passes. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A limit that holds across processes: `points` uses in `duration` seconds for each key. */
export const limiter = (name: string, points: number, duration: number, blockDuration: number) =>
  shared(`limiter:${name}`, () => new RateLimiterPostgres({ storeClient: pool(), tableName: "rate_limits", tableCreated: true, keyPrefix: name, points, duration, blockDuration, clearExpiredByTimeout: false }));

/** For reading only: counted in each process, without a write for a look. */
const inMemory = (name: string, points: number, duration: number) => shared(`limiter:${name}`, () => new RateLimiterMemory({ keyPrefix: name, points, duration }));

// By account and address together, and by address alone: nobody can lock a clerk out from elsewhere by guessing.
const byAccount = () => limiter("login_account", 5, 5 * 60, 5 * 60);
const byAddress = () => limiter("login_address", 60, 15 * 60, 15 * 60);

/** Counts one use of a limit; 429 with the seconds to wait when it is used up. */
export async function consume(name: "anonymous_ticket" | "pairing" | "anonymous_write" | "guide_report" | "booking_look", key: string): Promise<void> {
  const limits = { anonymous_ticket: limiter("anon_ticket", 300, 60, 0), pairing: limiter("pairing", 300, 600, 0), anonymous_write: limiter("anon_write", 120, 60, 0), guide_report: limiter("guide_report", 10, 600, 0), booking_look: inMemory("booking_look", 1_200, 60) };
  await spend(limits[name], key);
}

/** Bookings of one address in ten minutes that nobody finds suspicious. */
export const TRUSTED_BOOKINGS = 30;
const bookings = () => limiter("booking_trust", 1_000_000, 600, 0);

/** Has this address made so many bookings in ten minutes that a proof is asked for? Refused tries do not count. */
export const manyBookings = async (address: string): Promise<boolean> => ((await bookings().get(address))?.consumedPoints ?? 0) >= TRUSTED_BOOKINGS;
export const noteBooking = async (address: string): Promise<void> => void (await bookings().consume(address));

/** Lets a proof count once. */
export async function useProof(seed: string): Promise<boolean> {
  return limiter("booking_proof", 1, 600, 0).consume(seed).then(() => true, (error: unknown) => {
    if (error instanceof RateLimiterRes) return false;
    throw error;
  });
}

/** Counts one use of a limit; 429 with the seconds to wait when it is used up. */
export async function spend(limit: RateLimiterPostgres | RateLimiterMemory, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new AppError(429, "too_many_requests", { retryAfterSeconds: seconds, details: { seconds } });
  }
}

let dummyHash: Promise<string> | undefined;

/** Checks a password and opens a session; returns its random id, of which only the hash is stored. */
export async function signIn(db: Database, input: { username: string; password: string; address: string }): Promise<Result<{ sessionId: string; staffId: number }, "login_failed">> {
  const username = input.username.trim().toLowerCase().slice(0, 64);
  const account = `${username}|${input.address}`;
  for (const [limit, key] of [[byAccount(), account], [byAddress(), input.address]] as const) {
    const state = await limit.get(key);
    if (state && state.remainingPoints <= 0 && state.msBeforeNext > 0) {
      const seconds = Math.ceil(state.msBeforeNext / 1000);
      throw new AppError(429, "too_many_requests", { retryAfterSeconds: seconds, details: { seconds } });
    }
  }
  const staff = await db.selectFrom("staff").select(["id", "password_hash", "active"]).where("username", "=", username).executeTakeFirst();
  // An unknown name costs as much time as a known one, so that names cannot be found out.
  const stored = staff?.password_hash ?? (await (dummyHash ??= hash("no such account", ARGON)));
  const right = await verify(stored, input.password.slice(0, PASSWORD_RULES.max)).catch(() => false);
  if (!staff?.password_hash || !staff.active || !right) {
    await Promise.allSettled([byAccount().consume(account), byAddress().consume(input.address)]);
    return refuse("login_failed");
  }
  await byAccount().delete(account);
  const sessionId = randomToken(32);
  await db.insertInto("staff_sessions").values({ id: sha256(sessionId), staff_id: staff.id }).execute();
  return ok({ sessionId, staffId: staff.id });
}

export async function endSession(db: Database, sessionId: string): Promise<void> {
  await db.updateTable("staff_sessions").set({ ended_at: new Date().toISOString() }).where("id", "=", sha256(sessionId)).where("ended_at", "is", null).execute();
  await forgetPrincipals(db);
}

/** Ends every session of a person, at once and in every process. */
export async function endSessionsOf(db: Database | Tx, staffId: number, except?: string): Promise<void> {
  let query = db.updateTable("staff_sessions").set({ ended_at: new Date().toISOString() }).where("staff_id", "=", staffId).where("ended_at", "is", null);
  if (except) query = query.where("id", "!=", except);
  await query.execute();
  await forgetPrincipals(db);
}

export type PasswordRefusal = "password_too_short" | "password_too_simple" | "password_common" | "password_reused" | "password_wrong";

/** Length, variety and commonness; history is checked when it is set. */
export function judgePassword(password: string): Result<true, PasswordRefusal> {
  if (password.length < PASSWORD_RULES.min || password.length > PASSWORD_RULES.max) return refuse("password_too_short", { min: PASSWORD_RULES.min }, "next");
  if (COMMON_PASSWORDS.has(password.toLowerCase())) return refuse("password_common", {}, "next");
  if (characterClasses(password) < PASSWORD_RULES.classes) return refuse("password_too_simple", {}, "next");
  return ok(true);
}

/** A person changes the own password; other sessions end. */
export async function changePassword(db: Database, staffId: number, sessionHash: string, input: { current: string; next: string }): Promise<Result<true, PasswordRefusal>> {
  const row = await db.selectFrom("staff").select("password_hash").where("id", "=", staffId).executeTakeFirstOrThrow();
  if (!row.password_hash || !(await verify(row.password_hash, input.current.slice(0, PASSWORD_RULES.max)).catch(() => false))) return refuse("password_wrong", {}, "current");
  const judged = judgePassword(input.next);
  if (!judged.ok) return judged;
  const history = await db.selectFrom("password_history").select("hash").where("staff_id", "=", staffId).orderBy("at", "desc").limit(PASSWORD_RULES.history).execute();
  for (const old of [row.password_hash, ...history.map((entry) => entry.hash)]) {
    if (await verify(old, input.next)) return refuse("password_reused", {}, "next");
  }
  await setPassword(db, staffId, input.next, false);
  await endSessionsOf(db, staffId, sessionHash);
  return ok(true);
}

export async function setPassword(db: Database | Tx, staffId: number, password: string, mustChange: boolean): Promise<void> {
  const hashed = await hash(password, ARGON);
  await db.updateTable("staff").set({ password_hash: hashed, must_change: mustChange, password_at: new Date().toISOString() }).where("id", "=", staffId).execute();
  await db.insertInto("password_history").values({ staff_id: staffId, hash: hashed }).execute();
}

const ALPHABET = { small: "abcdefghijkmnpqrstuvwxyz", capital: "ABCDEFGHJKLMNPQRSTUVWXYZ", digit: "23456789" };

/** A random password that can be read aloud: no l, 1, o, 0; about 70 bits. */
export function generatePassword(): string {
  const all = Object.values(ALPHABET).join("");
  for (;;) {
    const password = Array.from(randomBytes(12), () => all[randomInt(all.length)]).join("");
    if (characterClasses(password) === 3) return password;
  }
}

export interface TokenInput {
  role: Exclude<Role, "citizen">;
  label?: string;
  hallId?: number;
  region?: string;
  windowId?: number;
  deviceId?: number;
  expiresAt?: string;
}

/** Makes a bearer token; only its hash is stored, the token is shown once. */
export async function createToken(db: Database | Tx, input: TokenInput): Promise<string> {
  const token = `yt_${randomToken(24)}`;
  await db.insertInto("access_tokens").values({
    hash: sha256(token), role: input.role, label: input.label ?? "", hall_id: input.hallId ?? null, region: input.region ?? null,
    window_id: input.windowId ?? null, device_id: input.deviceId ?? null, expires_at: input.expiresAt ?? null,
  }).execute();
  return token;
}

export async function revokeTokens(db: Database | Tx, where: { deviceId: number } | { label: string }): Promise<void> {
  const query = db.updateTable("access_tokens").set({ revoked_at: new Date().toISOString() }).where("revoked_at", "is", null);
  await ("deviceId" in where ? query.where("device_id", "=", where.deviceId) : query.where("label", "=", where.label)).execute();
  await forgetPrincipals(db);
}
