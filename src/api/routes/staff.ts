import { z } from "@hono/zod-openapi";
import { changePassword } from "@/lib/auth/commands";
import type { StaffPrincipal } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import { forbidden } from "@/lib/kernel/errors";
import { changeHall } from "@/lib/ledger/commands";
import { closeDay, previewDay } from "@/lib/queue/day/commands";
import { closeDayInput, dayPreviewSchema } from "@/lib/queue/day/schema";
import { hallOverview } from "@/lib/queue/board/overview";
import { overviewSchema } from "@/lib/queue/board/overview-schema";
import { type Api, type Call, route, valueOf } from "../http";

/** The caller's account, the supervisor's view, the end of the day, the ledger. */
export function staffRoutes(api: Api): void {
  route(api, "GET /me", { summary: "The signed-in account", response: z.object({ username: z.string(), name: z.string(), role: z.string(), hall: z.string().optional(), mustChange: z.boolean() }) }, async (call) => {
    const staff = staffOf(call);
    return { username: staff.username, name: staff.name, role: staff.role, mustChange: staff.mustChange, ...(staff.hall ? { hall: staff.hall.code } : {}) };
  });
  route(api, "POST /me/password", { summary: "Change the own password", body: z.object({ current: z.string().max(256), next: z.string().max(256) }), status: 204 }, async (call) => {
    const staff = staffOf(call);
    valueOf(await changePassword(database(), staff.id, staff.sessionId, call.body));
    return new Response(null, { status: 204 });
  });

  route(api, "GET /halls/{hall}/overview", { summary: "The hall at work, for supervisors", response: overviewSchema }, async ({ hall, locale }) => hallOverview(database(), hall.id, locale));
  route(api, "GET /halls/{hall}/day/preview", { summary: "What closing the day would do", response: dayPreviewSchema }, async ({ hall }) => previewDay(database(), hall));
  route(api, "POST /halls/{hall}/day/close", { summary: "Close the day as previewed", body: closeDayInput, response: z.object({ tickets: z.number(), windows: z.number() }) },
    async ({ request, body }) => valueOf(await changeHall(database(), request, (ctx) => closeDay(ctx, body.seq))));

  route(api, "GET /halls/{hall}/events", {
    summary: "The ledger in order",
    query: z.object({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1000).default(200) }),
    response: z.object({ items: z.array(z.object({ hall: z.string(), seq: z.number(), at: z.string(), type: z.string(), actor: z.string(), subject: z.string(), data: z.record(z.string(), z.unknown()) })), nextCursor: z.string().optional() }),
  }, async ({ hall, query }) => {
    const rows = await database().selectFrom("events").selectAll().where("hall_id", "=", hall.id).where("seq", ">", query.after).orderBy("seq").limit(query.limit).execute();
    const items = rows.map(({ seq, at, type, actor, subject, data }) => ({ hall: hall.code, seq, at, type, actor, subject, data: data as Record<string, unknown> }));
    return rows.length === query.limit ? { items, nextCursor: String(rows.at(-1)!.seq) } : { items };
  });
}

function staffOf({ who }: Call): StaffPrincipal {
  if (who.kind !== "staff") throw forbidden();
  return who;
}
