import { redirect } from "next/navigation";
import { HallChoice } from "@/components/admin/hall-choice";
import { LIVE_ROLES } from "@/components/admin/menu";
import { openPlace, type SearchParams } from "@/components/admin/place";
import { ADMIN_ROLES } from "@/components/admin/register";
import { LiveHall } from "@/components/admin/live/live-hall";
import { ClientMessages } from "@/components/intl/client-messages";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { MESSAGES } from "@/lib/i18n/messages";
import { hallOverview } from "@/lib/queue/board/overview";

/** The hall at work. Whoever oversees several halls chooses one first. */
export default async function AdminPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(ADMIN_ROLES, "/admin", await searchParams);
  const { staff, locale, hall } = place;
  if (!(LIVE_ROLES as readonly string[]).includes(staff.role)) redirect("/admin/staff");
  if (!hall) return <HallChoice place={place} />;
  const overview = await hallOverview(database(), hall.id, locale);
  const { common, admin } = MESSAGES[locale];
  return (
    <ClientMessages locale={locale} messages={{ common, admin: { live: admin.live, day: admin.day } }}>
      <LiveHall key={hall.code} hall={{ code: hall.code, name: localName(locale, hall) }} initial={overview}
        may={{ close: staff.role === "hall_admin", day: staff.role === "hall_admin", events: staff.role === "hall_admin" || staff.role === "system_admin" || staff.role === "auditor" }}
        eventsHref={place.choosing ? `/admin/events?hall=${encodeURIComponent(hall.code)}` : "/admin/events"} />
    </ClientMessages>
  );
}
