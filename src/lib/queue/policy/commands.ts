import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext } from "@/lib/ledger/commands";
import { checkPolicy } from "./check";
import { currentPolicy, policyDraft, policyOfVersion } from "./data";
import { policyFacts } from "./data-check";
import { compilePolicy } from "./order";
import { policyDocumentSchema, type PolicyInput } from "./schema";

/** Publishes a policy document as the hall's next version, compiled. Tickets keep the version under which they were ranked. */
export async function publishPolicy(ctx: HallContext, input: PolicyInput, note = ""): Promise<number> {
  const last = await ctx.tx.selectFrom("policies").select((eb) => eb.fn.max("version").as("version")).where("hall_id", "=", ctx.hall.id).executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  const document = policyDocumentSchema.parse({ ...input, version });
  await ctx.tx.insertInto("policies").values({ hall_id: ctx.hall.id, version, document: JSON.stringify(document), compiled: JSON.stringify(compilePolicy(document).order), note, published_by: ctx.actor, published_at: ctx.now }).execute();
  await ctx.append("policy.published", `policy:${version}`, { version, document, ...(note ? { note } : {}) });
  return version;
}

/** Keeps a draft beside the policy in force; `version` is that of the draft that was read, 0 for the first. */
export async function saveDraft(ctx: HallContext, input: PolicyInput, note: string, version: number): Promise<Result<number, "edited_elsewhere">> {
  const known = await policyDraft(ctx.tx, ctx.hall.id);
  if ((known?.version ?? 0) !== version) return refuse("edited_elsewhere", { code: "policy" });
  const document = policyDocumentSchema.parse({ ...input, version: (await currentPolicy(ctx.tx, ctx.hall.id)).version });
  const values = { document: JSON.stringify(document), note, version: version + 1, saved_at: ctx.now, saved_by: ctx.actor };
  await ctx.tx.insertInto("policy_drafts").values({ hall_id: ctx.hall.id, ...values }).onConflict((conflict) => conflict.column("hall_id").doUpdateSet(values)).execute();
  await ctx.append("policy.drafted", "policy:draft", { document, note, draft: version + 1 });
  return ok(version + 1);
}

export async function dropDraft(ctx: HallContext): Promise<Result<number, "draft_gone">> {
  const { numDeletedRows } = await ctx.tx.deleteFrom("policy_drafts").where("hall_id", "=", ctx.hall.id).executeTakeFirst();
  if (numDeletedRows === 0n) return refuse("draft_gone");
  await ctx.append("policy.draft_dropped", "policy:draft", {});
  return ok(1);
}

/** Puts the draft in force, if nothing speaks against it: `details.problems` says what does. It acts on the next call. */
export async function publishDraft(ctx: HallContext, version: number): Promise<Result<number, "draft_gone" | "edited_elsewhere" | "policy_refused">> {
  const draft = await policyDraft(ctx.tx, ctx.hall.id);
  if (!draft) return refuse("draft_gone");
  if (draft.version !== version) return refuse("edited_elsewhere", { code: "policy" });
  const problems = checkPolicy(draft.document, await policyFacts(ctx.tx, ctx.hall.id, draft.document)).filter(({ severity }) => severity === "refused");
  if (problems.length > 0) return refuse("policy_refused", { count: problems.length, first: problems[0]!.code }, problems[0]!.field);
  const { version: _, ...document } = draft.document;
  const published = await publishPolicy(ctx, document, draft.note);
  await ctx.tx.deleteFrom("policy_drafts").where("hall_id", "=", ctx.hall.id).execute();
  return ok(published);
}

/** Makes an earlier version the draft again: the way back. */
export async function draftFromVersion(ctx: HallContext, version: number): Promise<Result<number, "edited_elsewhere">> {
  const { version: _, ...document } = await policyOfVersion(ctx.tx, ctx.hall.id, version);
  return saveDraft(ctx, document, "", (await policyDraft(ctx.tx, ctx.hall.id))?.version ?? 0);
}
