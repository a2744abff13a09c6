/** Messages, channels and texts as the administration lists them. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { unseal } from "@/lib/kernel/sealed";
import type { Content } from "./address";
import { defaultText } from "./data";
import { type ChannelKind, MESSAGE_KINDS, type MessageKind, type MessageState } from "./model";

export interface MessageRow {
  code: string; kind: MessageKind; subject: string; channel: string | null; locale: string; masked: string; state: MessageState; attempts: number; error: string | null;
  /** In yuan. */
  cost: number;
  createdAt: string; nextAt: string | null; sentAt: string | null; deliveredAt: string | null; test: boolean; version: number;
}

/** Messages of a hall, newest first; who they went to is masked. */
export const listMessages = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<MessageRow>> =>
  readList<MessageRow & { place: number }>(db, sql`
    select m.id::text as code, -m.id as place, m.kind, m.subject, m.channel, m.locale, m.masked, m.state, m.attempts, m.error, (m.cost_cents / 100)::float8 as cost,
           m.created_at as "createdAt", case when m.state <> 'queued' then null when m.urgent then m.next_at else message_due(m.hall_id, greatest(m.next_at, app_now())) end as "nextAt",
           m.sent_at as "sentAt", m.delivered_at as "deliveredAt", m.test, 1 as version
      from messages m where m.hall_id = ${hallId}`,
  { search: ["code", "subject", "masked", "error"], order: ["place"] }, query);

export interface MessageDetail {
  title: string;
  text: string;
  attempts: { n: number; at: string; channel: string; outcome: MessageState; error: string | null; providerId: string | null }[];
}

const LINK = /https?:\/\/\S+/g;

/**
 * Attempts and text of a message; undefined text when its time is over. A text that really went to somebody is shown
 * without its links, which let their reader act for the person, and a code not at all; in the log all of it is shown to
 * whoever may write here (`whole`).
 */
export async function messageDetail(db: Database, hallId: number, id: number, whole: boolean): Promise<MessageDetail | undefined> {
  const row = await db.selectFrom("messages").select(["kind", "channel", "content"]).where("hall_id", "=", hallId).where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const attempts = await db.selectFrom("message_attempts").select(["n", "at", "channel", "outcome", "error", "provider_id as providerId"]).where("hall_id", "=", hallId).where("message_id", "=", id).orderBy("n").execute() as MessageDetail["attempts"];
  if (row.content === "") return { title: "", text: "", attempts };
  const { title, text, values } = JSON.parse(unseal(env().SECRET, row.content)) as Content;
  const shown = whole && row.channel === "log" ? text : text.replace(LINK, "…").replace(values.code ?? "\u0000", "••••••");
  return { title, text: shown, attempts };
}

export interface ChannelRow {
  code: string; name: string; nameEn: string; kind: ChannelKind; address: string; account: string; sender: string; secretAt: string | null; costCents: number; ratePerMinute: number; sort: number; active: boolean; version: number;
}

/** Channels of a hall; of a secret only when it was given. */
export const listChannels = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<ChannelRow>> =>
  readList<ChannelRow>(db, sql`
    select code, name, name_en as "nameEn", kind, address, account, sender, secret_at as "secretAt", cost_cents::float8 as "costCents", rate_per_minute as "ratePerMinute", sort, active, version
      from message_channels where hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn", "address"], order: ["sort", "code"], names: ["name"] }, query);

export interface TemplateRow {
  code: MessageKind; name: string; nameEn: string; title: string; text: string; template: string; titleEn: string; textEn: string; templateEn: string; own: boolean; publishedAt: string | null; version: number;
}

/** The texts in force, one row per kind. */
export async function listTemplates(db: Database | Tx, hallId: number, query: ListQuery): Promise<List<TemplateRow>> {
  const defaults = MESSAGE_KINDS.map((kind) => ({ kind, zh: defaultText(kind, "zh"), en: defaultText(kind, "en") }));
  return readList<TemplateRow & { place: number }>(db, sql`
    select d.kind as code, d.place, d.title as name, d.title_en as "nameEn", coalesce(t.title, d.title) as title, coalesce(t.text, d.text) as text, coalesce(t.template, '') as template,
           coalesce(t.title_en, d.title_en) as "titleEn", coalesce(t.text_en, d.text_en) as "textEn", coalesce(t.template_en, '') as "templateEn",
           t.kind is not null as own, t.published_at as "publishedAt", coalesce(v.version, 0) as version
      from jsonb_to_recordset(${JSON.stringify(defaults.map(({ kind, zh, en }, place) => ({ kind, place, title: zh.title, text: zh.text, title_en: en.title, text_en: en.text })))}::jsonb)
           as d (kind text, place int, title text, text text, title_en text, text_en text)
      left join lateral (select max(m.version) as version from message_templates m where m.hall_id = ${hallId} and m.kind = d.kind) v on true
      left join message_templates t on t.hall_id = ${hallId} and t.kind = d.kind and t.version = v.version and not t.restored`,
  { search: ["code", "title", "text", "titleEn", "textEn"], order: ["place"] }, query);
}

/** Earlier versions of a hall's text, newest first. */
export const templateHistory = (db: Database, hallId: number, kind: string): Promise<{ version: number; publishedAt: string; publishedBy: string; restored: boolean; text: string; textEn: string }[]> =>
  db.selectFrom("message_templates").select(["version", "published_at as publishedAt", "published_by as publishedBy", "restored", "text", "text_en as textEn"]).where("hall_id", "=", hallId).where("kind", "=", kind).orderBy("version", "desc").limit(20).execute();

export interface DayFigures {
  day: string; channel: string; total: number; sent: number; delivered: number; failed: number; dropped: number; waiting: number; cost: number;
}

/** Messages of the last days by day and channel, newest first; tests are not counted. Costs in yuan. */
export async function messageFigures(db: Database, hallId: number, days: number): Promise<DayFigures[]> {
  const { rows } = await sql<DayFigures>`
    select (m.created_at at time zone h.time_zone)::date as day, coalesce(m.channel, '') as channel, count(*)::int as total,
           count(*) filter (where m.state in ('sent', 'delivered'))::int as sent, count(*) filter (where m.state = 'delivered')::int as delivered,
           count(*) filter (where m.state = 'failed')::int as failed, count(*) filter (where m.state = 'dropped')::int as dropped,
           count(*) filter (where m.state in ('queued', 'sending'))::int as waiting, (sum(m.cost_cents) / 100)::float8 as cost
      from messages m join halls h on h.id = m.hall_id
     where m.hall_id = ${hallId} and not m.test and m.created_at > app_now() - make_interval(days => ${days}::int)
     group by 1, 2 order by 1 desc, 2`.execute(db);
  return rows;
}

export interface QuietHoursRow {
  code: string; quietFrom: string; quietUntil: string; version: number;
}

/** Quiet hours: one row, known by the hall's code. */
export const listQuietHours = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<QuietHoursRow>> =>
  readList<QuietHoursRow>(db, sql`
    select h.code, to_char(s.quiet_from, 'HH24:MI') as "quietFrom", to_char(s.quiet_until, 'HH24:MI') as "quietUntil", s.version
      from message_settings s join halls h on h.id = s.hall_id where s.hall_id = ${hallId}`,
  { search: ["code"], order: ["code"] }, query);
