import { sql } from "kysely";
import { bookingRules } from "@/lib/appointments/rules/data";
import type { Database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { sha256 } from "@/lib/kernel/ids";
import { unseal } from "@/lib/kernel/sealed";
import { type Citizen, LIST_DAYS, type Profile } from "./model";

/** Name of a visitor's cookie; over https it is bound to the host. */
export const citizenCookie = (purpose: "citizen" | "code" | "platform" = "citizen"): { name: string; secure: boolean } => {
  const secure = env().PUBLIC_URL?.startsWith("https://") ?? false;
  return { name: `${secure ? "__Host-" : ""}yiting-${purpose}`, secure };
};

/** Whoever has this session; undefined when it ended or there is none. */
export async function citizenOfSession(db: Database, sessionId: string): Promise<Citizen | undefined> {
  const row = await db.selectFrom("citizen_sessions as s").innerJoin("citizens as c", "c.id", "s.citizen_id").select(["c.id", "c.identity", "c.phone_key", "c.id_key", "c.profile"])
    .where("s.id", "=", sha256(sessionId)).where("s.expires_at", ">", sql<string>`app_now()`).executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id, via: row.identity.startsWith("phone:") ? "phone" : "platform", profile: JSON.parse(unseal(env().SECRET, row.profile)) as Profile,
    ...(row.phone_key ? { phoneKey: row.phone_key } : {}), ...(row.id_key ? { idKey: row.id_key } : {}),
  };
}

/** A booking in one's own list. */
export interface Visit {
  token: string;
  number: string;
  state: "booked" | "arrived" | "missed" | "cancelled";
  hall: string;
  hallName: string;
  hallNameEn: string;
  start: string;
  end: string;
  items: { code: string; name: string; nameEn: string }[];
  /** It is still to come, or its number is of today and not yet done. */
  coming: boolean;
  /** It can still be cancelled or moved on line. */
  changeable: boolean;
  timeZone: string;
  ticket: { number: string; state: string } | null;
  proposal: boolean;
}

/** Bookings of the visitor's phone, ID number or account in all halls, those to come first, as far back as the list goes. */
export async function visitsOf(db: Database, citizen: Citizen): Promise<Visit[]> {
  const { rows } = await sql<Omit<Visit, "changeable"> & { hallId: number; now: string }>`
    select h.id as "hallId", app_now() as now, h.time_zone as "timeZone", a.token, a.number, a.state, h.code as hall, h.name as "hallName", h.name_en as "hallNameEn", a.starts as start, a.ends as end,
           (select coalesce(jsonb_agg(jsonb_build_object('code', i.code, 'name', i.name, 'nameEn', i.name_en) order by i.name), '[]') from appointment_items x join items i on i.hall_id = x.hall_id and i.id = x.item_id where x.hall_id = a.hall_id and x.appointment_id = a.id) as items,
           case when t.id is not null then jsonb_build_object('number', t.number, 'state', t.state) end as ticket, a.proposal is not null as proposal,
           (a.state = 'booked' and a.ends > app_now()) or (t.day = (app_now() at time zone h.time_zone)::date and t.state in ('waiting', 'called', 'serving', 'held', 'missed')) is true as coming
      from halls h cross join lateral (
        select * from appointments b where b.hall_id = h.id and b.state in ('booked', 'arrived', 'missed', 'cancelled')
           and (b.citizen_id = ${citizen.id} or b.phone_key = ${citizen.phoneKey ?? null} or b.id_key = ${citizen.idKey ?? null})
           and b.day > (app_now() at time zone h.time_zone)::date - ${LIST_DAYS}::int
         order by b.starts desc limit 100) a
      left join tickets t on t.hall_id = a.hall_id and t.id = a.ticket_id
     order by coming desc, case when a.state = 'booked' then a.starts end, a.starts desc limit 100`.execute(db);
  const limits = new Map(await Promise.all([...new Set(rows.map((row) => row.hallId))].map(async (hallId) => [hallId, (await bookingRules(db, hallId)).cancelMinutes] as const)));
  return rows.map(({ hallId, now, ...visit }) => ({ ...visit, changeable: visit.state === "booked" && Date.parse(now) <= Date.parse(visit.start) - limits.get(hallId)! * 60_000 }));
}

/** On-line booking that rests after visits to which nobody came. */
export interface Pause {
  hall: string;
  hallName: string;
  hallNameEn: string;
  timeZone: string;
  until: string;
  missed: number;
  appealed: boolean;
  answer: string | null;
}

export async function pausesOf(db: Database, citizen: Citizen): Promise<Pause[]> {
  if (!citizen.phoneKey) return [];
  const { rows } = await sql<Pause>`
    select h.code as hall, h.name as "hallName", h.name_en as "hallNameEn", h.time_zone as "timeZone", p.ends as until, p.missed, p.appeal is not null as appealed, p.answer
      from halls h join booking_pauses p on p.hall_id = h.id where p.phone_key = ${citizen.phoneKey} and p.lifted_at is null and p.ends > app_now() order by h.code`.execute(db);
  return rows;
}

/** Now by the database's clock, which decides about every booking. */
export const serverNow = async (db: Database): Promise<number> => Date.parse((await sql<{ now: string }>`select app_now() as now`.execute(db)).rows[0]!.now);
