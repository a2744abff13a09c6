import { sql } from "kysely";
import { env } from "@/lib/env/env";
import type { Locale } from "@/lib/i18n/locale";
import { MESSAGES } from "@/lib/i18n/messages";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { seal } from "@/lib/kernel/sealed";
import type { HallContext, Saved } from "@/lib/ledger/commands";
import type { Content } from "../address";
import { link, stopText } from "../commands";
import { defaultText, textFor } from "../data";
import { kindOf, type MessageKind, render, type TemplateFault, templateFault } from "../model";
import type { QuietHoursInput, TemplateInput } from "./schema";

/**
 * Publishes a hall's own text of a kind as its next version; saving the default texts gives the default back. A text
 * with an unknown placeholder, or without one that the kind must have (GD-6.1.2), is refused with the placeholder's name.
 */
export async function publishTemplate(ctx: HallContext, input: TemplateInput, version?: number): Promise<Result<Saved, TemplateFault["code"] | "edited_elsewhere">> {
  for (const field of ["text", "textEn"] as const) {
    const fault = templateFault(input.code, input[field]);
    if (fault) return refuse(fault.code, { name: fault.name }, field);
  }
  // A title is shown alone on a locked screen: nothing of the booking in it.
  for (const field of ["title", "titleEn"] as const) if (/[{}]/.test(input[field])) return refuse("placeholder_unknown", { name: input[field].slice(0, 20) }, field);
  const { latest } = await ctx.tx.selectFrom("message_templates").select(({ fn }) => fn.coalesce(fn.max("version"), sql<number>`0`).as("latest")).where("hall_id", "=", ctx.hall.id).where("kind", "=", input.code).executeTakeFirstOrThrow();
  if (version !== undefined && version !== latest) return refuse("edited_elsewhere", { code: input.code });
  const [zh, en] = [defaultText(input.code, "zh"), defaultText(input.code, "en")];
  const restored = input.title === zh.title && input.text === zh.text && input.titleEn === en.title && input.textEn === en.text && !input.template && !input.templateEn;
  await ctx.tx.insertInto("message_templates").values({
    hall_id: ctx.hall.id, kind: input.code, version: latest + 1, title: input.title, text: input.text, template: input.template, title_en: input.titleEn, text_en: input.textEn, template_en: input.templateEn, restored, published_at: ctx.now, published_by: ctx.actor,
  }).execute();
  await ctx.append("message_template.published", `message_template:${input.code}`, { kind: input.code, version: latest + 1 });
  return ok({ id: latest + 1, created: latest === 0 });
}

/** Sends the text of a kind with sample values to the log, where it can be looked at. Answers the message's id. */
export async function sendTest(ctx: HallContext, kind: MessageKind, locale: Locale): Promise<Result<{ id: number }>> {
  const text = await textFor(ctx.tx, ctx.hall.id, kind, locale);
  const values = { ...MESSAGES[locale].outbox.samples, hall: text.hall, link: link("/"), stop: stopText(locale, link("/m/test")) };
  const content: Content = { title: render(text.title, values), text: render(text.text, values), values, template: text.template };
  const { id } = await ctx.tx.insertInto("messages").values({
    hall_id: ctx.hall.id, kind, subject: `template:${kind}`, dedupe: `test/${kind}/${locale}/${ctx.now}`, locale, masked: "", urgent: true, test: true, template_version: text.version,
    contact: seal(env().SECRET, "{}"), content: seal(env().SECRET, JSON.stringify(content)), created_at: ctx.now, next_at: ctx.now, expires_at: sql<string>`${ctx.now}::timestamptz + make_interval(mins => ${kindOf(kind).lifeMinutes}::int)`,
  }).returning("id").executeTakeFirstOrThrow();
  await ctx.append("message_template.tested", `message_template:${kind}`, { kind, locale });
  return ok({ id });
}

/** Hours in which nothing goes out that can wait; equal times: none. They hold for what is waiting already, too. */
export async function saveQuietHours(ctx: HallContext, input: QuietHoursInput, version = -1): Promise<Result<true, "edited_elsewhere">> {
  const row = await ctx.tx.updateTable("message_settings").set({ quiet_from: input.quietFrom, quiet_until: input.quietUntil, version: version + 1 })
    .where("hall_id", "=", ctx.hall.id).where("version", "=", version).returning("version").executeTakeFirst();
  if (!row) return refuse("edited_elsewhere", { code: input.code });
  await ctx.append("message_settings.changed", `hall:${ctx.hall.id}`, { quietFrom: input.quietFrom, quietUntil: input.quietUntil });
  return ok(true);
}
