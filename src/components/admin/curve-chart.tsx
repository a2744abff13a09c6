import { SimpleTable } from "@/components/ui/simple-table";

export interface Curve {
  name: string;
  values: readonly (number | null)[];
  /** Token of the line's colour; the second and third line are also dashed. */
  tone: "brand" | "warn" | "ink";
}

interface CurveChartProps {
  /** What is shown, and in which units. */
  title: string;
  unit: string;
  /** Labels below the points, and the name of their column. */
  points: readonly string[];
  pointName: string;
  curves: readonly Curve[];
  asTable: string;
}

const WIDTH = 640;
const HEIGHT = 200;
const PAD = { left: 44, right: 16, top: 12, bottom: 28 };
const STROKES = { brand: "stroke-brand", warn: "stroke-warn", ink: "stroke-ink" } as const;
const FILLS = { brand: "fill-brand", warn: "fill-warn", ink: "fill-ink" } as const;
const DASHES = [undefined, "8 5", "2 4"];

/** A few curves over the same points, from zero; the same figures stand in a table behind a switch. */
export function CurveChart({ title, unit, points, pointName, curves, asTable }: CurveChartProps) {
  const most = Math.max(1, ...curves.flatMap(({ values }) => values.filter((value): value is number => value !== null)));
  const top = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480].find((mark) => mark >= most) ?? Math.ceil(most);
  const x = (index: number) => PAD.left + (index * (WIDTH - PAD.left - PAD.right)) / Math.max(1, points.length - 1);
  const y = (value: number) => PAD.top + ((top - value) * (HEIGHT - PAD.top - PAD.bottom)) / top;
  const every = Math.ceil(points.length / 10);
  return (
    <figure className="flex flex-col gap-1">
      <figcaption>
        <p className="font-medium">{title}</p>
        <p className="text-sm text-ink-soft">{unit}</p>
        <ul className="flex flex-wrap gap-x-4 text-sm">
          {curves.map(({ name, tone }, index) => (
            <li key={name} className="flex items-center gap-2"><svg viewBox="0 0 32 8" className="h-2 w-8" aria-hidden><line x1="0" x2="32" y1="4" y2="4" strokeWidth={3} strokeDasharray={DASHES[index]} className={STROKES[tone]} /></svg>{name}</li>
          ))}
        </ul>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-auto w-full max-w-2xl" role="img" aria-label={`${title}（${unit}）`}>
        {[0, top / 2, top].map((tick) => (
          <g key={tick}>
            <line x1={PAD.left} x2={WIDTH - PAD.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={PAD.left - 6} y={y(tick) + 4} textAnchor="end" className="fill-ink-soft text-[12px]">{tick}</text>
          </g>
        ))}
        {points.map((point, index) => (index % every === 0 ? <text key={point} x={x(index)} y={HEIGHT - 8} textAnchor="middle" className="fill-ink-soft text-[12px]">{point}</text> : null))}
        {curves.map(({ name, values, tone }, which) => (
          <g key={name}>
            <polyline points={values.flatMap((value, index) => (value === null ? [] : [`${x(index)},${y(value)}`])).join(" ")} fill="none" strokeWidth={2.5} strokeDasharray={DASHES[which]} className={STROKES[tone]} />
            {values.map((value, index) => (value === null ? null : <circle key={index} cx={x(index)} cy={y(value)} r={3.5} className={FILLS[tone]} />))}
          </g>
        ))}
      </svg>
      <details>
        <summary className="min-h-6 cursor-pointer text-sm">{asTable}</summary>
        <SimpleTable label={title} empty="–" columns={[{ label: pointName }, ...curves.map(({ name }) => ({ label: name, figure: true }))]}
          rows={points.map((point, index) => ({ key: point, cells: [point, ...curves.map(({ values }) => values[index]?.toFixed(1) ?? "–")] }))} />
      </details>
    </figure>
  );
}
