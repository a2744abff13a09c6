import { sql } from "kysely";
import webpush from "web-push";
import type { Database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { seal, unseal } from "@/lib/kernel/sealed";
import { refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, recordOf, type Saved, saveRecord, type SaveRefusal } from "@/lib/ledger/commands";
import type { ChannelInput } from "./schema";

/** Saves a channel. Its secret is sealed and stays out of the ledger, which tells only when one was given. */
export async function saveChannel(ctx: HallContext, input: ChannelInput, version?: number): Promise<Result<Saved, SaveRefusal | "channel_secret">> {
  const known = await recordOf(ctx, "message_channels", input.code);
  // An unsigned request could be anybody's.
  if ((input.kind === "sms" || input.kind === "gateway") && !input.secret && !known?.secret) return refuse("channel_secret", {}, "secret");
  // A mail server is told the password itself: whoever leads it elsewhere must know it.
  if (input.kind === "email" && known?.secret && !input.secret && (known.address !== input.address || known.account !== input.account)) return refuse("channel_secret", {}, "secret");
  if (input.kind === "push" && input.active !== false) await pushKeys(ctx.tx);
  const values = {
    name: input.name, name_en: input.nameEn, kind: input.kind, address: input.address, account: input.account, sender: input.sender, cost_cents: input.costCents, rate_per_minute: input.ratePerMinute, sort: input.sort,
    ...(input.active === undefined ? {} : { active: input.active }), ...(input.secret ? { secret_at: ctx.now } : {}),
  };
  return saveRecord(ctx, "message_channels", "message_channel", input.code, values, version, async () => (input.secret ? { secret: seal(env().SECRET, input.secret) } : {}));
}

/** Keys for web push: made once per installation, whoever asks first. */
export async function pushKeys(db: Pick<Database, "insertInto" | "selectFrom">): Promise<{ publicKey: string; privateKey: string }> {
  const read = () => db.selectFrom("installation_keys").select(["sealed", "shown"]).where("name", "=", "vapid").executeTakeFirst();
  let row = await read();
  if (!row) {
    const made = webpush.generateVAPIDKeys();
    await db.insertInto("installation_keys").values({ name: "vapid", sealed: seal(env().SECRET, made.privateKey), shown: made.publicKey }).onConflict((conflict) => conflict.doNothing()).execute();
    row = (await read())!;
  }
  return { publicKey: row.shown, privateKey: unseal(env().SECRET, row.sealed) };
}

/** Takes one place of a channel's rate in this minute; false when the minute is full. Atomic over all processes. */
export async function takeRate(db: Database, hallId: number, channel: { code: string; ratePerMinute: number }): Promise<boolean> {
  const { rows } = await sql<{ sent: number }>`
    insert into message_rates as r (hall_id, channel, minute, sent) values (${hallId}, ${channel.code}, date_trunc('minute', app_now()), 1)
    on conflict (hall_id, channel, minute) do update set sent = r.sent + 1 where r.sent < ${channel.ratePerMinute} returning sent`.execute(db);
  return rows.length > 0;
}
