import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { Tx } from "@/lib/db/transaction";
import type { HallContext, Saved } from "@/lib/ledger/commands";
import type { CodeEntryInput, CodeMapInput, codeRowInput } from "./schema";
import type { z } from "zod";

/** Creates or renames an entry of a code table. Codes are shared by all halls; the change stands in the ledger of the hall in which it was made. */
export async function saveCode(ctx: HallContext, input: CodeEntryInput, version?: number): Promise<Result<Saved, "edited_elsewhere" | "code_taken">> {
  const own = ctx.tx.selectFrom("codes").select(["name", "name_en", "sort", "active", "version"]).where("table_name", "=", input.table).where("code", "=", input.code);
  const before = await own.forUpdate().executeTakeFirst();
  const values = { name: input.name, name_en: input.nameEn, sort: input.sort, active: input.active ?? before?.active ?? true };
  if (!before) {
    if (version !== undefined) return refuse("edited_elsewhere", { code: input.key });
    await ctx.tx.insertInto("codes").values({ table_name: input.table, code: input.code, ...values }).execute();
    await ctx.append("code.created", `code:${input.key}`, { code: input.key, values });
    return ok({ id: 0, created: true });
  }
  if (version === undefined) return refuse("code_taken", { code: input.key }, "code");
  if (before.version !== version) return refuse("edited_elsewhere", { code: input.key });
  await ctx.tx.updateTable("codes").set({ ...values, version: version + 1 }).where("table_name", "=", input.table).where("code", "=", input.code).execute();
  const { version: _, ...old } = before;
  await ctx.append("code.changed", `code:${input.key}`, { code: input.key, before: old, values });
  return ok({ id: 0, created: false });
}

/** Entry of a table file; `sort` is its place in the file, absent the order stays. */
export const loadCode = (tx: Tx, row: z.output<typeof codeRowInput>, sort?: number): Promise<unknown> => {
  const values = { name: row.name, name_en: row.nameEn, ...(sort === undefined ? {} : { sort }) };
  return tx.insertInto("codes").values({ table_name: row.table, code: row.code, ...values }).onConflict((conflict) => conflict.columns(["table_name", "code"]).doUpdateSet(values)).execute();
};

export const loadCodeMap = (tx: Tx, row: CodeMapInput): Promise<unknown> =>
  tx.insertInto("code_maps").values({ system: row.system, table_name: row.table, code: row.code, target: row.target, direction: row.direction })
    .onConflict((conflict) => conflict.columns(["system", "table_name", "code", "target"]).doUpdateSet({ direction: row.direction })).execute();
