import Link from "next/link";

export interface FactEntry {
  key: string;
  title: string;
  href?: string;
  facts: readonly (readonly [label: string, value: string])[];
}

/** Entries with a few facts each, readable on a phone: nothing smaller than the text around, nothing to scroll sideways. */
export function FactList({ entries }: { entries: readonly FactEntry[] }) {
  return (
    <ul className="divide-y divide-line rounded-base border border-line bg-surface">
      {entries.map((entry) => (
        <li key={entry.key} className="px-4 py-3">
          <p className="font-medium">{entry.href ? <Link href={entry.href} className="inline-flex min-h-11 items-center">{entry.title}</Link> : entry.title}</p>
          <dl className="flex flex-wrap gap-x-6 gap-y-1">
            {entry.facts.filter(([, value]) => value).map(([label, value]) => <div key={label} className="flex gap-2"><dt className="shrink-0 text-ink-soft">{label}</dt><dd>{value}</dd></div>)}
          </dl>
        </li>
      ))}
    </ul>
  );
}
