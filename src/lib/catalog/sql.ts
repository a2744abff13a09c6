import { type RawBuilder, sql } from "kysely";

/** Business date of a hall. */
export const todayOf = (hallId: RawBuilder<unknown> | number): RawBuilder<string> => sql`(select (app_now() at time zone h.time_zone)::date from halls h where h.id = ${hallId})`;

/**
 * The version that every channel reads of the item `i`: the newest published one whose day has come. To be joined
 * laterally; no job switches versions, the date does.
 */
export const currentVersion = (columns: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (select ${columns} from item_versions v where v.hall_id = i.hall_id and v.item_id = i.id and v.state = 'published' and v.effective_on <= ${todayOf(sql`i.hall_id`)}
    order by v.version desc limit 1)`;
