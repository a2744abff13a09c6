import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import type { Locale } from "@/lib/i18n/locale";
import { waitingNow } from "../estimate/data";
import { estimatesNow } from "../estimate/live/data";
import { currentPolicy } from "../policy/data";
import { classOf } from "../policy/model";
import { type EventRow, listEvents } from "./data-admin";
import { eventText } from "./event-words";
import { type Overview, WAIT_LIMITS } from "./overview-schema";

const LAST_EVENTS = 20;
const LONGEST = 10;

type WindowRow = Overview["windows"][number] & { open_state: string; ticket_state: string | null; state_at: string };

const windowsNow = (hallId: number, today: string) => sql<WindowRow>`
  select w.code, w.name, w.name_en as "nameEn", z.code as zone, z.name as "zoneName", z.name_en as "zoneNameEn", z.floor,
         w.state as open_state, w.state_at, w.pause_reason as "pauseReason", s.name as "operatorName", t.state as ticket_state,
         case when t.id is null then null else jsonb_build_object('number', t.number, 'line', l.code, 'at', coalesce(t.started_at, t.last_call_at), 'calls', t.calls) end as ticket,
         (select count(*) from tickets h where h.hall_id = w.hall_id and h.day = ${today} and h.window_id = w.id and h.state = 'held')::int as held,
         (select count(*) from tickets f where f.hall_id = w.hall_id and f.day = ${today} and f.window_id = w.id and f.state = 'finished' and f.started_at is not null)::int as served,
         array(select x.code from window_lines wl join lines x on x.hall_id = wl.hall_id and x.id = wl.line_id where wl.hall_id = w.hall_id and wl.window_id = w.id order by wl.tier, x.sort) as lines
    from windows w join zones z on z.hall_id = w.hall_id and z.id = w.zone_id
    left join tickets t on t.hall_id = w.hall_id and t.window_id = w.id and t.state in ('called', 'serving')
    left join lines l on l.hall_id = t.hall_id and l.id = t.line_id
    left join staff s on w.operator like 'staff:%' and s.id = split_part(w.operator, ':', 2)::int
   where w.hall_id = ${hallId} and w.active order by z.floor, z.sort, w.sort, w.code`;

const linesNow = (hallId: number) => sql<{ id: number; code: string; name: string; nameEn: string; windowsOpen: number; windows: number; helpersOpen: number }>`
  select l.id, l.code, l.name, l.name_en as "nameEn",
         count(w.id) filter (where w.state = 'open' and wl.tier = 1)::int as "windowsOpen", count(w.id) filter (where wl.tier = 1)::int as windows,
         count(w.id) filter (where w.state = 'open' and wl.tier > 1)::int as "helpersOpen"
    from lines l left join window_lines wl on wl.hall_id = l.hall_id and wl.line_id = l.id
    left join windows w on w.hall_id = wl.hall_id and w.id = wl.window_id and w.active
   where l.hall_id = ${hallId} and l.active group by l.hall_id, l.id order by l.sort, l.code`;

const figuresOf = (hallId: number, today: string) => sql<Record<keyof Overview["figures"], number | null>>`
  select count(*)::int as issued, count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state in ('called', 'serving', 'held'))::int as active,
         count(*) filter (where state = 'finished' and started_at is not null)::int as served, count(*) filter (where state = 'missed')::int as missed,
         count(*) filter (where called_at is not null)::int as called,
         avg(extract(epoch from called_at - issued_at) / 60)::float8 as "meanWait",
         (percentile_cont(0.9) within group (order by extract(epoch from called_at - issued_at) / 60) filter (where called_at is not null))::float8 as "p90Wait"
    from tickets where hall_id = ${hallId} and day = ${today}`;

const longestNow = (hallId: number, today: string) => sql<Omit<Overview["longest"][number], "className">>`
  select t.number, l.code as line, l.name as "lineName", l.name_en as "lineNameEn", t.class, t.issued_at as "issuedAt"
    from tickets t join lines l on l.hall_id = t.hall_id and l.id = t.line_id
   where t.hall_id = ${hallId} and t.day = ${today} and t.state = 'waiting' order by t.issued_at, t.id limit ${LONGEST}`;

