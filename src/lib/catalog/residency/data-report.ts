/** Figures of residency: rates, trend, channels, levels, a region's halls. Each figure has its list in data-admin. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { percentOf, type Rates, ratesOf, type RateVerdict, type Standing, verdictOf } from "./model";

const COUNTS = sql`count(*) filter (where s.standing <> 'outside_rate')::int as eligible, count(*) filter (where s.standing = 'resident')::int as resident,
  count(*) filter (where s.standing = 'negative')::int as negative, count(*) filter (where s.standing = 'exempt')::int as exempt, count(*) filter (where s.standing = 'missing')::int as missing,
  count(*) filter (where s.standing = 'outside_rate')::int as outside`;

export interface RateRow extends Standing, Rates {
  /** Value-added services and what needs no application. */
  outside: number;
  target: number | null;
  verdict: RateVerdict;
}

const withRates = <T extends Standing & { target: number | null }>(row: T): T & Rates & { verdict: RateVerdict } => {
  const rates = ratesOf(row);
  return { ...row, ...rates, verdict: verdictOf(rates, row.target) };
};

export interface HallRate extends RateRow {
  hall: string; name: string; nameEn: string; level: string;
}

/** Residency rate of halls with the threshold of their level (JY-7.1.2a–c): the roll-up over a region. */
export async function ratesByHall(db: Database, hallIds: readonly number[]): Promise<HallRate[]> {
  const { rows } = await sql<HallRate>`
    select h.code as hall, h.name, h.name_en as "nameEn", h.level, t.percent as target, ${COUNTS}
      from halls h left join residency_standing s on s.hall_id = h.id and s.active left join residency_targets t on t.hall_level = h.level
     where h.id = any(${[...hallIds]}::int[]) group by h.id, t.percent order by h.region, h.code`.execute(db);
  return rows.map(withRates);
}

export interface LevelRate extends RateRow {
  level: string; levelName: string; levelNameEn: string; windows: number; staff: number;
}

/**
 * The same by the government level whose power it is, over one or several halls, with the windows and people that serve it:
 * those given to the level, and those of no certain level by the items they take in (JY-5.2.3, BG-C06a).
 */
export async function ratesByLevel(db: Database, hallIds: readonly number[]): Promise<LevelRate[]> {
  const { rows } = await sql<LevelRate>`
    with counted as (select s.level, ${COUNTS} from residency_standing s where s.hall_id = any(${[...hallIds]}::int[]) and s.active group by s.level),
    serving as (
      select i.level, wl.hall_id, wl.window_id from items i join window_lines wl on wl.hall_id = i.hall_id and wl.line_id = i.line_id and wl.tier = 1
        join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active
       where i.hall_id = any(${[...hallIds]}::int[]) and i.active and i.residency <> 'not_resident' and w.level is null
      union select w.level, w.hall_id, w.id from windows w where w.hall_id = any(${[...hallIds]}::int[]) and w.active and w.level is not null),
    people as (
      select coalesce(p.level, v.level) as level, p.id from staff p left join serving v on v.hall_id = p.hall_id and v.window_id = p.usual_window_id
       where p.hall_id = any(${[...hallIds]}::int[]) and p.active and coalesce(p.level, v.level) is not null group by 1, 2)
    select c.*, coalesce(n.name, c.level) as "levelName", coalesce(n.name_en, c.level) as "levelNameEn", t.percent as target,
           (select count(*)::int from serving v where v.level = c.level) as windows,
           (select count(*)::int from people p where p.level = c.level) as staff
      from counted c left join codes n on n.table_name = 'level' and n.code = c.level left join residency_targets t on t.item_level = c.level order by c.level`.execute(db);
  return rows.map(withRates);
}

export interface TrendPoint {
  /** `YYYY-MM` */
  month: string;
  eligible: number; resident: number; negative: number; rate: number | null;
}

/** Rate at the end of each of the last months, from the history of each item; the last point is today's. */
export async function rateTrend(db: Database, hallId: number, months = 12): Promise<TrendPoint[]> {
  const { rows } = await sql<Omit<TrendPoint, "rate">>`
    select to_char(m.first, 'YYYY-MM') as month, count(s.state)::int as eligible, count(*) filter (where s.state in ('resident', 'leaving'))::int as resident,
           count(*) filter (where s.state = 'not_resident' and exists (select 1 from negative_list n where n.hall_id = i.hall_id and n.item_id = i.id and n.active and (m.last - 1) between n.from_on and n.valid_to))::int as negative
      from halls h
      cross join lateral (select first::date, (first + interval '1 month')::date as last from generate_series(date_trunc('month', app_now() at time zone h.time_zone) - make_interval(months => ${months - 1}), date_trunc('month', app_now() at time zone h.time_zone), interval '1 month') first) m
      join items i on i.hall_id = h.id and i.active and i.on_application and i.category <> 'value_added'
      left join lateral (select x.state from residency_history x where x.hall_id = i.hall_id and x.item_id = i.id and x.since < m.last::timestamp at time zone h.time_zone order by x.since desc limit 1) s on true
     where h.id = ${hallId} group by m.first order by m.first`.execute(db);
  return rows.map((row) => ({ ...row, rate: percentOf(row.resident, row.eligible - row.negative) }));
}

