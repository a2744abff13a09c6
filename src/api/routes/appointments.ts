import { z } from "@hono/zod-openapi";
import { calendarFile } from "@/lib/appointments/book/calendar-file";
import { bookVisit, type BookOptions, holdSeats, wishOf } from "@/lib/appointments/book/commands";
import { appointmentPage, bookingPage, countDemand, countFullDays, toAppointment } from "@/lib/appointments/book/data";
import { offersNow } from "@/lib/appointments/book/offers";
import { findArrivals, listOfDay } from "@/lib/appointments/book/data-hall";
import { answerProposal } from "@/lib/appointments/moves/commands";
import { appointmentByToken, type AppointmentRow } from "@/lib/appointments/book/rows";
import { type ReadWish, readWish, surelyFull } from "@/lib/appointments/visit/data";
import { cancelAppointment, checkIn, rescheduleAppointment } from "@/lib/appointments/steps/commands";
import { askProof } from "@/lib/appointments/book/suspicion";
import { appealPause } from "@/lib/appointments/pauses/commands";
import { answerInput, appealInput, appointmentSchema, arriveInput, bookedSchema, bookingSchema, bookInput, cancelInput, holdInput, rescheduleInput, slotSchema, slotsQuery } from "@/lib/appointments/schema";
import { consume } from "@/lib/auth/commands";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { translator } from "@/lib/i18n/messages";
import { refuse, type Refusal, type Result } from "@/lib/kernel/result";
import { changeHall, type HallContext } from "@/lib/ledger/commands";
import { link } from "@/lib/notify/commands";
import { ticketById, ticketPage } from "@/lib/queue/ticket/data";
import { ticketSchema } from "@/lib/queue/ticket/schema";
import { type Api, type Call, route, valueOf } from "../http";

const PUBLIC_CHANNELS = ["web", "wechat", "app"];
const arrived = z.object({ appointment: appointmentSchema, ticket: ticketSchema.extend({ token: z.string() }) });

/** Who books: a visitor alone has limits; a member of staff, or a terminal in the hall, books for whoever stands there. */
function bookingOf({ who, body }: Pick<Call, "who"> & { body: { channel: string } }): { channel: string; options: BookOptions } {
  const anonymous = who.kind === "public";
  const channel = anonymous && !PUBLIC_CHANNELS.includes(body.channel) ? "web" : body.channel;
  return { channel, options: { secret: env().SECRET, online: anonymous || PUBLIC_CHANNELS.includes(channel) || channel === "platform" } };
}

