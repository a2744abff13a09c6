/** Registers and drill-down lists of residency, as the administration reads them. Reads only. */
import { type RawBuilder, sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";
import type { ApplicationKind, ApplicationState, ItemResidency } from "./model";

type Db = Database | Tx;
const TODAY = sql`(app_now() at time zone h.time_zone)::date`;

/** A year's demand for an item: numbers taken for it, askers who were sent elsewhere, readings of its guide, and what is known from other sources (JY-7.1.2e). */
export const demandJoins = (hallId: number): RawBuilder<unknown> => sql`
  left join (select item_id, count(*)::int as n from tickets where hall_id = ${hallId} and item_id is not null and day > (app_now() - interval '365 days')::date group by item_id) asked on asked.item_id = i.id
  left join (select item_id, sum(refused)::int as n from item_demand where hall_id = ${hallId} and month > (app_now() - interval '365 days')::date group by item_id) sent on sent.item_id = i.id
  left join (select item_id, sum(views)::int as n from guide_views where hall_id = ${hallId} and day > (app_now() - interval '365 days')::date group by item_id) viewed on viewed.item_id = i.id`;
const DEMAND = sql`coalesce(asked.n, 0) + coalesce(sent.n, 0) + coalesce(viewed.n, 0) + r.demand`;

export interface ResidencyItemRow {
  code: string; name: string; nameEn: string; department: string; category: string; level: string; residency: ItemResidency; standing: string; mode: string; intakeSystem: string;
  asked: number; refused: number; viewed: number; demand: number; demandTotal: number; zone: string | null; windows: string[]; place: string; placeEn: string; hours: string; hoursEn: string; phone: string; sinkField: string | null; since: string; version: number;
}

/** Every item of the hall with where it stands in the rate: each figure of the report is a filter of this list. */
export const listResidencyItems = (db: Db, hallId: number, query: ListQuery): Promise<List<ResidencyItemRow>> =>
  readList<ResidencyItemRow>(db, sql`
    select i.code, i.name, i.name_en as "nameEn", d.code as department, i.category, i.level, i.residency, s.standing, i.mode, i.intake_system as "intakeSystem",
           coalesce(asked.n, 0) as asked, coalesce(sent.n, 0) as refused, coalesce(viewed.n, 0) as viewed, r.demand, ${DEMAND} as "demandTotal",
           z.code as zone, r.windows, r.place, r.place_en as "placeEn", r.hours, r.hours_en as "hoursEn", r.phone, r.sink_field as "sinkField", since.day as since, r.version
      from items i join halls h on h.id = i.hall_id
      join residency_standing s on s.hall_id = i.hall_id and s.item_id = i.id join item_residency r on r.hall_id = i.hall_id and r.item_id = i.id
      join departments d on d.hall_id = i.hall_id and d.id = i.department_id left join zones z on z.hall_id = r.hall_id and z.id = r.zone_id ${demandJoins(hallId)}
      left join lateral (select (x.since at time zone h.time_zone)::date as day from residency_history x where x.hall_id = i.hall_id and x.item_id = i.id order by x.since desc limit 1) since on true
     where i.hall_id = ${hallId} and i.active`,
  { search: ["code", "name", "nameEn"], order: ["code"], names: ["name"], arrays: ["windows"] }, query);

export interface ApplicationRow {
  code: string; kind: ApplicationKind; state: ApplicationState; department: string; items: number; reason: string; wantedOn: string | null; appliedAt: string; doneAt: string | null; version: number;
}

export const listApplications = (db: Db, hallId: number, query: ListQuery): Promise<List<ApplicationRow>> =>
  readList<ApplicationRow>(db, sql`
    select a.code, a.kind, a.state, d.code as department, a.reason, a.wanted_on as "wantedOn", a.applied_at as "appliedAt", a.done_at as "doneAt", a.version,
           (select count(*)::int from residency_application_items x where x.hall_id = a.hall_id and x.application_id = a.id) as items
      from residency_applications a join departments d on d.hall_id = a.hall_id and d.id = a.department_id where a.hall_id = ${hallId}`,
  { search: ["code", "reason"], order: ["appliedAt", "code"] }, query.sort ? query : { ...query, sort: "code", desc: true });

export interface ApplicationDetail extends Omit<ApplicationRow, "items"> {
  departmentName: string; departmentNameEn: string; documents: string[]; mode: string | null; line: string | null; zone: string | null; windows: string[]; devices: string; network: string; reviewNote: string;
  items: { code: string; name: string; nameEn: string; residency: ItemResidency; line: string | null }[];
  steps: { type: string; at: string; actor: string; note: string }[];
}

/** One application with its items and its steps: who, when, with which note. */
export async function applicationByCode(db: Database, hallId: number, code: string): Promise<ApplicationDetail | undefined> {
  const { rows } = await sql<ApplicationDetail & { id: number }>`
    select a.id, a.code, a.kind, a.state, d.code as department, d.name as "departmentName", d.name_en as "departmentNameEn", a.reason, a.documents, a.wanted_on as "wantedOn", a.applied_at as "appliedAt", a.done_at as "doneAt", a.version,
           a.mode, l.code as line, z.code as zone, a.windows, a.devices, a.network, a.review_note as "reviewNote"
      from residency_applications a join departments d on d.hall_id = a.hall_id and d.id = a.department_id
      left join lines l on l.hall_id = a.hall_id and l.id = a.line_id left join zones z on z.hall_id = a.hall_id and z.id = a.zone_id
     where a.hall_id = ${hallId} and a.code = ${code}`.execute(db);
  const found = rows[0];
  if (!found) return undefined;
  const [items, steps] = await Promise.all([
    sql<ApplicationDetail["items"][number]>`
      select i.code, i.name, i.name_en as "nameEn", i.residency, l.code as line from residency_application_items x join items i on i.hall_id = x.hall_id and i.id = x.item_id
      left join lines l on l.hall_id = i.hall_id and l.id = i.line_id where x.hall_id = ${hallId} and x.application_id = ${found.id} order by i.code`.execute(db),
    sql<ApplicationDetail["steps"][number]>`
      select e.type, e.at, coalesce(s.name, e.actor) as actor, coalesce(e.data ->> 'note', '') as note from events e left join staff s on e.actor = 'staff:' || s.id
       where e.hall_id = ${hallId} and e.subject = ${`residency:${found.id}`} order by e.seq`.execute(db),
  ]);
  return { ...found, items: items.rows, steps: steps.rows };
}

export interface NegativeRow {
  code: string; name: string; nameEn: string; department: string; level: string; reason: string; basis: string; approver: string; evidence: string; fromOn: string; validTo: string; reviewOn: string;
  state: "in_force" | "review_due" | "lapsed" | "future" | "withdrawn"; active: boolean; version: number;
}

export const listNegative = (db: Db, hallId: number, query: ListQuery): Promise<List<NegativeRow>> =>
  readList<NegativeRow>(db, sql`
    select n.code, i.name, i.name_en as "nameEn", d.code as department, i.level, n.reason, n.basis, n.approver, n.evidence, n.from_on as "fromOn", n.valid_to as "validTo", n.review_on as "reviewOn", n.active, n.version,
           case when not n.active then 'withdrawn' when n.valid_to < ${TODAY} then 'lapsed' when n.from_on > ${TODAY} then 'future' when n.review_on < ${TODAY} then 'review_due' else 'in_force' end as state
      from negative_list n join halls h on h.id = n.hall_id join items i on i.hall_id = n.hall_id and i.id = n.item_id join departments d on d.hall_id = i.hall_id and d.id = i.department_id where n.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn", "basis"], order: ["code"], names: ["name"] }, query);

export interface ExemptionRow {
  code: string; department: string | null; reason: string; approver: string; evidence: string; validTo: string; reviewOn: string; state: "in_force" | "review_due" | "lapsed" | "withdrawn"; active: boolean; version: number;
}

export const listExemptions = (db: Db, hallId: number, query: ListQuery): Promise<List<ExemptionRow>> =>
  readList<ExemptionRow>(db, sql`
    select e.code, d.code as department, e.reason, e.approver, e.evidence, e.valid_to as "validTo", e.review_on as "reviewOn", e.active, e.version,
           case when not e.active then 'withdrawn' when e.valid_to < ${TODAY} then 'lapsed' when e.review_on < ${TODAY} then 'review_due' else 'in_force' end as state
      from capacity_exemptions e join halls h on h.id = e.hall_id left join departments d on d.hall_id = e.hall_id and d.id = e.department_id where e.hall_id = ${hallId}`,
  { search: ["code", "reason", "approver"], order: ["code"] }, query);

export interface AgreementRow {
  code: string; name: string; kind: string; partner: string; department: string | null; items: string[]; regions: string[]; mode: string; powers: string; fromOn: string; toOn: string | null; link: string;
  covers: number; state: "in_force" | "ending" | "lapsed" | "future" | "withdrawn"; active: boolean; version: number;
}

/** `covers` counts the items whose intake it carries; "ending" within 60 days. */
export const listAgreements = (db: Db, hallId: number, query: ListQuery): Promise<List<AgreementRow>> =>
  readList<AgreementRow>(db, sql`
    select a.code, a.name, a.kind, a.partner, d.code as department, a.items, a.regions, a.mode, a.powers, a.from_on as "fromOn", a.to_on as "toOn", a.link, a.active, a.version,
           (select count(*)::int from items i where i.hall_id = a.hall_id and i.active and (i.code = any(a.items) or (a.items = '{}' and i.department_id = a.department_id and i.mode = 'entrusted'))) as covers,
           case when not a.active then 'withdrawn' when a.to_on < ${TODAY} then 'lapsed' when a.from_on > ${TODAY} then 'future' when a.to_on < ${TODAY} + 60 then 'ending' else 'in_force' end as state
      from agreements a join halls h on h.id = a.hall_id left join departments d on d.hall_id = a.hall_id and d.id = a.department_id where a.hall_id = ${hallId}`,
  { search: ["code", "name", "partner"], order: ["code"], names: ["name"], arrays: ["items", "regions"] }, query);

export interface SinkRow {
  code: string; item: string; name: string; nameEn: string; level: string; regions: string[]; mode: string; receiver: string; fromOn: string; toOn: string | null; note: string; state: "running" | "ended" | "future" | "withdrawn"; active: boolean; version: number;
}

/** What was handed down; filtered by a region it is that town's list (BG-C10b). */
export const listSinks = (db: Db, hallId: number, query: ListQuery): Promise<List<SinkRow>> =>
  readList<SinkRow>(db, sql`
    select s.code, i.code as item, i.name, i.name_en as "nameEn", s.level, s.regions, s.mode, s.receiver, s.from_on as "fromOn", s.to_on as "toOn", s.note, s.active, s.version,
           case when not s.active then 'withdrawn' when s.to_on < ${TODAY} then 'ended' when s.from_on > ${TODAY} then 'future' else 'running' end as state
      from sinks s join halls h on h.id = s.hall_id join items i on i.hall_id = s.hall_id and i.id = s.item_id where s.hall_id = ${hallId}`,
  { search: ["code", "item", "name", "nameEn", "receiver"], order: ["code"], names: ["name"], arrays: ["regions"] }, query);

export interface SinkCandidateRow {
  code: string; name: string; nameEn: string; department: string; sinkField: string; popular: boolean; demandTotal: number; version: number;
}

/** Items of the seven fields (HN-7.2.5a) that are asked for often and are not handed down yet. */
export const listSinkCandidates = (db: Db, hallId: number, query: ListQuery): Promise<List<SinkCandidateRow>> =>
  readList<SinkCandidateRow>(db, sql`
    select i.code, i.name, i.name_en as "nameEn", d.code as department, f.code as "sinkField", i.popular, ${DEMAND} as "demandTotal", i.version
      from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id join item_residency r on r.hall_id = i.hall_id and r.item_id = i.id
      join codes f on f.table_name = 'sink_field' and f.code = coalesce(r.sink_field, i.category_field) ${demandJoins(hallId)}
     where i.hall_id = ${hallId} and i.active and i.on_application and not exists (select 1 from sinks s where s.hall_id = i.hall_id and s.item_id = i.id and s.active)`,
  { search: ["code", "name", "nameEn"], order: ["code"], names: ["name"] }, query.sort ? query : { ...query, sort: "demandTotal", desc: true });

export interface SharedRow {
  code: string; name: string; nameEn: string; scope: string; regions: string[]; mode: string; windows: string[]; active: boolean; version: number;
}

export const listShared = (db: Db, hallId: number, query: ListQuery): Promise<List<SharedRow>> =>
  readList<SharedRow>(db, sql`
    select s.code, i.name, i.name_en as "nameEn", i.share_scope as scope, i.share_regions as regions, s.mode, s.windows, s.active, s.version
      from shared_services s join items i on i.hall_id = s.hall_id and i.id = s.item_id where s.hall_id = ${hallId}`,
  { search: ["code", "name", "nameEn"], order: ["code"], names: ["name"], arrays: ["regions", "windows"] }, query);

export interface ItemChannelsRow {
  code: string; name: string; nameEn: string; field: string; department: string; channels: string[]; channelsPlanned: string[];
  /** Channels where it cannot be done now. */
  gaps: string[];
  /** By channel: can be done, planned, or neither. */
  standings: Record<string, "open" | "planned" | "gap">;
  /** There is a channel with neither. */
  gap: boolean;
  version: number;
}

/** Item by channel: where it can be done, where it is planned, where neither (BG-4.4.1). */
export const listItemChannels = (db: Db, hallId: number, query: ListQuery): Promise<List<ItemChannelsRow>> =>
  readList<ItemChannelsRow>(db, sql`
    select i.code, i.name, i.name_en as "nameEn", f.code as field, d.code as department, i.channels, i.channels_planned as "channelsPlanned", i.version, c.gaps, c.standings, c.gap
      from items i join departments d on d.hall_id = i.hall_id and d.id = i.department_id join fields f on f.hall_id = i.hall_id and f.id = i.field_id
      cross join lateral (select coalesce(array_agg(c.code order by c.sort) filter (where c.standing <> 'open'), '{}') as gaps, jsonb_object_agg(c.code, c.standing) as standings, bool_or(c.standing = 'gap') as gap
        from (select code, sort, case when code = any(i.channels) then 'open' when code = any(i.channels_planned) then 'planned' else 'gap' end as standing from codes where table_name = 'channel') c) c
     where i.hall_id = ${hallId} and i.active and i.on_application`,
  { search: ["code", "name", "nameEn"], order: ["code"], names: ["name"], arrays: ["channels", "channelsPlanned", "gaps"] }, query);

export interface UnitCheckRow {
  code: string; name: string; nameEn: string; functionsMerged: boolean; movedIn: boolean; itemsOnline: boolean; openChecks: number; checksEvidence: string; version: number;
}

/** The three concentrations (三集中) of each unit that has to do them; units without an open check last (HN-7.1.1). */
export const listUnitChecks = (db: Db, hallId: number, query: ListQuery): Promise<List<UnitCheckRow>> =>
  readList<UnitCheckRow>(db, sql`
    select d.code, d.name, d.name_en as "nameEn", d.functions_merged as "functionsMerged", d.moved_in as "movedIn", d.items_online as "itemsOnline", d.checks_evidence as "checksEvidence", d.version,
           (not d.functions_merged)::int + (not d.moved_in)::int + (not d.items_online)::int as "openChecks"
      from departments d where d.hall_id = ${hallId} and d.active`,
  { search: ["code", "name", "nameEn"], order: ["code"], names: ["name"] }, query.sort ? query : { ...query, sort: "openChecks", desc: true });
