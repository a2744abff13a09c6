import { notFound } from "next/navigation";
import { publicHall } from "@/components/citizen/list-head";
import { itemByCode } from "@/lib/catalog/data";
import type { Item } from "@/lib/catalog/schema";
import { database } from "@/lib/db/database";
import { listHalls } from "@/lib/regions/data";
import type { HallSummary } from "@/lib/regions/schema";
import type { HallRef } from "@/lib/ledger/commands";

export interface BookHall extends HallRef {
  summary: HallSummary;
}

/** The hall of an address, or the page that says there is none. */
export async function bookHall(code: string): Promise<BookHall> {
  const ref = await publicHall(code);
  const [summary] = await listHalls(database(), { code: ref.code });
  return summary ? { ...ref, summary } : notFound();
}

/** The items of a wish that exist, in its order. */
export async function chosenItems(hallId: number, codes: readonly string[]): Promise<Item[]> {
  const found = await Promise.all(codes.map((code) => itemByCode(database(), hallId, code)));
  return found.filter((item) => item !== undefined);
}
