/** The menu of the administration, by role. Server side: the browser gets what the person may open. */
import type { StaffRole } from "@/lib/auth/model";
import type { Translate } from "@/lib/i18n/messages";
import { IMPORT_ROLES } from "@/components/exchange/columns";
import { HALL_READERS, mayRead } from "./register";
import { registerOf } from "./registers";

export interface MenuGroup {
  label: string;
  entries: readonly { href: string; label: string }[];
}

/** Who sees the hall at work; security administrators have no part in operations. */
export const LIVE_ROLES = ["hall_admin", "chief", "region_admin", "system_admin", "auditor"] as const satisfies readonly StaffRole[];
export const EVENT_ROLES = ["auditor", "hall_admin", "system_admin"] as const satisfies readonly StaffRole[];

const GROUPS = { run: ["live", "tidal", "advice", "planner-rules", "what-if", "coverage", "events", "imports"], queue: ["policy", "calls", "fairness", "estimates", "wait-scores"], booking: ["booking", "bookings", "stocks", "duties", "booking-pauses", "booking-demand", "booking-report", "booking-rules"], service: ["windows", "lines", "items", "guides", "guide-reports", "packages", "package-coverage", "fields", "departments", "codes"], settlement: ["residency", "residency-applications", "residency-items", "negative-list", "agreements", "exemptions", "sinks", "received-items", "shared-services"], place: ["halls", "plan", "calendar", "hallDays", "zones", "notices", "disclosures", "signs", "devices", "consolidations"], messages: ["messages", "message-report", "message-templates", "message-channels", "quiet-hours"], people: ["staff"] } as const;

export function menuOf(role: StaffRole, t: Translate): MenuGroup[] {
  const own: Record<string, { href: string; roles: readonly StaffRole[] }> = { live: { href: "/admin", roles: LIVE_ROLES }, events: { href: "/admin/events", roles: EVENT_ROLES }, imports: { href: "/admin/imports", roles: IMPORT_ROLES }, ...Object.fromEntries(["policy", "fairness", "estimates", "tidal", "advice", "what-if", "coverage", "plan", "calendar", "signs", "message-report", "booking", "booking-report"].map((page) => [page, { href: `/admin/${page}`, roles: HALL_READERS }])), residency: { href: "/admin/residency", roles: LIVE_ROLES } };
  return Object.entries(GROUPS).map(([group, keys]) => ({
    label: t(`menu.${group}`),
    entries: keys.flatMap((key) => {
      const page = own[key];
      if (page) return page.roles.includes(role) ? [{ href: page.href, label: t(`menu.${key}`) }] : [];
      const register = registerOf(key);
      return register && mayRead(register, { role }) ? [{ href: `/admin/${key}`, label: t(`registers.${key}.title`) }] : [];
    }),
  })).filter((group) => group.entries.length > 0);
}
