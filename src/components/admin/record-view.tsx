import type { FormTexts } from "@/components/form/record-form";
import { StateChip } from "@/components/ui/state";
import type { Translate } from "@/lib/i18n/messages";
import { cellOf, columnsOfAttribute, type OptionsByKey } from "./choices";
import type { Place } from "./place";
import type { Register, Row } from "./register";

/** A record for those who may only read it. */
export function RecordView({ register, row, options, place, t }: { register: Register; row: Row; options: OptionsByKey; place: Place; t: Translate }) {
  return (
    <dl className="grid max-w-4xl grid-cols-1 gap-x-6 rounded-base border border-line bg-surface px-6 py-2 sm:grid-cols-[12rem_1fr]">
      {register.attributes.filter(({ kind }) => kind !== "secret").flatMap((attribute) => columnsOfAttribute(attribute, options).map(({ entry, valueOf }) => {
        const cell = cellOf(attribute, valueOf(row), options, place, t);
        return (
          <div key={entry ? `${attribute.key}.${entry.value}` : attribute.key} className="col-span-full grid grid-cols-subgrid border-b border-line py-2 last:border-0">
            <dt className="text-ink-soft">{entry?.label ?? t(`fields.${attribute.label ?? attribute.key}`)}</dt>
            <dd>{cell.tone ? <StateChip tone={cell.tone}>{cell.text}</StateChip> : cell.text || t("none")}{cell.text && attribute.unit ? ` ${t(`units.${attribute.unit}`)}` : ""}</dd>
          </div>
        );
      }))}
    </dl>
  );
}

export const formTexts = (t: Translate): FormTexts => ({
  save: t("form.save"), saving: t("form.saving"), cancel: t("form.cancel"), noChoice: t("form.noChoice"), summary: t("form.summary"), leave: t("form.leave"), latest: t("form.latest"), reload: t("form.reload"),
  reveal: { copy: t("form.copy"), copied: t("form.copied"), done: t("form.done") },
});
