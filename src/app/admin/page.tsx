import { redirect } from "next/navigation";
import { HallChoice } from "@/components/admin/hall-choice";
import { LIVE_ROLES } from "@/components/admin/menu";
import { openPlace, type SearchParams } from "@/components/admin/place";
import { AdvicePanel } from "@/components/admin/advice-panel";
import { AlertPanel } from "@/components/admin/alert-panel";
import { AutoRefresh } from "@/components/admin/auto-refresh";
import { ADMIN_ROLES, HALL_WRITERS } from "@/components/admin/register";
import { LiveHall } from "@/components/admin/live/live-hall";
import { ClientMessages } from "@/components/intl/client-messages";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { MESSAGES } from "@/lib/i18n/messages";
import { listAdvice, tidalRules } from "@/lib/planner/tidal/data";
import { listAlerts } from "@/lib/queue/alerts/data";
import { hallOverview } from "@/lib/queue/board/overview";

/** The hall at work. Whoever oversees several halls chooses one first. */
export default async function AdminPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(ADMIN_ROLES, "/admin", await searchParams);
  const { staff, locale, hall } = place;
  if (!(LIVE_ROLES as readonly string[]).includes(staff.role)) redirect("/admin/staff");
  if (!hall) return <HallChoice place={place} />;
  const [overview, advice, rules, alerts] = await Promise.all([hallOverview(database(), hall.id, locale), listAdvice(database(), hall.id, "open"), tidalRules(database(), hall.id), listAlerts(database(), hall.id, true)]);
  const writable = (HALL_WRITERS as readonly string[]).includes(staff.role);
  const { common, admin } = MESSAGES[locale];
  return (
    <ClientMessages locale={locale} messages={{ common, admin: { live: admin.live, day: admin.day } }}>
      <LiveHall key={hall.code} hall={{ code: hall.code, name: localName(locale, hall) }} initial={overview}
        may={{ close: staff.role === "hall_admin", day: staff.role === "hall_admin", events: staff.role === "hall_admin" || staff.role === "system_admin" || staff.role === "auditor" }}
        eventsHref={place.choosing ? `/admin/events?hall=${encodeURIComponent(hall.code)}` : "/admin/events"}>
        <AutoRefresh seconds={60} />
        <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
          <AlertPanel alerts={alerts} place={{ locale, hall }} writable={writable || staff.role === "chief"} />
          <AdvicePanel advice={advice} place={{ locale, hall }} rules={rules} writable={writable} />
        </div>
      </LiveHall>
    </ClientMessages>
  );
}