/** Booking: times, holds, bookings and their holder's link, check-in at the hall. */
export function appointmentRoutes(api: Api): void {
  route(api, "GET /halls/{hall}/booking", { summary: "Booking rules, needs and the kept promise", response: bookingSchema }, async ({ hall }) => bookingPage(database(), hall.id));

  route(api, "GET /halls/{hall}/slots", { summary: "Times with free places for an item, or for several in one visit", query: slotsQuery, response: z.array(slotSchema) }, async ({ who, hall, query, address }) => {
    if (who.kind === "public") await consume("booking_look", address);
    const offers = valueOf(await offersNow(database(), hall.id, query));
    await countFullDays(database(), hall.id, query.items, offers);
    return offers;
  });

  route(api, "POST /halls/{hall}/holds", { summary: "Keep places while the form is filled", body: holdInput, response: bookedSchema, status: 201 }, async (call) => {
    const { body, request } = call;
    const proved = await askProof(call.who.kind === "public", call.address, body.proof);
    const read = await readAhead(call, body);
    const held = (!request.once && (await refusedAtOnce(call, body))) || await changeHall(database(), request, (ctx) => holdSeats(ctx, { ...body, channel: bookingOf(call).channel as never }, read));
    await countRefused(call, held, body);
    if (held.ok) await proved();
    return valueOf(held);
  });

  route(api, "POST /halls/{hall}/appointments", { summary: "Book a visit, from a hold or at once", body: bookInput, response: bookedSchema, status: 201 }, async (call) => {
    const { body, request } = call;
    const { channel, options } = bookingOf(call);
    const proved = await askProof(call.who.kind === "public" && body.hold === undefined, call.address, body.proof);
    const read = body.hold === undefined ? await readAhead(call, body) : undefined;
    const booked = (body.hold === undefined && !request.once && (await refusedAtOnce(call, body))) || await changeHall(database(), request, (ctx) => bookVisit(ctx, { ...body, channel: channel as never }, { ...options, read }));
    await countRefused(call, booked, body);
    if (booked.ok) await proved();
    return valueOf(booked);
  });

  route(api, "GET /halls/{hall}/appointments", {
    summary: "Bookings of a day, personal data masked",
    query: z.object({ day: z.iso.date().optional(), q: z.string().trim().max(40).optional(), state: z.string().max(20).optional(), needs: z.enum(["yes"]).transform(() => true).optional(), cursor: z.string().max(32).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({ items: z.array(appointmentSchema), nextCursor: z.string().optional() }),
  }, async ({ hall, query }) => listOfDay(database(), hall.id, query as never));

  route(api, "POST /halls/{hall}/check-in", { summary: "Check in by booking number, phone, ID number or link; several bookings of today come back to choose from", body: arriveInput, response: z.object({ choices: z.array(appointmentSchema).optional(), appointment: appointmentSchema.optional(), ticket: ticketSchema.extend({ token: z.string() }).optional() }) }, async (call) => {
    const found = valueOf(await findArrivals(database(), call.hall.id, call.body));
    if (found.length > 1) return { choices: await Promise.all(found.map((row) => toAppointment(database(), row))) };
    return arrive(call, found[0]!.token);
  });

  holderRoutes(api);
}

/** What the holder of a booking's link may do. */
function holderRoutes(api: Api): void {
  route(api, "GET /appointments/{token}", { summary: "A booking by its link", response: appointmentSchema }, async ({ param }) => appointmentPage(database(), param("token")));

  const answer = z.object({ appointment: appointmentSchema });
  route(api, "POST /appointments/{token}/cancel", { summary: "Give a booking up", body: cancelInput, response: answer }, (call) => step(call, (ctx, row) => cancelAppointment(ctx, row, { reason: call.body.reason, staff: isStaff(call) })));
  route(api, "POST /appointments/{token}/reschedule", { summary: "Another time; the old place is kept until the new one is taken", body: rescheduleInput, response: answer }, (call) => step(call, (ctx, row) => rescheduleAppointment(ctx, row, call.body, isStaff(call))));
  route(api, "POST /appointments/{token}/proposal", { summary: "Answer the hall's proposal of another time", body: answerInput, response: answer }, (call) => step(call, (ctx, row) => answerProposal(ctx, row, call.body.accept)));
  route(api, "POST /appointments/{token}/appeal", { summary: "Appeal against a pause of on-line booking", body: appealInput, response: z.object({ id: z.number() }) }, async (call) => {
    const row = await appointmentByToken(database(), call.param("token"));
    return { id: valueOf(await changeHall(database(), { ...call.request, hall: await hallOf(row) }, (ctx) => appealPause(ctx, row.phone_key ?? "", call.body.text))) };
  });
  route(api, "POST /appointments/{token}/check-in", { summary: "Check in; the number has the same link as the booking", response: arrived }, (call) => arrive(call, call.param("token")));
  route(api, "GET /appointments/{token}/calendar", { summary: "The booking as a calendar file" }, async ({ param, locale }) => {
    const appointment = await appointmentPage(database(), param("token"));
    const t = translator(locale, "appointments");
    const english = locale === "en";
    const items = appointment.items.map((item) => (english ? item.nameEn : item.name)).join(english ? ", " : "、");
    const place = english ? `${appointment.hallNameEn} ${appointment.addressEn}` : `${appointment.hallName} ${appointment.address}`;
    const file = calendarFile(appointment, { title: t("calendar.title", { items }), place, description: t("calendar.description", { number: appointment.number, action: t("message.action") }), link: link(`/a/${appointment.token}`) }, new Date().toISOString());
    return new Response(file, { headers: { "Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": `attachment; filename="${appointment.number}.ics"`, "Cache-Control": "no-store" } });
  });
}

const isStaff = ({ who }: Pick<Call, "who">): boolean => who.kind !== "public";
const hallOf = async (row: Pick<AppointmentRow, "hall_id">) => database().selectFrom("halls").select(["id", "code"]).where("id", "=", row.hall_id).executeTakeFirstOrThrow();

/** A step on the booking of a link; the row is read again under the hall's lock. */
async function step(call: Call, work: (ctx: HallContext, row: AppointmentRow) => Promise<Result<number>>) {
  const token = call.param("token");
  const found = await appointmentByToken(database(), token);
  const actor = call.who.kind === "public" ? `appointment:${found.id}` : call.who.actor;
  valueOf(await changeHall(database(), { ...call.request, hall: await hallOf(found), actor }, async (ctx) => work(ctx, await appointmentByToken(ctx.tx, token))));
  return { appointment: await appointmentPage(database(), token) };
}

async function arrive(call: Call, token: string) {
  const found = await appointmentByToken(database(), token);
  const hall = await hallOf(found);
  const visitor = call.who.kind === "public";
  const channel = visitor ? "web" : call.who.role === "device" ? "kiosk" : call.who.role === "guide" ? "guide" : "desk";
  const actor = visitor ? `appointment:${found.id}` : call.who.actor;
  const id = valueOf(await changeHall(database(), { ...call.request, hall, actor }, async (ctx) => checkIn(ctx, await appointmentByToken(ctx.tx, token), { secret: env().SECRET, trusted: !visitor, channel })));
  const { ahead, estimate } = await ticketPage(database(), token, call.locale);
  const ticket = { ...(await ticketById(database(), hall.id, id)), ...(ahead === undefined ? {} : { ahead }), ...(estimate ? { estimate } : {}), token };
  return { appointment: await appointmentPage(database(), token), ticket };
}

/** What can be read of a wish before the hall's lock is waited for; a refusal is left to the command, which answers a repeated request as the first time. */
async function readAhead({ hall }: Call, body: Parameters<typeof wishOf>[0]): Promise<ReadWish | undefined> {
  const read = body.start === undefined ? undefined : await readWish(database(), hall.id, wishOf(body));
  return read?.ok ? read.value : undefined;
}

/** A rush on the last places does not have to wait for the hall's lock to hear that they are gone. */
async function refusedAtOnce({ hall }: Call, wish: { item?: string | undefined; items?: string[] | undefined; start?: string | undefined }): Promise<Refusal<"slot_full"> | undefined> {
  return wish.start && (await surelyFull(database(), hall.id, wish.items ?? [wish.item ?? ""], wish.start)) ? refuse("slot_full", {}, "start") : undefined;
}

/** A wish that met no free place is counted for the hall's demand (BG-4.2.2). */
async function countRefused({ hall }: Call, result: Result<unknown>, wish: { item?: string | undefined; items?: string[] | undefined; start?: string | undefined }): Promise<void> {
  if (result.ok || (result.code !== "slot_full" && result.code !== "slot_gone") || !wish.start) return;
  await countDemand(database(), hall.id, wish.items ?? (wish.item ? [wish.item] : []), wish.start, result.code === "slot_full" ? "full" : "outside_hours");
}
