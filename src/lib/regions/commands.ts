import { sql } from "kysely";
import type { Tx } from "@/lib/db/transaction";
import type { Result } from "@/lib/kernel/result";
import { ok, refuse } from "@/lib/kernel/result";
import { type HallContext, optionalId, saveRecord, type Saved, type SaveRefusal } from "@/lib/ledger/commands";
import type { HallInput, NoticeInput, OpeningInput, RegionInput, ZoneInput } from "./schema";

export async function saveRegion(tx: Tx, input: RegionInput): Promise<void> {
  const values = { name: input.name, name_en: input.nameEn, level: input.level, parent: input.parent ?? null };
  await tx.insertInto("regions").values({ code: input.code, ...values }).onConflict((conflict) => conflict.column("code").doUpdateSet(values)).execute();
}

const hallValues = (input: HallInput) => ({
  name: input.name, name_en: input.nameEn, region: input.region, level: input.level, kind: input.kind, levels: input.levels, address: input.address, address_en: input.addressEn,
  phone: input.phone, time_zone: input.timeZone, ...(input.active === undefined ? {} : { active: input.active }),
});

/** Makes a hall with its ledger. Its policy is published by queue/policy. Returns the id; an existing hall is left as it is. */
export async function createHall(tx: Tx, input: HallInput): Promise<{ id: number; created: boolean }> {
  const row = await tx.insertInto("halls").values({ code: input.code, ...hallValues(input) }).onConflict((conflict) => conflict.column("code").doNothing()).returning("id").executeTakeFirst();
  if (row) return { id: row.id, created: true };
  return { id: (await tx.selectFrom("halls").select("id").where("code", "=", input.code).executeTakeFirstOrThrow()).id, created: false };
}

/** Changes the hall's own record; its code stays. */
export async function saveHall(ctx: HallContext, input: HallInput, version?: number): Promise<Result<Saved, "edited_elsewhere">> {
  const values = hallValues(input);
  const query = ctx.tx.updateTable("halls").set({ ...values, version: sql`version + 1` }).where("id", "=", ctx.hall.id);
  const changed = await (version === undefined ? query : query.where("version", "=", version)).returning("id").executeTakeFirst();
  if (!changed) return refuse("edited_elsewhere", { code: ctx.hall.code });
  await ctx.append("hall.changed", `hall:${ctx.hall.id}`, { values });
  return ok({ id: ctx.hall.id, created: false });
}

/** Replaces the weekly service times of the hall. */
export async function saveOpenings(ctx: HallContext, rows: OpeningInput[]): Promise<Result<number>> {
  await ctx.tx.deleteFrom("openings").where("hall_id", "=", ctx.hall.id).execute();
  if (rows.length > 0) {
    await ctx.tx.insertInto("openings").values(rows.map((row) => ({ hall_id: ctx.hall.id, weekday: row.weekday, starts: row.start, ends: row.end, label: row.label, label_en: row.labelEn }))).execute();
  }
  await ctx.append("openings.changed", `hall:${ctx.hall.id}`, { rows });
  return ok(rows.length);
}

const optionalActive = (active: boolean | undefined) => (active === undefined ? {} : { active });

export const saveZone = (ctx: HallContext, input: ZoneInput, version?: number): Promise<Result<Saved, SaveRefusal>> =>
  saveRecord(ctx, "zones", "zone", input.code, { name: input.name, name_en: input.nameEn, floor: input.floor, kind: input.kind, voice: input.voice, ...(input.alwaysOpen === undefined ? {} : { always_open: input.alwaysOpen }), sort: input.sort, ...optionalActive(input.active) }, version);

export const saveNotice = async (ctx: HallContext, input: NoticeInput, version?: number): Promise<Result<Saved, SaveRefusal>> =>
  saveRecord(ctx, "notices", "notice", input.code, { zone_id: await optionalId(ctx, "zones", input.zone, "zone"), text: input.text, text_en: input.textEn, ends_at: input.endsAt ?? null, ...optionalActive(input.active) }, version);
