import { notFound } from "next/navigation";
import { database } from "@/lib/db/database";
import { AppError } from "@/lib/kernel/errors";
import { hallRef } from "@/lib/regions/data";
import { type HallOption, hallsInScope } from "@/lib/regions/data-admin";

/** The hall of an address with its names and time zone, or the page that says there is none. */
export async function findHall(code: string): Promise<HallOption> {
  const known = await hallRef(code).catch((error: unknown) => {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  });
  return (await hallsInScope(database(), { hallId: known.id }))[0] ?? notFound();
}
