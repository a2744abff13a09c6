import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { documentSchema, type ItemDocument } from "../document";
import { currentVersion } from "../sql";
import { situationNames } from "./model";

export interface Guide {
  version: number;
  effectiveOn: string;
  document: ItemDocument;
}

/** The guide of an item that is valid today, if one was published (JY-7.2.1c: window, web, phone and kiosk all read this). */
export async function currentGuide(db: Database | Tx, hallId: number, code: string): Promise<Guide | undefined> {
  const { rows: [row] } = await sql<{ version: number; effective_on: string; document: unknown }>`
    select v.* from items i, lateral ${currentVersion(sql`v.version, v.effective_on, v.document`)} v where i.hall_id = ${hallId} and i.code = ${code}`.execute(db);
  return row && { version: row.version, effectiveOn: row.effective_on, document: documentSchema.parse(row.document) };
}

export interface StoredVersion extends Guide {
  state: "draft" | "published";
  revision: number;
  note: string;
  createdBy: string;
  createdAt: string;
}

/** One version of whatever state; `draft` is the one under work. */
export async function guideVersion(db: Database | Tx, hallId: number, code: string, version: number | "draft"): Promise<StoredVersion | undefined> {
  const { rows: [row] } = await sql<Omit<StoredVersion, "document"> & { document: unknown }>`
    select v.version, v.effective_on as "effectiveOn", v.document, v.state, v.revision, v.note, v.created_by as "createdBy", v.created_at as "createdAt"
      from item_versions v join items i on i.hall_id = v.hall_id and i.id = v.item_id
     where i.hall_id = ${hallId} and i.code = ${code} and ${version === "draft" ? sql`v.state = 'draft'` : sql`v.version = ${version}::int`}`.execute(db);
  return row && { ...row, document: documentSchema.parse(row.document) };
}

/** Names of the situations of the newest published guide, for the search. */
export async function latestSituationNames(db: Database | Tx, hallId: number, itemId: number): Promise<string[]> {
  const { rows: [row] } = await sql<{ situations: ItemDocument["situations"] }>`
    select document->'situations' as situations from item_versions where hall_id = ${hallId} and item_id = ${itemId} and state = 'published' order by version desc limit 1`.execute(db);
  return row ? situationNames(row) : [];
}
