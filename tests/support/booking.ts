import { sql } from "kysely";
import { bookVisit } from "@/lib/appointments/book/commands";
import { slotOffers } from "@/lib/appointments/book/data";
import { appointmentByToken, type AppointmentRow } from "@/lib/appointments/book/rows";
import { makeSlots } from "@/lib/appointments/stock/commands";
import { bookInput, type Booked, type Slot } from "@/lib/appointments/schema";
import { ok, type Result } from "@/lib/kernel/result";
import { act, db, demo, later, must } from "./hall";

export const SECRET = process.env.SECRET!;
/** 教师资格认定 in line A, 出入境 in line E, 不动产登记 in line B with evening sessions. */
export const ITEM = "990101001000";

/** Moves the test's clock to an instant after now and brings the slots to it. */
export async function travel(to: string): Promise<void> {
  const { rows } = await sql<{ seconds: number }>`select extract(epoch from ${to}::timestamptz - app_now())::float8 as seconds`.execute(db());
  if (rows[0]!.seconds < 0) throw new Error(`the clock runs forward only: ${to}`);
  await later(rows[0]!.seconds);
  must(await act(async (ctx) => ok(await makeSlots(ctx))));
}

export const slots = async (item = ITEM, more: { kind?: "regular" | "special" | "home" | "off_hours"; party?: number; from?: string; to?: string } = {}): Promise<Slot[]> =>
  must(await slotOffers(db(), (await demo()).id, { items: item.split(","), party: 1, ...more }));

let people = 0;
/** Somebody who has never booked before. */
export const somebody = (name = "王小明"): { name: string; phone: string } => ({ name, phone: `139${String(10_000_000 + people++)}` });

/** Books as a visitor on line unless told otherwise. */
export const book = async (input: Record<string, unknown>, online = true): Promise<Result<Booked>> =>
  act((ctx) => bookVisit(ctx, bookInput.parse({ item: input.items || input.hold ? undefined : ITEM, person: somebody(), ...input }), { secret: SECRET, online }));

export const row = (booked: { token: string }): Promise<AppointmentRow> => appointmentByToken(db(), booked.token);

/** Every booked seat lies within its slot, and the slots count what is really taken (I7). */
export async function seatFaults(): Promise<unknown[]> {
  const { rows } = await sql`
    select s.id, s.capacity, s.booked, coalesce(sum(x.seats), 0)::int as taken from slots s left join appointment_seats x on x.hall_id = s.hall_id and x.slot_id = s.id
     group by s.hall_id, s.id having s.booked <> coalesce(sum(x.seats), 0) or s.booked > s.capacity`.execute(db());
  return rows;
}
