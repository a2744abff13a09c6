import type { ScoreRow } from "@/lib/queue/estimate/score/data-admin";

const WIDTH = 720;
const HEIGHT = 220;
/** A pair of bars is no wider, so that few hours do not look like many. */
const WIDEST = 80;
const PAD = { left: 44, right: 16, top: 12, bottom: 28 };

interface WaitChartProps {
  rows: readonly ScoreRow[];
  label: string;
  unit: string;
  texts: { mean: string; mae: string };
}

/** Mean wait and mean error per hour as pairs of bars, in minutes from zero; the table below holds the same figures. */
export function WaitChart({ rows, label, unit, texts }: WaitChartProps) {
  const most = Math.max(1, ...rows.flatMap(({ meanWait, mae }) => [meanWait, mae]));
  const step = [1, 2, 5, 10, 20, 30, 60, 120].find((each) => most / each <= 5) ?? 240;
  const top = Math.ceil(most / step) * step;
  const y = (value: number) => PAD.top + ((top - value) * (HEIGHT - PAD.top - PAD.bottom)) / top;
  const band = Math.min(WIDEST, (WIDTH - PAD.left - PAD.right) / Math.max(1, rows.length));
  const bar = (value: number, index: number, side: 0 | 1, look: string) => (
    <rect key={side} x={PAD.left + band * index + band * (0.15 + 0.35 * side)} y={y(value)} width={band * 0.33} height={Math.max(0, y(0) - y(value))} className={look} />
  );
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex flex-wrap gap-x-6 gap-y-1 text-sm text-ink-soft">
        <span>{label}（{unit}）</span>
        <span className="flex items-center gap-2"><span aria-hidden className="size-3 bg-brand" />{texts.mean}</span>
        <span className="flex items-center gap-2"><span aria-hidden className="size-3 bg-warn" />{texts.mae}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-auto w-full max-w-3xl" role="img" aria-label={`${label}（${unit}）`}>
        {Array.from({ length: top / step + 1 }, (_, index) => index * step).map((tick) => (
          <g key={tick}>
            <line x1={PAD.left} x2={WIDTH - PAD.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={PAD.left - 6} y={y(tick) + 4} textAnchor="end" className="fill-ink-soft text-[12px]">{tick}</text>
          </g>
        ))}
        {rows.map((row, index) => (
          <g key={row.key}>
            {bar(row.meanWait, index, 0, "fill-brand")}
            {bar(row.mae, index, 1, "fill-warn")}
            <text x={PAD.left + band * (index + 0.5)} y={HEIGHT - 8} textAnchor="middle" className="fill-ink-soft text-[12px]">{row.key}</text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
