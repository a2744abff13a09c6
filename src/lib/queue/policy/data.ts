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
