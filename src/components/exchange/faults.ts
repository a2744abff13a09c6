/** What is wrong with a row, in plain words: which column, what, and why. */
import { issueText } from "@/components/admin/parse-form";
import { problemText } from "@/components/admin/problem-text";
import type { Column, CellFault } from "@/lib/exchange/model";
import type { Locale } from "@/lib/i18n/locale";
import { MESSAGES, translator } from "@/lib/i18n/messages";

export interface FaultText {
  /** Name of the column; empty when it is the row as a whole. */
  column: string;
  text: string;
}

export function faultText(locale: Locale, fault: CellFault, columns: readonly Column[]): FaultText {
  const t = translator(locale, "admin");
  const column = columns.find((each) => each.key === fault.field.split(".")[0]);
  const value = fault.value ?? "";
  return { column: column ? (locale === "en" ? (column.labels.at(-1) ?? column.label) : column.label) : fault.field, text: textOf() };

  function textOf(): string {
    if (fault.code in MESSAGES[locale].admin.imports.faults) return t(`imports.faults.${fault.code}`, { value, ...(fault.details as Record<string, string>) });
    const issue = (fault.details as { issue?: Parameters<typeof issueText>[1] } | undefined)?.issue;
    if (issue) {
      const text = issueText(column, issue, t);
      return value ? t("imports.faults.withValue", { text, value }) : text;
    }
    return problemText(locale, fault.code, fault.details);
  }
}

/** All faults of a row as one text, for the column that a download of wrong rows adds. */
export const faultsText = (locale: Locale, faults: readonly CellFault[], columns: readonly Column[]): string =>
  faults.map((fault) => faultText(locale, fault, columns)).map(({ column, text }) => (column ? `${column}：${text}` : text)).join("；");
