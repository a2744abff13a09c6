/** What a visitor has chosen so far, kept in the address: nothing about the person. Pure. */
import { STOCK_KINDS, type StockKind } from "@/lib/appointments/model";

export interface Wish {
  items: readonly string[];
  party: number;
  kind?: StockKind;
  day?: string;
  /** Link of the seat that is kept. */
  hold?: string;
}

export type Params = Readonly<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? "";

/** The wish of an address; what is not well formed is not there. */
export function wishOf(params: Params): Wish {
  const items = [...new Set([...one(params.items).split(","), one(params.item)].map((code) => code.trim()).filter((code) => code !== "" && code.length <= 64))].slice(0, 10);
  const party = Number(one(params.party));
  const kind = STOCK_KINDS.find((known) => known === one(params.kind));
  const [day, hold] = [one(params.day), one(params.hold)];
  return {
    items, party: Number.isInteger(party) && party >= 1 && party <= 50 ? party : 1, ...(kind ? { kind } : {}),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(day) ? { day } : {}), ...(hold && hold.length <= 128 ? { hold } : {}),
  };
}

/** The address of a wish in a hall; `step=time` once the items are complete. */
export function bookPath(hall: string, wish: Wish, step?: "time"): string {
  const query = new URLSearchParams();
  if (wish.items.length > 0) query.set("items", wish.items.join(","));
  if (wish.party > 1) query.set("party", String(wish.party));
  for (const key of ["kind", "day", "hold"] as const) if (wish[key]) query.set(key, wish[key]);
  if (step) query.set("step", step);
  const text = query.toString().replaceAll("%2C", ",");
  return `/h/${hall}/book${text ? `?${text}` : ""}`;
}

export type Load = "free" | "some" | "busy" | "full";

/** How full a time is, in four words. */
export const loadOf = ({ free, load }: { free: number; load: number }): Load => (free < 1 ? "full" : load < 0.4 ? "free" : load < 0.75 ? "some" : "busy");
