/** Booking as data and pure decisions: states, what a visit needs, what is on offer. No clock and no I/O. */

export const APPOINTMENT_STATES = ["held", "booked", "arrived", "missed", "cancelled", "expired"] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

/** States in which a booking still takes place. */
export const LIVE_STATES = ["held", "booked"] as const satisfies readonly AppointmentState[];

/**
 * Every step of a booking. A missed one can still arrive on its day: it gets an ordinary number and is no no-show any
 * more (JY-7.2.2c). `move` keeps the state: another time, wished by the visitor or proposed by the hall.
 */
export const APPOINTMENT_STEPS = {
  confirm: { from: ["held"], to: "booked", event: "appointment.booked" },
  move: { from: ["booked"], to: "booked", event: "appointment.moved" },
  cancel: { from: ["held", "booked"], to: "cancelled", event: "appointment.cancelled" },
  expire: { from: ["held"], to: "expired", event: "appointment.expired" },
  arrive: { from: ["booked", "missed"], to: "arrived", event: "appointment.arrived" },
  miss: { from: ["booked"], to: "missed", event: "appointment.missed" },
} as const satisfies Record<string, { from: readonly AppointmentState[]; to: AppointmentState; event: `appointment.${string}` }>;
export type AppointmentStep = keyof typeof APPOINTMENT_STEPS;

export const canStep = (step: AppointmentStep, from: AppointmentState): boolean => (APPOINTMENT_STEPS[step].from as readonly AppointmentState[]).includes(from);

export const STOCK_KINDS = ["regular", "special", "home", "off_hours"] as const;
export type StockKind = (typeof STOCK_KINDS)[number];

/** One slot as offers are worked out from it. Times are ISO 8601; `free` counts seats. */
export interface SlotSeats {
  id: number;
  starts: string;
  ends: string;
  capacity: number;
  booked: number;
  closed: boolean;
  /** Services that one window does within the slot: what one visit can use of it. */
  perWindow: number;
}

/** One line's part of a visit, in the order in which the items were named. */
export interface Leg {
  /** Minutes of all its items together, and of one service of the stock: how many seats a person needs. */
  minutes: number;
  stockMinutes: number;
  slots: readonly SlotSeats[];
}

export interface Offer {
  starts: string;
  ends: string;
  /** Visits of this kind that still fit. */
  free: number;
  /** Share of the seats that are taken, 0 to 1, of the fullest slot that the visit touches. */
  load: number;
  seats: { slot: number; seats: number }[];
}

/** Seats that a person needs: several items are one longer visit. Never less than one. */
export const unitsOf = ({ minutes, stockMinutes }: Pick<Leg, "minutes" | "stockMinutes">): number => Math.max(1, Math.ceil(minutes / stockMinutes - 0.25));

/**
 * The times at which a whole visit fits, in order. Within a line one window does at most `perWindow` services a slot, so a
 * long visit goes on in the slots after it without a gap; the next line's part begins when the one before it ends. A
 * group of `party` people needs each seat as often.
 */
export function offersOf(legs: readonly Leg[], party: number): Offer[] {
  const [first] = legs;
  if (!first) return [];
  const offers: Offer[] = [];
  for (const [index, slot] of first.slots.entries()) {
    if (index > 0 && first.slots[index - 1]!.starts === slot.starts) continue;
    const offer = offerAt(legs, party, slot.starts);
    if (offer) offers.push(offer);
  }
  return offers;
}

