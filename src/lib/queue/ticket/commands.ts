import { type RawBuilder, sql, type UpdateObject } from "kysely";
import { itemAdmission, outsidePlace } from "@/lib/catalog/residency/data";
import { admissionRefusal, type AdmissionRefusal } from "@/lib/catalog/residency/model";
import type { DB } from "@/lib/db/types";
import { badInput } from "@/lib/kernel/errors";
import { checkIdNumber } from "@/lib/kernel/id-number";
import { hallToken, keyedHash } from "@/lib/kernel/ids";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { BOOKED_CLASS, classByAge, classOf, creditOf } from "../policy/model";
import { currentPolicy } from "../policy/data";
import { compilePolicy, rankOf } from "../policy/order";
import { type Issued, rangeAtIssue, shown } from "../estimate/live/data";
import { formatNumber, isAllowed, type Step, STEPS, type TicketState } from "./model";
import type { IssuedTicket, IssueTicketInput } from "./schema";
import { aheadOf, rankBehind, type TicketRow, ticketRows } from "./sql";

type TicketUpdate = UpdateObject<DB, "tickets">;

/**
 * Takes one step of the transition table as a conditional update with its event; 409 `step_refused` when the ticket is
 * not in a state from which the step starts. The hall's lock makes it the only decision at its time.
 */
export async function takeStep(ctx: HallContext, row: Pick<TicketRow, "id" | "number" | "state">, step: Step, set: TicketUpdate, data: { window?: string; line?: string; zone?: string | null; [more: string]: unknown } = {}): Promise<Result<number, "step_refused">> {
  const { from, to, event } = STEPS[step];
  if (!isAllowed(step, row.state as TicketState)) return refuse("step_refused", { number: row.number, state: row.state });
  const changed = await ctx.tx
    .with("before", (cte) => cte.selectFrom("tickets as t").select(sql<object>`ticket_snapshot(t)`.as("data")).where("t.hall_id", "=", ctx.hall.id).where("t.id", "=", row.id))
    .updateTable("tickets as t").from("before").set({ ...set, state: to } as never)
    .where("t.hall_id", "=", ctx.hall.id).where("t.id", "=", row.id).where("t.state", "in", [...from])
    .returning([sql<{ calls: number }>`ticket_snapshot(t)`.as("after"), "before.data as before"])
    .executeTakeFirst();
  if (!changed) return refuse("step_refused", { number: row.number, state: row.state });
  const { window, line, zone, ...details } = data;
  await ctx.append(event, `ticket:${row.id}`, {
    ticket: changed.after, before: changed.before, ...details,
    public: { number: row.number, line, window, zone, state: to, calls: changed.after.calls },
  });
  return ok(row.id);
}

/** Today's ticket of a number, with its row locked by the hall's lock; 409 when there is none today. */
export async function ticketOfNumber(ctx: HallContext, number: string): Promise<Result<TicketRow, "number_not_found">> {
  const row = await ticketRows(ctx.tx, ctx.hall.id).where("t.day", "=", ctx.today).where("t.number", "=", number.trim().toUpperCase()).executeTakeFirst();
  return row ? ok(row) : refuse("number_not_found", { number }, "number");
}

export type IssueRefusal = AdmissionRefusal | "item_inactive" | "line_inactive" | "class_unknown" | "class_needs_evidence" | "id_number_invalid" | "paper_time_future";

export interface IssueOptions {
  /** Key of the look-up hash for ID numbers. */
  secret: string;
  /** Staff and devices may state a class; a visitor's own phone needs the evidence of an ID number. */
  trusted: boolean;
  /** A booked visitor's number: it takes over the booking's link; who comes on time has the credit of the class `booked`. */
  booked?: { token: string; start: string; late: boolean };
}

