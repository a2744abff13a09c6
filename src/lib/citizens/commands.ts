import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { forgetPersons } from "@/lib/appointments/forget/commands";
import { limiter, spend } from "@/lib/auth/commands";
import type { Database } from "@/lib/db/database";
import { inTransaction, type Tx } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { keyedHash, randomToken, sameSecret, sha256 } from "@/lib/kernel/ids";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { blindIndex, seal } from "@/lib/kernel/sealed";
import type { HallRef } from "@/lib/ledger/commands";
import { enqueueMessage } from "@/lib/notify/commands";
import { CODE, FORGET_DAYS, type Profile, SESSION_HOURS } from "./model";
import type { AskCodeInput, EnterCodeInput } from "./schema";

// A phone gets few messages whoever asks for them; many people of a hall share one address.
const LIMITS = {
  phoneMinute: () => limiter("code_phone_minute", 1, 60, 0), phoneHour: () => limiter("code_phone_hour", 5, 3600, 0),
  address: () => limiter("code_address", 40, 900, 0), guess: () => limiter("code_guess", 60, 900, 0),
};

const codeHash = (phoneKey: string, code: string): string => keyedHash(env().SECRET, `code:${phoneKey}:${code}`);

/**
 * Sends a code to a phone, whoever asks and whether or not anything is known of it: the answer tells nothing. An earlier
 * code ends. 429 when this phone or address has asked too often.
 */
export async function sendPhoneCode(db: Database, hall: HallRef, input: AskCodeInput, address: string): Promise<void> {
  const phoneKey = blindIndex(env().SECRET, "phone", input.phone);
  await spend(LIMITS.address(), address);
  await spend(LIMITS.phoneMinute(), phoneKey);
  await spend(LIMITS.phoneHour(), phoneKey);
  const code = String(randomInt(10 ** CODE.digits)).padStart(CODE.digits, "0");
  await inTransaction(db, async (tx) => {
    const { rows: [clock] } = await sql<{ now: string; until: string }>`select t as now, t + make_interval(mins => ${CODE.minutes}) as until from app_now() t`.execute(tx);
    const fresh = { code_hash: codeHash(phoneKey, code), tries: 0, expires_at: clock!.until, used_at: null };
    await tx.insertInto("phone_codes").values({ phone_key: phoneKey, ...fresh }).onConflict((conflict) => conflict.column("phone_key").doUpdateSet(fresh)).execute();
    await enqueueMessage({ tx, hall, now: clock!.now }, { kind: "phone_code", subject: `phone:${sha256(phoneKey).slice(0, 16)}`, contact: { phone: input.phone, locale: input.locale }, data: { code, minutes: CODE.minutes }, expiresAt: clock!.until });
  });
}

export interface SignedIn {
  /** For the cookie; only its hash is stored. */
  sessionId: string;
  seconds: number;
}

/** Signs in by the code; it works once, five tries. The refusal is the same whatever was wrong. */
export async function signInByCode(db: Database, input: EnterCodeInput, address: string): Promise<Result<SignedIn, "code_wrong">> {
  await spend(LIMITS.guess(), address);
  const phoneKey = blindIndex(env().SECRET, "phone", input.phone);
  // The try is counted before anything is compared: parallel guesses use it up as well.
  const row = await db.updateTable("phone_codes").set((eb) => ({ tries: eb("tries", "+", 1) })).where("phone_key", "=", phoneKey).where("used_at", "is", null).where("tries", "<", CODE.tries).where("expires_at", ">", sql<string>`app_now()`)
    .returning("code_hash").executeTakeFirst();
  const right = sameSecret(row?.code_hash ?? "", codeHash(phoneKey, input.code));
  if (!row || !right) return refuse("code_wrong", {}, "code");
  return inTransaction(db, async (tx) => {
    const used = await tx.updateTable("phone_codes").set({ used_at: sql<string>`app_now()` }).where("phone_key", "=", phoneKey).where("code_hash", "=", row.code_hash).where("used_at", "is", null).executeTakeFirst();
    if (used.numUpdatedRows === 0n) return refuse("code_wrong", {}, "code");
    return ok(await openSession(tx, { identity: `phone:${phoneKey}`, phoneKey, profile: { phone: input.phone } }, input.own));
  });
}

export interface Identity {
  identity: string;
  phoneKey?: string;
  idKey?: string;
  profile: Profile;
}

/** Signs in somebody whom the platform has named; what it says of them replaces what was known. */
export const signInByPlatform = (db: Database, identity: Identity, own: boolean): Promise<SignedIn> => inTransaction(db, (tx) => openSession(tx, identity, own));

async function openSession(tx: Tx, { identity, phoneKey, idKey, profile }: Identity, own: boolean): Promise<SignedIn> {
  const known = { phone_key: phoneKey ?? null, id_key: idKey ?? null, profile: seal(env().SECRET, JSON.stringify(profile)), seen_at: sql<string>`app_now()` };
  const { id } = await tx.insertInto("citizens").values({ identity, ...known }).onConflict((conflict) => conflict.column("identity").doUpdateSet(known)).returning("id").executeTakeFirstOrThrow();
  const sessionId = randomToken(32);
  const hours = own ? SESSION_HOURS.own : SESSION_HOURS.shared;
  await tx.insertInto("citizen_sessions").values({ id: sha256(sessionId), citizen_id: id, expires_at: sql<string>`app_now() + make_interval(hours => ${hours})` }).execute();
  return { sessionId, seconds: hours * 3600 };
}

export async function endCitizenSession(db: Database, sessionId: string): Promise<void> {
  await db.deleteFrom("citizen_sessions").where("id", "=", sha256(sessionId)).execute();
}

/**
 * Deletes the account with all its sessions, and name, number and contacts of visits that are over. The bookings stay as
 * figures without a person; those still to come go on.
 */
export async function forgetCitizen(db: Database, citizenId: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const gone = await tx.deleteFrom("citizens").where("id", "=", citizenId).returning("phone_key").executeTakeFirst();
    if (!gone?.phone_key) return;
    await forgetPersons(tx, gone.phone_key);
    await tx.deleteFrom("phone_codes").where("phone_key", "=", gone.phone_key).execute();
    await sql`
      delete from message_contacts c using appointments a join halls h on h.id = a.hall_id
       where c.hall_id = a.hall_id and c.subject = 'appointment:' || a.id and a.phone_key = ${gone.phone_key}
         and (a.state in ('cancelled', 'expired', 'missed') or a.day < (app_now() at time zone h.time_zone)::date)`.execute(tx);
  });
}

/** Periodic: what has ended or was not used for half a year. */
export async function forgetExpired(db: Database): Promise<void> {
  await sql`delete from citizen_sessions where expires_at < app_now()`.execute(db);
  await sql`delete from phone_codes where expires_at < app_now()`.execute(db);
  await sql`delete from citizens c where seen_at < app_now() - make_interval(days => ${FORGET_DAYS}) and not exists (select from citizen_sessions s where s.citizen_id = c.id)`.execute(db);
}
