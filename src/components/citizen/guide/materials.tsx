import { texts } from "@/components/intl/server";
import { StateChip } from "@/components/ui/state";
import type { ItemDocument, Material } from "@/lib/catalog/document";
import { say } from "./questions";
import type { CodeNames } from "./code-names";

/** The exact list of what to bring, each with its copies, source, samples and what the window looks at. */
export async function Materials({ materials, document, names, undecided }: { materials: readonly Material[]; document: ItemDocument; names: CodeNames; undecided: boolean }) {
  const { t } = await texts("catalog");
  return (
    <section aria-labelledby="materials-title">
      <h2 id="materials-title" className="mb-2 text-xl font-semibold">{t("public.materials")}{materials.length > 0 ? <span className="ml-2 text-base font-normal text-ink-soft">{t("public.materialCount", { count: materials.length })}</span> : null}</h2>
      {undecided ? <p className="mb-2 text-ink-soft">{t("public.undecided")}</p> : null}
      {document.noMaterials ? <p>{t("public.noMaterials")}</p> : (
        <ol className="divide-y divide-line rounded-base border border-line bg-surface">
          {materials.map((material, index) => <MaterialRow key={material.code} material={material} number={index + 1} names={names} />)}
        </ol>
      )}
    </section>
  );
}

async function MaterialRow({ material, number, names }: { material: Material; number: number; names: CodeNames }) {
  const { locale, t } = await texts("catalog");
  const source = [names("material_source", material.source), say(locale, material.issuer)].filter(Boolean).join(" · ");
  const facts = [
    names("material_kind", material.kind), material.originals > 0 ? t("public.originals", { count: material.originals }) : "", material.copies > 0 ? t("public.copies", { count: material.copies }) : "", source ? t("public.from", { source }) : "", names("trust_grade", material.trust),
  ].filter(Boolean);
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <p className="flex flex-wrap items-center gap-2"><span className="text-lg font-medium">{number}. {say(locale, material.name)}</span>
        <StateChip tone={material.main ? "info" : "neutral"}>{t(material.main ? "public.main" : "public.side")}</StateChip>
        {material.tolerable ? <StateChip tone="good">{t("public.tolerable")}</StateChip> : null}
        {material.required ? null : <StateChip>{t("public.optional")}</StateChip>}
      </p>
      <p className="text-ink-soft">{facts.join("　")}</p>
      {material.tolerable && material.tolerableDays !== null ? <p>{t("public.tolerableDays", { days: material.tolerableDays })}</p> : null}
      {material.note.zh ? <p>{say(locale, material.note)}</p> : null}
      {(["sample", "wrongSample"] as const).map((key) => {
        const { text, url } = material[key];
        return text.zh || url ? <p key={key}><span className="text-ink-soft">{t(`public.${key}`)}：</span>{say(locale, text)} {url ? <a href={url} target="_blank" rel="noreferrer noopener">{t(`public.${key}`)}</a> : null}</p> : null;
      })}
      {material.checks.length > 0 ? (
        <details><summary className="inline-flex min-h-11 cursor-pointer items-center text-brand">{t("public.checks")}</summary>
          <ul className="list-disc pl-6">{material.checks.map((check, index) => <li key={index}>{say(locale, check.text)}</li>)}</ul>
        </details>
      ) : null}
    </li>
  );
}
