import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { currentLocale, texts } from "@/components/intl/server";
import { StateChip } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { AppError } from "@/lib/kernel/errors";
import { itemGuide } from "@/lib/queue/hall/guide";
import { hallRef } from "@/lib/regions/data";

interface Props {
  params: Promise<{ hall: string; code: string }>;
}

async function findGuide({ params }: Props) {
  const { hall, code } = await params;
  try {
    return await itemGuide(database(), await hallRef(hall), decodeURIComponent(code));
  } catch (error) {
    if (error instanceof AppError && error.status === 404) notFound();
    throw error;
  }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: localName(await currentLocale(), await findGuide(props)) };
}

export default async function ItemPage(props: Props) {
  const { locale, t } = await texts("citizen");
  const common = await texts("common");
  const guide = await findGuide(props);
  const facts: [string, string][] = [
    [t("department"), localName(locale, { name: guide.departmentName, nameEn: guide.departmentNameEn })],
    [t("kind"), localName(locale, { name: guide.kindName, nameEn: guide.kindNameEn })],
    [t("caseKind"), guide.promisedDays === 0 ? t("onTheSpot") : t("promised", { days: guide.promisedDays })],
    [t("usualMinutes"), t("minutes", { minutes: guide.minutes })],
    ...(locale === "zh" && guide.aliases.length > 0 ? [[t("alsoCalled"), guide.aliases.join("、")] as [string, string]] : []),
  ];
  return (
    <article className="flex flex-col gap-6">
      <div>
        <p><Link href={`/h/${guide.hall}`} className="inline-flex min-h-11 items-center">{t("backToHall")}</Link></p>
        <h1 className="text-3xl font-semibold">{localName(locale, guide)}</h1>
        <p className="mt-1 text-ink-soft">{localName(locale, { name: guide.hallName, nameEn: guide.hallNameEn })}</p>
      </div>
      <dl className="divide-y divide-line rounded-base border border-line bg-surface">
        {facts.map(([name, value]) => <div key={name} className="flex flex-wrap gap-x-4 px-4 py-3"><dt className="w-40 text-ink-soft">{name}</dt><dd className="grow basis-60 font-medium">{value}</dd></div>)}
      </dl>
      <section aria-labelledby="where-title">
        <h2 id="where-title" className="mb-2 text-xl font-semibold">{t("whereTo")}</h2>
        <p className="mb-3">{guide.waiting > 0 ? t("waitingNow", { count: guide.waiting }) : t("nobodyWaiting")} · {localName(locale, { name: guide.lineName, nameEn: guide.lineNameEn })}</p>
        {guide.windows.length === 0 ? <p>{t("noWindows")}</p> : (
          <ul className="divide-y divide-line rounded-base border border-line bg-surface">
            {guide.windows.map((window) => (
              <li key={window.code} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
                <span className="w-14 text-lg font-semibold">{window.code}</span>
                <span className="grow">{localName(locale, window)} <span className="text-ink-soft">{localName(locale, { name: window.zone, nameEn: window.zoneEn })} · {common.t("floor", { floor: window.floor })}</span></span>
                <StateChip tone={window.state === "open" ? "good" : window.state === "paused" ? "warn" : "neutral"}>{t(window.state === "open" ? "windowOpen" : window.state === "paused" ? "windowPaused" : "windowClosed")}</StateChip>
              </li>
            ))}
          </ul>
        )}
      </section>
      <p className="rounded-base border border-brand bg-brand-soft px-4 py-3">{t("howTo")}</p>
    </article>
  );
}
