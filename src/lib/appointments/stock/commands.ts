import { sql } from "kysely";
import { badInput } from "@/lib/kernel/errors";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, recordId, saveRecord, type Saved, type SaveRefusal } from "@/lib/ledger/commands";
import { planDays, stockPlans } from "./data";
import { clockOf, slotsOfDay } from "./model";
import type { ClosureInput, SlotRange, StockInput } from "./schema";

/** Creates or changes a stock and makes its slots anew; what is booked stays booked. */
export async function saveStock(ctx: HallContext, input: StockInput, version?: number): Promise<Result<Saved, SaveRefusal>> {
  const saved = await enterStock(ctx, input, version);
  if (saved.ok) await makeSlots(ctx);
  return saved;
}

/** As `saveStock` for many rows: the slots follow by `makeSlots` once, at the end or by the job. */
export async function enterStock(ctx: HallContext, input: StockInput, version?: number): Promise<Result<Saved, SaveRefusal>> {
  const lineId = await recordId(ctx, "lines", input.line, "line");
  for (const [kind, codes, field] of [["items", input.items, "items"], ["windows", input.windows, "windows"]] as const) for (const code of codes ?? []) await recordId(ctx, kind, code, field);
  return saveRecord(ctx, "stocks", "stock", input.code, {
    name: input.name, name_en: input.nameEn, kind: input.kind, line_id: lineId, items: input.items ?? [], windows: input.windows ?? [], times: input.times,
    slot_minutes: input.slotMinutes, minutes: input.minutes ?? null, share: input.share / 100, seats: input.seats ?? null, team: input.team ?? "", ...(input.active === undefined ? {} : { active: input.active }),
  }, version);
}

/** Every active line that has no stock of its usual hours yet gets one: a hall can take bookings within a minute. */
export async function stockEveryLine(ctx: HallContext): Promise<Result<number>> {
  const lines = await ctx.tx.selectFrom("lines as l").select(["l.code", "l.name", "l.name_en"]).where("l.hall_id", "=", ctx.hall.id).where("l.active", "=", true)
    .where((eb) => eb.not(eb.exists(eb.selectFrom("stocks as s").select("s.id").whereRef("s.hall_id", "=", "l.hall_id").whereRef("s.line_id", "=", "l.id").where("s.kind", "=", "regular")))).orderBy("l.sort").execute();
  for (const line of lines) {
    const id = await recordId(ctx, "lines", line.code, "line");
    await saveRecord(ctx, "stocks", "stock", line.code, { name: line.name, name_en: line.name_en, kind: "regular", line_id: id });
  }
  await makeSlots(ctx);
  return ok(lines.length);
}

export interface SlotsMade {
  made: number;
  changed: number;
  /** Slots in which more is booked than the windows can do now. */
  overfull: number;
}

/**
 * Brings the slots of the coming weeks to what calendar, windows, staff and service times give; safe to run at any time.
 * Booked seats are never taken away: a slot that shrinks below them keeps them and is listed as overfull.
 */
