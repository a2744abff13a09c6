/** Bookings as the hall's people look them up. Reads only. */
import { sql } from "kysely";
import type { Database } from "@/lib/db/database";
import { env } from "@/lib/env/env";
import { ok, refuse, type Result } from "@/lib/kernel/result";
import { blindIndex } from "@/lib/kernel/sealed";
import type { Appointment, ArriveInput } from "../schema";
import { toAppointment } from "./data";
import { type AppointmentRow, appointmentRows } from "./rows";

/** Today's bookings of what a visitor shows or types at the hall, those that can still arrive first; a refusal when there is none. */
export async function findArrivals(db: Database, hallId: number, input: ArriveInput): Promise<Result<AppointmentRow[], "appointment_none_today">> {
  const secret = env().SECRET;
  const today = sql<string>`(select (app_now() at time zone time_zone)::date from halls where id = ${hallId})`;
  let query = appointmentRows(db, hallId).where("a.day", "=", today).where("a.state", "in", ["booked", "missed", "arrived"]);
  if (input.token) query = query.where("a.token", "=", input.token.split("/").at(-1)!);
  else if (input.number) query = query.where("a.number", "=", `Y${input.number.replace(/\D/g, "")}`);
  else if (input.phone) query = query.where("a.phone_key", "=", blindIndex(secret, "phone", input.phone.replace(/[\s-]/g, "")));
  else query = query.where("a.id_key", "=", blindIndex(secret, "id", input.idNumber ?? ""));
  const rows = await query.orderBy("a.starts").execute();
  if (rows.length === 0) return refuse("appointment_none_today", {}, input.number ? "number" : input.phone ? "phone" : input.idNumber ? "idNumber" : "token");
  const open = rows.filter((row) => row.state !== "arrived");
  return ok(open.length > 0 ? open : rows.slice(-1));
}

export interface DaySearch {
  day?: string;
  /** Booking number, or a whole phone number. */
  q?: string;
  state?: string;
  /** Only those who need help: wheelchair, sign language, interpreter … */
  needs?: boolean;
  cursor?: string;
  limit: number;
}

/** Bookings of a day in the order of their times. */
export async function listOfDay(db: Database, hallId: number, search: DaySearch): Promise<{ items: Appointment[]; nextCursor?: string }> {
  const today = sql<string>`(select (app_now() at time zone time_zone)::date from halls where id = ${hallId})`;
  let query = appointmentRows(db, hallId).where("a.day", "=", search.day ?? today).where("a.state", "not in", ["held", "expired"]);
  if (search.state) query = query.where("a.state", "=", search.state);
  if (search.needs) query = query.where(sql<boolean>`cardinality(a.needs) > 0`);
  if (search.q) query = /^1\d{10}$/.test(search.q) ? query.where("a.phone_key", "=", blindIndex(env().SECRET, "phone", search.q)) : query.where("a.number", "like", `%${search.q.toUpperCase().replace(/[%_\\]/g, "")}%`);
  const offset = /^\d+$/.test(search.cursor ?? "") ? Number(search.cursor) : 0;
  const rows = await query.orderBy("a.starts").orderBy("a.id").offset(offset).limit(search.limit + 1).execute();
  const items = await Promise.all(rows.slice(0, search.limit).map((row) => toAppointment(db, row)));
  return rows.length > search.limit ? { items, nextCursor: String(offset + search.limit) } : { items };
}
