/**
 * A hall for the journeys of booked visitors only. Where it lies it is ten in the morning when the tests begin, whatever the
 * time is here: its day does not end on the way. A slot begins every ten minutes and can be booked until it begins.
 */
import path from "node:path";
import { sql } from "kysely";
import { createDatabase, createPool, type Database } from "@/lib/db/database";
import type { State } from "./state";

export const HALL = "booking";
export const ITEM = { code: "990709005000", name: "预约演练事项" };
export const EARLY = 60;
export const LATE = 20;

const hourIn = (zone: string): string => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(new Date());

/** Makes the hall from the county hall's tables: one line, one window, one kiosk. */
export async function makeBookingHall(db: Database): Promise<void> {
  const [{ importHall, readHallFolder }, { changeHall }, { publishBookingRules }, { bookingRulesSchema }] = await Promise.all([import("@/setup/import"), import("@/lib/ledger/commands"), import("@/lib/appointments/rules/commands"), import("@/lib/appointments/rules/schema")]);
  const { rows, policy } = await readHallFolder(path.resolve("data/halls/demo2"));
  const only = (kind: keyof typeof rows, ...codes: string[]) => rows[kind].filter((row) => codes.includes(String(row.code)));
  const empty = Object.fromEntries(Object.keys(rows).map((kind) => [kind, []])) as unknown as typeof rows;
  const timeZone = Intl.supportedValuesOf("timeZone").find((zone) => hourIn(zone) === "10")!;
  const hall = await importHall(db, {
    source: HALL, policy, guides: {},
    rows: {
      ...empty, hall: [{ ...rows.hall[0]!, code: HALL, name: "预约演练大厅", nameEn: "Booking rehearsal hall", timeZone }],
      opening: ["1", "2", "3", "4", "5", "6", "7"].map((weekday) => ({ weekday, start: "00:00", end: "23:50", label: "全天", labelEn: "All day" })),
      fields: only("fields", "general"), zones: only("zones", "A", "C"), departments: only("departments", "zsj"), lines: only("lines", "A"),
      items: [{ ...rows.items[0]!, ...ITEM, nameEn: "Rehearsal of a booking", baseCode: ITEM.code, department: "zsj", aliases: "", minutes: "10", popular: "1" }],
      windows: only("windows", "A01").map((row) => ({ ...row, helping: "" })), devices: only("devices", "kiosk1"),
      staff: [{ username: "bookguide", name: "安若溪", role: "guide", department: "zsj", window: "" }, { username: "bookclerk", name: "柏景行", role: "clerk", department: "zsj", window: "A01" }],
      stocks: [{ code: "A", name: "综合受理", nameEn: "General intake", kind: "regular", line: "A", items: "", windows: "", times: "1-7 00:00-23:45|H 00:00-23:45", slotMinutes: "10", minutes: "10", share: "100", seats: "20", team: "" }],
    },
  });
  const published = await changeHall(db, { hall, actor: "import" }, (ctx) => publishBookingRules(ctx, bookingRulesSchema.parse({ leadMinutes: 0, earlyMinutes: EARLY, lateMinutes: LATE, perItem: 5, perDay: 9, perWeek: 9 }), 0));
  if (!published.ok) throw new Error(published.code);
}

/** What only time does to a booking is done in its table: nobody waits for a clock. */
export async function withDatabase<T>(state: State, work: (db: Database) => Promise<T>): Promise<T> {
  const pool = createPool(state.databaseUrl, 1);
  try {
    return await work(createDatabase(pool));
  } finally {
    await pool.end();
  }
}

/** The booked time is so many minutes ago. */
export const moveBack = (state: State, token: string, minutes: number) =>
  withDatabase(state, (db) => sql`update appointments set starts = now() - make_interval(mins => ${minutes}), ends = now() - make_interval(mins => ${minutes - 10}) where token = ${token}`.execute(db));

/** The booking was for yesterday. */
export const moveToYesterday = (state: State, token: string) =>
  withDatabase(state, (db) => sql`update appointments set starts = starts - interval '1 day', ends = ends - interval '1 day', day = day - 1 where token = ${token}`.execute(db));

export interface BookingRow {
  state: string;
  late: boolean;
  endedReason: string | null;
  channel: string;
}

export const bookingOf = (state: State, token: string): Promise<BookingRow> =>
  withDatabase(state, async (db) => (await sql<BookingRow>`select state, late, ended_reason as "endedReason", channel from appointments where token = ${token}`.execute(db)).rows[0]!);
