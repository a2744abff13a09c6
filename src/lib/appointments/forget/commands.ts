import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";

/** Days after which nobody needs to know any more who came (minimum storage, 个人信息保护法 art. 19). */
const KEPT_DAYS = 180;

const FORGOTTEN = sql`person = null, name_mask = '', phone_mask = ''`;
const ENDED = sql`(state in ('cancelled', 'expired') or (state in ('arrived', 'missed') and ends < app_now()))`;

/** Takes name, phone and ID number out of a phone's bookings that are over, in all halls. The figures stay; the keyed hashes go with a running pause only. */
export async function forgetPersons(db: Database | Tx, phoneKey: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`update appointments set ${FORGOTTEN}, id_key = null where phone_key = ${phoneKey} and ${ENDED} and person is not null returning id`.execute(db);
  return rows.length;
}

/** The same for everybody after half a year; run by a job. */
export async function forgetOldPersons(db: Database): Promise<void> {
  await sql`update appointments set ${FORGOTTEN}, id_key = null, phone_key = null, person_key = null where day < (app_now() - make_interval(days => ${KEPT_DAYS}))::date and ${ENDED} and phone_key is not null`.execute(db);
}
