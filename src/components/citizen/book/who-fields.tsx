"use client";
import { clsx } from "clsx";
import { useTranslations } from "use-intl";
import { SelectField, TextField } from "@/components/ui/field";
import type { WhoState, WhoValues } from "./who";
import type { Option } from "./who-form";

interface WhoFieldsProps {
  values: WhoValues;
  errors: WhoState["errors"];
  options: { relations: readonly Option[]; needs: readonly Option[]; classes: readonly Option[] };
  home: boolean;
  idKnown: boolean;
}

const CHOICE = "flex min-h-12 items-center gap-3 rounded-base border border-line-strong bg-surface px-4 py-2 has-checked:border-brand has-checked:bg-brand-soft";

/** Who comes, by whom it is booked, and what help is needed. */
export function WhoFields({ values, errors, options, home, idKnown }: WhoFieldsProps) {
  const t = useTranslations("book.who");
  const error = (field: string) => errors.find((each) => each.field === field)?.text;
  const text = (field: "name" | "phone" | "idNumber" | "bookerName" | "bookerPhone" | "address" | "note") => ({ id: field, name: field, defaultValue: values[field], error: error(field) });
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">{t("relation")}</legend>
        {options.relations.map((relation) => <label key={relation.code} className={CHOICE}><input type="radio" name="relation" value={relation.code} defaultChecked={values.relation === relation.code} className="size-5 shrink-0 accent-brand" />{relation.name}</label>)}
      </fieldset>
      <TextField {...text("name")} label={t("name")} hint={t("nameHint")} required maxLength={60} autoComplete="name" />
      <TextField {...text("phone")} label={t("phone")} hint={t("phoneHint")} required maxLength={20} type="tel" inputMode="tel" autoComplete="tel-national" />
      {idKnown ? <p className="text-ink-soft">{t("id")}：{t("idKnown")}</p> : <TextField {...text("idNumber")} label={t("id")} hint={t("idHint")} maxLength={18} autoComplete="off" autoCapitalize="characters" spellCheck={false} />}
      {/* Without scripts it is always there; with them only when somebody else comes. */}
      <fieldset className={clsx("flex flex-col gap-4 rounded-base border border-line bg-surface p-4", "[form:has(input[name=relation][value=self]:checked)_&]:hidden")}>
        <legend className="px-1 font-medium">{t("booker")}</legend>
        <TextField {...text("bookerName")} label={t("bookerName")} maxLength={60} autoComplete="off" />
        <TextField {...text("bookerPhone")} label={t("bookerPhone")} hint={t("bookerHint")} maxLength={20} type="tel" inputMode="tel" autoComplete="off" />
      </fieldset>
      {home ? <TextField {...text("address")} label={t("address")} hint={t("addressHint")} required maxLength={200} autoComplete="street-address" /> : null}
      <SelectField id="class" name="class" label={t("class")} hint={t("classHint")} defaultValue={values.class}>{options.classes.map((known) => <option key={known.code} value={known.code}>{known.name}</option>)}</SelectField>
      <fieldset className="flex flex-col gap-2">
        <legend className="font-medium">{t("needs")}</legend>
        <p className="mb-1 text-sm text-ink-soft">{t("needsHint")}</p>
        <div className="grid gap-2 sm:grid-cols-2">{options.needs.map((need) => <label key={need.code} className={CHOICE}><input type="checkbox" name="needs" value={need.code} defaultChecked={values.needs.includes(need.code)} className="size-5 shrink-0 accent-brand" />{need.name}</label>)}</div>
      </fieldset>
      <TextField {...text("note")} label={t("note")} hint={t("noteHint")} maxLength={200} autoComplete="off" />
    </>
  );
}