export interface ChannelShare {
  channel: string; name: string; nameEn: string; items: number; planned: number; total: number;
  /** Per cent of the items on application that can be done there now, and when the plan is done (BG-5.4.2). */
  share: number | null; target: number | null;
}

export async function channelShares(db: Database, hallId: number): Promise<ChannelShare[]> {
  const { rows } = await sql<Omit<ChannelShare, "share" | "target">>`
    select c.code as channel, c.name, c.name_en as "nameEn", count(*) filter (where c.code = any(i.channels))::int as items,
           count(*) filter (where c.code = any(i.channels_planned) and c.code <> all(i.channels))::int as planned, count(i.id)::int as total
      from codes c left join items i on i.hall_id = ${hallId} and i.active and i.on_application where c.table_name = 'channel' group by c.code, c.name, c.name_en, c.sort order by c.sort`.execute(db);
  return rows.map((row) => ({ ...row, share: percentOf(row.items, row.total), target: percentOf(row.items + row.planned, row.total) }));
}

export interface Counted {
  code: string; name: string; nameEn: string; items: number;
}

/** Items by mode of residency: entrusted, on site, wholly online (BG-C22b). */
export const itemsByMode = (db: Database, hallId: number): Promise<Counted[]> => countedBy(db, hallId, "residency_mode", "mode");
/** Items by the system that receives them; all but the integrated one are still to be brought together (JY-9.1.4a). */
export const itemsByIntake = (db: Database, hallId: number): Promise<Counted[]> => countedBy(db, hallId, "intake_system", "intake_system");

async function countedBy(db: Database, hallId: number, table: string, column: "mode" | "intake_system"): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select c.code, c.name, c.name_en as "nameEn", count(i.id)::int as items from codes c
      left join items i on i.hall_id = ${hallId} and i.active and i.on_application and i.residency <> 'not_resident' and ${sql.ref(`i.${column}`)} = c.code
     where c.table_name = ${table} group by c.code, c.name, c.name_en, c.sort order by c.sort`.execute(db);
  return rows;
}

/** How many items each town or village has received from this hall (BG-2.1.5, BG-C10b). */
export async function sinksByRegion(db: Database, hallId: number): Promise<(Counted & { level: number })[]> {
  const { rows } = await sql<Counted & { level: number }>`
    select r.code, r.name, r.name_en as "nameEn", r.level, count(distinct s.item_id)::int as items
      from sinks s join halls h on h.id = s.hall_id cross join unnest(s.regions) as u (code) join regions r on r.code = u.code
     where s.hall_id = ${hallId} and s.active and (app_now() at time zone h.time_zone)::date between s.from_on and coalesce(s.to_on, 'infinity'::date)
     group by r.code order by r.code`.execute(db);
  return rows;
}

export interface Warnings {
  negativeLapsed: number; negativeReview: number; exemptionsDue: number; agreementsLapsed: number; agreementsEnding: number; entrustedWithout: number; openChecks: number; withoutPlace: number;
}

/** What needs somebody's attention: lapsed or due for review, entrusted without an agreement, outside without a place. */
export async function residencyWarnings(db: Database, hallId: number): Promise<Warnings> {
  const { rows } = await sql<Warnings>`
    select (select count(*)::int from negative_list n where n.hall_id = h.id and n.active and n.valid_to < d.today) as "negativeLapsed",
           (select count(*)::int from negative_list n where n.hall_id = h.id and n.active and n.valid_to >= d.today and n.review_on < d.today) as "negativeReview",
           (select count(*)::int from capacity_exemptions e where e.hall_id = h.id and e.active and least(e.valid_to, e.review_on) < d.today) as "exemptionsDue",
           (select count(*)::int from agreements a where a.hall_id = h.id and a.active and a.to_on < d.today) as "agreementsLapsed",
           (select count(*)::int from agreements a where a.hall_id = h.id and a.active and a.to_on between d.today and d.today + 59) as "agreementsEnding",
           (select count(*)::int from items i where i.hall_id = h.id and i.active and i.mode = 'entrusted' and i.residency <> 'not_resident' and not item_agreed(i.hall_id, i.code, i.department_id, d.today)) as "entrustedWithout",
           (select count(*)::int from departments u where u.hall_id = h.id and u.active and not (u.functions_merged and u.moved_in and u.items_online)) as "openChecks",
           (select count(*)::int from items i join item_residency r on r.hall_id = i.hall_id and r.item_id = i.id where i.hall_id = h.id and i.active and i.residency = 'not_resident' and (r.place = '' or r.hours = '')) as "withoutPlace"
      from halls h cross join lateral (select (app_now() at time zone h.time_zone)::date as today) d where h.id = ${hallId}`.execute(db);
  return rows[0]!;
}
