/** Bookings that a closure hits. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Tx } from "@/lib/db/transaction";

export interface Hit {
  id: number; number: string; starts: string; ends: string; line: string; lineName: string; lineNameEn: string; name: string; phone: string; channel: string; party: number;
  /** The slot does not exist any more, or more is booked than the windows can do now. */
  reason: "closed" | "overfull";
  proposal: { starts: string; ends: string; until: string } | null;
}

/**
 * Bookings that do not fit any more: those of closed slots, and of overfull ones the latest booked. `held` proposals are
 * shown with them. Whoever is hit may come all the same.
 */
export async function hitBookings(db: Database | Tx, hallId: number): Promise<Hit[]> {
  const { rows } = await sql<Hit>`
    with over as (
      select s.id, s.closed or s.planned + s.adjust <= 0 as closed, slot_wanted(s) as wanted from slots s where s.hall_id = ${hallId} and s.starts > app_now() and s.booked > slot_wanted(s)),
    seat as (
      select x.appointment_id, o.closed, sum(x.seats) over (partition by x.slot_id order by a.booked_at, a.id) > o.wanted as beyond
        from over o join appointment_seats x on x.hall_id = ${hallId} and x.slot_id = o.id and x.release_at is null join appointments a on a.hall_id = x.hall_id and a.id = x.appointment_id and a.state = 'booked')
    select a.id, a.number, a.starts, a.ends, l.code as line, l.name as "lineName", l.name_en as "lineNameEn", a.name_mask as name, a.phone_mask as phone, a.channel, a.party,
           case when bool_or(seat.closed) then 'closed' else 'overfull' end as reason, a.proposal
      from seat join appointments a on a.hall_id = ${hallId} and a.id = seat.appointment_id join lines l on l.hall_id = a.hall_id and l.id = a.line_id
     where seat.closed or seat.beyond group by a.hall_id, a.id, l.code, l.name, l.name_en order by a.starts, a.id`.execute(db);
  return rows;
}
