import Link from "next/link";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, type Place, type SearchParams } from "@/components/admin/place";
import { HALL_READERS, HALL_WRITERS } from "@/components/admin/register";
import { ShareBars } from "@/components/admin/share-bars";
import { SimpleTable } from "@/components/ui/simple-table";
import { Banner, StateChip } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";
import { type Coverage, comprehensiveShare, coverageOf, type KindCheck, requiredKinds, type TemplatePost, templatePosts } from "@/lib/windows/report/data";

const percent = (part: number, whole: number): string => (whole === 0 ? "–" : `${((part / whole) * 100).toFixed(1)} %`);

/** What the windows of a hall cover and what they do not, with the windows that a hall must have. */
export default async function CoveragePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(HALL_READERS, "/admin/coverage", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/coverage" />;
  const { hall, locale } = place;
  const t = translator(locale, "floor");
  const [coverage, share, kinds, posts] = await Promise.all([coverageOf(database(), hall.id), comprehensiveShare(database(), hall.id), requiredKinds(database(), hall.id), templatePosts(database(), hall.id)]);
  return (
    <>
      <PageHead title={t("coverage.title")} hall={localName(locale, hall)} intro={t("coverage.intro")} />
      <Gaps place={place} coverage={coverage} t={t} />
      <section aria-labelledby="share" className="flex flex-col gap-3">
        <h2 id="share" className="text-lg font-semibold">{t("coverage.share")}</h2>
        <p className="text-3xl font-semibold tabular-nums">{percent(share.comprehensive, share.items)} <span className="text-base font-normal text-ink-soft">{t("coverage.shareOf", { part: share.comprehensive, whole: share.items })}</span></p>
        <ShareBars label={t("coverage.trend")} unit={t("coverage.trendUnit")} none={t("coverage.noTrend")} rows={share.trend.map((month) => ({ label: month.month, part: month.comprehensive, whole: month.tickets }))} texts={{ period: t("coverage.month"), part: t("coverage.taken"), whole: t("coverage.all"), share: t("coverage.percent") }} />
        <SimpleTable label={t("coverage.outside")} empty={t("coverage.nothingOutside")} columns={[{ label: t("coverage.unit") }, { label: t("coverage.items"), figure: true }, { label: t("coverage.windows") }]}
          rows={share.outside.map((row) => ({ key: row.department, cells: [<Link key="unit" href={adminHref(place, "/admin/items", { department: row.department })}>{localName(locale, row)}</Link>, row.items, row.windows.join(" ")] }))} />
      </section>
      <Kinds kinds={kinds} place={place} t={t} />
      <Templates posts={posts} place={place} t={t} />
    </>
  );
}

function Gaps({ place, coverage, t }: { place: Place; coverage: Coverage; t: Translate }) {
  const { locale } = place;
  const { unserved, closedNow, idle, single } = coverage;
  const item = (row: Coverage["unserved"][number]) => ({ key: row.code, cells: [<Link key="code" href={adminHref(place, `/admin/items/record/${encodeURIComponent(row.code)}`)}>{row.code}</Link>, localName(locale, row), row.line ?? t("coverage.noLine")] });
  return (
    <section aria-labelledby="gaps" className="flex flex-col gap-3">
      <h2 id="gaps" className="text-lg font-semibold">{t("coverage.gaps")}</h2>
      {unserved.length > 0 ? <Banner tone="bad" title={t("coverage.unservedTitle", { count: unserved.length })}>{t("coverage.unservedText")}</Banner> : <Banner tone="good">{t("coverage.allServed")}</Banner>}
      {unserved.length > 0 ? <SimpleTable label={t("coverage.unserved")} empty="" columns={[{ label: t("coverage.item") }, { label: t("coverage.name") }, { label: t("coverage.line") }]} rows={unserved.slice(0, 200).map(item)} /> : null}
      <h3 className="font-semibold">{t("coverage.closedNow")}</h3>
      <SimpleTable label={t("coverage.closedNow")} empty={t("coverage.noneClosed")} columns={[{ label: t("coverage.line") }, { label: t("coverage.name") }, { label: t("coverage.items"), figure: true }, { label: t("coverage.windows") }]} rows={closedNow.map((row) => ({ key: row.line, cells: [row.line, localName(locale, row), row.items, row.windows.join(" ")] }))} />
      <h3 className="font-semibold">{t("coverage.single")}</h3>
      <SimpleTable label={t("coverage.single")} empty={t("coverage.noneSingle")} columns={[{ label: t("coverage.line") }, { label: t("coverage.name") }, { label: t("coverage.items"), figure: true }, { label: t("coverage.windows") }, { label: t("coverage.staff") }]}
        rows={single.map((row) => ({ key: row.line, cells: [row.line, localName(locale, row), row.items, row.windows.join(" "), row.staff.join(" ") || "–"] }))} />
      <h3 className="font-semibold">{t("coverage.idle")}</h3>
      <SimpleTable label={t("coverage.idle")} empty={t("coverage.noneIdle")} columns={[{ label: t("coverage.window") }, { label: t("coverage.name") }]} rows={idle.map((row) => ({ key: row.code, cells: [<Link key="code" href={adminHref(place, `/admin/windows/record/${row.code}`)}>{row.code}</Link>, localName(locale, row)] }))} />
    </section>
  );
}

