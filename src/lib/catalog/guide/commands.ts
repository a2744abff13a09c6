import { sql } from "kysely";
import { notFound } from "@/lib/kernel/errors";
import { sha256 } from "@/lib/kernel/ids";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import type { HallContext, Saved } from "@/lib/ledger/commands";
import { knownCodes } from "../codes/data";
import { refreshSearch } from "../commands";
import { documentSchema, type ItemDocument } from "../document";
import { checkDocument, type Finding, type ItemFacts } from "./check";
import { guideVersion } from "./data";
import { countsOf } from "./model";
import type { AnswerInput, DraftInput, LawChangeInput, PublishInput, ReportInput } from "./schema";

interface ItemRow {
  id: number;
  code: string;
  name: string;
  name_en: string;
  aliases: string[];
  kind: string;
  category: string;
  promised_days: number;
  channels: string[];
}

async function itemOf(ctx: HallContext, code: string): Promise<ItemRow> {
  const row = await ctx.tx.selectFrom("items").select(["id", "code", "name", "name_en", "aliases", "kind", "category", "promised_days", "channels"]).where("hall_id", "=", ctx.hall.id).where("code", "=", code).executeTakeFirst();
  if (!row) throw notFound("item_not_found");
  return row;
}

const fingerprint = (document: ItemDocument): string => sha256(JSON.stringify(document));

export interface DraftSaved {
  version: number;
  revision: number;
}

/**
 * Stores the draft of an item's guide; there is one at a time. `revision` is the one that was edited, 0 when there was
 * none: 409 `edited_elsewhere` when somebody else saved or published meanwhile. Incomplete drafts are welcome.
 */
export async function saveDraft(ctx: HallContext, code: string, input: DraftInput, revision: number): Promise<Result<DraftSaved, "edited_elsewhere">> {
  const item = await itemOf(ctx, code);
  const draft = await ctx.tx.selectFrom("item_versions").select(["version", "revision"]).where("hall_id", "=", ctx.hall.id).where("item_id", "=", item.id).where("state", "=", "draft").executeTakeFirst();
  if ((draft?.revision ?? 0) !== revision) return refuse("edited_elsewhere", { code, revision: draft?.revision ?? 0 });
  const values = { document: JSON.stringify(input.document), note: input.note, ...countsOf(input.document) };
  if (draft) {
    await ctx.tx.updateTable("item_versions").set({ ...values, revision: revision + 1 }).where("hall_id", "=", ctx.hall.id).where("item_id", "=", item.id).where("version", "=", draft.version).execute();
    await ctx.append("guide.draft_saved", `item:${item.id}`, { code, version: draft.version, revision: revision + 1, fingerprint: fingerprint(input.document) });
    return ok({ version: draft.version, revision: revision + 1 });
  }
  const last = await ctx.tx.selectFrom("item_versions").select(({ fn }) => fn.max("version").as("version")).where("hall_id", "=", ctx.hall.id).where("item_id", "=", item.id).executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await ctx.tx.insertInto("item_versions").values({ hall_id: ctx.hall.id, item_id: item.id, version, effective_on: ctx.today, created_by: ctx.actor, ...values }).execute();
  await ctx.append("guide.draft_saved", `item:${item.id}`, { code, version, revision: 1, fingerprint: fingerprint(input.document) });
  return ok({ version, revision: 1 });
}

/** What the draft still lacks, without publishing it. */
export async function checkDraft(ctx: Pick<HallContext, "tx">, item: ItemFacts, document: ItemDocument): Promise<Finding[]> {
  const codes = await knownCodes(ctx.tx);
  return checkDocument(document, { item, known: (table, code) => codes.has(`${table}.${code}`) });
}

/**
 * Publishes the draft from a day on: every channel reads it on that day, the version before it stays in the history.
 * Refused while a required element is missing (`guide_incomplete` with all findings) or for a day that is over.
 */
export async function publishDraft(ctx: HallContext, code: string, input: PublishInput): Promise<Result<{ version: number; findings: Finding[] }, "edited_elsewhere" | "guide_incomplete" | "date_past" | "no_draft">> {
  const item = await itemOf(ctx, code);
  const draft = await guideVersion(ctx.tx, ctx.hall.id, code, "draft");
  if (!draft) return refuse("no_draft", { code });
  if (draft.revision !== input.revision) return refuse("edited_elsewhere", { code, revision: draft.revision });
  if (input.effectiveOn < ctx.today) return refuse("date_past", { day: input.effectiveOn }, "effectiveOn");
  const findings = await checkDraft(ctx, { ...item, promisedDays: item.promised_days }, draft.document);
  if (findings.some(({ level }) => level === "error")) return refuse("guide_incomplete", { code, findings });
  await ctx.tx.updateTable("item_versions").set({ state: "published", effective_on: input.effectiveOn, published_at: ctx.now, published_by: ctx.actor, ...(input.note ? { note: input.note } : {}) })
    .where("hall_id", "=", ctx.hall.id).where("item_id", "=", item.id).where("version", "=", draft.version).execute();
  await refreshSearch(ctx, item.id, { name: item.name, nameEn: item.name_en, aliases: item.aliases });
  await ctx.append("guide.published", `item:${item.id}`, { code, version: draft.version, effectiveOn: input.effectiveOn, warnings: findings.length, fingerprint: fingerprint(draft.document) });
  return ok({ version: draft.version, findings });
}