/** Gives a number: never refused for a missing booking, a missed call or the hour (JY-7.2.2c). */
export async function issueTicket(ctx: HallContext, input: IssueTicketInput, options: IssueOptions): Promise<Result<IssuedTicket, IssueRefusal>> {
  const place = await findPlace(ctx, input);
  if (!place.ok) return place;
  const policy = await currentPolicy(ctx.tx, ctx.hall.id);
  const chosen = chooseClass(policy, input, options, ctx.today);
  if (!chosen.ok) return chosen;
  const given = options.booked && !options.booked.late && creditOf(policy, BOOKED_CLASS).minutes > creditOf(policy, chosen.value).minutes ? BOOKED_CLASS : chosen.value;
  const arrival = await arrivalOf(ctx, input.paper);
  if (!arrival.ok) return arrival;
  const { booked } = options;
  const at = Date.parse(arrival.value);
  const ranked = rankOf(compilePolicy(policy), { at, class: given, ...(booked ? { booked: { start: Date.parse(booked.start), late: booked.late } } : {}) });
  // Instants keep their microseconds: the database subtracts from the text, not from a JavaScript date.
  const from = ranked.from === at ? arrival.value : booked!.start;

  const counter = await ctx.tx.insertInto("number_counters").values({ hall_id: ctx.hall.id, line_id: place.value.lineId, day: ctx.today, last: 1 })
    .onConflict((conflict) => conflict.columns(["hall_id", "line_id", "day"]).doUpdateSet({ last: sql`number_counters.last + 1` })).returning("last").executeTakeFirstOrThrow();
  const number = formatNumber(place.value.line, counter.last);
  const idNumber = input.person?.idNumber;
  const inserted = await ctx.tx.insertInto("tickets").values({
    hall_id: ctx.hall.id, token: options.booked?.token ?? hallToken(ctx.hall.id), day: ctx.today, number_line_id: place.value.lineId, number_seq: counter.last, number,
    line_id: place.value.lineId, item_id: place.value.itemId, class: given, class_reason: input.classReason, channel: input.channel,
    person_key: idNumber ? keyedHash(options.secret, idNumber.toUpperCase()) : null,
    state: "waiting", rank: sql<string>`${from}::timestamptz - make_interval(secs => ${ranked.creditMs / 1000})`, rank_rule: ranked.rule,
    policy_version: policy.version, issued_at: ctx.now, booked_start: booked?.start ?? null, booked_late: booked?.late ?? false,
  }).returning(["id", "token", "rank", "hall_id", "day", "line_id", "target_window_id"]).returning((eb) => [sql<object>`ticket_snapshot(${eb.table("tickets")})`.as("snapshot")]).executeTakeFirstOrThrow();
  await ctx.append("ticket.issued", `ticket:${inserted.id}`, {
    ticket: inserted.snapshot, channel: input.channel, ...(input.paper ? { paper: input.paper } : {}), ...(input.classReason ? { reason: input.classReason } : {}), ...(options.booked ? { booked: options.booked.start, late: options.booked.late } : {}),
    public: { number, line: place.value.line, zone: place.value.zoneCode, state: "waiting", calls: 0 },
  });

  const ahead = await aheadOf(ctx.tx, inserted);
  const foreseen = await rangeAtIssue(ctx.tx, ctx.hall.id, ctx.today, { lineId: place.value.lineId, itemId: place.value.itemId, ahead });
  // A paper number came before: what is told now says nothing of its wait.
  if (!input.paper) await keepPrediction(ctx, { id: inserted.id, lineId: place.value.lineId, itemId: place.value.itemId, ahead }, foreseen);
  return ok(withoutNulls({
    id: String(inserted.id), number, token: inserted.token, rank: inserted.rank, ahead, estimate: shown(foreseen.told),
    line: place.value.line, lineName: place.value.name, lineNameEn: place.value.nameEn, hall: ctx.hall.code, class: given, issuedAt: ctx.now,
    zone: place.value.zone, zoneEn: place.value.zoneEn, floor: place.value.floor,
  }) as IssuedTicket);
}

/** When the visitor came: now, or the time on a paper number that was given while the system was away (JY-10.2.3q). */
async function arrivalOf(ctx: HallContext, paper: IssueTicketInput["paper"]): Promise<Result<string, "paper_time_future">> {
  if (!paper) return ok(ctx.now);
  const { rows } = await sql<{ at: string; future: boolean }>`
    select at, at > ${ctx.now}::timestamptz as future from (select (${ctx.today}::date + ${paper.at}::time) at time zone time_zone as at from halls where id = ${ctx.hall.id}) taken`.execute(ctx.tx);
  return rows[0]!.future ? refuse("paper_time_future", { at: paper.at }, "paper.at") : ok(rows[0]!.at);
}

const withoutNulls = (record: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== undefined));

export interface Place {
  lineId: number;
  line: string;
  name: string;
  nameEn: string;
  itemId: number | null;
  zoneCode: string | null;
  zone: string | null;
  zoneEn: string | null;
  floor: number | null;
}

/**
 * The line of an item or a line code; 400 when the code is unknown, a refusal when it is out of use. An item must be on
 * application (GD-3.1), here, and agreed upon where its intake is entrusted (HN-7.2.8); a line alone is never refused for that.
 */
export async function findPlace(ctx: HallContext, { item, line }: { item?: string | undefined; line?: string | undefined }): Promise<Result<Place, "item_inactive" | "line_inactive" | AdmissionRefusal>> {
  let itemId: number | null = null;
  let query = ctx.tx.selectFrom("lines as l").leftJoin("zones as z", (join) => join.onRef("z.hall_id", "=", "l.hall_id").onRef("z.id", "=", "l.zone_id"))
    .select(["l.id", "l.code", "l.name", "l.name_en", "l.active", "z.code as zone_code", "z.name as zone", "z.name_en as zone_en", "z.floor"]).where("l.hall_id", "=", ctx.hall.id);
  if (item !== undefined) {
    const found = await itemAdmission(ctx.tx, ctx.hall.id, item, ctx.today);
    if (!found) throw badInput("item_not_found", "item");
    if (!found.active) return refuse("item_inactive", { item }, "item");
    const refused = admissionRefusal(found);
    if (refused) return refuse(refused, { item, ...(await outsidePlace(ctx.tx, ctx.hall.id, item)) }, "item");
    itemId = found.id;
    query = query.where("l.id", "=", found.lineId);
  } else query = query.where("l.code", "=", line!);
  const row = await query.executeTakeFirst();
  if (!row) throw badInput("line_not_found", "line");
  if (!row.active) return refuse("line_inactive", { line: row.code }, "line");
  return ok({ lineId: row.id, line: row.code, name: row.name, nameEn: row.name_en, itemId, zoneCode: row.zone_code, zone: row.zone, zoneEn: row.zone_en, floor: row.floor });
}

