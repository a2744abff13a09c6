/** Columns of the tables that can be loaded, from the one declaration of each register. Server side. */
import type { ZodType } from "zod";
import { loadOptions } from "@/components/admin/choices";
import { formAttributes } from "@/components/admin/parse-form";
import type { Place } from "@/components/admin/place";
import type { Attribute, Register } from "@/components/admin/register";
import { registerOf } from "@/components/admin/registers";
import type { StaffRole } from "@/lib/auth/model";
import { GLOBAL_KINDS, HALL_KINDS, isGlobalKind, isHallKind } from "@/lib/exchange/kinds";
import type { Column } from "@/lib/exchange/model";
import { LOCALES } from "@/lib/i18n/locale";
import { MESSAGES, type Translate, translator } from "@/lib/i18n/messages";

/** Who loads tables: into a hall, and into what all halls share. */
export const IMPORT_ROLES = ["hall_admin", "system_admin"] as const satisfies readonly StaffRole[];

/** The register of a kind: its address is written with dashes. */
const registerOfKind = (kind: string): Register | undefined => registerOf(kind) ?? registerOf(kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));

const ownTitle = (kind: string): boolean => kind in MESSAGES.zh.admin.imports.kinds;
const title = (kind: string, t: Translate): string | undefined => (ownTitle(kind) ? t(`imports.kinds.${kind}`) : registerOfKind(kind) ? t(`registers.${registerOfKind(kind)!.key}.title`) : undefined);

/** Kinds that this person may load here, with their names; in a hall its own tables, without one those that all halls share. */
export function kindsFor(place: Pick<Place, "hall" | "staff">, t: Translate): { kind: string; title: string }[] {
  const kinds = place.hall ? Object.keys(HALL_KINDS).filter((kind) => registerOfKind(kind)?.writers.includes(place.staff.role) ?? true) : place.staff.role === "system_admin" ? Object.keys(GLOBAL_KINDS) : [];
  return kinds.flatMap((kind) => {
    const name = title(kind, t);
    return name ? [{ kind, title: name }] : [];
  });
}

export const kindTitle = (kind: string, t: Translate): string => title(kind, t) ?? kind;

const label = (t: Translate, { key, label: name, unit }: Pick<Attribute, "key" | "label" | "unit">): string[] => {
  const plain = t(`fields.${name ?? key}`);
  return unit ? [t("withUnit", { label: plain, unit: t(`units.${unit}`) }), plain] : [plain];
};

/** Columns of a kind. Headings are known in both languages, with and without their unit, and by key. */
export async function importColumns(kind: string, place: Place): Promise<Column[]> {
  const register = registerOfKind(kind);
  const schema = isHallKind(kind) ? HALL_KINDS[kind].schema : isGlobalKind(kind) ? GLOBAL_KINDS[kind].schema : undefined;
  const columns = register && isHallKind(kind) ? await registerColumns(register, place) : [];
  const declared = new Set(columns.map((column) => column.key));
  return [...columns, ...shapeOf(schema).filter((key) => !declared.has(key)).map(plainColumn)];
}

async function registerColumns(register: Register, place: Place): Promise<Column[]> {
  const texts = LOCALES.map((locale) => ({ place: { ...place, locale }, t: translator(locale, "admin") }));
  const options = await Promise.all(texts.map((each) => loadOptions(register, each.place, each.t)));
  const zh = texts[0]!.t;
  return formAttributes(register).map((attribute): Column => {
    const known = options[0]!.get(attribute.key);
    return {
      key: attribute.key, kind: attribute.kind === "secret" ? "text" : attribute.kind, label: label(zh, attribute)[0]!, labels: texts.flatMap(({ t }) => label(t, attribute)), hint: attribute.hint ? zh(`hints.${attribute.hint}`) : "",
      ...(attribute.required ? { required: true } : {}), ...(attribute.separator ? { separator: attribute.separator } : {}), ...(attribute.format ? { format: attribute.format } : {}),
      ...(known ? { options: known.map((option, index) => ({ value: option.value, labels: [...new Set(options.map((each) => each.get(attribute.key)?.[index]?.label ?? option.value))] })) } : {}),
      // Codes and states are the given ones; a record that is missing is told by the command, which looks under the lock.
      ...(attribute.choices && !("from" in attribute.choices) ? { closed: true } : {}),
    };
  });
}

const shapeOf = (schema: ZodType | undefined): string[] => Object.keys((schema as { shape?: object } | undefined)?.shape ?? {});

/** A column that no form has: named as the field is named elsewhere, or by its key. */
function plainColumn(key: string): Column {
  const names = LOCALES.map((locale) => ({ ...(MESSAGES[locale].admin.fields as Record<string, string>), ...(MESSAGES[locale].admin.imports.fields as Record<string, string>) })[key] ?? key);
  return { key, kind: "text", label: names[0]!, labels: names };
}
