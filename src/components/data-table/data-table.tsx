import { clsx } from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { EmptyState, StateChip, type Tone } from "@/components/ui/state";
import { addressParams, type ListAddress } from "./address";
import { FilterForm, type Filter } from "./filter-form";
import { Pager, type PagerTexts } from "./pager";
import { RowLinks } from "./row-links";

export interface Column {
  key: string;
  label: string;
  /** Figures stand at the right in tabular numerals. */
  figure?: boolean;
  /** The list cannot be put in order by it. */
  unsorted?: boolean;
}

export interface Cell {
  text: string;
  /** A state: word, colour and shape. */
  tone?: Tone;
}

export interface TableRow {
  key: string;
  href: string;
  cells: readonly Cell[];
  /** Has just been saved. */
  marked?: boolean;
}

export interface TableTexts extends PagerTexts {
  search: string;
  searchHint: string;
  all: string;
  reset: string;
  sortBy: string;
  noOrder: string;
  descending: string;
  emptyTitle: string;
  noMatchTitle: string;
  noMatch: string;
}

export interface DataTableProps {
  label: string;
  columns: readonly Column[];
  rows: readonly TableRow[];
  total: number;
  address: ListAddress;
  path: string;
  /** Parameters that every link carries, e.g. the chosen hall. */
  keep: Readonly<Record<string, string>>;
  filters: readonly Filter[];
  texts: TableTexts;
}

/** Texts up to this length stay on one line. */
const SHORT = 14;

export const hrefOf = (path: string, params: Readonly<Record<string, string | undefined>>): string => {
  const query = new URLSearchParams(Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]))).toString();
  return query ? `${path}?${query}` : path;
};

/** Every list of the administration: search, filters, order and page in the address; a table that becomes cards on a phone. */
export function DataTable({ label, columns, rows, total, address, path, keep, filters, texts }: DataTableProps) {
  const href = (change: Partial<ListAddress>) => hrefOf(path, { ...keep, ...addressParams(address, { page: 1, ...change }) });
  const narrowed = address.q !== undefined || Object.keys(address.filters).length > 0;
  return (
    <div data-slot="data-table" className="flex flex-col gap-3">
      <FilterForm path={path} keep={keep} address={address} filters={filters} columns={columns} texts={texts} resetHref={narrowed ? hrefOf(path, keep) : undefined} />
      {rows.length === 0 ? (
        <EmptyState title={narrowed ? texts.noMatchTitle : texts.emptyTitle}>{narrowed ? <p>{texts.noMatch} <Link href={hrefOf(path, keep)}>{texts.reset}</Link></p> : null}</EmptyState>
      ) : (
        <div role="region" aria-label={label} tabIndex={0} className="rounded-base sm:max-h-[calc(100dvh-18rem)] sm:min-h-72 sm:overflow-auto sm:border sm:border-line sm:bg-surface">
          <RowLinks>
            <table role="table" className="w-full border-collapse text-sm max-sm:block">
              <caption className="sr-only">{label}</caption>
              <thead role="rowgroup" className="sticky top-0 z-10 bg-canvas max-sm:sr-only">
                <tr role="row">{columns.map((column) => <HeadCell key={column.key} column={column} address={address} href={href} />)}</tr>
              </thead>
              <tbody role="rowgroup" className="max-sm:flex max-sm:flex-col max-sm:gap-3">
                {rows.map((row) => <BodyRow key={row.key} row={row} columns={columns} />)}
              </tbody>
            </table>
          </RowLinks>
        </div>
      )}
      <Pager total={total} address={address} href={href} texts={texts} />
    </div>
  );
}

function HeadCell({ column, address, href }: { column: Column; address: ListAddress; href: (change: Partial<ListAddress>) => string }) {
  const sorted = address.sort === column.key;
  if (column.unsorted) return <th role="columnheader" scope="col" className="border-b border-line-strong px-3 text-left font-medium whitespace-nowrap">{column.label}</th>;
  const Icon = sorted ? (address.desc ? ArrowDown : ArrowUp) : ChevronsUpDown;
  return (
    <th role="columnheader" scope="col" aria-sort={sorted ? (address.desc ? "descending" : "ascending") : undefined} className={clsx("border-b border-line-strong p-0 font-medium whitespace-nowrap", column.figure ? "text-right" : "text-left")}>
      <Link href={href({ sort: column.key, desc: sorted && !address.desc })} className={clsx("flex min-h-10 items-center gap-1 px-3 text-ink no-underline hover:bg-brand-soft focus-visible:-outline-offset-2", column.figure && "justify-end")}>
        {column.label}<Icon aria-hidden className={clsx("size-3.5 shrink-0", sorted ? "text-brand" : "text-line-strong")} />
      </Link>
    </th>
  );
}

function BodyRow({ row, columns }: { row: TableRow; columns: readonly Column[] }) {
  return (
    <tr role="row" data-href={row.href} className={clsx("cursor-pointer hover:bg-brand-soft max-sm:block max-sm:rounded-base max-sm:border max-sm:border-line max-sm:px-3 max-sm:py-2", row.marked ? "bg-good-soft" : "max-sm:bg-surface")}>
      {row.cells.map((cell, index) => {
        const column = columns[index]!;
        const content = cell.tone ? <StateChip tone={cell.tone}>{cell.text}</StateChip> : cell.text;
        return (
          <td key={column.key} role="cell" className={clsx("border-b border-line px-3 py-1.5 max-sm:flex max-sm:min-h-8 max-sm:items-baseline max-sm:justify-between max-sm:gap-4 max-sm:border-0 max-sm:px-0 max-sm:py-1", column.figure && "text-right whitespace-nowrap", cell.text === "" && "max-sm:hidden", cell.text.length <= SHORT && "whitespace-nowrap", index === 0 && "sm:whitespace-nowrap max-sm:text-right max-sm:text-base")}>
            <span aria-hidden className="hidden shrink-0 text-sm text-ink-soft max-sm:inline">{column.label}</span>
            {index === 0 ? <Link href={row.href} className="inline-flex min-h-6 items-center font-medium">{content}</Link> : <span className="max-sm:text-right">{content}</span>}
          </td>
        );
      })}
    </tr>
  );
}
