import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { type List, type ListQuery, readList } from "@/lib/db/list";
import type { Tx } from "@/lib/db/transaction";

export const SCORE_LEVELS = ["hall", "day", "hour", "line", "item"] as const;
export type ScoreLevel = (typeof SCORE_LEVELS)[number];

/** Told waits against actual ones; minutes, shares from 0 to 100. Index signature: rows of a list of the administration. */
export type ScoreRow = {
  code: string;
  level: ScoreLevel;
  key: string;
  name: string | null;
  nameEn: string | null;
  n: number;
  meanWait: number;
  mae: number;
  /** Mean of told median less actual. */
  bias: number;
  pinball50: number;
  pinball90: number;
  /** Per cent of waits within [p10, p90], and below p90. */
  coverage80: number;
  below90: number;
  /** Factor on the median that the nights have learned; null where there were too few. */
  factor: number | null;
  version: number;
};

const DAYS = 28;

/**
 * Scores of the last 28 days by hall, day, hour, line and item (score/model.ts says how). Tickets that were called in the
 * line where their wait was told; who left, or was sent on, says nothing.
 */
const scores = (hallId: number) => sql`
  with scored as (
    select p.day, p.hour, p.line_id, p.item_id, p.p10, p.p50, p.p90, extract(epoch from t.called_at - t.issued_at)::float8 / 60 as wait
      from wait_predictions p join tickets t on t.hall_id = p.hall_id and t.id = p.ticket_id join halls h on h.id = p.hall_id
     where p.hall_id = ${hallId} and p.day > (app_now() at time zone h.time_zone)::date - ${DAYS}::int and t.called_at is not null and t.line_id = p.line_id and t.rank_rule <> 'transferred'),
  each as (
    select level, key, s.* from scored s cross join lateral (values
      ('hall', '0'), ('day', s.day::text), ('hour', s.hour::text), ('line', s.line_id::text), ('item', s.item_id::text)) as part(level, key) where key is not null),
  sums as (
    select level, key, count(*)::int as n, avg(wait) as wait, avg(abs(p50 - wait)) as mae, avg(p50 - wait) as bias,
           avg(abs(wait - p50)) / 2 as pinball50, avg(case when wait >= p90 then 0.9 * (wait - p90) else 0.1 * (p90 - wait) end) as pinball90,
           100 * avg((wait between p10 and p90)::int) as coverage, 100 * avg((wait <= p90)::int) as below
      from each group by level, key)
  select s.level || '/' || s.key as code, s.level, case s.level when 'line' then l.code when 'item' then i.code when 'hour' then lpad(s.key, 2, '0') || ':00' when 'hall' then '' else s.key end as key,
         coalesce(l.name, i.name) as name, coalesce(l.name_en, i.name_en) as "nameEn", s.n, round(s.wait::numeric, 1)::float8 as "meanWait", round(s.mae::numeric, 1)::float8 as mae, round(s.bias::numeric, 1)::float8 as bias,
         round(s.pinball50::numeric, 2)::float8 as pinball50, round(s.pinball90::numeric, 2)::float8 as pinball90, round(s.coverage::numeric, 1)::float8 as coverage80, round(s.below::numeric, 1)::float8 as below90,
         round(c.f50::numeric, 2)::float8 as factor, array_position(array['hall', 'day', 'hour', 'line', 'item'], s.level) as place, 1 as version
    from sums s
    left join lines l on s.level = 'line' and l.hall_id = ${hallId} and l.id::text = s.key
    left join items i on s.level = 'item' and i.hall_id = ${hallId} and i.id::text = s.key
    left join wait_calibrations c on c.hall_id = ${hallId} and c.level = s.level and c.key::text = s.key`;

/** As a list of the administration, with export. */
export const listScores = (db: Database | Tx, hallId: number, query: ListQuery): Promise<List<ScoreRow>> =>
  readList<ScoreRow & { place: number }>(db, scores(hallId), { search: ["key", "name", "nameEn"], order: ["place", "key"], names: ["name"] }, query);

/** All of one level, in its own order. */
export const scoresOf = async (db: Database | Tx, hallId: number, level: ScoreLevel): Promise<ScoreRow[]> =>
  (await listScores(db, hallId, { filters: { level }, limit: 30, sort: level === "item" ? "n" : "key", desc: level === "item" })).rows;
