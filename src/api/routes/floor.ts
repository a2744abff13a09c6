import { z } from "@hono/zod-openapi";
import { comingDays } from "@/lib/calendar/data";
import { database } from "@/lib/db/database";
import { notFound } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";
import { hallPlan, planPicture } from "@/lib/regions/plan/data";
import { hallPlanSchema } from "@/lib/regions/plan/schema";
import { moveInput } from "@/lib/windows/schema";
import { moveWindow, restoreWindow } from "@/lib/windows/tidal/commands";
import { type Api, route, valueOf } from "../http";

const daySchema = z.object({ date: z.string(), weekday: z.number().int(), kind: z.enum(["usual", "holiday", "work", "own"]), name: z.string(), nameEn: z.string(), hours: z.array(z.object({ start: z.string(), end: z.string(), label: z.string(), labelEn: z.string() })) });
const linesSchema = z.object({ own: z.array(z.string()), helping: z.array(z.string()) });

/** The floor of a hall: its plan, its days, and tidal changes of its windows. */
export function floorRoutes(api: Api): void {
  route(api, "GET /halls/{hall}/plan", { summary: "Floors with zones, windows and facilities as shapes", response: hallPlanSchema }, async ({ hall }) => hallPlan(database(), hall));
  route(api, "GET /halls/{hall}/plan/{floor}/picture", { summary: "The picture under a floor's shapes" }, async ({ hall, param }) => {
    const found = /^-?\d{1,2}$/.test(param("floor")) ? await planPicture(database(), hall.id, Number(param("floor"))) : undefined;
    if (!found?.picture || !found.mime) throw notFound("picture_not_found");
    return new Response(new Uint8Array(found.picture), { headers: { "Content-Type": found.mime, "Cache-Control": "public, max-age=3600" } });
  });
  route(api, "GET /halls/{hall}/days", { summary: "Service times of the coming days", query: z.object({ days: z.coerce.number().int().min(1).max(370).default(31) }), response: z.object({ items: z.array(daySchema) }) },
    async ({ hall, query }) => ({ items: await comingDays(database(), hall.id, query.days) }));
  route(api, "POST /halls/{hall}/windows/{window}/move", { summary: "Let the window serve other lines for now", body: moveInput, response: z.object({ before: linesSchema, waiting: z.record(z.string(), z.number()) }) },
    async ({ request, windowId, body }) => valueOf(await changeHall(database(), request, (ctx) => moveWindow(ctx, windowId, body))));
  route(api, "POST /halls/{hall}/windows/{window}/restore", { summary: "Give the window its usual lines back", response: linesSchema }, async ({ request, windowId }) => valueOf(await changeHall(database(), request, (ctx) => restoreWindow(ctx, windowId))));
}