/** The visit that begins at `starts`; undefined when its slots do not exist without a gap. `free` may be 0. */
export function offerAt(legs: readonly Leg[], party: number, starts: string): Offer | undefined {
  const seats: Offer["seats"] = [];
  let at = Date.parse(starts);
  let free = Number.POSITIVE_INFINITY;
  let load = 0;
  let ends = starts;
  for (const leg of legs) {
    let left = unitsOf(leg);
    let index = firstFrom(leg.slots, at);
    // A later line's slots need not begin at the same minute; a visitor waits for the next one at most its length.
    const begin = leg.slots[index];
    if (!begin || (leg === legs[0] ? Date.parse(begin.starts) !== at : Date.parse(begin.starts) - at > Date.parse(begin.ends) - Date.parse(begin.starts))) return undefined;
    for (; left > 0; index++) {
      const slot = leg.slots[index];
      const before = leg.slots[index - 1];
      if (!slot || (seats.length > 0 && before && seats.at(-1)!.slot === before.id && slot.starts !== before.ends)) return undefined;
      // Where fewer seats are offered than one window could do, a long visit takes more slots instead.
      const taken = Math.max(1, Math.min(left, slot.perWindow, Math.floor(slot.capacity / party)));
      seats.push({ slot: slot.id, seats: taken * party });
      free = Math.min(free, slot.closed ? 0 : Math.floor((slot.capacity - slot.booked) / (taken * party)));
      load = Math.max(load, slot.capacity === 0 ? 1 : slot.booked / slot.capacity);
      left -= taken;
      ends = slot.ends;
    }
    at = Date.parse(ends);
  }
  return { starts, ends, free: Math.max(0, free), load: Math.min(1, load), seats };
}

/** Index of the first slot that begins at `at` or later; slots are in order, and texts of one form sort as times do. */
function firstFrom(slots: readonly SlotSeats[], at: number): number {
  let [low, high] = [0, slots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Date.parse(slots[middle]!.starts) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The quietest times with room on a day, at most `count`: suggested to visitors who can choose (JY-6.3d). */
export function quietest<T extends Pick<Offer, "free" | "load" | "starts">>(offers: readonly T[], count = 3): T[] {
  const open = offers.filter((offer) => offer.free > 0);
  const busiest = Math.max(0, ...open.map((offer) => offer.load));
  return [...open].filter((offer) => offer.load < busiest || busiest === 0).sort((a, b) => a.load - b.load || b.free - a.free || (a.starts < b.starts ? -1 : 1)).slice(0, count);
}

export type ServiceTime = "usual" | "early" | "noon" | "evening" | "weekend" | "holiday";

/**
 * Which kind of service time a moment is: 午间, 晚间, 周末, 节假日 or before the usual morning (BG-C13b, BG-C09b). `hour`
 * by the hall's clock, `weekday` 1 = Monday; a 调休 working day counts as a weekday.
 */
export function serviceTime(hour: number, weekday: number, national: "holiday" | "work" | null): ServiceTime {
  if (national === "holiday") return "holiday";
  if (weekday > 5 && national !== "work") return "weekend";
  if (hour < 8.5) return "early";
  if (hour >= 12 && hour < 13.5) return "noon";
  return hour >= 17.5 ? "evening" : "usual";
}

/** On time, early or late at the hall: minutes before and after the slot's start by the rules. */
export function arrivalVerdict(now: number, starts: number, rules: { earlyMinutes: number; lateMinutes: number }): "too_early" | "on_time" | "late" {
  if (now < starts - rules.earlyMinutes * 60_000) return "too_early";
  return now <= starts + rules.lateMinutes * 60_000 ? "on_time" : "late";
}

/**
 * Seats more than planned that would fill the places of those who usually stay away, for a planned capacity and a
 * measured share of no-shows: the largest number with which more than `risk` of the days would not be overfull
 * (binomial; GD-6.1.1a keeps the stock itself from overselling, so this is advice only).
 */
export function overbooking(capacity: number, noShow: number, risk = 0.05): number {
  if (capacity <= 0 || noShow <= 0) return 0;
  let extra = 0;
  while (extra < capacity && chanceOver(capacity + extra + 1, 1 - noShow, capacity) <= risk) extra++;
  return extra;
}

/** P(X > limit) for X ~ B(n, p). */
function chanceOver(n: number, p: number, limit: number): number {
  let term = (1 - p) ** n;
  let below = term;
  for (let k = 1; k <= limit; k++) {
    term = p === 1 ? (k === n ? 1 : 0) : (term * (n - k + 1) * p) / (k * (1 - p));
    below += term;
  }
  return Math.max(0, 1 - below);
}
