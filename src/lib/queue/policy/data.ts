import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";
import { shared } from "@/lib/kernel/shared";
import { policyDocumentSchema, type PolicyDocument } from "./schema";

const versions = () => shared("policies", () => new Map<string, PolicyDocument>());

/** A published version; it never changes, so it is read once. */
export async function policyOfVersion(db: Database | Tx, hallId: number, version: number): Promise<PolicyDocument> {
  const key = `${hallId}/${version}`;
  const known = versions().get(key);
  if (known) return known;
  const row = await db.selectFrom("policies").select("document").where("hall_id", "=", hallId).where("version", "=", version).executeTakeFirstOrThrow();
  const policy = policyDocumentSchema.parse({ ...(row.document as object), version });
  versions().set(key, policy);
  return policy;
}

/** The calling policy in force. Every hall has one: creating a hall publishes version 1. */
export async function currentPolicy(db: Database | Tx, hallId: number): Promise<PolicyDocument> {
  const row = await db.selectFrom("policies").select("version").where("hall_id", "=", hallId).orderBy("version", "desc").limit(1).executeTakeFirstOrThrow();
  return policyOfVersion(db, hallId, row.version);
}

export interface PolicyDraft {
  document: PolicyDocument;
  note: string;
  /** Counts the times it was saved. */
  version: number;
  savedAt: string;
  savedBy: string;
}

/** The draft beside the policy in force, if there is one. */
export async function policyDraft(db: Database | Tx, hallId: number): Promise<PolicyDraft | undefined> {
  const row = await db.selectFrom("policy_drafts").selectAll().where("hall_id", "=", hallId).executeTakeFirst();
  return row && { document: policyDocumentSchema.parse(row.document), note: row.note, version: row.version, savedAt: row.saved_at, savedBy: row.saved_by };
}

export interface PolicyVersion {
  version: number;
  publishedAt: string;
  publishedBy: string;
  note: string;
}

/** All versions, newest first. */
export async function policyVersions(db: Database | Tx, hallId: number): Promise<PolicyVersion[]> {
  const rows = await db.selectFrom("policies").select(["version", "published_at", "published_by", "note"]).where("hall_id", "=", hallId).orderBy("version", "desc").limit(200).execute();
  return rows.map((row) => ({ version: row.version, publishedAt: row.published_at, publishedBy: row.published_by, note: row.note }));
}
