/** 下沉事项进相应层级: what was handed down becomes an item of the lower hall's own catalogue (HN-7.1.2, HN-7.2.5b). */
import { sql } from "kysely";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { type HallContext, optionalId, recordId, saveRecord, type Saved } from "@/lib/ledger/commands";
import { saveItem } from "../commands";
import { loadGuide } from "../guide/commands";
import { currentGuide } from "../guide/data";
import { itemInput } from "../schema";
import { listReceived, type ReceivedRow } from "./data-admin";
import type { ReceivedInput } from "./schema";

interface Source {
  hall_id: number; item_id: number; sink_id: number; name: string; name_en: string; kind: string; category: string; category_field: string | null; minutes: number; audience: string[]; case_kind: string; promised_days: number;
  aliases: string[]; base_code: string; impl_code: string; handling_code: string; level: string;
}

/** The item at its source with the handing down that is in force for the hall's place. */
async function sourceOf(ctx: HallContext, { source, code }: ReceivedRow): Promise<Source | undefined> {
  const { rows } = await sql<Source>`
    select i.hall_id, i.id as item_id, s.id as sink_id, i.name, i.name_en, i.kind, i.category, i.category_field, i.minutes, i.audience, i.case_kind, i.promised_days, i.aliases, i.base_code, i.impl_code, i.handling_code, i.level
      from halls own join halls h on h.code = ${source} join items i on i.hall_id = h.id and i.code = ${code}
      join sinks s on s.hall_id = i.hall_id and s.item_id = i.id and s.active and own.region = any(s.regions) and ${ctx.today}::date between s.from_on and coalesce(s.to_on, 'infinity'::date)
     where own.id = ${ctx.hall.id} order by s.from_on desc limit 1`.execute(ctx.tx);
  return rows[0];
}

/** A new item says what the source says; one that the hall had already keeps its own words and gets place and mode only. */
async function saveOwn(ctx: HallContext, row: ReceivedRow, source: Source, input: ReceivedInput): Promise<Result<Saved>> {
  if (row.version > 0) {
    const line = await optionalId(ctx, "lines", input.line, "line");
    const own = await ctx.tx.selectFrom("items").select("residency").where("hall_id", "=", ctx.hall.id).where("code", "=", input.code).executeTakeFirstOrThrow();
    if (line === null && own.residency !== "not_resident") return refuse("line_needed", { code: input.code }, "line");
    return saveRecord(ctx, "items", "item", input.code, { department_id: await recordId(ctx, "departments", input.department, "department"), field_id: await recordId(ctx, "fields", input.field, "field"), line_id: line, mode: row.mode, active: true });
  }
  return saveItem(ctx, itemInput.parse({
    code: input.code, name: source.name, nameEn: source.name_en, kind: source.kind, category: source.category, ...(source.category_field ? { categoryField: source.category_field } : {}), department: input.department, field: input.field, line: input.line,
    minutes: source.minutes, audience: source.audience.join(" "), caseKind: source.case_kind, promisedDays: source.promised_days, aliases: source.aliases.join("|"), baseCode: source.base_code, implCode: source.impl_code, handlingCode: source.handling_code, level: source.level, mode: row.mode, active: true,
  }));
}

/**
 * Takes an item that was handed down into the catalogue, with the guide of its source in force, and keeps the link; taken
 * again it brings the newer guide. `active: false` puts it out of use: the link stays, and it can be taken again. A version
 * of 0 stands for an item that the hall does not have yet.
 */
export async function takeReceived(ctx: HallContext, input: ReceivedInput, version?: number): Promise<Result<Saved>> {
  const row = (await listReceived(ctx.tx, ctx.hall.id, { filters: { code: input.code }, limit: 1 })).rows[0];
  if (!row) return refuse("not_handed_down", { code: input.code });
  if (version !== undefined && version !== row.version) return refuse("edited_elsewhere", { code: input.code });
  if (input.active === false) return row.active ? saveRecord(ctx, "items", "item", input.code, { active: false }) : refuse("not_taken", { code: input.code }, "active");
  const source = await sourceOf(ctx, row);
  if (!source) return refuse("not_handed_down", { code: input.code });
  const saved = await saveOwn(ctx, row, source, input);
  if (!saved.ok) return saved;
  const guide = await currentGuide(ctx.tx, source.hall_id, input.code);
  const link = { source_hall_id: source.hall_id, source_item_id: source.item_id, sink_id: source.sink_id, guide_version: guide?.version ?? null, taken_at: ctx.now, taken_by: ctx.actor };
  const known = await ctx.tx.selectFrom("handed_items").select("guide_version").where("hall_id", "=", ctx.hall.id).where("item_id", "=", saved.value.id).executeTakeFirst();
  if (guide && guide.version !== known?.guide_version) {
    const loaded = await loadGuide(ctx, input.code, guide.document);
    if (!loaded.ok) return loaded;
  }
  await ctx.tx.insertInto("handed_items").values({ hall_id: ctx.hall.id, item_id: saved.value.id, ...link }).onConflict((conflict) => conflict.columns(["hall_id", "item_id"]).doUpdateSet(link)).execute();
  await ctx.append("item.received", `item:${saved.value.id}`, { code: input.code, source: row.source, mode: row.mode, guide: link.guide_version });
  return ok(saved.value);
}
