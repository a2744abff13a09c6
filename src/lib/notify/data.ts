/** Texts of messages as they are sent now. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locale";
import { MESSAGES } from "@/lib/i18n/messages";
import type { Group, MessageKind } from "./model";

export interface TextOf {
  title: string;
  text: string;
  /** Id of the text at an SMS gateway; empty when it has none. */
  template: string;
  /** Version of the hall's own text; 0 is the default. */
  version: number;
}

/** The text that a hall has until it publishes its own. */
export const defaultText = (kind: MessageKind, locale: Locale): TextOf => ({ ...MESSAGES[locale].outbox.defaults[kind], template: "", version: 0 });

/** The hall's newest text of a kind in a language or the default, and the hall's name. */
export async function textFor(db: Database | Tx, hallId: number, kind: MessageKind, locale: Locale): Promise<TextOf & { hall: string }> {
  const { rows } = await sql<{ name: string; nameEn: string; own: { title: string; text: string; template: string; version: number } | null }>`
    select h.name, h.name_en as "nameEn", case when not t.restored then jsonb_build_object('version', t.version,
             'title', ${locale === "en" ? sql`t.title_en` : sql`t.title`}, 'text', ${locale === "en" ? sql`t.text_en` : sql`t.text`}, 'template', ${locale === "en" ? sql`t.template_en` : sql`t.template`}) end as own
      from halls h left join lateral (select * from message_templates m where m.hall_id = h.id and m.kind = ${kind} order by m.version desc limit 1) t on true
     where h.id = ${hallId}`.execute(db);
  const { name, nameEn, own } = rows[0]!;
  return { ...(own ?? defaultText(kind, locale)), hall: locale === "en" ? nameEn : name };
}

export interface Recipient {
  hallId: number;
  hall: string;
  name: string;
  nameEn: string;
  masked: string;
  stopped: Group[];
}

/** Whose address a link to stop messages belongs to; undefined when there is none. */
export async function recipientByToken(db: Database, token: string): Promise<Recipient | undefined> {
  const hallId = /^(\d{1,9})-[\w-]{22}$/.exec(token)?.[1];
  if (!hallId) return undefined;
  const row = await db.selectFrom("message_recipients as r").innerJoin("halls as h", "h.id", "r.hall_id").select(["r.hall_id as hallId", "h.code as hall", "h.name", "h.name_en as nameEn", "r.masked", "r.stopped"])
    .where("r.hall_id", "=", Number(hallId)).where("r.token", "=", token).executeTakeFirst();
  return row as Recipient | undefined;
}
