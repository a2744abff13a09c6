import { z } from "@hono/zod-openapi";
import { sql } from "kysely";
import { itemByCode, searchItems } from "@/lib/catalog/data";
import { reportError } from "@/lib/catalog/guide/commands";
import { reportInput } from "@/lib/catalog/guide/schema";
import { foundItemSchema, itemGuideSchema, itemQuery, itemSchema } from "@/lib/catalog/schema";
import { consume } from "@/lib/auth/commands";
import { database } from "@/lib/db/database";
import { notFound } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";
import { boardOf } from "@/lib/queue/board/data";
import { boardSchema } from "@/lib/queue/board/schema";
import { findEverywhere } from "@/lib/queue/hall/data-search";
import { hallDetail } from "@/lib/queue/hall/data";
import { itemGuide } from "@/lib/queue/hall/guide";
import { hallRef, listHalls } from "@/lib/regions/data";
import { hallDetailSchema, hallSummarySchema } from "@/lib/regions/schema";
import { type Api, route, valueOf } from "../http";

/** Public reads: halls, what can be handled, the board. */
export function hallRoutes(api: Api): void {
  route(api, "GET /halls", { summary: "Halls with today's hours", response: z.object({ items: z.array(hallSummarySchema) }) }, async () => ({ items: await listHalls(database()) }));

  route(api, "GET /halls/{hall}", { summary: "One hall: hours, zones, windows, lines, calling rules", response: hallDetailSchema }, async ({ hall }) => hallDetail(database(), hall.code));

  route(api, "GET /halls/{hall}/items", { summary: "What can be handled here", query: itemQuery, response: z.object({ items: z.array(itemSchema), nextCursor: z.string().optional(), similarFrom: z.number().int().optional() }) },
    async ({ hall, query }) => searchItems(database(), hall.id, query));

  route(api, "GET /items", { summary: "Which hall and window handles an item, and how long one waits there now", query: itemQuery, response: z.object({ items: z.array(foundItemSchema), nextCursor: z.string().optional(), similarFrom: z.number().int().optional() }) },
    async ({ query }) => findEverywhere(database(), { ...query, limit: Math.min(query.limit, 50) }));

  route(api, "GET /items/{code}", { summary: "The guide of one item", query: z.object({ hall: z.string().max(32).optional() }), response: itemGuideSchema }, async ({ param, query }) => {
    const code = query.hall ?? (await hallOfItem(param("code")));
    const hall = await hallRef(code);
    if (!(await itemByCode(database(), hall.id, param("code")))) throw notFound("item_not_found");
    return itemGuide(database(), hall, param("code"));
  });

  route(api, "POST /halls/{hall}/items/{code}/reports", { summary: "Report an error in a guide", body: reportInput, response: z.object({ id: z.number().int() }), status: 201 }, async ({ param, body, request, address }) => {
    await consume("guide_report", address);
    return { id: valueOf(await changeHall(database(), request, (ctx) => reportError(ctx, param("code"), body))) };
  });

  route(api, "GET /halls/{hall}/board", { summary: "Snapshot of the call board", response: boardSchema }, async ({ hall }) => boardOf(database(), hall));
}

/** Without a hall the guide is the one of the first hall that handles the item. */
async function hallOfItem(code: string): Promise<string> {
  const row = await database().selectFrom("items as i").innerJoin("halls as h", "h.id", "i.hall_id").select("h.code").where("i.code", "=", code).where("i.active", "=", true).orderBy(sql`h.id`).limit(1).executeTakeFirst();
  if (!row) throw notFound("item_not_found");
  return row.code;
}
