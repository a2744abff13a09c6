import { notFound } from "next/navigation";
import { cache } from "react";
import type { ItemGuide } from "@/lib/catalog/schema";
import { database } from "@/lib/db/database";
import { AppError } from "@/lib/kernel/errors";
import { itemGuide } from "@/lib/queue/hall/guide";
import { hallRef } from "@/lib/regions/data";

export interface GuideProps {
  params: Promise<{ hall: string; code: string }>;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

/** Read once for the page and its title. */
const read = cache(async (hall: string, code: string) => itemGuide(database(), await hallRef(hall), code));

/** The guide of the address, or the page that says there is none. */
export async function findGuide({ params }: GuideProps): Promise<ItemGuide> {
  const { hall, code } = await params;
  try {
    return await read(hall, decodeURIComponent(code));
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
}
