/** From a posted form to the input of a command, with what is wrong as texts. Server side. */
import type { z } from "zod";
import type { FormValues } from "@/components/form/form-state";
import { fromLocal, toLocal } from "@/components/form/zoned-time";
import type { Translate } from "@/lib/i18n/messages";
import type { Attribute, Register, Row } from "./register";

type ZodIssue = z.core.$ZodIssue;

export const formAttributes = (register: Register): readonly Attribute[] => register.attributes.filter((attribute) => attribute.form !== false);

/** What the form was given, as it was typed. */
export function typedValues(register: Register, form: FormData): FormValues {
  return Object.fromEntries(formAttributes(register).map((attribute) => {
    if (attribute.kind === "choices") return [attribute.key, form.getAll(attribute.key).map(String)];
    if (attribute.kind === "flag") return [attribute.key, form.get(attribute.key) === "1" ? "1" : "0"];
    return [attribute.key, String(form.get(attribute.key) ?? "").trim()];
  }));
}

/** What a form shows of a record; a new one starts with the declared values. */
export function recordValues(register: Register, row: Row | undefined, timeZone: string): FormValues {
  return Object.fromEntries(formAttributes(register).map((attribute) => [attribute.key, row ? toControl(attribute, row[attribute.key], timeZone) : (attribute.initial ?? (attribute.kind === "choices" ? [] : ""))]));
}

function toControl({ kind }: Attribute, value: unknown, timeZone: string): string | readonly string[] {
  if (kind === "choices") return (value as string[] | null) ?? [];
  if (kind === "tags") return ((value as string[] | null) ?? []).join("\n");
  if (kind === "flag") return value ? "1" : "0";
  if (value === null || value === undefined) return "";
  return kind === "datetime" ? toLocal(String(value), timeZone) : String(value);
}

/** Control values in the shape that the module's schema reads: an empty control is absent, or empty where that takes the value away. */
function schemaInput(attribute: Attribute, value: string | readonly string[] | undefined, timeZone: string): string | undefined {
  const separator = attribute.separator ?? " ";
  if (attribute.kind === "choices") return (value as readonly string[]).join(separator);
  const text = String(value ?? "");
  if (attribute.kind === "tags") return text.split("\n").map((line) => line.trim()).filter(Boolean).join(separator);
  if (text === "") return attribute.clearable ? "" : undefined;
  return attribute.kind === "datetime" ? fromLocal(text, timeZone) : text;
}

export type Parsed = { ok: true; input: unknown } | { ok: false; errors: Record<string, string> };

/** Parses what was typed with the register's own schema; `fixed` values come from the address, never from the form. */
export function parseTyped(register: Register, values: FormValues, fixed: Readonly<Record<string, unknown>>, timeZone: string, t: Translate): Parsed {
  const errors: Record<string, string> = {};
  const raw: Record<string, unknown> = {};
  for (const attribute of formAttributes(register)) {
    const value = attribute.key in fixed ? fixed[attribute.key] : schemaInput(attribute, values[attribute.key], timeZone);
    if (value !== undefined) raw[attribute.key] = value;
    if (attribute.required && (value === undefined || value === "")) errors[attribute.key] = t(attribute.kind === "choice" ? "issues.choice" : "issues.required");
  }
  const parsed = register.schema.safeParse(raw);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const key = String(issue.path[0] ?? "");
      errors[key] ??= issueText(register.attributes.find((attribute) => attribute.key === key), issue, t);
    }
  }
  if (Object.keys(errors).length > 0 || !parsed.success) return { ok: false, errors };
  const broken = register.check?.(parsed.data as never);
  return broken ? { ok: false, errors: { [broken.field]: t(`issues.${broken.code}`) } } : { ok: true, input: parsed.data };
}

const CUSTOM = new Set(["time_zone_unknown", "end_before_start", "not_a_flag", "line_twice", "format_spans", "spans_overlap", "format_item_powers"]);

/** A schema's complaint as a sentence; schemas carry codes only. */
export function issueText(attribute: Pick<Attribute, "format"> & Partial<Pick<Attribute, "kind">> | undefined, issue: ZodIssue, t: Translate): string {
  if (issue.code === "custom" && CUSTOM.has(issue.message)) return t(`issues.${issue.message}`);
  if (issue.code === "invalid_format") return t(attribute?.format ? `issues.format_${attribute.format}` : "issues.format");
  if (issue.code === "invalid_type") return t(attribute?.kind === "number" ? "issues.number" : "issues.required");
  if (issue.code === "invalid_value") return t("issues.choice");
  if (issue.code === "too_small") return issue.origin === "string" ? t("issues.required") : t(issue.inclusive === false ? "issues.more_than" : "issues.at_least", { min: Number(issue.minimum) });
  if (issue.code === "too_big") return issue.origin === "string" ? t("issues.too_long", { max: Number(issue.maximum) }) : t("issues.at_most", { max: Number(issue.maximum) });
  return t("issues.invalid");
}
