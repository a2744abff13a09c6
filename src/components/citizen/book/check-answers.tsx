"use client";
import { useTranslations } from "use-intl";
import { maskId } from "@/lib/kernel/mask";
import { type Chosen, WHO_FIELDS, type WhoValues } from "./who";
import type { Option, WhoTexts } from "./who-form";

interface CheckAnswersProps {
  values: WhoValues;
  chosen: Chosen;
  shown: WhoTexts;
  options: { relations: readonly Option[]; needs: readonly Option[]; classes: readonly Option[] };
}

/** Everything that was answered, to be read once more before it counts. */
export function CheckAnswers({ values, chosen, shown, options }: CheckAnswersProps) {
  const t = useTranslations("book.check");
  const nameOf = (list: readonly Option[], code: string) => list.find((each) => each.code === code)?.name ?? code;
  const rows: [string, string][] = [
    [t("time"), shown.time], [t("items"), shown.items], [t("kind"), shown.kind], [t("party"), t("people", { count: chosen.party })],
    [t("relation"), nameOf(options.relations, values.relation)], [t("name"), values.name], [t("phone"), values.phone],
    ...(values.idNumber ? [[t("id"), maskId(values.idNumber)] as [string, string]] : []),
    ...(values.relation === "self" ? [] : [[t("booker"), `${values.bookerName} ${values.bookerPhone}`] as [string, string]]),
    ...(chosen.kind === "home" ? [[t("address"), values.address] as [string, string]] : []),
    [t("class"), nameOf(options.classes, values.class)], [t("needs"), values.needs.map((code) => nameOf(options.needs, code)).join(" · ") || t("none")],
    ...(values.note ? [[t("note"), values.note] as [string, string]] : []),
  ];
  return (
    <>
      {WHO_FIELDS.map((field) => <input key={field} type="hidden" name={field} value={values[field]} />)}
      {values.needs.map((need) => <input key={need} type="hidden" name="needs" value={need} />)}
      <dl className="divide-y divide-line rounded-base border border-line bg-surface">
        {rows.map(([name, value]) => <div key={name} className="flex flex-wrap gap-x-4 px-4 py-3"><dt className="w-40 text-ink-soft">{name}</dt><dd className="grow basis-60 font-medium break-words">{value}</dd></div>)}
      </dl>
    </>
  );
}
