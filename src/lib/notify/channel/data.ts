/** Channels of a hall with their secrets open: for sending and for checking delivery reports only. */
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { unseal } from "@/lib/kernel/sealed";
import type { ChannelKind } from "../model";
import type { Channel } from "./model";

/** Channels in use, preferred first. */
export async function channelsOf(db: Database | Tx, hallId: number): Promise<Channel[]> {
  const rows = await db.selectFrom("message_channels").selectAll().where("hall_id", "=", hallId).where("active", "=", true).orderBy("sort").orderBy("code").execute();
  return rows.map((row) => ({ code: row.code, kind: row.kind as ChannelKind, address: row.address, account: row.account, sender: row.sender, secret: row.secret ? unseal(env().SECRET, row.secret) : "", costCents: row.cost_cents, ratePerMinute: row.rate_per_minute }));
}

/** The public key that a browser needs to subscribe; undefined when the hall does not push or no key was made yet. */
export async function pushKeyOf(db: Database, hallId: number): Promise<string | undefined> {
  const active = await db.selectFrom("message_channels").select("id").where("hall_id", "=", hallId).where("kind", "=", "push").where("active", "=", true).executeTakeFirst();
  return active && (await db.selectFrom("installation_keys").select("shown").where("name", "=", "vapid").executeTakeFirst())?.shown;
}