const toWindow = ({ open_state, ticket_state, state_at, pauseReason, operatorName, ticket, ...window }: WindowRow): Overview["windows"][number] => ({
  ...window,
  state: ticket_state === "called" ? "calling" : ticket_state === "serving" ? "serving" : (open_state as "closed" | "open" | "paused"),
  since: ticket?.at ?? state_at,
  ...(pauseReason ? { pauseReason } : {}), ...(operatorName ? { operatorName } : {}), ...(ticket ? { ticket } : {}),
});

const toEvent = (locale: Locale) => (row: EventRow): Overview["events"][number] => ({
  seq: row.seq, at: row.at, type: row.type, text: eventText(locale, row), actor: row.actorName ?? "",
});

/**
 * The hall now, for its administrators. `seq` is read first: what is shown is at least that new. Waits are minutes; names
 * are given in both languages, sentences in `locale`.
 */
export async function hallOverview(db: Database, hallId: number, locale: Locale): Promise<Overview> {
  const { rows: [head] } = await sql<{ hall: string; seq: number; at: string; today: string; timeZone: string }>`
    select h.code as hall, l.seq, app_now() as at, (app_now() at time zone h.time_zone)::date as today, h.time_zone as "timeZone"
      from halls h join ledger_heads l on l.hall_id = h.id where h.id = ${hallId}`.execute(db);
  const { today } = head!;
  const [waitingIn, lines, windows, figures, longest, events, policy, limits] = await Promise.all([
    waitingNow(db, hallId, today), linesNow(hallId).execute(db), windowsNow(hallId, today).execute(db), figuresOf(hallId, today).execute(db),
    longestNow(hallId, today).execute(db), listEvents(db, hallId, { limit: LAST_EVENTS }), currentPolicy(db, hallId),
    db.selectFrom("tidal_rules").select(["long_minutes as long", "too_long_minutes as tooLong"]).where("hall_id", "=", hallId).executeTakeFirst(),
  ]);
  const estimates = await estimatesNow(db, hallId, today, lines.rows.map(({ id }) => ({ lineId: id, ahead: waitingIn.get(id)?.count ?? 0 })), head!.seq);
  const className = (code: string) => {
    const known = classOf(policy, code);
    return known ? (locale === "en" ? known.nameEn : known.name) : code;
  };
  const { meanWait, p90Wait, ...counts } = figures.rows[0]!;
  return {
    ...head!, limits: limits ?? WAIT_LIMITS,
    lines: lines.rows.map(({ id, ...line }, index) => {
      const waiting = waitingIn.get(id);
      const estimate = estimates[index];
      return { ...line, waiting: waiting?.count ?? 0, ...(waiting ? { oldest: waiting.oldest } : {}), ...(estimate ? { estimate } : {}) };
    }),
    windows: windows.rows.map(toWindow),
    longest: longest.rows.map((row) => ({ ...row, className: className(row.class) })),
    events: events.rows.map(toEvent(locale)),
    figures: { ...(counts as Omit<Overview["figures"], "meanWait" | "p90Wait">), ...(meanWait === null ? {} : { meanWait }), ...(p90Wait === null ? {} : { p90Wait }) },
  };
}

export interface HallAtWork {
  code: string; name: string; nameEn: string; regionName: string; regionNameEn: string;
  waiting: number; oldest: string | null; windowsOpen: number; windows: number; issued: number; served: number;
}

/** The halls of a scope at a glance, to choose one. */
export async function hallsAtWork(db: Database, hallIds: readonly number[]): Promise<HallAtWork[]> {
  const { rows } = await sql<HallAtWork>`
    select h.code, h.name, h.name_en as "nameEn", r.name as "regionName", r.name_en as "regionNameEn",
           t.waiting, t.oldest, t.issued, t.served, w.open as "windowsOpen", w.n as windows
      from halls h join regions r on r.code = h.region
      cross join lateral (select count(*) filter (where state = 'waiting')::int as waiting, min(issued_at) filter (where state = 'waiting') as oldest, count(*)::int as issued,
                                 count(*) filter (where state = 'finished' and started_at is not null)::int as served
                            from tickets where hall_id = h.id and day = (app_now() at time zone h.time_zone)::date) t
      cross join lateral (select count(*)::int as n, count(*) filter (where state = 'open')::int as open from windows where hall_id = h.id and active) w
     where h.id = any(${[...hallIds]}::int[]) and h.active order by h.region, h.code`.execute(db);
  return rows;
}
