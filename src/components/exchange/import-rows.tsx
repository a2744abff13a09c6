import Form from "next/form";
import Link from "next/link";
import { adminHref, type Place } from "@/components/admin/place";
import { keepOf } from "@/components/admin/register-list";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState, StateChip, type Tone } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { type ImportRow, importRows, type RowFilter } from "@/lib/exchange/data";
import { changesOf, type Column } from "@/lib/exchange/model";
import type { ImportFacts } from "@/lib/exchange/schema";
import type { Translate } from "@/lib/i18n/messages";
import { faultText } from "./faults";

interface RowsProps {
  facts: ImportFacts;
  columns: readonly Column[];
  place: Place;
  show: string | undefined;
  q: string | undefined;
  page: number;
  t: Translate;
}

const PAGE = 50;
const TONES: Record<string, Tone> = { new: "info", changed: "info", same: "neutral", wrong: "bad", created: "good", refused: "bad", restored: "good", removed: "good", retired: "warn", pending: "neutral" };

/** Every row with its result: what is new, what changes from what to what, what is wrong and why. */
export async function ImportRows({ facts, columns, place, show, q, page, t }: RowsProps) {
  const counts: [RowFilter, number][] = [["wrong", facts.found.wrong], ["new", facts.found.new], ["changed", facts.found.changed], ["same", facts.found.same], ["refused", facts.outcomes.refused], ["kept", facts.undos.refused]];
  const filter = counts.find(([key]) => key === show)?.[0];
  const { rows, total } = await importRows(database(), facts.id, { filter, q, offset: (page - 1) * PAGE, limit: PAGE });
  const path = `/admin/imports/${facts.id}`;
  const link = (change: Record<string, string | undefined>) => adminHref(place, path, { show: filter, q, ...change });
  const chip = "inline-flex min-h-9 items-center rounded-base border border-line-strong bg-surface px-3 text-sm text-ink no-underline aria-[current=true]:border-brand aria-[current=true]:bg-brand-soft aria-[current=true]:font-medium";
  return (
    <section aria-label={t("imports.result")} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <nav aria-label={t("imports.filter")} className="flex flex-wrap gap-2">
          <Link href={link({ show: undefined })} aria-current={filter === undefined ? "true" : undefined} className={chip}>{t("imports.all", { count: facts.rows })}</Link>
          {counts.filter(([, count]) => count > 0).map(([key, count]) => <Link key={key} href={link({ show: key })} aria-current={filter === key ? "true" : undefined} className={chip}>{t("imports.count", { label: t(`imports.results.${key}`), count })}</Link>)}
        </nav>
        <Form action={path} className="flex gap-2">
          {Object.entries({ ...keepOf(place), ...(filter ? { show: filter } : {}) }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
          <input type="search" name="q" defaultValue={q} aria-label={t("imports.search")} placeholder={t("imports.search")} className="min-h-11 rounded-base border border-line-strong bg-surface px-3 text-sm" />
          <Button type="submit">{t("table.search")}</Button>
        </Form>
      </div>
      {rows.length === 0 ? <EmptyState title={t("imports.noRows")} /> : <Table rows={rows} columns={columns} place={place} t={t} />}
      <div className="flex flex-wrap items-center gap-3 text-sm text-ink-soft">
        <p role="status">{total === 0 ? t("table.none") : t("table.range", { from: (page - 1) * PAGE + 1, to: Math.min(page * PAGE, total), total })}</p>
        {page > 1 ? <Link href={link({ page: String(page - 1) })} className={buttonClass({ size: "small" })}>{t("table.previous")}</Link> : null}
        {page * PAGE < total ? <Link href={link({ page: String(page + 1) })} className={buttonClass({ size: "small" })}>{t("table.next")}</Link> : null}
      </div>
    </section>
  );
}

function Table({ rows, columns, place, t }: { rows: readonly ImportRow[]; columns: readonly Column[]; place: Place; t: Translate }) {
  const cell = "border-b border-line px-3 py-1.5 align-top";
  return (
    <div role="region" aria-label={t("imports.result")} tabIndex={0} className="overflow-x-auto rounded-base border border-line bg-surface">
      <table className="w-full text-left text-sm">
        <thead className="bg-canvas"><tr>{["row", "record", "result", "detail"].map((key) => <th key={key} scope="col" className={`${cell} font-medium whitespace-nowrap`}>{t(`imports.${key}`)}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <td className={`${cell} text-right text-ink-soft`}>{row.row}</td><td className={`${cell} min-w-28 break-all`}>{row.code}</td>
              <td className={cell}><Result row={row} t={t} /></td>
              <td className={`${cell} w-full`}><Detail row={row} columns={columns} place={place} t={t} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Result({ row, t }: { row: ImportRow; t: Translate }) {
  const [group, key] = row.undo ? ["undos", row.undo] : row.outcome ? ["outcomes", row.outcome] : ["results", row.result ?? "pending"];
  return <StateChip tone={TONES[key] ?? "neutral"}>{t(`imports.${group}.${key}`)}</StateChip>;
}

/** Faults cell by cell; otherwise what changes, from what to what. A new record shows what it is called. */
function Detail({ row, columns, place, t }: { row: ImportRow; columns: readonly Column[]; place: Place; t: Translate }) {
  const named = (key: string) => { const column = columns.find((each) => each.key === key); return (place.locale === "en" ? column?.labels.at(-1) : column?.label) ?? key; };
  if (row.errors.length > 0) {
    return <ul className="flex flex-col gap-0.5">{row.errors.map((fault) => faultText(place.locale, fault, columns)).map(({ column, text }) => <li key={`${column} ${text}`} className="text-bad">{column ? <strong className="font-medium">{column}：</strong> : null}{text}</li>)}</ul>;
  }
  if (row.result === "changed" && row.wanted) {
    return <ul className="flex flex-col gap-0.5">{changesOf(row.before, row.wanted).map((change) => <li key={change.field}>{t("imports.change", { column: named(change.field), before: change.before || t("imports.blank"), after: change.after || t("imports.blank") })}</li>)}</ul>;
  }
  return <>{row.cells.name ?? row.cells.text ?? Object.values(row.cells).slice(0, 3).join(" ")}</>;
}
