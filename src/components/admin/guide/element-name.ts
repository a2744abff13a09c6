/** How elements of a guide are called and how their values read. */
import type { Translate } from "@/lib/i18n/messages";
import type { Segment } from "@/lib/catalog/guide/compare";

export type CodeNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

const called = (t: Translate, key: string): string => t(`elements.${key}`);

/** „申请材料 · 身份证 · 原件份数“ */
export const wayText = (t: Translate, way: readonly Segment[]): string => way.map((segment) => ("key" in segment ? called(t, segment.key) : segment.entry)).join(" · ");

/** A place by positions, such as `materials.2.name`. */
export const placeText = (t: Translate, path: string): string => path.split(".").map((part) => (/^\d+$/.test(part) ? t("editor.position", { n: Number(part) + 1 }) : called(t, part))).join(" · ");

export const valueText = (t: Translate, names: CodeNames, value: string | number | boolean | undefined, table?: string): string => {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? t("compare.yes") : "";
  return table ? String(value).split("；").map((code) => names.get(table)?.get(code) ?? code).join("；") : String(value);
};
