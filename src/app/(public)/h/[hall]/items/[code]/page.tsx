import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { after } from "next/server";
import { answersOf, answersQuery } from "@/components/citizen/guide/answers";
import { readCodeNames } from "@/components/citizen/guide/code-names";
import { findGuide, type GuideProps } from "@/components/citizen/guide/find-guide";
import { Conditions, Fees, limitText, MoreOfGuide, Part, Steps } from "@/components/citizen/guide/guide-parts";
import { Materials } from "@/components/citizen/guide/materials";
import { Questions } from "@/components/citizen/guide/questions";
import { ReportForm } from "@/components/citizen/guide/report-form";
import { currentLocale, texts } from "@/components/intl/server";
import { buttonClass } from "@/components/ui/button";
import { Banner, StateChip } from "@/components/ui/state";
import { narrow, noticeOf } from "@/lib/catalog/guide/model";
import { countGuideView } from "@/lib/catalog/residency/data";
import type { ItemGuide } from "@/lib/catalog/schema";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";

export async function generateMetadata(props: GuideProps): Promise<Metadata> {
  return { title: localName(await currentLocale(), await findGuide(props)) };
}

/** What an item needs and where it is handled; the valid version of the guide, the same that every channel reads (JY-7.2.1c). */
export default async function ItemPage(props: GuideProps) {
  const { locale, t } = await texts("citizen");
  const catalog = await texts("catalog");
  const guide = await findGuide(props);
  // A visit counts once: not when it is only fetched ahead, and not again for each answer. After the page is sent, and never in its way.
  if (Object.keys(await props.searchParams).length === 0 && !(await headers()).has("next-router-prefetch")) after(() => countGuideView(database(), guide.hall, guide.code).catch(() => undefined));
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
        <p><Link href={`/h/${guide.hall}`} className="no-print inline-flex min-h-11 items-center">{t("backToHall")}</Link></p>
        <h1 className="text-3xl font-semibold">{localName(locale, guide)}</h1>
        <p className="mt-1 text-ink-soft">{localName(locale, { name: guide.hallName, nameEn: guide.hallNameEn })}{guide.guide ? ` · ${catalog.t("public.version", { version: guide.guide.version, day: guide.guide.effectiveOn })}` : ""}</p>
        {guide.residency !== "not_resident" ? <p className="no-print mt-4"><Link href={`/h/${guide.hall}/book?items=${encodeURIComponent(guide.code)}`} className={buttonClass({ look: "primary", size: "large" })}>{(await texts("book")).t("linkItem")}</Link></p> : null}
      </div>
      <dl className="divide-y divide-line rounded-base border border-line bg-surface">
        {facts.map(([name, value]) => <div key={name} className="flex flex-wrap gap-x-4 px-4 py-3"><dt className="w-40 text-ink-soft">{name}</dt><dd className="grow basis-60 font-medium">{value}</dd></div>)}
      </dl>
      {guide.guide ? <Details guide={guide} valid={guide.guide} params={await props.searchParams} /> : <p className="rounded-base border border-line bg-surface px-4 py-3">{catalog.t("public.noGuide")}</p>}
      <Where guide={guide} />
      {guide.guide ? <Report guide={guide} /> : null}
    </article>
  );
}

/** The guide for the visitor's situation. */
async function Details({ guide, valid, params }: { guide: ItemGuide; valid: NonNullable<ItemGuide["guide"]>; params: Awaited<GuideProps["searchParams"]> }) {
  const { locale, t } = await texts("catalog");
  const { document } = valid;
  const answers = answersOf(params);
  const narrowed = narrow(document, answers);
  const situation = narrowed.open ? undefined : narrowed.situations[0];
  const notice = noticeOf(document, situation);
  const names = await readCodeNames(locale);
  const path = `/h/${guide.hall}/items/${encodeURIComponent(guide.code)}`;
  return (
    <>
      <Questions path={path} narrowed={narrowed} answers={answers} />
      <Materials materials={notice.materials} document={document} names={names} undecided={narrowed.open !== undefined} />
      <p className="no-print"><Link href={`${path}/notice${answersQuery(answers)}`} className={buttonClass({ look: "primary", size: "large" })}>{t("public.noticeOpen")}</Link></p>
      <Part id="conditions" title={t("public.conditions")}><Conditions notice={notice} document={document} /></Part>
      <Part id="steps" title={t("public.steps")}><Steps notice={notice} /></Part>
      <Part id="limits" title={t("public.limits")}><p>{limitText(t, notice.limits)}</p></Part>
      <Part id="fees" title={t("public.fees")}><Fees notice={notice} /></Part>
      <MoreOfGuide document={document} situation={situation} names={names} />
    </>
  );
}

async function Where({ guide }: { guide: ItemGuide }) {
  const { locale, t } = await texts("citizen");
  const common = await texts("common");
  const catalog = await texts("catalog");
  if (guide.residency === "not_resident") {
    const place = localName(locale, { name: guide.place, nameEn: guide.placeEn });
    return <section aria-labelledby="where-title"><h2 id="where-title" className="mb-2 text-xl font-semibold">{t("whereTo")}</h2><Banner title={catalog.t("public.outside")}>{place ? catalog.t("public.outsidePlace", { place }) : null}</Banner></section>;
  }
  return (
    <>
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
    </>
  );
}

const REPORTED = ["materials", "conditions", "steps", "limits", "fees", "result", "place", "hours", "consult", "complaint", "onlineUrl", "legalBasis"] as const;

async function Report({ guide }: { guide: ItemGuide }) {
  const { t } = await texts("catalog");
  return (
    <ReportForm hall={guide.hall} item={guide.code} version={guide.guide?.version} parts={REPORTED.map((key) => ({ key, name: t(`elements.${key}`) }))}
      texts={{ title: t("public.reportTitle"), text: t("public.reportText"), element: t("public.reportElement"), contact: t("public.reportContact"), send: t("public.reportSend"), sending: t("public.reportSending"), done: t("public.reportDone", { id: "{id}" }), whole: t("public.reportWhole") }} />
  );
}
