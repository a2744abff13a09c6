import type { TrendPoint } from "@/lib/catalog/residency/data-report";
import type { Translate } from "@/lib/i18n/messages";
import { SimpleTable } from "@/components/ui/simple-table";

const WIDTH = 720;
const HEIGHT = 200;
const PAD = { left: 44, right: 16, top: 12, bottom: 28 };

/** Rate by month with the target line; the same figures stand in a table behind a switch. The axis need not start at zero and says so by its labels. */
export function TrendChart({ points, target, t }: { points: readonly TrendPoint[]; target: number | null; t: Translate }) {
  const known = points.filter((point): point is TrendPoint & { rate: number } => point.rate !== null);
  const lowest = Math.min(100, ...known.map((point) => point.rate), target ?? 100);
  const floor = Math.max(0, Math.floor((lowest - 3) / 5) * 5);
  const x = (index: number) => PAD.left + (index * (WIDTH - PAD.left - PAD.right)) / Math.max(1, points.length - 1);
  const y = (value: number) => PAD.top + ((100 - value) * (HEIGHT - PAD.top - PAD.bottom)) / Math.max(1, 100 - floor);
  const ticks = Array.from({ length: 3 }, (_, index) => floor + ((100 - floor) * index) / 2);
  return (
    <figure className="flex flex-col gap-2">
      <figcaption>
        <h2 className="text-lg font-semibold">{t("report.trendFinding", { months: points.length, from: known[0]?.rate ?? "–", to: known.at(-1)?.rate ?? "–" })}</h2>
        <p className="text-sm text-ink-soft">{t("report.trend")}（{t("report.trendUnit")}）</p>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-auto w-full max-w-3xl" role="img" aria-label={`${t("report.trend")}（${t("report.trendUnit")}）`}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={PAD.left} x2={WIDTH - PAD.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={PAD.left - 6} y={y(tick) + 4} textAnchor="end" className="fill-ink-soft text-[12px]">{tick}</text>
          </g>
        ))}
        {points.map((point, index) => (index % 2 === (points.length - 1) % 2 ? <text key={point.month} x={x(index)} y={HEIGHT - 8} textAnchor="middle" className="fill-ink-soft text-[12px]">{point.month.slice(2)}</text> : null))}
        {target === null ? null : (
          <>
            <line x1={PAD.left} x2={WIDTH - PAD.right} y1={y(target)} y2={y(target)} className="stroke-warn" strokeDasharray="6 4" strokeWidth={2} />
            <text x={WIDTH - PAD.right} y={y(target) - 5} textAnchor="end" className="fill-warn text-[12px]">{t("report.trendTarget", { target })}</text>
          </>
        )}
        <polyline points={points.flatMap((point, index) => (point.rate === null ? [] : [`${x(index)},${y(point.rate)}`])).join(" ")} fill="none" className="stroke-brand" strokeWidth={2.5} />
        {points.map((point, index) => (point.rate === null ? null : <circle key={point.month} cx={x(index)} cy={y(point.rate)} r={4} className="fill-brand" />))}
      </svg>
      <details>
        <summary className="min-h-6 cursor-pointer text-sm">{t("report.asTable")}</summary>
        <SimpleTable label={t("report.trend")} empty="–" columns={[{ label: t("report.month") }, { label: t("report.rate"), figure: true }, { label: t("report.resident"), figure: true }, { label: t("report.negative"), figure: true }, { label: t("report.eligible"), figure: true }]}
          rows={points.map((point) => ({ key: point.month, cells: [point.month, point.rate === null ? "–" : t("report.percent", { value: point.rate }), point.resident, point.negative, point.eligible] }))} />
      </details>
    </figure>
  );
}
