import { Download, Plus, Upload } from "lucide-react";
import Link from "next/link";
import { addressParams, type ListAddress, parseAddress, toListQuery } from "@/components/data-table/address";
import { type Cell, type Column, DataTable, hrefOf, type TableRow, type TableTexts } from "@/components/data-table/data-table";
import { IMPORT_ROLES, kindsFor } from "@/components/exchange/columns";
import { buttonClass } from "@/components/ui/button";
import { Banner } from "@/components/ui/state";
import { database } from "@/lib/db/database";
import { FORMATS } from "@/lib/exchange/write";
import { localName } from "@/lib/i18n/locale";
import { type Translate, translator } from "@/lib/i18n/messages";
import { AutoRefresh } from "./auto-refresh";
import { cellOf, columnsOfAttribute, loadOptions, type OptionsByKey } from "./choices";
import { GUIDE_WRITERS } from "./guide/roles";
import { PageHead } from "./page-head";
import { adminHref, param, type Place, type SearchParams } from "./place";
import { type Attribute, mayCreate, type Register, type Row } from "./register";

export const listAttributes = (register: Register, place: Place): readonly Attribute[] =>
  register.attributes.filter((attribute) => (typeof attribute.list === "function" ? attribute.list(place) : attribute.list));
const filterAttributes = (register: Register): readonly Attribute[] => register.attributes.filter((attribute) => attribute.filter);

export const addressOf = (register: Register, place: Place, params: SearchParams): ListAddress =>
  parseAddress(params, { filters: filterAttributes(register).map((attribute) => attribute.key), sorts: listAttributes(register, place).filter((attribute) => !attribute.across).map((attribute) => attribute.key) });

/** Parameters that every link of the list carries. */
export const keepOf = (place: Place): Record<string, string> => (place.choosing && place.hall ? { hall: place.hall.code } : {});

export function columnsOf(register: Register, place: Place, options: OptionsByKey, t: Translate): Column[] {
  return listAttributes(register, place).flatMap((attribute) => columnsOfAttribute(attribute, options).map(({ entry }) => entry ? { key: `${attribute.key}.${entry.value}`, label: entry.label, unsorted: true } : {
    key: attribute.key, label: attribute.unit ? t("withUnit", { label: t(`fields.${attribute.label ?? attribute.key}`), unit: t(`units.${attribute.unit}`) }) : t(`fields.${attribute.label ?? attribute.key}`),
    ...(attribute.kind === "number" ? { figure: true } : {}),
  }));
}

/** Cells of a row, as many as there are columns. */
const cellsOf = (register: Register, row: Row, options: OptionsByKey, place: Place, t: Translate): Cell[] =>
  listAttributes(register, place).flatMap((attribute) => columnsOfAttribute(attribute, options).map(({ valueOf }) => cellOf(attribute, valueOf(row), options, place, t)));

const recordPath = (register: Register, row: Row): string => `/admin/${register.key}/record/${encodeURIComponent(String(row[register.identity]))}`;

function toRow(register: Register, row: Row, options: OptionsByKey, place: Place, address: ListAddress, saved: string | undefined, t: Translate): TableRow {
  const key = String(row[register.identity]);
  // Without a chosen hall a record of a hall opens in its hall, so that its references can be chosen.
  const hall = keepOf(place).hall ?? (place.choosing ? (register.key === "halls" ? key : (row.hall as string | null)) : undefined);
  return {
    key, href: hrefOf(recordPath(register, row), { hall: hall ?? undefined, ...addressParams(address) }),
    cells: cellsOf(register, row, options, place, t), ...(saved === key ? { marked: true } : {}),
  };
}

/** The kind of table that loads a register: its key without dashes. */
const kindOf = (register: Register): string => register.key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

export function tableTexts(t: Translate, searchHint: string, total: number, address: ListAddress): TableTexts {
  const from = total === 0 ? 0 : (address.page - 1) * address.size + 1;
  return {
    search: t("table.search"), searchHint, all: t("table.all"), reset: t("table.reset"), sortBy: t("table.sortBy"), noOrder: t("table.noOrder"), descending: t("table.descending"),
    emptyTitle: t("table.empty"), noMatchTitle: t("table.noMatchTitle"), noMatch: t("table.noMatch"), pages: t("table.pages"), previous: t("table.previous"), next: t("table.next"), perPage: t("table.perPage"),
    range: total === 0 ? t("table.none") : t("table.range", { from, to: Math.min(from + address.size - 1, total), total }),
  };
}

/** A register's list: what was searched for, with export and the way to a new record. */
export async function RegisterList({ register, place, params }: { register: Register; place: Place; params: SearchParams }) {
  const t = translator(place.locale, "admin");
  const address = addressOf(register, place, params);
  const [list, options] = await Promise.all([register.read(database(), place, toListQuery(address)), loadOptions(register, place, t)]);
  const saved = param(params, "saved");
  const path = `/admin/${register.key}`;
  const title = t(`registers.${register.key}.title`);
  const filters = filterAttributes(register).map((attribute) => ({ key: attribute.key, label: t(`fields.${attribute.label ?? attribute.key}`), options: options.get(attribute.key) ?? [] })).filter((filter) => filter.options.length > 0);
  const hallName = place.hall ? localName(place.locale, place.hall) : undefined;
  return (
    <>
      <PageHead title={title} hall={register.key === "halls" ? undefined : (hallName ?? (place.choosing ? t("allHalls") : undefined))} intro={t(`registers.${register.key}.intro`)}>
        {FORMATS.map((format) => <a key={format} href={hrefOf(`${path}/export`, { ...keepOf(place), ...addressParams(address, { page: 1 }), format })} className={buttonClass()} download><Download aria-hidden className="size-4" />{t(`table.export.${format}`)}</a>)}
        {place.hall && (IMPORT_ROLES as readonly string[]).includes(place.staff.role) && kindsFor(place, t).some((each) => each.kind === kindOf(register)) ? <Link href={adminHref(place, "/admin/imports", { kind: kindOf(register) })} className={buttonClass()}><Upload aria-hidden className="size-4" />{t("imports.importButton")}</Link> : null}
        {register.key === "devices" && register.writers.includes(place.staff.role) ? <Link href={adminHref(place, "/admin/pairing")} className={buttonClass()}>{t("pairing.title")}</Link> : null}
        {register.key === "guides" && (GUIDE_WRITERS as readonly string[]).includes(place.staff.role) ? <Link href={adminHref(place, "/admin/guides/law")} className={buttonClass()}>{translator(place.locale, "catalog")("law.title")}</Link> : null}
        {mayCreate(register, place.staff) ? <Link href={adminHref(place, `${path}/new`, addressParams(address))} className={buttonClass({ look: "primary" })}><Plus aria-hidden className="size-4" />{t(`registers.${register.key}.create`)}</Link> : null}
      </PageHead>
      {register.key === "devices" ? <AutoRefresh seconds={30} /> : null}
      {saved ? <Banner tone="good">{t("saved", { name: saved })}</Banner> : null}
      <DataTable label={title} columns={columnsOf(register, place, options, t)} rows={list.rows.map((row) => toRow(register, row, options, place, address, saved, t))} total={list.total} address={address} path={path} keep={keepOf(place)} filters={filters}
        texts={tableTexts(t, t(`registers.${register.key}.search`), list.total, address)} />
    </>
  );
}
