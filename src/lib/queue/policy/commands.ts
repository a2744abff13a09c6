import type { HallContext } from "@/lib/ledger/commands";
import type { PolicyDocument } from "./schema";

/** Publishes a policy document as the hall's next version. Tickets keep the version under which they were ranked. */
export async function publishPolicy(ctx: HallContext, document: Omit<PolicyDocument, "version">): Promise<number> {
  const last = await ctx.tx.selectFrom("policies").select((eb) => eb.fn.max("version").as("version")).where("hall_id", "=", ctx.hall.id).executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await ctx.tx.insertInto("policies").values({ hall_id: ctx.hall.id, version, document: JSON.stringify({ ...document, version }), published_by: ctx.actor }).execute();
  await ctx.append("policy.published", `policy:${version}`, { version, document });
  return version;
}