function Kinds({ kinds, place, t }: { kinds: readonly KindCheck[]; place: Place; t: Translate }) {
  return (
    <section aria-labelledby="kinds" className="flex flex-col gap-3">
      <h2 id="kinds" className="text-lg font-semibold">{t("coverage.kinds")}</h2>
      <SimpleTable label={t("coverage.kinds")} empty="" columns={[{ label: t("coverage.kind") }, { label: t("coverage.clause") }, { label: t("coverage.state") }, { label: t("coverage.windows") }]}
        rows={kinds.map((row) => ({ key: row.kind, cells: [localName(place.locale, row), row.clause, row.windows.length > 0 ? <StateChip key="state" tone="good">{t("coverage.present")}</StateChip> : <StateChip key="state" tone={row.clause.endsWith("应") ? "bad" : "warn"}>{t("coverage.missing")}</StateChip>, row.windows.join(" ")] }))} />
    </section>
  );
}

function Templates({ posts, place, t }: { posts: readonly TemplatePost[]; place: Place; t: Translate }) {
  const templates = [...new Set(posts.map((post) => post.template))];
  return (
    <section aria-labelledby="templates" className="flex flex-col gap-3">
      <h2 id="templates" className="text-lg font-semibold">{t("coverage.templates")}</h2>
      <p className="max-w-3xl text-sm text-ink-soft">{t("coverage.templatesIntro")}</p>
      {templates.map((template) => {
        const own = posts.filter((post) => post.template === template);
        const lacking = own.reduce((sum, post) => sum + Math.max(0, post.wanted - post.present), 0);
        return (
          <details key={template} className="rounded-base border border-line bg-surface p-4">
            <summary className="cursor-pointer font-medium">{localName(place.locale, own[0]!)}　{lacking === 0 ? <StateChip tone="good">{t("coverage.meets")}</StateChip> : <StateChip tone="neutral">{t("coverage.lacks", { count: lacking })}</StateChip>}</summary>
            <div className="mt-3"><SimpleTable label={localName(place.locale, own[0]!)} empty="" columns={[{ label: t("coverage.kind") }, { label: t("coverage.wanted"), figure: true }, { label: t("coverage.has"), figure: true }]} rows={own.map((post) => ({ key: post.kind, cells: [localName(place.locale, { name: post.kindName, nameEn: post.kindNameEn }), post.wanted, post.present] }))} /></div>
            {lacking > 0 && HALL_WRITERS.includes(place.staff.role) ? <p className="mt-3"><Link href={adminHref(place, `/admin/coverage/layout/${encodeURIComponent(template)}`)} className="inline-flex min-h-11 items-center">{t("layout.open", { count: lacking })}</Link></p> : null}
          </details>
        );
      })}
    </section>
  );
}