export async function makeSlots(ctx: HallContext): Promise<SlotsMade> {
  const days = await planDays(ctx.tx, ctx.hall.id);
  const plans = await stockPlans(ctx.tx, ctx.hall.id);
  await sql`update stocks s set service_minutes = v.minutes from jsonb_to_recordset(${JSON.stringify(plans.map(({ id, minutes }) => ({ id, minutes: Math.round(minutes * 100) / 100 })))}::jsonb) as v(id int, minutes numeric)
    where s.hall_id = ${ctx.hall.id} and s.id = v.id and s.service_minutes is distinct from v.minutes`.execute(ctx.tx);
  const rows = plans.flatMap((stock) => days.flatMap((day) => slotsOfDay(stock, day).filter(({ planned }) => planned > 0).map((slot) => ({ stock: stock.id, day: slot.day, starts: clockOf(slot.from), ends: clockOf(slot.to), planned: slot.planned, per_window: slot.perWindow }))));
  const { rows: [result] } = await sql<SlotsMade>`
    with plan as (
      select p.stock, p.day, (p.day + p.starts::interval) at time zone h.time_zone as starts, (p.day + p.ends::interval) at time zone h.time_zone as ends, p.planned, p.per_window
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(stock int, day date, starts text, ends text, planned int, per_window smallint)
        join halls h on h.id = ${ctx.hall.id}),
    gone as (
      update slots s set planned = 0, adjust = 0, capacity = s.booked
       where s.hall_id = ${ctx.hall.id} and s.starts > ${ctx.now}::timestamptz and (s.planned > 0 or s.adjust > 0) and s.day <= ${days.at(-1)?.date ?? ctx.today}::date
         and not exists (select 1 from plan p where p.stock = s.stock_id and p.starts = s.starts) returning s.id),
    made as (
      insert into slots as s (hall_id, stock_id, day, starts, ends, planned, per_window, capacity)
      select ${ctx.hall.id}, stock, day, starts, ends, planned, per_window, planned from plan where starts > ${ctx.now}::timestamptz
      on conflict on constraint slots_start_key do update set ends = excluded.ends, planned = excluded.planned, per_window = excluded.per_window,
             capacity = greatest(s.booked, case when s.closed then 0 else greatest(0, excluded.planned + s.adjust) end)
       where (s.planned, s.per_window, s.ends) is distinct from (excluded.planned, excluded.per_window, excluded.ends)
      returning (xmax = 0) as fresh)
    select (select count(*) from made where fresh)::int as made, (select count(*) from made where not fresh)::int + (select count(*) from gone)::int as changed, 0 as overfull`.execute(ctx.tx);
  await sql`delete from slots s where s.hall_id = ${ctx.hall.id} and s.starts > ${ctx.now}::timestamptz and s.planned = 0 and s.adjust = 0 and s.booked = 0 and not s.closed
    and not exists (select 1 from appointment_seats a where a.hall_id = s.hall_id and a.slot_id = s.id)`.execute(ctx.tx);
  const over = await sql<{ n: number }>`select count(*)::int as n from slots s where s.hall_id = ${ctx.hall.id} and s.starts > ${ctx.now}::timestamptz and s.booked > slot_wanted(s)`.execute(ctx.tx);
  return { ...result!, overfull: over.rows[0]!.n };
}

const inRange = (ctx: HallContext, range: { from: string; to: string; stockId: number | null }) => sql`
  s.hall_id = ${ctx.hall.id} and s.starts < ${range.to}::timestamptz and s.ends > ${range.from}::timestamptz and s.starts > ${ctx.now}::timestamptz and (${range.stockId}::int is null or s.stock_id = ${range.stockId})`;

const stockIdOf = async (ctx: HallContext, code: string | undefined): Promise<number | null> => (code ? recordId(ctx, "stocks", code, "stock") : null);

/** Closes slots or opens them again. Bookings in them stay until they are moved; nothing new is given. */
export async function closeSlots(ctx: HallContext, range: SlotRange, closed: boolean): Promise<Result<number, "no_slots">> {
  const stockId = await stockIdOf(ctx, range.stock);
  const { rows } = await sql<{ id: number }>`
    update slots s set closed = ${closed}, note = ${range.note}, capacity = greatest(s.booked, case when ${closed} then 0 else greatest(0, s.planned + s.adjust) end)
     where ${inRange(ctx, { ...range, stockId })} and s.closed <> ${closed} returning s.id`.execute(ctx.tx);
  if (rows.length === 0) return refuse("no_slots");
  await ctx.append(closed ? "slots.closed" : "slots.opened", stockId === null ? "slots" : `stock:${stockId}`, { from: range.from, to: range.to, slots: rows.map((row) => row.id), note: range.note });
  return ok(rows.length);
}

