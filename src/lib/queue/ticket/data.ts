import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { notFound } from "@/lib/kernel/errors";
import { hallOfToken } from "@/lib/kernel/ids";
import type { RankRule } from "../policy/model";
import { overtakingBoundMinutes } from "../policy/model";
import { currentPolicy, policyOfVersion } from "../policy/data";
import { estimatesNow } from "../estimate/live/data";
import type { Estimate, Ticket, TicketPage, Why } from "./schema";
import { aheadReasons, aheadText } from "./data-ahead";
import { aheadOf, type TicketRow, ticketRows } from "./sql";

/** A ticket as the outside sees it; absent facts are left out. */
export function toTicket(row: TicketRow, more: { ahead?: number; estimate?: Estimate } = {}): Ticket {
  const ticket = {
    number: row.number, line: row.line, lineName: row.line_name, lineNameEn: row.line_name_en,
    item: row.item, itemName: row.item_name, itemNameEn: row.item_name_en,
    state: row.state as Ticket["state"], class: row.class, rank: row.rank, issuedAt: row.issued_at,
    calledAt: row.last_call_at, startedAt: row.started_at, endedAt: row.ended_at,
    window: row.window, zone: row.zone, zoneEn: row.zone_en, floor: row.floor,
    calls: row.calls, returns: row.returns, outcome: row.outcome, bookedStart: row.booked_start, ...more,
  };
  return Object.fromEntries(Object.entries(ticket).filter(([, value]) => value !== null && value !== undefined)) as unknown as Ticket;
}

export async function ticketById(db: Database | Tx, hallId: number, id: number): Promise<Ticket> {
  return toTicket(await ticketRows(db, hallId).where("t.id", "=", id).executeTakeFirstOrThrow());
}

/** The row behind a link; 404 when there is none. */
export async function rowByToken(db: Database | Tx, token: string): Promise<TicketRow> {
  const hallId = hallOfToken(token);
  const row = hallId === undefined ? undefined : await ticketRows(db, hallId).where("t.token", "=", token).executeTakeFirst();
  if (!row) throw notFound("ticket_not_found");
  return row;
}

type Compared = Why["compared"][number];
/** What an event of a call keeps about the choice. */
interface CallFacts {
  compared?: Compared[];
  reason?: string;
  order?: { policy: number; by: string; steppedBack?: string[] };
}

/** Why a ticket stands where it stands, or why it was the one to be called: rule, policy version and the heads compared. */
export function explain(locale: Locale, row: Pick<TicketRow, "rank_rule" | "policy_version" | "number">, credit: number, className: string, { compared = [], order }: CallFacts = {}, reader: "visitor" | "clerk" = "visitor"): Why {
  const t = translator(locale, "ticket");
  const rule = row.rank_rule as RankRule;
  const text = t(`${reader === "clerk" ? "whyClerk" : "why"}.${rule}`, { minutes: credit, class: className, number: row.number });
  // Whose class it is stays with the staff.
  if (reader === "visitor") return { policyVersion: row.policy_version, rule, text, compared: compared.map(({ line, number, rank }) => ({ line, number, rank })) };
  return {
    policyVersion: order?.policy ?? row.policy_version, rule, compared, text: order && order.by !== "own" ? `${t(`order.${order.by}`)}${locale === "en" ? " " : ""}${text}` : text,
    ...(order ? { order: order.by, ...(order.steppedBack ? { steppedBack: order.steppedBack } : {}) } : {}),
  };
}

/** `why` for the clerk who has just called a ticket. */
export async function whyOfCall(db: Database, hallId: number, called: { ticket: Ticket; rule: string; policyVersion: number } & CallFacts, locale: Locale): Promise<Why> {
  const known = (await policyOfVersion(db, hallId, called.policyVersion)).classes.find((entry) => entry.code === called.ticket.class);
  const name = known ? (locale === "en" ? known.nameEn : known.name) : called.ticket.class;
  return explain(locale, { rank_rule: called.rule, policy_version: called.policyVersion, number: called.ticket.number }, known?.creditMinutes ?? 0, name, called, "clerk");
}