function chooseClass(policy: Parameters<typeof classOf>[0], input: IssueTicketInput, options: IssueOptions, today: string): Result<string, IssueRefusal> {
  const idNumber = input.person?.idNumber;
  const checked = idNumber ? checkIdNumber(idNumber) : undefined;
  if (checked && !checked.ok) return refuse("id_number_invalid", { reason: checked.reason }, "person.idNumber");
  const byAge = checked?.ok ? classByAge(policy, checked.age(today)) : undefined;
  if (input.class === undefined || input.class === "normal") return ok(byAge?.code ?? "normal");
  const wanted = classOf(policy, input.class);
  if (!wanted || wanted.byBooking) return refuse("class_unknown", { class: input.class }, "class");
  const proven = byAge !== undefined && byAge.code === wanted.code;
  return options.trusted || proven || wanted.creditMinutes === 0 ? ok(wanted.code) : refuse("class_needs_evidence", { class: wanted.code }, "class");
}

/** 过号顺延: back into its line behind the next few, on the same day never refused (JY-7.2.2d, JY-7.2.2e). */
export async function returnTicket(ctx: HallContext, row: TicketRow): Promise<Result<number, "step_refused" | "ticket_not_today">> {
  if (row.day !== ctx.today) return refuse("ticket_not_today", { number: row.number });
  const policy = await currentPolicy(ctx.tx, ctx.hall.id);
  // After the usual number of returns the ticket still comes back, but behind everybody who waits now.
  const behind = row.returns < policy.missed.maxReturns ? policy.missed.behind : undefined;
  const rank = row.state === "missed" ? rankBehind(ctx.hall.id, row.line_id, row.day, row.rank, behind) : rankBehind(ctx.hall.id, row.line_id, row.day, row.rank, undefined);
  return takeStep(ctx, row, "return", { rank, rank_rule: "returned", window_id: null, target_window_id: null, returns: row.returns + 1, calls: 0, ended_at: null, outcome: null, started_at: null, called_at: null, last_call_at: null }, { line: row.line });
}

export async function cancelTicket(ctx: HallContext, row: TicketRow, reason?: string): Promise<Result<number, "step_refused">> {
  return takeStep(ctx, row, "cancel", { ended_at: ctx.now, outcome: "cancelled", target_window_id: null }, { line: row.line, ...(reason ? { reason } : {}) });
}

/** Sets a priority class with its reason; the rank moves by the difference of the credits. */
export async function prioritiseTicket(ctx: HallContext, row: TicketRow, input: { class: string; reason: string }): Promise<Result<number, "step_refused" | "class_unknown">> {
  const policy = await currentPolicy(ctx.tx, ctx.hall.id);
  if (!classOf(policy, input.class)) return refuse("class_unknown", { class: input.class }, "class");
  const credit = creditOf(policy, input.class);
  const { credits } = compilePolicy(policy);
  const seconds = ((credits[row.class] ?? 0) - (credits[input.class] ?? 0)) / 1000;
  const rank: RawBuilder<string> = sql<string>`${row.rank}::timestamptz + make_interval(secs => ${seconds})`;
  return takeStep(ctx, row, "prioritise", { class: input.class, class_reason: input.reason, rank, rank_rule: row.rank_rule === "arrival" || row.rank_rule === "credit" ? credit.rule : row.rank_rule, policy_version: policy.version }, { line: row.line, reason: input.reason });
}

/** What was told of the wait, to be scored against what happens. */
async function keepPrediction(ctx: HallContext, ticket: { id: number; lineId: number; itemId: number | null; ahead: number }, { raw, told, source }: Issued): Promise<void> {
  if (!raw || !told) return;
  await ctx.tx.insertInto("wait_predictions").values({
    hall_id: ctx.hall.id, ticket_id: ticket.id, day: ctx.today, hour: sql<number>`(select extract(hour from ${ctx.now}::timestamptz at time zone time_zone) from halls where id = ${ctx.hall.id})`,
    line_id: ticket.lineId, item_id: ticket.itemId, ahead: ticket.ahead, source, raw10: raw.p10, raw50: raw.p50, raw90: raw.p90, p10: told.p10, p50: told.p50, p90: told.p90,
  }).execute();
}
