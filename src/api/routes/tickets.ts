import { z } from "@hono/zod-openapi";
import { consume } from "@/lib/auth/commands";
import { countRefusedDemand } from "@/lib/catalog/residency/data";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { forbidden } from "@/lib/kernel/errors";
import type { Result } from "@/lib/kernel/result";
import { changeHall, type HallContext, type HallRequest } from "@/lib/ledger/commands";
import { transferTicket, undoLast } from "@/lib/queue/desk/commands";
import { cancelTicket, issueTicket, prioritiseTicket, returnTicket, ticketOfNumber } from "@/lib/queue/ticket/commands";
import { findTickets, rowByToken, ticketById, ticketPage } from "@/lib/queue/ticket/data";
import { issuedTicketSchema, issueTicketInput, prioritiseInput, reasonInput, ticketPageSchema, ticketSchema, transferInput } from "@/lib/queue/ticket/schema";
import type { TicketRow } from "@/lib/queue/ticket/sql";
import { TICKET_STATES } from "@/lib/queue/ticket/model";
import { type Api, type Call, route, valueOf } from "../http";

const step = z.object({ ticket: ticketSchema });

/** Taking a number, the holder's link, and the guide desk's work on numbers. */
export function ticketRoutes(api: Api): void {
  route(api, "POST /halls/{hall}/tickets", { summary: "Take a number", body: issueTicketInput, response: issuedTicketSchema, status: 201 }, async ({ who, body, request, address }) => {
    const anonymous = who.kind === "public";
    if (anonymous) await consume("anonymous_ticket", address);
    // Only staff can vouch for the time on a paper number.
    if (body.paper && (anonymous || who.role === "device")) throw forbidden();
    const issued = await changeHall(database(), request, (ctx) => issueTicket(ctx, body, { secret: env().SECRET, trusted: !anonymous }));
    if (!issued.ok && issued.code === "item_not_here" && body.item !== undefined) await countRefusedDemand(database(), request.hall.id, body.item);
    return valueOf(issued);
  });

  route(api, "GET /tickets/{token}", { summary: "A ticket by its link", response: ticketPageSchema }, async ({ param, locale }) => ticketPage(database(), param("token"), locale));

  const byLink = (entry: "POST /tickets/{token}/cancel" | "POST /tickets/{token}/return", summary: string, work: (ctx: HallContext, row: TicketRow, reason?: string) => Promise<Result<number>>) =>
    route(api, entry, { summary, body: reasonInput, response: step }, async ({ param, body, request, who }) => {
      const found = await rowByToken(database(), param("token"));
      const hall = await hallOf(found);
      const linked: HallRequest = { ...request, hall, actor: who.kind === "public" ? `ticket:${found.id}` : who.actor };
      return stepOn(linked, async (ctx) => ({ ok: true, value: await rowByToken(ctx.tx, param("token")) }), (ctx, row) => work(ctx, row, body.reason));
    });
  byLink("POST /tickets/{token}/cancel", "Leave the queue", (ctx, row, reason) => cancelTicket(ctx, row, reason));
  byLink("POST /tickets/{token}/return", "Come back after a missed call (same day, never refused)", (ctx, row) => returnTicket(ctx, row));

  route(api, "GET /halls/{hall}/tickets", {
    summary: "Today's tickets by number, line or state",
    query: z.object({ q: z.string().trim().max(16).optional(), state: z.enum(TICKET_STATES).optional().or(z.literal("").transform(() => undefined)), line: z.string().max(4).optional(), cursor: z.string().max(32).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
    response: z.object({ items: z.array(ticketSchema.extend({ token: z.string() })), nextCursor: z.string().optional() }),
  }, async ({ hall, query }) => findTickets(database(), hall.id, query as never));

  route(api, "POST /halls/{hall}/tickets/{number}/return", { summary: "Bring a missed number back", response: step }, (call) => byNumber(call, (ctx, row) => returnTicket(ctx, row)));
  route(api, "POST /halls/{hall}/tickets/{number}/cancel", { summary: "Cancel a number", body: reasonInput, response: step }, (call) => byNumber(call, (ctx, row) => cancelTicket(ctx, row, call.body.reason)));
  route(api, "POST /halls/{hall}/tickets/{number}/transfer", { summary: "Move a number to another item, line or window", body: transferInput, response: step }, (call) => byNumber(call, (ctx, row) => transferTicket(ctx, row, call.body)));
  route(api, "POST /halls/{hall}/tickets/{number}/prioritise", { summary: "Set a priority class with its reason", body: prioritiseInput, response: step }, (call) => byNumber(call, (ctx, row) => prioritiseTicket(ctx, row, call.body)));
  route(api, "POST /halls/{hall}/tickets/{number}/undo", { summary: "Take back the last step on a number", response: step }, (call) => byNumber(call, (ctx, row) => undoLast(ctx, { row })));
}

const byNumber = (call: Call, work: (ctx: HallContext, row: TicketRow) => Promise<Result<number>>) => stepOn(call.request, (ctx) => ticketOfNumber(ctx, call.param("number")), work);

async function stepOn(request: HallRequest, find: (ctx: HallContext) => Promise<Result<TicketRow>>, work: (ctx: HallContext, row: TicketRow) => Promise<Result<number>>) {
  const id = valueOf(await changeHall(database(), request, async (ctx) => {
    const row = await find(ctx);
    return row.ok ? work(ctx, row.value) : row;
  }));
  return { ticket: await ticketById(database(), request.hall.id, id) };
}

const hallOf = async (row: TicketRow) => database().selectFrom("halls").select(["id", "code"]).where("id", "=", row.hall_id).executeTakeFirstOrThrow();
