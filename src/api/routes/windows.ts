import { z } from "@hono/zod-openapi";
import { database } from "@/lib/db/database";
import type { Result } from "@/lib/kernel/result";
import { changeHall, type HallContext } from "@/lib/ledger/commands";
import { callByNumber, callNext, closeWindow, finishService, holdTicket, missTicket, recall, resumeTicket, startService, transferFromWindow, undoLast } from "@/lib/queue/desk/commands";
import { deskOf, windowChoices } from "@/lib/queue/desk/data";
import { deskSchema, windowChoiceSchema } from "@/lib/queue/desk/schema";
import { toTicket, whyCalled, whyOfCall } from "@/lib/queue/ticket/data";
import { callByNumberInput, finishInput, reasonInput, resumeInput, ticketSchema, transferInput, whySchema } from "@/lib/queue/ticket/schema";
import { ticketRows } from "@/lib/queue/ticket/sql";
import { openWindow, pauseWindow } from "@/lib/windows/commands";
import { type Api, type Call, RefusalProblem, route, valueOf } from "../http";

const step = z.object({ ticket: ticketSchema, why: whySchema.optional() });
const windowState = z.object({ window: z.object({ code: z.string(), state: z.enum(["closed", "open", "paused"]) }) });

/** The clerk's window: session, calling and every step of the ticket that stands at it. */
export function windowRoutes(api: Api): void {
  route(api, "GET /halls/{hall}/windows", { summary: "Windows to sign in to", response: z.object({ items: z.array(windowChoiceSchema) }) }, async ({ hall, who }) => ({ items: await windowChoices(database(), hall, who) }));
  route(api, "GET /halls/{hall}/windows/{window}", { summary: "Everything the clerk's desk shows", response: deskSchema }, async ({ hall, windowId, who, locale }) => deskOf(database(), hall, windowId, who, locale));

  const session = (call: Call, work: (ctx: HallContext) => Promise<Result<number>>) => windowStep(call, work);
  route(api, "POST /halls/{hall}/windows/{window}/open", { summary: "Open the window, or resume it", response: windowState }, (call) => session(call, (ctx) => openWindow(ctx, call.windowId)));
  route(api, "POST /halls/{hall}/windows/{window}/pause", { summary: "Pause the window", body: reasonInput, response: windowState }, (call) => session(call, (ctx) => pauseWindow(ctx, call.windowId, call.body.reason)));
  // Administrators close a window in its clerk's place.
  route(api, "POST /halls/{hall}/windows/{window}/close", { summary: "Close the window", response: windowState }, (call) => session(call, (ctx) => closeWindow(ctx, call.windowId, call.who.role === "hall_admin" || call.who.role === "chief")));

  route(api, "POST /halls/{hall}/windows/{window}/call-next", { summary: "叫下一位: claim the next ticket", response: step }, async (call) => {
    const result = await callNext(call.request, call.windowId);
    if (!result.ok) return ticketStep(call, result);
    return { ticket: result.value.ticket, why: await whyOfCall(database(), call.hall.id, result.value, call.locale) };
  });
  route(api, "POST /halls/{hall}/windows/{window}/call", { summary: "Call a certain number with a reason", body: callByNumberInput, response: step }, (call) => command(call, (ctx) => callByNumber(ctx, call.windowId, call.body)));
  route(api, "POST /halls/{hall}/windows/{window}/recall", { summary: "Repeat the call", response: step }, (call) => command(call, (ctx) => recall(ctx, call.windowId)));
  route(api, "POST /halls/{hall}/windows/{window}/start", { summary: "Start the service", response: step }, (call) => command(call, (ctx) => startService(ctx, call.windowId)));
  route(api, "POST /halls/{hall}/windows/{window}/finish", { summary: "Finish the service", body: finishInput, response: step }, (call) => command(call, (ctx) => finishService(ctx, call.windowId, call.body.outcome)));
  route(api, "POST /halls/{hall}/windows/{window}/miss", { summary: "The called person did not come", response: step }, (call) => command(call, (ctx) => missTicket(ctx, call.windowId)));
  route(api, "POST /halls/{hall}/windows/{window}/hold", { summary: "Put the ticket on hold", body: reasonInput, response: step }, (call) => command(call, (ctx) => holdTicket(ctx, call.windowId, call.body.reason)));
  route(api, "POST /halls/{hall}/windows/{window}/resume", { summary: "Take a held ticket up again", body: resumeInput, response: step }, (call) => command(call, (ctx) => resumeTicket(ctx, call.windowId, call.body.number)));
  route(api, "POST /halls/{hall}/windows/{window}/transfer", { summary: "Move the ticket to another item, line or window; it keeps its seniority", body: transferInput, response: step }, (call) => command(call, (ctx) => transferFromWindow(ctx, call.windowId, call.body)));
  route(api, "POST /halls/{hall}/windows/{window}/undo", { summary: "Take back the last step", response: step }, (call) => command(call, (ctx) => undoLast(ctx, { windowId: call.windowId })));
}

async function windowStep(call: Call, work: (ctx: HallContext) => Promise<Result<number>>) {
  valueOf(await changeHall(database(), call.request, work));
  const row = await database().selectFrom("windows").select(["code", "state"]).where("hall_id", "=", call.hall.id).where("id", "=", call.windowId).executeTakeFirstOrThrow();
  return { window: row as { code: string; state: "open" } };
}

const command = async (call: Call, work: (ctx: HallContext) => Promise<Result<number>>) => ticketStep(call, await changeHall(database(), call.request, work));

/** The ticket after the step with the reason of its place; a busy window answers with the ticket that stands at it. */
async function ticketStep(call: Call, result: Result<number>) {
  const answer = async (id: number) => {
    const row = await ticketRows(database(), call.hall.id).where("t.id", "=", id).executeTakeFirstOrThrow();
    return { ticket: toTicket(row), why: await whyCalled(database(), row, call.locale) };
  };
  if (result.ok) return answer(result.value);
  const busy = result.code === "window_busy" && typeof result.details.ticket === "number" ? await answer(result.details.ticket) : undefined;
  if (busy) throw new RefusalProblem({ ...result, details: { ...result.details, number: busy.ticket.number } }, busy);
  return valueOf(result as Result<never>);
}
