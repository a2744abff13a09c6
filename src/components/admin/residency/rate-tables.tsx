import Link from "next/link";
import type { ReactNode } from "react";
import { adminHref, type Place } from "@/components/admin/place";
import { SimpleTable } from "@/components/ui/simple-table";
import { StateChip, type Tone } from "@/components/ui/state";
import type { HallRate, LevelRate, RateRow } from "@/lib/catalog/residency/data-report";
import type { RateVerdict } from "@/lib/catalog/residency/model";
import { localName } from "@/lib/i18n/locale";
import type { Translate } from "@/lib/i18n/messages";

const TONES: Record<RateVerdict, Tone> = { met: "good", below: "bad", exempt: "warn", none: "neutral" };

export const verdictTone = (row: Pick<RateRow, "verdict">): Tone => TONES[row.verdict];

type Href = (params: Record<string, string>) => string | undefined;
const percent = (t: Translate, value: number | null | undefined): string => (value === null || value === undefined ? "–" : t("report.percent", { value }));
const figure = (value: number, href: string | undefined): ReactNode => (value === 0 || href === undefined ? value : <Link href={href} className="inline-flex min-h-6 items-center">{value}</Link>);

const columnsOf = (t: Translate) => (["rate", "target", "gross", "exempted", "resident", "negative", "exempt", "missing", "eligible", "outside"] as const).map((key) => ({ label: t(`report.${key}`), figure: true }));

/** Each count leads to its list. */
const cellsOf = (row: RateRow, t: Translate, href: Href): ReactNode[] => [
  percent(t, row.rate), percent(t, row.target), percent(t, row.gross), percent(t, row.exempted),
  ...(["resident", "negative", "exempt", "missing"] as const).map((standing) => figure(row[standing], href({ standing }))), row.eligible, figure(row.outside, href({ standing: "outside_rate" })),
];

const verdict = (row: RateRow, t: Translate) => <StateChip key="verdict" tone={TONES[row.verdict]}>{t(`report.verdicts.${row.verdict}`)}</StateChip>;

/** The halls of a region beside each other. */
export function HallRates({ rows, place, t }: { rows: readonly HallRate[]; place: Place; t: Translate }) {
  const at = (hall: string, path: string, params: Record<string, string> = {}) => adminHref({ ...place, hall: place.halls.find((known) => known.code === hall)! }, path, params);
  return (
    <SimpleTable label={t("report.halls")} empty="–" columns={[{ label: t("report.hall") }, { label: t("report.verdict") }, ...columnsOf(t)]}
      rows={rows.map((row) => ({ key: row.hall, cells: [<Link key="hall" href={at(row.hall, "/admin/residency")}>{localName(place.locale, row)}</Link>, verdict(row, t), ...cellsOf(row, t, (params) => at(row.hall, "/admin/residency-items", params))] }))} />
  );
}

/** The same by the government level whose power an item is; without a hall the counts of several halls have no list. */
export function LevelRates({ rows, place, t }: { rows: readonly LevelRate[]; place: Place; t: Translate }) {
  const cells = (row: LevelRate) => cellsOf(row, t, (params) => (place.hall ? adminHref(place, "/admin/residency-items", { level: row.level, ...params }) : undefined));
  return (
    <SimpleTable label={t("report.perLevel")} empty="–" columns={[{ label: t("report.level") }, { label: t("report.verdict") }, ...columnsOf(t), { label: t("report.windows"), figure: true }, { label: t("report.staff"), figure: true }]}
      rows={rows.map((row) => ({ key: row.level, cells: [localName(place.locale, { name: row.levelName, nameEn: row.levelNameEn }), verdict(row, t), ...cells(row), row.windows, row.staff] }))} />
  );
}
