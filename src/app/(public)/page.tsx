import { Clock, MapPin, Search, Users } from "lucide-react";
import Link from "next/link";
import { LiveRefresh } from "@/components/citizen/live-refresh";
import { texts } from "@/components/intl/server";
import { buttonClass } from "@/components/ui/button";
import { StateChip } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { boardOf } from "@/lib/queue/board/data";
import { hallRef, listHalls } from "@/lib/regions/data";
import type { HallSummary } from "@/lib/regions/schema";

export default async function Home() {
  const { t } = await texts("citizen");
  const halls = await listHalls(database());
  return (
    <>
      <h1 className="text-3xl font-semibold">{t("title")}</h1>
      <p className="mt-2 text-lg text-ink-soft">{t("lead")}</p>
      <p className="mt-4 flex flex-wrap gap-3"><Link href="/search" className={buttonClass({ size: "large" })}><Search aria-hidden className="size-5" />{(await texts("catalog")).t("find.link")}</Link><Link href="/my" className={buttonClass({ size: "large" })}>{(await texts("my")).t("link")}</Link></p>
      <h2 className="mt-8 mb-3 text-xl font-semibold">{t("halls")}</h2>
      <ul className="grid gap-4 md:grid-cols-2">{halls.map((hall) => <HallCard key={hall.code} hall={hall} />)}</ul>
      <LiveRefresh />
    </>
  );
}

async function HallCard({ hall }: { hall: HallSummary }) {
  const { locale, t } = await texts("citizen");
  const board = await boardOf(database(), await hallRef(hall.code));
  const waiting = board.lines.reduce((sum, line) => sum + line.waiting, 0);
  const serving = board.windows.filter((window) => window.state !== "closed" && window.state !== "paused").length;
  const hours = hall.hoursToday.map(({ start, end }) => `${start}–${end}`).join("，");
  return (
    <li className="flex flex-col gap-3 rounded-base border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-xl font-semibold">{localName(locale, hall)}</h3>
        <StateChip tone={hall.openNow ? "good" : "neutral"}>{hall.openNow ? t("openNow") : hours ? t("closedNow") : t("restToday")}</StateChip>
      </div>
      <ul className="flex flex-col gap-1.5 text-ink-soft">
        {hours ? <Fact icon={Clock}>{t("hoursToday", { hours })}</Fact> : null}
        <Fact icon={Users}>{waiting > 0 ? t("waitingNow", { count: waiting }) : t("nobodyWaiting")} · {t("windowsOpen", { count: serving })}</Fact>
        <Fact icon={MapPin}>{locale === "en" && hall.addressEn ? hall.addressEn : hall.address}</Fact>
      </ul>
      <Link href={`/h/${hall.code}`} className={buttonClass({ look: "primary", size: "large" }, "mt-auto")}>{t("enter")}</Link>
    </li>
  );
}

function Fact({ icon: Icon, children }: { icon: typeof Clock; children: React.ReactNode }) {
  return <li className="flex items-start gap-2"><Icon aria-hidden className="mt-0.5 size-5 shrink-0" /><span>{children}</span></li>;
}
