interface ShareBarsProps {
  label: string;
  /** Unit of the bars, e.g. "per cent of served people". */
  unit: string;
  none: string;
  rows: readonly { label: string; part: number; whole: number }[];
  texts: { period: string; part: string; whole: string; share: string };
}

/** Shares over time as bars with the same figures in a table, so that nobody needs the picture. */
export function ShareBars({ label, unit, none, rows, texts }: ShareBarsProps) {
  if (rows.length === 0) return <p className="text-ink-soft">{none}</p>;
  const share = ({ part, whole }: { part: number; whole: number }) => (whole === 0 ? 0 : (part / whole) * 100);
  return (
    <table className="w-full max-w-3xl text-sm tabular-nums">
      <caption className="mb-1 text-left text-ink-soft">{label}（{unit}）</caption>
      <thead><tr className="text-left"><th scope="col" className="w-24 font-medium">{texts.period}</th><th scope="col" className="font-medium">{texts.share}</th><th scope="col" className="w-20 text-right font-medium">{texts.part}</th><th scope="col" className="w-20 text-right font-medium">{texts.whole}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row" className="py-1 text-left font-normal">{row.label}</th>
            <td><span className="flex items-center gap-2"><span aria-hidden className="block h-4 rounded-sm bg-brand" style={{ width: `${share(row) * 0.7}%` }} />{share(row).toFixed(1)} %</span></td>
            <td className="text-right">{row.part}</td><td className="text-right">{row.whole}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
