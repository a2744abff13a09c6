import { clsx } from "clsx";
import type { ReactNode } from "react";
import { EmptyState } from "./state";

interface SimpleTableProps {
  label: string;
  columns: readonly { label: string; figure?: boolean }[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  /** Said when there is no row. */
  empty: string;
}

/** A short table of a report: no search, no pages. Lists that people work in use the DataTable. */
export function SimpleTable({ label, columns, rows, empty }: SimpleTableProps) {
  if (rows.length === 0) return <EmptyState title={empty} />;
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto rounded-base border border-line bg-surface">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="bg-canvas"><tr>{columns.map((column) => <th key={column.label} scope="col" className={clsx("border-b border-line-strong px-3 py-2 font-medium whitespace-nowrap", column.figure ? "text-right" : "text-left")}>{column.label}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-b border-line last:border-0">
              {row.cells.map((cell, index) => (index === 0 ? <th key={index} scope="row" className="px-3 py-2 text-left font-medium whitespace-nowrap">{cell}</th> : <td key={index} className={clsx("px-3 py-2", columns[index]!.figure ? "text-right tabular-nums" : "min-w-24")}>{cell}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
