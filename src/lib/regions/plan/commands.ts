import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { pictureType } from "./model";
import { PICTURE_MAX_BYTES, type PlanInput, type PlanShapeRow, type Shape } from "./schema";

/** Codes named by shapes of a kind that the hall does not have. */
async function unknownCodes(ctx: HallContext, kind: "zone" | "window", shapes: readonly Shape[]): Promise<string[]> {
  const codes = [...new Set(shapes.filter((shape) => shape.kind === kind).map((shape) => shape.code))];
  if (codes.length === 0) return [];
  const known = await ctx.tx.selectFrom(kind === "zone" ? "zones" : "windows").select("code").where("hall_id", "=", ctx.hall.id).where("code", "in", codes).execute();
  return codes.filter((code) => !known.some((row) => row.code === code));
}

/**
 * Saves the shapes of a floor. Version 0 is a floor without a plan so far; 409 `edited_elsewhere` when somebody else saved
 * meanwhile. A window may stand on one plan once.
 */
export async function savePlan(ctx: HallContext, input: PlanInput): Promise<Result<{ version: number }>> {
  const unknown = [...(await unknownCodes(ctx, "zone", input.shapes)), ...(await unknownCodes(ctx, "window", input.shapes))];
  if (unknown.length > 0) return refuse("reference_missing", { code: unknown.join(" ") }, "shapes");
  const windows = input.shapes.filter((shape) => shape.kind === "window").map((shape) => shape.code);
  const twice = windows.find((code, index) => windows.indexOf(code) !== index);
  if (twice) return refuse("shape_twice", { code: twice }, "shapes");
  const row = await ctx.tx.selectFrom("floor_plans").select("version").where("hall_id", "=", ctx.hall.id).where("floor", "=", input.floor).executeTakeFirst();
  if ((row?.version ?? 0) !== input.version) return refuse("edited_elsewhere", { code: String(input.floor) });
  const values = { width: input.width, height: input.height, shapes: JSON.stringify(input.shapes), changed_at: ctx.now };
  const version = input.version + 1;
  if (row) await ctx.tx.updateTable("floor_plans").set({ ...values, version }).where("hall_id", "=", ctx.hall.id).where("floor", "=", input.floor).execute();
  else await ctx.tx.insertInto("floor_plans").values({ hall_id: ctx.hall.id, floor: input.floor, version, ...values }).execute();
  await ctx.append("plan.changed", `plan:${input.floor}`, { floor: input.floor, shapes: input.shapes.length, version });
  return ok({ version });
}

/** Adds one shape to a floor, or puts the same shape elsewhere (import). */
export async function savePlanShape(ctx: HallContext, { floor, ...shape }: PlanShapeRow): Promise<Result<{ created: boolean }>> {
  const row = await ctx.tx.selectFrom("floor_plans").select(["version", "width", "height", "shapes"]).where("hall_id", "=", ctx.hall.id).where("floor", "=", floor).executeTakeFirst();
  const shapes = (row?.shapes ?? []) as unknown as Shape[];
  const same = (other: Shape) => other.kind === shape.kind && other.code === shape.code && other.name === shape.name;
  const known = shapes.find(same);
  if (known && JSON.stringify(known.points) === JSON.stringify(shape.points) && known.nameEn === shape.nameEn) return ok({ created: false });
  const saved = await savePlan(ctx, { floor, width: row?.width ?? 1600, height: row?.height ?? 900, version: row?.version ?? 0, shapes: known ? shapes.map((other) => (same(other) ? shape : other)) : [...shapes, shape] });
  return saved.ok ? ok({ created: !known }) : saved;
}

/**
 * Puts a picture under a floor's shapes, or takes it away. The bytes decide what it is. The version stays: whoever draws
 * meanwhile can still save.
 */
export async function savePlanPicture(ctx: HallContext, floor: number, bytes: Uint8Array | undefined): Promise<Result<{ floor: number }>> {
  const mime = bytes && pictureType(bytes);
  if (bytes && !mime) return refuse("not_a_picture", {}, "picture");
  if (bytes && bytes.byteLength > PICTURE_MAX_BYTES) return refuse("file_too_large", { megabytes: PICTURE_MAX_BYTES / 1024 / 1024 }, "picture");
  const values = { picture: bytes ? Buffer.from(bytes) : null, mime: mime ?? null, changed_at: ctx.now };
  await ctx.tx.insertInto("floor_plans").values({ hall_id: ctx.hall.id, floor, version: 0, ...values })
    .onConflict((conflict) => conflict.columns(["hall_id", "floor"]).doUpdateSet(values)).execute();
  await ctx.append("plan.picture_changed", `plan:${floor}`, { floor, bytes: bytes?.byteLength ?? 0, mime: mime ?? "" });
  return ok({ floor });
}
