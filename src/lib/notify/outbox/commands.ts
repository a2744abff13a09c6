import { sql } from "kysely";
import { type Database, database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { log } from "@/lib/env/log";
import { randomToken } from "@/lib/kernel/ids";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { unseal } from "@/lib/kernel/sealed";
import { shared } from "@/lib/kernel/shared";
import type { HallContext } from "@/lib/ledger/commands";
import { type Address, addressesOf, type Content } from "../address";
import { ADAPTERS } from "../channel/adapters";
import { pushKeys, takeRate } from "../channel/commands";
import { channelsOf } from "../channel/data";
import { post, signedBy } from "../channel/http";
import type { Channel, Outgoing, Tools } from "../channel/model";
import type { Receipt } from "../channel/schema";
import { after, type Group, kindOf, type MessageState, MOST_ATTEMPTS, pauseAfter, statesFor, STOPPABLE } from "../model";
import type { Contact } from "../schema";
import { type Claimed, claimDue, settle, type Settled } from "./sql";

/** This process as it signs its leases. */
const workerName = () => shared("message-worker", () => `${process.pid}-${randomToken(6)}`);

const BATCH = 40;
const AT_ONCE = 8;

export interface SendOptions {
  worker?: string;
  tools?: Partial<Tools>;
  random?: () => number;
}

/**
 * Sends what is due, some messages at once, outside of any transaction; answers how many were taken. May run in several
 * processes at the same time: a message belongs to one worker until its lease ends.
 */
export async function sendDue(db: Database = database(), { worker = workerName(), tools, random = Math.random }: SendOptions = {}): Promise<number> {
  const claimed = await claimDue(db, worker, BATCH);
  const kit: Tools = { post, pushKeys: () => pushKeys(db), ...tools };
  const channels = new Map<number, Promise<Channel[]>>();
  const waiting = [...claimed];
  const turn = async () => {
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      if (!channels.has(message.hallId)) channels.set(message.hallId, channelsOf(db, message.hallId));
      const settled = await attempt(db, message, await channels.get(message.hallId)!, kit, random);
      if (!(await settle(db, message, worker, settled))) log().warn({ message: `${message.hallId}/${message.id}`, step: settled.step }, "a message was taken over by another worker");
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
  return claimed.length;
}

/** Rounds without a pause while there is much to send; then other jobs of the same rhythm have their turn. */
const ROUNDS = 20;

/** Sends until nothing more is due. */
export async function sendAllDue(db: Database = database()): Promise<void> {
  for (let round = 0; round < ROUNDS && (await sendDue(db)) === BATCH; round++);
}

interface Way {
  channel: Channel;
  to?: Address;
}

/** A test goes to the log, whatever channels the hall has. */
const LOG: Channel = { code: "log", kind: "log", address: "", account: "", sender: "", secret: "", costCents: 0, ratePerMinute: 1000 };

/** One attempt by the first channel that can carry the message. */
async function attempt(db: Database, message: Claimed, channels: readonly Channel[], tools: Tools, random: () => number): Promise<Settled> {
  if (message.life <= 0) return { step: "drop", error: "expired" };
  const { contact, content } = opened(message);
  const addresses = addressesOf(contact);
  const free = await withoutStopped(db, message, addresses);
  if (free.length === 0 && addresses.length > 0) return { step: "drop", error: "opted_out" };
  const ways = message.test ? [{ channel: LOG }] : waysOf(message, channels, free);
  const way: Way | undefined = ways[0];
  if (!way) return message.refusedBy.length > 0 ? { step: "give_up", error: "no_channel_left" } : { step: "drop", error: "no_channel" };
  const { channel, to } = way;
  // A process that dies with a message every time must not do so for ever.
  if (message.attempts > MOST_ATTEMPTS * 2) return { step: "give_up", channel: channel.code, error: "too_many_attempts" };
  if (!(await takeRate(db, message.hallId, channel))) return { step: "put_off", error: "rate", pause: 5 + Math.round(random() * 20), untried: true };
  const outgoing: Outgoing = { id: `${message.hallId}/${message.id}`, kind: message.kind, locale: message.locale, urgent: message.urgent, content, now: message.now, lifeSeconds: Math.ceil(message.life), ...(to ? { to } : {}) };
  const sent = await ADAPTERS[channel.kind](channel, outgoing, tools);
  if (sent.ok) return { step: "accept", channel: channel.code, providerId: sent.providerId, cost: sent.cost ?? 0 };
  if (sent.retry && message.attempts < MOST_ATTEMPTS) return { step: "put_off", channel: channel.code, error: sent.error, pause: pauseAfter(message.attempts, random()) };
  // This channel will not take it; the next one tries at once.
  return { step: ways.length > 1 ? "put_off" : "give_up", channel: channel.code, error: sent.error, refused: true };
}

const opened = ({ contact, content }: { contact: string; content: string }): { contact: Contact; content: Content } => ({ contact: JSON.parse(unseal(env().SECRET, contact)) as Contact, content: JSON.parse(unseal(env().SECRET, content)) as Content });

/** Channels in their order with an address for each. The log stands in only where no channel at all can reach the person. */
function waysOf(message: Pick<Claimed, "kind" | "refusedBy">, channels: readonly Channel[], addresses: readonly Address[]): Way[] {
  const { only } = kindOf(message.kind);
  const allowed = channels.filter(({ kind }) => !only || only.includes(kind));
  const real = allowed.flatMap((channel): Way[] => addresses.filter(({ kind }) => kind === channel.kind).slice(0, 1).map((to) => ({ channel, to })));
  if (real.length > 0) return real.filter(({ channel }) => !message.refusedBy.includes(channel.code));
  return allowed.filter(({ kind }) => kind === "log").slice(0, 1).map((channel) => ({ channel }));
}

/** Addresses whose owners have not stopped messages of this group. */
async function withoutStopped(db: Database, { hallId, kind }: Claimed, addresses: readonly Address[]): Promise<Address[]> {
  if (addresses.length === 0) return [];
  const stopped = await db.selectFrom("message_recipients").select("hash").where("hall_id", "=", hallId).where("hash", "in", addresses.map(({ hash }) => hash)).where(sql<boolean>`${kindOf(kind).group} = any(stopped)`).execute();
  return addresses.filter(({ hash }) => !stopped.some((row) => row.hash === hash));
}

/** The owner of an address stops groups of messages, or starts them again; by the link that stands in each message. */
export async function stopMessages(ctx: HallContext, token: string, groups: readonly Group[]): Promise<Result<{ stopped: Group[] }, "not_found">> {
  const stopped = STOPPABLE.filter((group) => groups.includes(group));
  const row = await ctx.tx.updateTable("message_recipients").set({ stopped, changed_at: ctx.now }).where("hall_id", "=", ctx.hall.id).where("token", "=", token).returning("hash").executeTakeFirst();
  if (!row) return refuse("not_found");
  await ctx.append("messages.stopped", `recipient:${row.hash.slice(0, 12)}`, { stopped });
  return ok({ stopped });
}

/** An administrator sends a message once more, from the beginning. */
export async function sendAgain(ctx: HallContext, id: number): Promise<Result<true, "not_found" | "message_not_repeatable">> {
  const own = ctx.tx.selectFrom("messages").select(["state", "contact", "content", "kind"]).where("hall_id", "=", ctx.hall.id).where("id", "=", id);
  const row = await own.forUpdate().executeTakeFirst();
  if (!row) return refuse("not_found");
  // What is emptied after its time cannot be sent any more.
  const next = after(row.state as MessageState, "again");
  if (!next || row.contact === "") return refuse("message_not_repeatable");
  await ctx.tx.updateTable("messages").set({
    state: next, attempts: 0, refused_by: [], error: null, worker: null, provider_id: null, next_at: ctx.now,
    expires_at: sql<string>`greatest(expires_at, ${ctx.now}::timestamptz + make_interval(mins => ${kindOf(row.kind as Claimed["kind"]).lifeMinutes}::int))`,
  }).where("hall_id", "=", ctx.hall.id).where("id", "=", id).execute();
  await ctx.append("message.repeated", `message:${id}`, { kind: row.kind });
  return ok(true);
}

/** Delivery reports of a channel; those that came already or fit no message change nothing. Answers how many did. */
export async function noteReceipts(db: Database | Tx, hallId: number, channel: string, receipts: readonly Receipt[]): Promise<number> {
  let changed = 0;
  for (const { id, state, error } of receipts) {
    const step = state === "delivered" ? "deliver" : "bounce";
    const row = await db.updateTable("messages").set({ state: state === "delivered" ? "delivered" : "failed", error: state === "delivered" ? null : (error ?? "undeliverable"), ...(state === "delivered" ? { delivered_at: sql<string>`app_now()` } : {}) })
      .where("hall_id", "=", hallId).where("channel", "=", channel).where("provider_id", "=", id).where("state", "in", statesFor(step)).returning("id").executeTakeFirst();
    if (row) changed++;
  }
  return changed;
}

export interface Signed {
  channel: string;
  timestamp?: string | undefined;
  nonce?: string | undefined;
  signature?: string | undefined;
}

/** As `noteReceipts`, for a request from outside: undefined when it is not signed with the channel's secret, or not lately. */
export async function noteSignedReceipts(db: Database, hallId: number, signed: Signed, body: string, receipts: readonly Receipt[]): Promise<number | undefined> {
  const channel = (await channelsOf(db, hallId)).find(({ code }) => code === signed.channel);
  const { rows } = await sql<{ now: string }>`select app_now() as now`.execute(db);
  return channel && signedBy(channel.secret, rows[0]!.now, signed, body) ? noteReceipts(db, hallId, channel.code, receipts) : undefined;
}

/** Forgets addresses and texts when their time is over: contacts after 60 days, messages after 90; counters of rates after an hour. */
export async function forgetMessages(db: Database = database()): Promise<void> {
  await sql`delete from message_contacts where changed_at < app_now() - interval '60 days'`.execute(db);
  await sql`update messages set contact = '', content = '' where contact <> '' and created_at < app_now() - interval '90 days' and state not in ('queued', 'sending')`.execute(db);
  await sql`delete from message_rates where minute < app_now() - interval '1 hour'`.execute(db);
}