/** `why` of the ticket that a window called last, from the ledger. */
export async function whyCalled(db: Database | Tx, row: TicketRow, locale: Locale, reader: "visitor" | "clerk" = "clerk"): Promise<Why> {
  const event = await db.selectFrom("events").select("data").where("hall_id", "=", row.hall_id).where("subject", "=", `ticket:${row.id}`)
    .where("type", "=", "ticket.called").orderBy("seq", "desc").limit(1).executeTakeFirst();
  const policy = await currentPolicy(db, row.hall_id);
  const known = policy.classes.find((entry) => entry.code === row.class);
  const data = (event?.data ?? {}) as CallFacts;
  const name = known ? (locale === "en" ? known.nameEn : known.name) : row.class;
  const why = explain(locale, row, reader === "visitor" && row.rank_rule === "arrival" ? overtakingBoundMinutes(policy) : (known?.creditMinutes ?? 0), name, data, reader);
  return data.reason ? { ...why, rule: "by_number", text: translator(locale, "ticket")("why.by_number", { reason: data.reason }) } : why;
}

/** What the holder of a link sees. */
export async function ticketPage(db: Database, token: string, locale: Locale): Promise<TicketPage> {
  const row = await rowByToken(db, token);
  const { rows } = await sql<{ code: string; name: string; name_en: string; today: string; seq: number }>`
    select h.code, h.name, h.name_en, (app_now() at time zone h.time_zone)::date as today, l.seq
      from halls h join ledger_heads l on l.hall_id = h.id where h.id = ${row.hall_id}`.execute(db);
  const hall = rows[0]!;
  const waiting = row.state === "waiting";
  const ahead = waiting ? await aheadOf(db, row) : undefined;
  const [estimate] = waiting ? await estimatesNow(db, row.hall_id, row.day, [{ lineId: row.line_id, itemId: row.item_id, ahead: ahead! }], hall.seq) : [];
  const policy = await currentPolicy(db, row.hall_id);
  const known = policy.classes.find((entry) => entry.code === row.class);
  const className = known ? (locale === "en" ? known.nameEn : known.name) : row.class;
  const today = row.day === hall.today;
  const why = row.state === "called" || row.state === "serving"
    ? await whyCalled(db, row, locale, "visitor")
    : explain(locale, row, row.rank_rule === "arrival" ? overtakingBoundMinutes(policy) : (known?.creditMinutes ?? 0), className);
  return {
    ...toTicket(row, { ahead, estimate }), ...(waiting ? { aheadWhy: aheadText(locale, await aheadReasons(db, row), overtakingBoundMinutes(policy)) } : {}), hall: hall.code, hallName: hall.name, hallNameEn: hall.name_en, seq: hall.seq, why,
    moves: await movesOf(db, row, locale),
    canCancel: today && ["waiting", "called", "held", "missed"].includes(row.state),
    canReturn: today && ["missed", "cancelled"].includes(row.state),
  };
}

/** The ticket's own history in plain words, newest first; nothing about other people. */
async function movesOf(db: Database, row: TicketRow, locale: Locale): Promise<TicketPage["moves"]> {
  const events = await db.selectFrom("events").select(["at", "type", "data"]).where("hall_id", "=", row.hall_id).where("subject", "=", `ticket:${row.id}`).orderBy("seq", "desc").limit(20).execute();
  const t = translator(locale, "ticket");
  return events.map((event) => {
    const shown = ((event.data as Record<string, unknown>).public ?? {}) as { window?: string; line?: string };
    return { at: event.at, type: event.type, text: t(`events.${event.type.replace(".", "_")}`, { window: shown.window ?? "", line: shown.line ?? "" }) };
  });
}

export interface TicketSearch {
  q?: string;
  state?: string;
  line?: string;
  cursor?: string;
  limit: number;
}

/** Today's tickets of a hall by number or line, in the order of issue, newest first; for guide desks and supervisors. */
export async function findTickets(db: Database, hallId: number, search: TicketSearch): Promise<{ items: (Ticket & { token: string })[]; nextCursor?: string }> {
  let query = ticketRows(db, hallId).where("t.day", "=", sql<string>`(select (app_now() at time zone time_zone)::date from halls where id = ${hallId})`);
  if (search.q) query = query.where("t.number", "like", `${search.q.toUpperCase().replace(/[%_\\]/g, "")}%`);
  if (search.state) query = query.where("t.state", "=", search.state);
  if (search.line) query = query.where("l.code", "=", search.line);
  if (search.cursor && /^\d+$/.test(search.cursor)) query = query.where("t.id", "<", Number(search.cursor));
  const rows = await query.orderBy("t.id", "desc").limit(search.limit + 1).execute();
  const page = rows.slice(0, search.limit);
  const items = await Promise.all(page.map(async (row) => ({ ...toTicket(row, row.state === "waiting" ? { ahead: await aheadOf(db, row) } : {}), token: row.token })));
  return rows.length > search.limit ? { items, nextCursor: String(page.at(-1)!.id) } : { items };
}
