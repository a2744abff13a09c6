import Link from "next/link";
import { WaitChart } from "@/components/admin/estimates/wait-chart";
import { HallChoice } from "@/components/admin/hall-choice";
import { PageHead } from "@/components/admin/page-head";
import { adminHref, openPlace, type SearchParams } from "@/components/admin/place";
import { HALL_READERS } from "@/components/admin/register";
import { buttonClass } from "@/components/ui/button";
import { SimpleTable } from "@/components/ui/simple-table";
import { EmptyState } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { localName } from "@/lib/i18n/locale";
import { translator } from "@/lib/i18n/messages";
import { type ScoreLevel, type ScoreRow, scoresOf } from "@/lib/queue/estimate/score/data-admin";

const LEVELS = ["hour", "line", "item", "day"] as const satisfies readonly ScoreLevel[];
/** Coverage that the told ranges should have, per cent. */
const [LOW, HIGH] = [75, 85];

/** How true the waits were that people were told: error, bias, loss and coverage, against what happened. */
export default async function EstimatesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const place = await openPlace(HALL_READERS, "/admin/estimates", await searchParams);
  if (!place.hall) return <HallChoice place={place} path="/admin/estimates" />;
  const { hall, locale } = place;
  const t = translator(locale, "waits");
  const [total] = await scoresOf(database(), hall.id, "hall");
  const tables = await Promise.all(LEVELS.map(async (level) => ({ level, rows: await scoresOf(database(), hall.id, level) })));
  const name = (row: ScoreRow) => (row.name === null ? row.key : `${row.key} ${localName(locale, { name: row.name, nameEn: row.nameEn ?? row.name })}`);
  const columns = ["tickets", "meanWait", "mae", "bias", "pinball50", "pinball90", "coverage", "below", "factor"].map((key) => ({ label: t(`columns.${key}`), figure: true }));
  const cells = (row: ScoreRow) => [row.n, row.meanWait.toFixed(1), row.mae.toFixed(1), row.bias.toFixed(1), row.pinball50.toFixed(2), row.pinball90.toFixed(2), row.coverage80.toFixed(1), row.below90.toFixed(1), row.factor === null ? "–" : row.factor.toFixed(2)];
  return (
    <>
      <PageHead title={t("title")} hall={localName(locale, hall)} intro={t("intro")}>
        <Link href={adminHref(place, "/admin/wait-scores")} className={buttonClass({ size: "small" })}>{t("list")}</Link>
      </PageHead>
      {total ? (
        <>
          <p className="text-lg">{t(total.coverage80 < LOW ? "finding.narrow" : total.coverage80 > HIGH ? "finding.wide" : "finding.right", { n: total.n, coverage: total.coverage80.toFixed(1), mae: total.mae.toFixed(1), bias: total.bias.toFixed(1) })}</p>
          <SimpleTable label={t("total")} empty={t("none")} columns={[{ label: t("levels.hall") }, ...columns]} rows={[{ key: "hall", cells: [localName(locale, hall), ...cells(total)] }]} />
          {tables.map(({ level, rows }) => (
            <section key={level} aria-labelledby={level} className="flex flex-col gap-3">
              <h2 id={level} className="text-lg font-semibold">{t(`by.${level}`)}</h2>
              {level === "hour" ? <WaitChart rows={rows} label={t("chart")} unit={t("minutes")} texts={{ mean: t("columns.meanWait"), mae: t("columns.mae") }} /> : null}
              <SimpleTable label={t(`by.${level}`)} empty={t("none")} columns={[{ label: t(`levels.${level}`) }, ...columns]} rows={rows.map((row) => ({ key: row.code, cells: [name(row), ...cells(row)] }))} />
            </section>
          ))}
          <p className="text-sm text-ink-soft">{t("explain")}</p>
        </>
      ) : <EmptyState title={t("none")} />}
    </>
  );
}
