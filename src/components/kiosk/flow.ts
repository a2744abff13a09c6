/** A visitor's way through the kiosk as data: which question is asked, what has been answered, where "back" leads. */
import type { Appointment, Booked, Slot } from "@/lib/appointments/schema";
import type { Item } from "@/lib/catalog/schema";
import type { IssuedTicket } from "@/lib/queue/ticket/schema";

export interface Named {
  code: string;
  name: string;
  nameEn: string;
}

/** What the number is for: an item, or a line when the visitor does not know which item. */
export interface Choice {
  item?: Item;
  line: Named;
}

/** What the slip says of a number, just taken or got by a check-in. */
export type SlipTicket = Pick<IssuedTicket, "number" | "token" | "estimate" | "lineName" | "lineNameEn" | "zone" | "zoneEn" | "floor" | "issuedAt"> & { ahead?: number | undefined };

/** How a booking is named at the kiosk; a scanned link needs no question. */
export const ARRIVE_BY = ["number", "phone", "idNumber"] as const;
export type ArriveBy = (typeof ARRIVE_BY)[number];

/** Why a check-in gave no number: nothing found, too early, refused otherwise, or no answer. */
export interface NoArrival {
  why: "none" | "early" | "refused" | "failed";
  detail: string;
  /** Of the booking that came too early: an ordinary number for the same is one touch away. */
  from?: string;
  start?: string;
  item?: string;
  line?: string;
}

/** Steps of those who have booked, and of those who book here. Their screens are loaded when they are needed. */
export type BookingStep =
  | { at: "arrive" }
  | { at: "arrive-type"; by: ArriveBy }
  | { at: "arrive-choose"; choices: Appointment[] }
  | { at: "arrive-not"; reason: NoArrival }
  | { at: "book-day"; choice: BookChoice }
  | { at: "book-time"; choice: BookChoice; day: string }
  | { at: "book-phone"; choice: BookChoice; slot: Slot }
  | { at: "booked"; choice: BookChoice; booked: Booked };

/** A time is booked for an item, not for a line. */
export type BookChoice = Choice & { item: Item };

export type Step =
  | BookingStep
  | { at: "start" }
  | { at: "search" }
  | { at: "field"; field: string }
  | { at: "confirm"; choice: Choice }
  | { at: "id"; choice: Choice }
  | { at: "failed"; choice: Choice }
  | { at: "result"; choice: { item?: Named | undefined; line: Named }; ticket: SlipTicket; booked?: { start: string; late: boolean } };

export const isBooking = (step: Step): step is BookingStep => step.at.startsWith("arrive") || step.at.startsWith("book");

export interface Visit {
  /** The way so far, the present step last; never empty. */
  way: readonly Step[];
  query: string;
  /** Priority class; "normal" unless chosen or proven by age. */
  class: string;
  idNumber: string;
  /** Digits of a booking number, a phone number or an ID number on the steps of booking; gone with the step. */
  typed: string;
}

export const NORMAL_CLASS = "normal";
export const ID_LENGTH = 18;

export const newVisit = (): Visit => ({ way: [{ at: "start" }], query: "", class: NORMAL_CLASS, idNumber: "", typed: "" });

export const stepOf = (visit: Visit): Step => visit.way[visit.way.length - 1] ?? { at: "start" };

export type Move =
  | { do: "go"; to: Step }
  | { do: "replace"; to: Step }
  | { do: "back" }
  | { do: "query"; text: string }
  /** Signs from a keyboard or a reader that types: they begin a search, or the ID number on the confirm step. */
  | { do: "type"; sign: string }
  | { do: "erase" }
  | { do: "class"; code: string }
  | { do: "id"; text: string }
  | { do: "typed"; text: string }
  /** A code was scanned: whatever was begun, this visitor wants to check in. */
  | { do: "scanned" };

const cleanId = (text: string): string => text.toUpperCase().replace(/[^0-9X]/g, "").slice(0, ID_LENGTH);

const LENGTHS: Record<ArriveBy, number> = { number: 6, phone: 11, idNumber: ID_LENGTH };
/** How many digits the present step asks for, 0 where none are typed. */
export const lengthOf = (step: Step): number => (step.at === "arrive-type" ? LENGTHS[step.by] : step.at === "book-phone" ? LENGTHS.phone : 0);

/** Digits as far as the step wants them; the X only in an ID number. */
const cleanTyped = (step: Step, text: string): string => text.toUpperCase().replace(lengthOf(step) === ID_LENGTH ? /[^0-9X]/g : /\D/g, "").slice(0, lengthOf(step));

function typed(visit: Visit, sign: string): Visit {
  const step = stepOf(visit);
  if (lengthOf(step) > 0) return { ...visit, typed: cleanTyped(step, visit.typed + sign) };
  if (step.at === "start") return { ...visit, query: visit.query + sign, way: [...visit.way, { at: "search" }] };
  if (step.at === "search") return { ...visit, query: visit.query + sign };
  if (step.at !== "confirm" && step.at !== "id") return visit;
  const idNumber = cleanId(visit.idNumber + sign);
  if (idNumber === visit.idNumber) return visit;
  return { ...visit, idNumber, way: step.at === "id" ? visit.way : [...visit.way, { at: "id", choice: step.choice }] };
}

export function move(visit: Visit, action: Move): Visit {
  switch (action.do) {
    case "go":
      return { ...visit, way: [...visit.way, action.to], typed: "" };
    case "replace":
      return { ...visit, way: [...visit.way.slice(0, -1), action.to], typed: "" };
    case "back": {
      if (visit.way.length === 1) return visit;
      const left = stepOf(visit);
      const way = visit.way.slice(0, -1);
      if (isBooking(left)) return { ...visit, way, typed: "" };
      // Class and ID belong to the item; choosing another one starts them afresh.
      if (left.at === "confirm") return { ...visit, way, class: NORMAL_CLASS, idNumber: "" };
      return { ...visit, way, query: left.at === "search" ? "" : visit.query };
    }
    case "query":
      return { ...visit, query: action.text.slice(0, 40) };
    case "type":
      return typed(visit, action.sign);
    case "erase":
      if (lengthOf(stepOf(visit)) > 0) return { ...visit, typed: visit.typed.slice(0, -1) };
      return stepOf(visit).at === "id" ? { ...visit, idNumber: visit.idNumber.slice(0, -1) } : { ...visit, query: visit.query.slice(0, -1) };
    case "class":
      return { ...visit, class: action.code };
    case "id":
      return { ...visit, idNumber: cleanId(action.text) };
    case "typed":
      return { ...visit, typed: cleanTyped(stepOf(visit), action.text) };
    case "scanned":
      return { ...newVisit(), way: [{ at: "start" }, { at: "arrive" }] };
  }
}
