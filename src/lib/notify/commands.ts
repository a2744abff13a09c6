import { sql } from "kysely";
import { env } from "@/lib/env/env";
import type { Locale } from "@/lib/i18n/locale";
import { MESSAGES } from "@/lib/i18n/messages";
import { randomToken } from "@/lib/kernel/ids";
import { maskName } from "@/lib/kernel/mask";
import { seal, unseal } from "@/lib/kernel/sealed";
import type { HallContext } from "@/lib/ledger/commands";
import { addressesOf, type Content, firstAddress } from "./address";
import { textFor } from "./data";
import { kindOf, type MessageKind, render, type Text, textIn } from "./model";
import type { Contact, MessageInput } from "./schema";

/** What writing a message needs: a transaction in a hall. The hall's lock is not taken for it. */
export type MessageContext = Pick<HallContext, "tx" | "hall" | "now">;

/**
 * Puts a message into the outbox, in the transaction of the change that it tells of; it is sent after commit by
 * `sendDue`. Answers the id, or undefined when the subject has no contact or the message is there already.
 */
export async function enqueueMessage<K extends MessageKind>(ctx: MessageContext, input: MessageInput<K>): Promise<number | undefined> {
  const contact = input.contact ?? (await contactOf(ctx, input.subject));
  const address = contact && firstAddress(contact);
  if (!contact || !address) return undefined;
  const locale = contact.locale ?? "zh";
  const text = await textFor(ctx.tx, ctx.hall.id, input.kind, locale);
  const { urgent, lifeMinutes } = kindOf(input.kind);
  const values = { ...valuesOf(input.data, locale), hall: text.hall, stop: stopText(locale, link(`/m/${await recipientToken(ctx, address)}`)) };
  const content: Content = { title: render(text.title, values), text: render(text.text, values), values, template: text.template };
  const row = await ctx.tx.insertInto("messages").values({
    hall_id: ctx.hall.id, kind: input.kind, subject: input.subject, locale, masked: address.masked, urgent: input.urgent ?? urgent, template_version: text.version,
    dedupe: input.dedupe ?? `${input.kind}/${input.subject}/${ctx.now}`, contact: seal(env().SECRET, JSON.stringify(contact)), content: seal(env().SECRET, JSON.stringify(content)),
    created_at: ctx.now, next_at: sql<string>`greatest(${ctx.now}::timestamptz, ${input.notBefore ?? null}::timestamptz)`,
    expires_at: sql<string>`coalesce(${input.expiresAt ?? null}::timestamptz, greatest(${ctx.now}::timestamptz, ${input.notBefore ?? null}::timestamptz) + make_interval(mins => ${lifeMinutes}::int))`,
  }).onConflict((conflict) => conflict.columns(["hall_id", "dedupe"]).doNothing()).returning("id").executeTakeFirst();
  return row?.id;
}

/** Values as the text shows them; of a name only what may be shown. */
const valuesOf = (data: Readonly<Record<string, Text>>, locale: Locale): Record<string, string> =>
  Object.fromEntries(Object.entries(data).map(([name, text]) => [name, name === "name" ? maskName(textIn(locale, text)) : textIn(locale, text)]));

/** An address of this installation as a visitor can open it. */
export const link = (path: string): string => `${env().PUBLIC_URL?.replace(/\/$/, "") ?? `http://localhost:${env().PORT}`}${path}`;

/** How a message says where it can be stopped. */
export const stopText = (locale: Locale, address: string): string => render(MESSAGES[locale].outbox.stop, { link: address });

/** The unguessable link by which the owner of an address stops messages; made once per address and hall. */
async function recipientToken({ tx, hall }: MessageContext, { hash, masked }: { hash: string; masked: string }): Promise<string> {
  const row = await tx.insertInto("message_recipients").values({ hall_id: hall.id, hash, masked, token: `${hall.id}-${randomToken()}` })
    .onConflict((conflict) => conflict.columns(["hall_id", "hash"]).doUpdateSet({ masked })).returning("token").executeTakeFirstOrThrow();
  return row.token;
}

/** Takes back what was not sent yet of a kind about a subject: what it tells is not true any more. */
export async function dropQueued({ tx, hall }: MessageContext, kind: MessageKind, subject: string): Promise<void> {
  await tx.updateTable("messages").set({ state: "dropped", error: "withdrawn" }).where("hall_id", "=", hall.id).where("kind", "=", kind).where("subject", "=", subject).where("state", "=", "queued").execute();
}

/** Notes how the holder of a subject can be reached; replaces what was known. */
export async function setContact({ tx, hall }: MessageContext, subject: string, contact: Contact): Promise<void> {
  if (addressesOf(contact).length === 0) return;
  const sealed = seal(env().SECRET, JSON.stringify(contact));
  await tx.insertInto("message_contacts").values({ hall_id: hall.id, subject, contact: sealed, changed_at: sql<string>`app_now()` })
    .onConflict((conflict) => conflict.columns(["hall_id", "subject"]).doUpdateSet({ contact: sealed, changed_at: sql<string>`app_now()` })).execute();
}

/** Adds addresses to what is known of a subject, e.g. a browser that may be sent messages. */
export async function addContact(ctx: MessageContext, subject: string, contact: Contact): Promise<void> {
  const { push, ...more } = contact;
  await setContact(ctx, subject, { ...(await contactOf(ctx, subject)), ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)), ...(push ? { push } : {}) });
}

/** Gives a subject the contact of another: the ticket of a booking. */
export async function copyContact(ctx: MessageContext, from: string, to: string): Promise<void> {
  const contact = await contactOf(ctx, from);
  if (contact) await addContact(ctx, to, contact);
}

/** The contact of a subject, if there is one. */
export async function contactOf({ tx, hall }: MessageContext, subject: string): Promise<Contact | undefined> {
  const row = await tx.selectFrom("message_contacts").select("contact").where("hall_id", "=", hall.id).where("subject", "=", subject).executeTakeFirst();
  return row && (JSON.parse(unseal(env().SECRET, row.contact)) as Contact);
}