/** Throws the draft away; published versions are never removed. */
export async function discardDraft(ctx: HallContext, code: string, revision: number): Promise<Result<number, "edited_elsewhere">> {
  const item = await itemOf(ctx, code);
  const gone = await ctx.tx.deleteFrom("item_versions").where("hall_id", "=", ctx.hall.id).where("item_id", "=", item.id).where("state", "=", "draft").where("revision", "=", revision).returning("version").executeTakeFirst();
  if (!gone) return refuse("edited_elsewhere", { code });
  await ctx.append("guide.draft_discarded", `item:${item.id}`, { code, version: gone.version });
  return ok(gone.version);
}

/** Loads a whole guide and publishes it at once: demo data and imports. Nothing happens when the newest version says the same. */
export async function loadGuide(ctx: HallContext, code: string, document: ItemDocument): Promise<Result<{ version: number; created: boolean }>> {
  const item = await itemOf(ctx, code);
  const last = await ctx.tx.selectFrom("item_versions").select(["version", "state", "revision", "document"]).where("hall_id", "=", ctx.hall.id).where("item_id", "=", item.id).orderBy("version", "desc").executeTakeFirst();
  if (last?.state === "published" && fingerprint(documentSchema.parse(last.document)) === fingerprint(document)) return ok({ version: last.version, created: false });
  const saved = await saveDraft(ctx, code, { document, note: "" }, last?.state === "draft" ? last.revision : 0);
  if (!saved.ok) return saved;
  const published = await publishDraft(ctx, code, { revision: saved.value.revision, effectiveOn: ctx.today, note: "" });
  return published.ok ? ok({ version: published.value.version, created: true }) : published;
}

/** Notes that somebody found an error in a guide. The text is the reader's own and stays out of the ledger. */
export async function reportError(ctx: HallContext, code: string, input: ReportInput): Promise<Result<number>> {
  const item = await itemOf(ctx, code);
  const row = await ctx.tx.insertInto("guide_reports").values({ hall_id: ctx.hall.id, item_id: item.id, guide_version: input.version ?? null, element: input.element, text: input.text, contact: input.contact, created_at: ctx.now }).returning("id").executeTakeFirstOrThrow();
  await ctx.append("guide.error_reported", `guide_report:${row.id}`, { code, report: row.id, element: input.element });
  return ok(row.id);
}

/** Closes or reopens a report; closing needs an answer. */
export async function answerReport(ctx: HallContext, input: AnswerInput, version?: number): Promise<Result<Saved, "edited_elsewhere" | "answer_needed">> {
  const id = Number(input.code);
  const closed = input.state !== "open";
  if (closed && input.answer === "") return refuse("answer_needed", {}, "answer");
  const changed = await ctx.tx.updateTable("guide_reports").set({ state: input.state, answer: input.answer, closed_at: closed ? ctx.now : null, closed_by: closed ? ctx.actor : null, version: sql`version + 1` })
    .where("hall_id", "=", ctx.hall.id).where("id", "=", id).where(sql<boolean>`(${version ?? null}::int is null or version = ${version ?? 0})`).returning("item_id").executeTakeFirst();
  if (!changed) return refuse("edited_elsewhere", { code: input.code });
  await ctx.append("guide.report_answered", `guide_report:${id}`, { report: id, state: input.state, answer: input.answer });
  return ok({ id, created: false });
}

/** A law or policy changed (BG-2.2.2): every guide whose valid or coming version rests on it is put on the list of what must be looked at. */
export async function reportLawChange(ctx: HallContext, input: LawChangeInput): Promise<Result<{ items: number }>> {
  const pattern = `%${input.law.replace(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await sql<{ id: number }>`
    insert into guide_reports (hall_id, item_id, guide_version, source, element, text, created_at)
    select v.hall_id, v.item_id, v.version, 'law', 'legalBasis', ${[input.law, input.note].filter(Boolean).join("：")}, ${ctx.now}
      from item_versions v
     where v.hall_id = ${ctx.hall.id} and v.state = 'published' and v.version = (select max(n.version) from item_versions n where n.hall_id = v.hall_id and n.item_id = v.item_id and n.state = 'published')
       and exists (select 1 from jsonb_array_elements(v.document->'legalBasis') b where b->>'title' ilike ${pattern} or b->>'number' ilike ${pattern})
    returning id`.execute(ctx.tx);
  await ctx.append("guide.law_changed", `hall:${ctx.hall.id}`, { law: input.law, note: input.note, items: rows.length });
  return ok({ items: rows.length });
}
