import { sql } from "kysely";
import { endSessionsOf, generatePassword, setPassword } from "@/lib/auth/commands";
import { forgetPrincipals } from "@/lib/auth/data";
import { HALL_ROLES } from "@/lib/auth/model";
import { AppError, forbidden } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId, type Saved } from "@/lib/ledger/commands";
import type { StaffInput } from "./schema";

/**
 * How far the one who acts may reach: a hall's administrator changes accounts of the own hall only and gives no regional
 * or platform role; administrators of the platform and the operator's command line may do both.
 */
export type Reach = "hall" | "platform";

/**
 * Creates or changes an account. Roles of a hall belong to the hall of the context; regional and platform roles to none.
 * A role change or disabling acts at once: sessions end and the other processes forget the person.
 */
export async function saveStaff(ctx: HallContext, input: StaffInput, version?: number, reach: Reach = "hall"): Promise<Result<Saved>> {
  const inHall = HALL_ROLES.includes(input.role);
  if (reach === "hall" && !inHall) throw forbidden();
  const level = input.level ? await ctx.tx.selectFrom("codes").select("code").where("table_name", "=", "level").where("code", "=", input.level).executeTakeFirst() : null;
  if (level === undefined) throw new AppError(400, "reference_missing", { field: "level", details: { code: input.level } });
  const values = {
    name: input.name, role: input.role, hall_id: inHall ? ctx.hall.id : null,
    region: input.role === "region_admin" ? (await ctx.tx.selectFrom("halls").select("region").where("id", "=", ctx.hall.id).executeTakeFirstOrThrow()).region : null,
    department_id: inHall ? await optionalId(ctx, "departments", input.department, "department") : null,
    usual_window_id: input.window && inHall ? await recordId(ctx, "windows", input.window, "window") : null,
    ...(input.active === undefined ? {} : { active: input.active }), ...(input.level === undefined ? {} : { level: input.level }),
  };
  const existing = await ctx.tx.selectFrom("staff").selectAll().where("username", "=", input.username).executeTakeFirst();
  if (!existing) {
    const row = await ctx.tx.insertInto("staff").values({ username: input.username, ...values }).returning("id").executeTakeFirstOrThrow();
    await ctx.append("staff.created", `staff:${row.id}`, { username: input.username, role: input.role });
    return ok({ id: row.id, created: true });
  }
  if (existing.hall_id !== ctx.hall.id && (reach === "hall" || existing.hall_id !== null)) return refuse("code_taken", { code: input.username }, "username");
  if (version !== undefined && existing.version !== version) return refuse("edited_elsewhere", { code: input.username });
  const changed = Object.entries(values).filter(([key, value]) => (existing as Record<string, unknown>)[key] !== value);
  if (changed.length === 0) return ok({ id: existing.id, created: false });
  await ctx.tx.updateTable("staff").set({ ...Object.fromEntries(changed), version: existing.version + 1 }).where("id", "=", existing.id).execute();
  if (values.active === false || existing.role !== input.role) await endSessionsOf(ctx.tx, existing.id);
  else await forgetPrincipals(ctx.tx);
  await ctx.append("staff.changed", `staff:${existing.id}`, { username: input.username, changed: changed.map(([key]) => key), role: input.role });
  return ok({ id: existing.id, created: false });
}

/** Gives a random password that must be changed at the next sign-in and ends the person's sessions. Returns it once. */
export async function resetPassword(ctx: HallContext, staffId: number, reach: Reach = "hall"): Promise<Result<string>> {
  const row = await ctx.tx.selectFrom("staff").select(["id", "username", "hall_id"]).where("id", "=", staffId).executeTakeFirst();
  if (!row || (row.hall_id !== ctx.hall.id && (reach === "hall" || row.hall_id !== null))) return refuse("not_found");
  const password = generatePassword();
  await setPassword(ctx.tx, row.id, password, true);
  await endSessionsOf(ctx.tx, row.id);
  await ctx.append("staff.password_reset", `staff:${row.id}`, { username: row.username });
  return ok(password);
}

/** Accounts of a hall that nobody can sign in to yet. */
export const accountsWithoutPassword = async (ctx: HallContext): Promise<{ id: number; username: string }[]> =>
  ctx.tx.selectFrom("staff").select(["id", "username"]).where("password_hash", "is", null).where(sql<boolean>`coalesce(hall_id, ${ctx.hall.id}) = ${ctx.hall.id}`).execute();
