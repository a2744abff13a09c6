import type { HalfHourNeed } from "@/lib/planner/data";

interface NeedChartProps {
  label: string;
  unit: string;
  /** Words at the line of the windows there. */
  there: string;
  windows: number;
  halfHours: readonly HalfHourNeed[];
  /** Windows of each half hour that somebody sits at. */
  staffed: readonly number[];
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [960, 260, 44, 30, 36];

/** Windows needed over the day as columns, those with staff as dots, those there as a line; the same figures stand in the table below. */
export function NeedChart({ label, unit, there, windows, halfHours, staffed }: NeedChartProps) {
  const most = Math.max(1, windows, ...halfHours.map(({ needed }) => needed));
  const step = (WIDTH - LEFT) / Math.max(1, halfHours.length);
  const y = (count: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / most);
  const marks = [...new Set([0, Math.round(most / 2), most])];
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto rounded-base border border-line bg-surface p-2">
      <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-auto w-full min-w-160 text-ink-soft" fontSize={13}>
        <text x={0} y={14} fill="currentColor">{unit}</text>
        {marks.map((mark) => <g key={mark}><line x1={LEFT} x2={WIDTH} y1={y(mark)} y2={y(mark)} stroke="var(--color-line)" /><text x={LEFT - 8} y={y(mark) + 4} textAnchor="end" fill="currentColor">{mark}</text></g>)}
        {halfHours.map(({ start, needed }, i) => (
          <g key={start}>
            <rect x={LEFT + i * step + step * 0.15} width={step * 0.7} y={y(needed)} height={y(0) - y(needed)} fill={needed > windows ? "var(--color-bad)" : "var(--color-brand)"} />
            {needed > windows ? <text x={LEFT + (i + 0.5) * step} y={y(needed) - 4} textAnchor="middle" fill="var(--color-bad)">▲</text> : null}
            <circle cx={LEFT + (i + 0.5) * step} cy={y(staffed[i] ?? 0)} r={5} fill="var(--color-surface)" stroke="var(--color-ink)" strokeWidth={2} />
            {i % 2 === 0 ? <text x={LEFT + (i + 0.5) * step} y={HEIGHT - 8} textAnchor="middle" fill="currentColor">{start}</text> : null}
          </g>
        ))}
        <line x1={LEFT} x2={WIDTH} y1={y(windows)} y2={y(windows)} stroke="var(--color-ink)" strokeWidth={2} strokeDasharray="6 4" />
        <text x={WIDTH - 4} y={14} textAnchor="end" fill="var(--color-ink)">- - - {there}</text>
      </svg>
    </div>
  );
}