/** Adds seats to slots or takes some away (negative), e.g. for one more window at a peak. */
export async function adjustSlots(ctx: HallContext, range: SlotRange, seats: number): Promise<Result<number, "no_slots">> {
  const stockId = await stockIdOf(ctx, range.stock);
  const { rows } = await sql<{ id: number }>`
    update slots s set adjust = greatest(-s.planned, s.adjust + ${seats}), note = ${range.note}, capacity = greatest(s.booked, case when s.closed then 0 else greatest(0, s.planned + greatest(-s.planned, s.adjust + ${seats})) end)
     where ${inRange(ctx, { ...range, stockId })} returning s.id`.execute(ctx.tx);
  if (rows.length === 0) return refuse("no_slots");
  await ctx.append("slots.adjusted", stockId === null ? "slots" : `stock:${stockId}`, { from: range.from, to: range.to, seats, slots: rows.map((row) => row.id), note: range.note });
  return ok(rows.length);
}

/** Gives a week the closures and additions of another one, slot by slot (Monday to Sunday); both dates are Mondays. */
export async function copyWeek(ctx: HallContext, from: string, to: string, stock?: string): Promise<Result<number, "no_slots">> {
  for (const [date, field] of [[from, "from"], [to, "to"]] as const) if (new Date(`${date}T00:00:00Z`).getUTCDay() !== 1) throw badInput("not_a_monday", field);
  const stockId = await stockIdOf(ctx, stock);
  const { rows } = await sql<{ id: number }>`
    update slots s set closed = o.closed, adjust = greatest(-s.planned, o.adjust), note = o.note,
           capacity = greatest(s.booked, case when o.closed then 0 else greatest(0, s.planned + greatest(-s.planned, o.adjust)) end)
      from slots o
     where s.hall_id = ${ctx.hall.id} and o.hall_id = s.hall_id and o.stock_id = s.stock_id and s.starts > ${ctx.now}::timestamptz
       and o.day between ${from}::date and ${from}::date + 6 and s.day between ${to}::date and ${to}::date + 6 and s.starts - o.starts = (${to}::date - ${from}::date) * interval '1 day'
       and (${stockId}::int is null or s.stock_id = ${stockId}) and (s.closed, s.adjust, s.note) is distinct from (o.closed, greatest(-s.planned, o.adjust), o.note)
    returning s.id`.execute(ctx.tx);
  if (rows.length === 0) return refuse("no_slots");
  await ctx.append("slots.copied", "slots", { from, to, stock: stock ?? null, slots: rows.map((row) => row.id) });
  return ok(rows.length);
}

/** A window will be out of work for a while: its seats are not offered, and the answer counts slots that are overfull now. */
export async function closeWindowAhead(ctx: HallContext, input: ClosureInput): Promise<Result<{ id: number } & SlotsMade>> {
  const windowId = await recordId(ctx, "windows", input.window, "window");
  const row = await ctx.tx.insertInto("window_closures").values({ hall_id: ctx.hall.id, window_id: windowId, starts: input.from, ends: input.to, reason: input.reason, actor: ctx.actor }).returning("id").executeTakeFirstOrThrow();
  await ctx.append("window.closure_planned", `window:${windowId}`, { closure: row.id, from: input.from, to: input.to, reason: input.reason });
  return ok({ id: row.id, ...(await makeSlots(ctx)) });
}

/** Takes a planned closure back. */
export async function withdrawClosure(ctx: HallContext, id: number): Promise<Result<SlotsMade, "closure_gone">> {
  const row = await ctx.tx.updateTable("window_closures").set({ ended_at: ctx.now }).where("hall_id", "=", ctx.hall.id).where("id", "=", id).where("ended_at", "is", null).returning("window_id").executeTakeFirst();
  if (!row) return refuse("closure_gone");
  await ctx.append("window.closure_withdrawn", `window:${row.window_id}`, { closure: id });
  return ok(await makeSlots(ctx));
}
