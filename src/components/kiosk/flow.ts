/** A visitor's way through the kiosk as data: which question is asked, what has been answered, where "back" leads. */
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

export type Step =
  | { at: "start" }
  | { at: "search" }
  | { at: "field"; field: string }
  | { at: "confirm"; choice: Choice }
  | { at: "id"; choice: Choice }
  | { at: "failed"; choice: Choice }
  | { at: "result"; choice: Choice; ticket: IssuedTicket };

export interface Visit {
  /** The way so far, the present step last; never empty. */
  way: readonly Step[];
  query: string;
  /** Priority class; "normal" unless chosen or proven by age. */
  class: string;
  idNumber: string;
}

export const NORMAL_CLASS = "normal";
export const ID_LENGTH = 18;

export const newVisit = (): Visit => ({ way: [{ at: "start" }], query: "", class: NORMAL_CLASS, idNumber: "" });

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
  | { do: "id"; text: string };

const cleanId = (text: string): string => text.toUpperCase().replace(/[^0-9X]/g, "").slice(0, ID_LENGTH);

function typed(visit: Visit, sign: string): Visit {
  const step = stepOf(visit);
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
      return { ...visit, way: [...visit.way, action.to] };
    case "replace":
      return { ...visit, way: [...visit.way.slice(0, -1), action.to] };
    case "back": {
      if (visit.way.length === 1) return visit;
      const left = stepOf(visit);
      const way = visit.way.slice(0, -1);
      // Class and ID belong to the item; choosing another one starts them afresh.
      if (left.at === "confirm") return { ...visit, way, class: NORMAL_CLASS, idNumber: "" };
      return { ...visit, way, query: left.at === "search" ? "" : visit.query };
    }
    case "query":
      return { ...visit, query: action.text.slice(0, 40) };
    case "type":
      return typed(visit, action.sign);
    case "erase":
      return stepOf(visit).at === "id" ? { ...visit, idNumber: visit.idNumber.slice(0, -1) } : { ...visit, query: visit.query.slice(0, -1) };
    case "class":
      return { ...visit, class: action.code };
    case "id":
      return { ...visit, idNumber: cleanId(action.text) };
  }
}
