import { z } from "zod";

/** Thousandths of the plan's width or height: a shape keeps its place when the picture is changed. */
const thousandth = z.number().min(0).max(1000);
const points = z.array(z.tuple([thousandth, thousandth]));

/**
 * A shape over the plan of a floor. `zone`, `window` and `facility` refer to a record by its code; `label` is free text.
 * An area has at least three corners, a point exactly one.
 */
export const shapeInput = z.object({
  kind: z.enum(["zone", "window", "facility", "label"]),
  code: z.string().trim().max(64).default(""),
  name: z.string().trim().max(60).default(""),
  nameEn: z.string().trim().max(80).default(""),
  points: points.min(1).max(40),
}).refine(({ kind, points: list }) => (kind === "zone" ? list.length >= 3 : true), { message: "too_few_corners", path: ["points"] })
  .refine(({ kind, code, name }) => (kind === "zone" || kind === "window" ? code !== "" : kind === "facility" ? code !== "" : name !== ""), { message: "shape_without_name", path: ["code"] });
export type Shape = z.output<typeof shapeInput>;

/** One shape as a row of a table; `points` are "x,y x,y" in thousandths. */
export const planShapeRow = z.object({
  floor: z.coerce.number().int().min(-5).max(60), kind: z.enum(["zone", "window", "facility", "label"]), code: z.string().trim().max(64).default(""), name: z.string().trim().max(60).default(""), nameEn: z.string().trim().max(80).default(""),
  points: z.string().transform((text) => text.trim().split(/\s+/).map((corner) => corner.split(",").map(Number))).pipe(points.min(1).max(40)),
});
export type PlanShapeRow = z.output<typeof planShapeRow>;

export const planInput = z.object({ floor: z.number().int().min(-5).max(60), width: z.number().int().min(1).max(20_000), height: z.number().int().min(1).max(20_000), shapes: z.array(shapeInput).max(600), version: z.number().int().min(0) });
export type PlanInput = z.output<typeof planInput>;

/** A picture of at most this size; what kind it is, is read from its first bytes. */
export const PICTURE_MAX_BYTES = 4 * 1024 * 1024;

/** `GET /halls/{hall}/plan`: the floors of a hall with their shapes. */
export const hallPlanSchema = z.object({
  hall: z.string(),
  floors: z.array(z.object({
    floor: z.number().int(), width: z.number().int(), height: z.number().int(), version: z.number().int(),
    /** Address of the picture under the API's base; absent without one. */
    picture: z.string().optional(),
    shapes: z.array(z.object({ kind: z.enum(["zone", "window", "facility", "label"]), code: z.string(), name: z.string(), nameEn: z.string(), points })),
  })),
});
export type HallPlan = z.infer<typeof hallPlanSchema>;
