import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { principalOfCookies } from "@/lib/auth/data";
import type { StaffPrincipal, StaffRole } from "@/lib/auth/model";
import { forbidden } from "@/lib/kernel/errors";

/** The signed-in member of staff, if any. */
export async function currentStaff(): Promise<StaffPrincipal | undefined> {
  await cookies();
  return principalOfCookies((await headers()).get("cookie") ?? undefined);
}

/**
 * Lets only the given roles see a page; others are sent to sign in, to change the first password, or to a page that says
 * that they may not. Every page and every action calls it itself: a layout or proxy is no border.
 */
export async function requireStaff(roles: readonly StaffRole[], returnTo: string): Promise<StaffPrincipal> {
  const staff = await currentStaff();
  if (!staff) redirect(`/login?next=${encodeURIComponent(returnTo)}`);
  if (staff.mustChange) redirect(`/login/password?next=${encodeURIComponent(returnTo)}`);
  if (!roles.includes(staff.role)) redirect("/login?error=forbidden");
  return staff;
}

/** As requireStaff, for server actions: an error instead of a redirect. */
export async function staffForAction(roles: readonly StaffRole[]): Promise<StaffPrincipal> {
  const staff = await currentStaff();
  if (!staff || staff.mustChange || !roles.includes(staff.role)) throw forbidden();
  return staff;
}
