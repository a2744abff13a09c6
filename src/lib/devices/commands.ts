import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { createToken, revokeTokens } from "@/lib/auth/commands";
import type { DevicePrincipal } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/transaction";
import { randomToken, sameSecret, sha256 } from "@/lib/kernel/ids";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, saveRecord, type Saved, type SaveRefusal } from "@/lib/ledger/commands";
import type { DeviceInput, Pairing } from "./schema";

/** A code that can be read from a wall and typed: no 0, O, 1, I. */
const CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const newCode = () => Array.from({ length: 8 }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join("");
const LIFETIME = sql<string>`app_now() + interval '10 minutes'`;

export const saveDevice = async (ctx: HallContext, input: DeviceInput, version?: number): Promise<Result<Saved, SaveRefusal>> => {
  const saved = await saveRecord(ctx, "devices", "device", input.code, {
    name: input.name, name_en: input.nameEn, kind: input.kind, zone_id: await optionalId(ctx, "zones", input.zone, "zone"), purpose: input.purpose, ...(input.active === undefined ? {} : { active: input.active }),
  }, version);
  if (saved.ok && input.active === false) await revokeTokens(ctx.tx, { deviceId: saved.value.id });
  return saved;
};

/** A screen without a hall asks for a code to show; only the screen that has the secret can use the pairing. */
export async function startPairing(kind: string): Promise<Pairing> {
  const secret = randomToken();
  const row = await database().insertInto("pairings").values({ code: newCode(), secret_hash: sha256(secret), kind, expires_at: LIFETIME }).returning(["code", "expires_at"]).executeTakeFirstOrThrow();
  return { code: row.code, secret, expiresAt: row.expires_at };
}

/** An administrator confirms that the screen which shows `code` is this device. */
export async function confirmPairing(ctx: HallContext, code: string, deviceId: number): Promise<Result<true, "pairing_not_found" | "not_found">> {
  const device = await ctx.tx.selectFrom("devices").select(["id", "active"]).where("hall_id", "=", ctx.hall.id).where("id", "=", deviceId).executeTakeFirst();
  if (!device?.active) return refuse("not_found", {}, "device");
  const row = await ctx.tx.updateTable("pairings").set({ hall_id: ctx.hall.id, device_id: deviceId })
    .where("code", "=", code.trim().toUpperCase()).where("used_at", "is", null).where("device_id", "is", null).where("expires_at", ">", sql<string>`app_now()`).returning("code").executeTakeFirst();
  if (!row) return refuse("pairing_not_found", {}, "code");
  await ctx.append("device.pairing_confirmed", `device:${deviceId}`, {});
  return ok(true);
}

/** A code that an administrator hands to whoever sets the device up; valid once for ten minutes. */
export async function createPairing(ctx: HallContext, deviceId: number): Promise<Result<{ code: string; expiresAt: string }, "not_found">> {
  const device = await ctx.tx.selectFrom("devices").select(["id", "active"]).where("hall_id", "=", ctx.hall.id).where("id", "=", deviceId).executeTakeFirst();
  if (!device?.active) return refuse("not_found", {}, "device");
  const row = await ctx.tx.insertInto("pairings").values({ code: newCode(), hall_id: ctx.hall.id, device_id: deviceId, expires_at: LIFETIME }).returning(["code", "expires_at"]).executeTakeFirstOrThrow();
  await ctx.append("device.pairing_created", `device:${deviceId}`, {});
  return ok({ code: row.code, expiresAt: row.expires_at });
}

/** The device takes its token, once. A former token of the device ends: one device, one screen. */
export async function pair(input: { code: string; secret?: string | undefined }): Promise<Result<{ deviceToken: string; device: string; hall: string; kind: string }, "pairing_not_found" | "pairing_pending" | "pairing_used">> {
  return inTransaction(database(), async (tx) => {
    const row = await tx.selectFrom("pairings").selectAll().select(sql<boolean>`used_at > app_now() - interval '1 minute'`.as("just_used")).where("code", "=", input.code.trim().toUpperCase()).where("expires_at", ">", sql<string>`app_now()`).forUpdate().executeTakeFirst();
    if (!row || (row.secret_hash && !sameSecret(row.secret_hash, sha256(input.secret ?? "")))) return refuse("pairing_not_found", {}, "code");
    // A screen whose answer was lost asks again with its secret; anybody else comes too late.
    const repeated = row.just_used && row.secret_hash !== null;
    if (row.used_at && !repeated) return refuse("pairing_used", {}, "code");
    if (row.device_id === null || row.hall_id === null) return refuse("pairing_pending");
    await tx.updateTable("pairings").set({ used_at: sql<string>`app_now()` }).where("code", "=", row.code).execute();
    await revokeTokens(tx, { deviceId: row.device_id });
    const deviceToken = await createToken(tx, { role: "device", label: `device:${row.device_id}`, hallId: row.hall_id, deviceId: row.device_id });
    const device = await tx.updateTable("devices").set({ paired_at: sql<string>`app_now()` }).where("hall_id", "=", row.hall_id).where("id", "=", row.device_id).returning(["code", "kind"]).executeTakeFirstOrThrow();
    const hall = await tx.selectFrom("halls").select("code").where("id", "=", row.hall_id).executeTakeFirstOrThrow();
    return ok({ deviceToken, device: device.code, hall: hall.code, kind: device.kind });
  });
}

/** Ends a device's token: its screen goes back to pairing. */
export async function revokeDevice(ctx: HallContext, deviceId: number): Promise<Result<true>> {
  await revokeTokens(ctx.tx, { deviceId });
  await ctx.tx.updateTable("devices").set({ paired_at: null }).where("hall_id", "=", ctx.hall.id).where("id", "=", deviceId).execute();
  await ctx.append("device.revoked", `device:${deviceId}`, {});
  return ok(true);
}

export async function heartbeat(device: DevicePrincipal, health: Record<string, unknown>): Promise<void> {
  await database().updateTable("devices").set({ seen_at: sql<string>`app_now()`, health: JSON.stringify(health) }).where("hall_id", "=", device.hallId).where("id", "=", device.deviceId).execute();
}

export async function countUsage(device: DevicePrincipal, name: string, count: number): Promise<void> {
  await sql`insert into device_usage (hall_id, device_id, day, name, uses)
    select ${device.hallId}, ${device.deviceId}, (app_now() at time zone time_zone)::date, ${name}, ${count} from halls where id = ${device.hallId}
    on conflict (hall_id, device_id, day, name) do update set uses = device_usage.uses + excluded.uses`.execute(database());
}

/** A device reports a fault; it becomes an event that the hall's administrators see. */
export async function reportFault(ctx: HallContext, device: DevicePrincipal, fault: { code: string; text?: string | undefined }): Promise<Result<true>> {
  await ctx.append("device.fault", `device:${device.deviceId}`, { code: fault.code, ...(fault.text ? { text: fault.text } : {}) });
  return ok(true);
}
