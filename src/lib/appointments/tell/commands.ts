/** What a booking tells its visitor; the outbox sends it after commit. */
import { sql } from "kysely";
import { env } from "@/lib/env/env";
import { translator } from "@/lib/i18n/messages";
import { unseal } from "@/lib/kernel/sealed";
import type { HallContext } from "@/lib/ledger/commands";
import { enqueueMessage, link, setContact } from "@/lib/notify/commands";
import type { BookInput } from "../schema";
import { type AppointmentRow, itemsOf, type SealedPerson } from "../book/rows";

/** A text in both languages. */
type Both = Readonly<Record<"zh" | "en", string>>;
const both = (text: (locale: "zh" | "en") => string): Both => ({ zh: text("zh"), en: text("en") });

// A type and no interface: it is handed on as a record of texts.
type Facts = { name: string; number: string; item: Both; time: Both; place: Both; link: string; action: Both };

/** What the caller knows already: not asked for again while the hall is locked. */
interface Known {
  items?: readonly { name: string; nameEn: string }[];
  hall?: { name: string; name_en: string; address: string; address_en: string; time_zone: string } | undefined;
}

/** The contents of GD-6.1.2: who, when, where, number, what for, and how to take the number at the hall. */
async function factsOf(ctx: HallContext, row: AppointmentRow, known: Known = {}): Promise<Facts> {
  const hall = known.hall ?? (await sql<NonNullable<Known["hall"]>>`select name, name_en, address, address_en, time_zone from halls where id = ${ctx.hall.id}`.execute(ctx.tx)).rows[0];
  const items = known.items ?? (await itemsOf(ctx.tx, row));
  return {
    name: row.name_mask, number: row.number, link: link(`/a/${row.token}`),
    item: both((locale) => items.map((item) => (locale === "en" ? item.nameEn : item.name)).join(locale === "en" ? ", " : "、")),
    time: both((locale) => timeText(row.starts, row.ends, hall!.time_zone, locale)),
    place: both((locale) => (locale === "en" ? [hall!.name_en, row.zone_en, hall!.address_en] : [hall!.name, row.zone, hall!.address]).filter(Boolean).join(locale === "en" ? ", " : " ")),
    action: both((locale) => translator(locale, "appointments")("message.action")),
  };
}

/** 11月23日 周一 09:00–09:30 */
export function timeText(starts: string, ends: string, timeZone: string, locale: "zh" | "en"): string {
  const tag = locale === "en" ? "en-GB" : "zh-CN";
  const day = new Intl.DateTimeFormat(tag, { timeZone, month: "long", day: "numeric", weekday: "short" }).format(new Date(starts));
  const clock = new Intl.DateTimeFormat(tag, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${day} ${clock.format(new Date(starts))}–${clock.format(new Date(ends))}`;
}

const subjectOf = (row: Pick<AppointmentRow, "id">) => `appointment:${row.id}`;
/** A change that touches today goes out in quiet hours as well. */
const urgentOn = (ctx: HallContext, row: Pick<AppointmentRow, "day">) => row.day === ctx.today;

/** Notes the contact and writes the confirmation; whoever books for somebody gets it too by their own phone. */
export async function tellBooked(ctx: HallContext, row: AppointmentRow, known: Known, input: Pick<BookInput, "person" | "booker" | "locale">): Promise<void> {
  const contact = { phone: input.booker?.phone ?? input.person.phone, locale: input.locale };
  await setContact(ctx, subjectOf(row), contact);
  await enqueueMessage(ctx, { kind: "booking_confirmed", subject: subjectOf(row), contact, data: await factsOf(ctx, row, known), urgent: true });
}

export async function tellMoved(ctx: HallContext, row: AppointmentRow): Promise<void> {
  await enqueueMessage(ctx, { kind: "booking_changed", subject: subjectOf(row), data: await factsOf(ctx, row), urgent: urgentOn(ctx, row) });
}

/** The hall proposes another time; the message carries the link at which it is accepted or another one is chosen. */
export async function tellProposal(ctx: HallContext, row: AppointmentRow, proposal: { starts: string; ends: string; reason: string }): Promise<void> {
  const { rows: [hall] } = await sql<{ time_zone: string }>`select time_zone from halls where id = ${ctx.hall.id}`.execute(ctx.tx);
  const { action: _, ...facts } = await factsOf(ctx, row);
  await enqueueMessage(ctx, { kind: "booking_moved", subject: subjectOf(row), urgent: urgentOn(ctx, row), data: { ...facts, reason: proposal.reason, newTime: both((locale) => timeText(proposal.starts, proposal.ends, hall!.time_zone, locale)) } });
}

export async function tellCancelled(ctx: HallContext, row: AppointmentRow, reason: string | undefined): Promise<void> {
  const { action: _a, place: _p, ...facts } = await factsOf(ctx, row);
  await enqueueMessage(ctx, { kind: "booking_cancelled", subject: subjectOf(row), urgent: urgentOn(ctx, row), data: { ...facts, reason: reason ?? both((locale) => translator(locale, "appointments")("message.byVisitor")) } });
}

export async function tellReminder(ctx: HallContext, row: AppointmentRow): Promise<void> {
  await enqueueMessage(ctx, { kind: "booking_reminder", subject: subjectOf(row), dedupe: `booking_reminder/${row.id}/${row.starts}`, data: await factsOf(ctx, row), expiresAt: row.starts });
}

/** Not here at the booked time: the day is not over, an ordinary number is waiting (JY-7.2.2c). */
export async function tellMissed(ctx: HallContext, row: AppointmentRow): Promise<void> {
  const { name, number, time, item, link: address } = await factsOf(ctx, row);
  await enqueueMessage(ctx, { kind: "booking_missed", subject: subjectOf(row), urgent: true, dedupe: `booking_missed/${row.id}`, data: { name, number, time, item, link: address } });
}

/** One more no-show and on-line booking rests. */
export async function tellWarning(ctx: HallContext, row: AppointmentRow, count: number, rules: { missed: number; days: number }): Promise<void> {
  await enqueueMessage(ctx, { kind: "booking_warning", subject: subjectOf(row), dedupe: `booking_warning/${row.id}`, data: { name: row.name_mask, count, limit: rules.missed, days: rules.days, link: link(`/a/${row.token}`) } });
}

export async function tellPaused(ctx: HallContext, row: AppointmentRow, count: number, until: string): Promise<void> {
  await enqueueMessage(ctx, { kind: "booking_paused", subject: subjectOf(row), dedupe: `booking_paused/${row.id}`, data: { name: row.name_mask, count, until: until.slice(0, 10), link: link(`/a/${row.token}`) } });
}

/** What was sealed with the booking, for a use that needs it in clear. */
export const personOf = (row: Pick<AppointmentRow, "person">): SealedPerson | undefined => (row.person ? (JSON.parse(unseal(env().SECRET, row.person)) as SealedPerson) : undefined);
