import { notFound } from "next/navigation";
import { currentLocale } from "@/components/intl/server";
import { requireStaff, staffForAction } from "@/components/session";
import type { StaffPrincipal, StaffRole } from "@/lib/auth/model";
import { database } from "@/lib/db/database";
import type { Locale } from "@/lib/i18n/locale";
import { forbidden } from "@/lib/kernel/errors";
import { type HallOption, hallsInScope } from "@/lib/regions/data-admin";

/** Who works in the administration, on which hall, in which language. Every page and action makes its own. */
export interface Place {
  staff: StaffPrincipal;
  locale: Locale;
  /** The halls that the person may see. */
  halls: readonly HallOption[];
  /** The hall of the address, or the person's only one. */
  hall?: HallOption;
  /** More than one hall can be chosen: links must carry the choice. */
  choosing: boolean;
}

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** First value of a parameter of the address. */
export const param = (params: SearchParams, name: string): string | undefined => {
  const value = params[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
};

async function placeOf(staff: StaffPrincipal, hallCode: string | undefined): Promise<Place | "no_such_hall"> {
  const [locale, halls] = await Promise.all([currentLocale(), hallsInScope(database(), { hallId: staff.hallId, region: staff.region })]);
  // A region's administrator without a region, or a hall's without a hall, would otherwise see everything.
  if (staff.role === "region_admin" && staff.region === undefined) throw forbidden();
  if (["hall_admin", "chief"].includes(staff.role) && staff.hallId === undefined) throw forbidden();
  const choosing = staff.hallId === undefined;
  const chosen = hallCode === undefined ? (choosing ? undefined : halls[0]) : halls.find((hall) => hall.code === hallCode);
  if (hallCode !== undefined && !chosen) return "no_such_hall";
  return { staff, locale, halls, choosing, ...(chosen ? { hall: chosen } : {}) };
}

/** For pages: sends others to sign in; a hall outside of the person's reach does not exist. */
export async function openPlace(roles: readonly StaffRole[], returnTo: string, params: SearchParams): Promise<Place> {
  const place = await placeOf(await requireStaff(roles, returnTo), param(params, "hall"));
  return place === "no_such_hall" ? notFound() : place;
}

/** For server actions and downloads: an error instead of another page. */
export async function placeForAction(roles: readonly StaffRole[], hallCode: string | undefined): Promise<Place> {
  const place = await placeOf(await staffForAction(roles), hallCode);
  if (place === "no_such_hall") throw forbidden();
  return place;
}

/** An address of the administration that keeps the chosen hall and the given parameters. */
export function adminHref(place: Pick<Place, "hall" | "choosing">, path: string, params: Readonly<Record<string, string | undefined>> = {}): string {
  const query = new URLSearchParams();
  if (place.choosing && place.hall) query.set("hall", place.hall.code);
  for (const [name, value] of Object.entries(params)) if (value !== undefined && value !== "" && name !== "hall") query.set(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
