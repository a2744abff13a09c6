import type { Database } from "@/lib/db/database";
import type { Result } from "@/lib/kernel/result";
import { shared } from "@/lib/kernel/shared";
import type { Slot } from "../schema";
import type { VisitRefusal } from "../visit/data";
import { slotOffers, type SlotsAsked } from "./data";

type Offers = Promise<Result<Slot[], VisitRefusal>>;
const KEPT_MS = 1_000;
const MOST = 500;
const kept = () => shared("slot-offers", () => new Map<string, { until: number; offers: Offers }>());

/**
 * `slotOffers` for the many who look at once: what one has asked within the last second is the others' answer too. A place
 * may be gone by the time it is pressed; booking looks again under the hall's lock.
 */
export function offersNow(db: Database, hallId: number, asked: SlotsAsked): Offers {
  const key = JSON.stringify([hallId, asked.items, asked.from, asked.to, asked.kind, asked.party]);
  const known = kept().get(key);
  if (known && known.until > Date.now()) return known.offers;
  if (kept().size >= MOST) kept().clear();
  const offers = slotOffers(db, hallId, asked);
  kept().set(key, { until: Date.now() + KEPT_MS, offers });
  offers.catch(() => kept().delete(key));
  return offers;
}
